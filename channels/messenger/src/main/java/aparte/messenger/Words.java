package aparte.messenger;

import aparte.channel.http.JsonInput;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The checks of texts that hold whatever a limit says. Messages name the part, never its value. */
final class Words {
    private Words() {}

    /** Not null, not blank, well-formed UTF-16. */
    static String require(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is blank: give at least one visible character");
        }
        if (!JsonInput.wellFormed(text).equals(text)) {
            throw new IllegalArgumentException(name + " has half a character: a surrogate must come in pairs");
        }
        return text;
    }

    static void require(Optional<String> text, String name) {
        Objects.requireNonNull(text, name).ifPresent(words -> require(words, name));
    }

    /** Not negative, at most 15 digits before the point and 4 behind it. */
    static BigDecimal amount(BigDecimal amount, String name) {
        boolean sound = amount.signum() >= 0 && amount.scale() <= 4 && (long) amount.precision() - amount.scale() <= 15;
        if (!sound) {
            throw new IllegalArgumentException(
                    name + " must not be negative, nor have more than 15 digits before the point or 4 behind it");
        }
        return amount;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether a browser can open it. */
    static boolean isWeb(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || scheme.equals("http")) && uri.getRawAuthority() != null;
    }
}
