package aparte.channel.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The checks of texts and addresses that hold whatever a limit says: for channels, not for hosts. Pure. */
public final class Texts {
    private Texts() {}

    /**
     * Returns the text if it is not blank and well-formed UTF-16.
     *
     * @param name what it is; the message names this, never the text
     * @throws IllegalArgumentException if it is not
     */
    public static String require(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " is blank: give at least one visible character");
        }
        if (!JsonInput.wellFormed(text).equals(text)) {
            throw new IllegalArgumentException(name + " has half a character: a surrogate must come in pairs");
        }
        return text;
    }

    /**
     * Checks the text, if there is one.
     *
     * @throws IllegalArgumentException if it is blank or not well-formed
     */
    public static void require(Optional<String> text, String name) {
        Objects.requireNonNull(text, name).ifPresent(words -> require(words, name));
    }

    /** Returns the length in code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Returns the address as it stands in a request: ASCII, its scheme in small letters. */
    public static String address(URI uri) {
        String text = uri.toASCIIString();
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon);
    }

    /** Tells whether a browser can open it: http or https, and a host. */
    public static boolean isWeb(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || scheme.equals("http")) && uri.getRawAuthority() != null;
    }
}
