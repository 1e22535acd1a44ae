package aparte.messenger;

import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A content held against Messenger's limits, one after the other. The first objection counts. Not thread-safe. */
final class Inspection {
    private @Nullable Refusal first; // null until something objects

    Optional<Refusal> objection() {
        return Optional.ofNullable(first);
    }

    /** At most so many code points. */
    Inspection text(String what, String text, int max) {
        int length = Words.length(text);
        return require(
                length <= max,
                unsupported(what + " is too long for Messenger: shorten it or send several")
                        .limit(new Refusal.Limit(max, "code points", length)));
    }

    Inspection text(String what, Optional<String> text, int max) {
        text.ifPresent(given -> text(what, given, max));
        return this;
    }

    /** From so many to so many. */
    Inspection count(String what, int min, int max, int actual) {
        require(
                actual <= max,
                unsupported("Messenger takes " + max + " " + what + " at most: leave some out or send several")
                        .limit(new Refusal.Limit(max, what, actual)));
        return require(
                actual >= min, "Messenger needs at least " + min + " " + what + ", not " + actual + ": add some");
    }

    Inspection size(String what, int max, int actual) {
        return require(
                actual <= max,
                unsupported(what + " is too large: make it smaller").limit(new Refusal.Limit(max, "bytes", actual)));
    }

    Inspection web(String what, URI uri) {
        return require(Words.isWeb(uri), what + " must be an http or https address on Messenger: give one");
    }

    Inspection web(String what, Optional<URI> uri) {
        uri.ifPresent(given -> web(what, given));
        return this;
    }

    Inspection require(boolean holds, String otherwise) {
        return require(holds, unsupported(otherwise));
    }

    private Inspection require(boolean holds, Refusal otherwise) {
        if (!holds && first == null) {
            first = otherwise;
        }
        return this;
    }

    static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }
}
