package aparte;

import java.time.Instant;
import java.util.List;

/** Short words for the entries that tests speak of. Seconds count from the epoch; an entry without one is undated. */
final class Ledger {
    static final SenderId SHOP = new SenderId(ChannelId.WHATSAPP, "shop");
    static final SenderId BOT = new SenderId(ChannelId.VIBER, "bot");
    static final Identity PERSON = Identity.of(Address.phone("+33612345678"));

    private Ledger() {}

    static Instant second(long second) {
        return Instant.ofEpochSecond(second);
    }

    static History history(ConsentEntry... entries) {
        return new History(PERSON, List.of(entries));
    }

    /** An agreement that can be demonstrated. */
    static ConsentEntry.Builder agreed(String id, Scope scope, long second) {
        return opening(ConsentEntry.Kind.GRANTED, id, scope).effectiveAt(second(second));
    }

    /** A contract with the person. */
    static ConsentEntry.Builder contract(String id, Scope scope, long second) {
        return ConsentEntry.builder(ConsentEntry.Kind.GRANTED, PERSON, scope)
                .id(EntryId.of(id))
                .basis(LegalBasis.CONTRACT)
                .source("order 7")
                .effectiveAt(second(second));
    }

    /** An undated opening that lacks nothing else. */
    static ConsentEntry.Builder opening(ConsentEntry.Kind kind, String id, Scope scope) {
        return undated(kind, id, scope)
                .actor(ConsentEntry.Actor.SUBJECT)
                .method(ConsentEntry.Method.CHECKBOX)
                .source("form");
    }

    static ConsentEntry.Builder undated(ConsentEntry.Kind kind, String id, Scope scope) {
        return ConsentEntry.builder(kind, PERSON, scope).id(EntryId.of(id));
    }

    static ConsentEntry.Builder dated(ConsentEntry.Kind kind, String id, Scope scope, long second) {
        return undated(kind, id, scope).effectiveAt(second(second));
    }

    static ConsentEntry withdrew(String id, Scope scope, long second) {
        return dated(ConsentEntry.Kind.WITHDRAWN, id, scope, second).build();
    }

    static ConsentEntry corrected(String id, String mistake, long second) {
        return dated(ConsentEntry.Kind.CORRECTED, id, Scope.everything(), second)
                .supersedes(EntryId.of(mistake))
                .actor(ConsentEntry.Actor.AGENT)
                .reason("clicked the wrong person")
                .build();
    }
}
