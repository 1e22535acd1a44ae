package aparte.viber;

import aparte.channel.http.JsonInput;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** The checks of texts that hold whatever a limit says. Messages name the part, never its value. */
final class Words {
    private Words() {}

    /** Not null, not blank, well-formed UTF-16. */
    static String require(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " is blank: give at least one visible character");
        }
        if (!JsonInput.wellFormed(text).equals(text)) {
            throw new IllegalArgumentException(name + " has half a character: a surrogate must come in pairs");
        }
        return text;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The address as it stands in a request: ASCII, its scheme in small letters. */
    static String address(URI uri) {
        String text = uri.toASCIIString();
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon);
    }
}
