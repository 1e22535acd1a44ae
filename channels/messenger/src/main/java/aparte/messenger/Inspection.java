package aparte.messenger;

import aparte.Refusal;
import aparte.channel.http.Objections;
import java.net.URI;
import java.util.Optional;

/** A content held against Messenger's limits, one after the other. The first objection counts. Not thread-safe. */
final class Inspection {
    private final Objections objections = Objections.of("Messenger");

    Optional<Refusal> objection() {
        return objections.first();
    }

    Inspection text(String what, String text, int max) {
        objections.text(what, text, max);
        return this;
    }

    Inspection text(String what, Optional<String> text, int max) {
        text.ifPresent(given -> text(what, given, max));
        return this;
    }

    Inspection count(String what, int min, int max, int actual) {
        objections.count(what, min, max, actual);
        return this;
    }

    Inspection size(String what, int max, int actual) {
        objections.size(what, max, actual);
        return this;
    }

    Inspection web(String what, URI uri) {
        return require(Words.isWeb(uri), what + " must be an http or https address on Messenger: give one");
    }

    Inspection web(String what, Optional<URI> uri) {
        uri.ifPresent(given -> web(what, given));
        return this;
    }

    Inspection require(boolean holds, String otherwise) {
        objections.require(holds, otherwise);
        return this;
    }

    static Refusal unsupported(String detail) {
        return Objections.unsupported(detail);
    }
}
