package aparte.messenger;

import aparte.channel.http.Texts;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;

/** The checks of texts that hold whatever a limit says. Messages name the part, never its value. */
final class Words {
    private Words() {}

    static String require(String text, String name) {
        return Texts.require(text, name);
    }

    static void require(Optional<String> text, String name) {
        Texts.require(text, name);
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
        return Texts.length(text);
    }

    static boolean isWeb(URI uri) {
        return Texts.isWeb(uri);
    }
}
