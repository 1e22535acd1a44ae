package aparte.whatsapp;

import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A content held against WhatsApp's limits, one after the other. The first objection counts. Not thread-safe. */
final class Inspection {
    private @Nullable Refusal first; // null until something objects

    Optional<Refusal> objection() {
        return Optional.ofNullable(first);
    }

    boolean isPassed() {
        return first == null;
    }

    /** At most so many code points. */
    Inspection text(String what, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            object(unsupported(what + " is too long for WhatsApp: shorten it")
                    .limit(new Refusal.Limit(max, "code points", length)));
        }
        return this;
    }

    Inspection text(String what, Optional<String> text, int max) {
        text.ifPresent(given -> text(what, given, max));
        return this;
    }

    /** From so many to so many. */
    Inspection count(String what, int min, int max, int actual) {
        if (actual > max) {
            object(unsupported("WhatsApp takes " + max + " " + what + " at most: leave some out or send several")
                    .limit(new Refusal.Limit(max, what, actual)));
        } else if (actual < min) {
            object(unsupported("WhatsApp needs at least " + min + " " + what + ", not " + actual + ": add some"));
        }
        return this;
    }

    Inspection size(String what, int max, int actual) {
        if (actual > max) {
            object(unsupported(what + " is too large for WhatsApp: make it smaller")
                    .limit(new Refusal.Limit(max, "bytes", actual)));
        }
        return this;
    }

    Inspection distinct(String what, List<String> values) {
        Set<String> seen = new HashSet<>();
        return require(values.stream().allMatch(seen::add), what + " must be distinct: change those that are alike");
    }

    Inspection require(boolean holds, String otherwise) {
        if (!holds) {
            object(unsupported(otherwise));
        }
        return this;
    }

    void object(Refusal refusal) {
        if (first == null) {
            first = refusal;
        }
    }

    static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }
}
