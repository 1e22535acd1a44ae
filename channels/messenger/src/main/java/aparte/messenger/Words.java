package aparte.messenger;

import aparte.channel.http.JsonInput;
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

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether a browser can open it. */
    static boolean isWeb(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || scheme.equals("http")) && uri.getRawAuthority() != null;
    }
}
