package aparte.whatsapp;

import aparte.channel.http.Texts;
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

    /** The length only, in code points. */
    static String length(String text) {
        return Texts.length(text) + " code points";
    }

    static String address(URI uri) {
        return Texts.address(uri);
    }

    static boolean isWeb(URI uri) {
        return Texts.isWeb(uri);
    }
}
