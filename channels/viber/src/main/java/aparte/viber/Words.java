package aparte.viber;

import aparte.channel.http.Texts;
import java.net.URI;

/** The checks of texts that hold whatever a limit says. Messages name the part, never its value. */
final class Words {
    private Words() {}

    static String require(String text, String name) {
        return Texts.require(text, name);
    }

    static int length(String text) {
        return Texts.length(text);
    }

    static String address(URI uri) {
        return Texts.address(uri);
    }
}
