package aparte.whatsapp;

import aparte.Refusal;
import aparte.channel.http.Objections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A content held against WhatsApp's limits, one after the other. The first objection counts. Not thread-safe. */
final class Inspection {
    private final Objections objections = Objections.of("WhatsApp");

    Optional<Refusal> objection() {
        return objections.first();
    }

    boolean isPassed() {
        return objection().isEmpty();
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

    Inspection distinct(String what, List<String> values) {
        Set<String> seen = new HashSet<>();
        return require(values.stream().allMatch(seen::add), what + " must be distinct: change those that are alike");
    }

    Inspection require(boolean holds, String otherwise) {
        objections.require(holds, otherwise);
        return this;
    }

    void object(Refusal refusal) {
        objections.object(refusal);
    }

    static Refusal unsupported(String detail) {
        return Objections.unsupported(detail);
    }
}
