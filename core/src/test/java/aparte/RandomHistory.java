package aparte;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A history of up to eight entries of every kind, drawn from a seed: seconds 1 to 4, so that ties are frequent, two senders,
 * every purpose, some entries undated, undemonstrable, ended or corrected.
 */
final class RandomHistory {
    private static final List<ConsentEntry.Kind> OPENING = List.of(
            ConsentEntry.Kind.GRANTED,
            ConsentEntry.Kind.GRANTED,
            ConsentEntry.Kind.CONFIRMED,
            ConsentEntry.Kind.RENEWED);
    private static final List<ConsentEntry.Kind> CLOSING = List.of(
            ConsentEntry.Kind.REFUSED,
            ConsentEntry.Kind.WITHDRAWN,
            ConsentEntry.Kind.OBJECTED,
            ConsentEntry.Kind.HELD,
            ConsentEntry.Kind.EXPIRED,
            ConsentEntry.Kind.INVALIDATED,
            ConsentEntry.Kind.PLATFORM_STOP,
            ConsentEntry.Kind.SUPPRESSED,
            ConsentEntry.Kind.ERASED);
    private static final List<ConsentEntry.Kind> KINDS = List.of(ConsentEntry.Kind.values());
    private static final List<LegalBasis> BASES = List.of(LegalBasis.values());
    private static final List<ConsentEntry.Method> METHODS = List.of(ConsentEntry.Method.values());
    private static final List<Purpose> PURPOSES = List.of(Purpose.values());

    private final SplittableRandom random;
    private final List<ConsentEntry> entries = new ArrayList<>();
    private final Conversation conversation;
    private final Instant now;
    private int ids;

    RandomHistory(long seed) {
        this.random = new SplittableRandom(seed);
        int size = random.nextInt(9);
        for (int i = 0; i < size; i++) {
            entries.add(entry(chance(40) ? pick(OPENING) : chance(20) ? ConsentEntry.Kind.REQUESTED : pick(KINDS)));
        }
        this.conversation =
                chance(50) ? Conversation.none() : Conversation.none().heard(instant(5));
        this.now = Ledger.second(random.nextInt(2, 7));
    }

    List<ConsentEntry> entries() {
        return entries;
    }

    Conversation conversation() {
        return conversation;
    }

    Instant now() {
        return now;
    }

    ConsentEntry closing() {
        return entry(pick(CLOSING));
    }

    ConsentEntry opening() {
        return entry(pick(OPENING));
    }

    Standing standing(Purpose purpose, SenderId sender) {
        return standing(entries, purpose, sender);
    }

    Standing standingWith(ConsentEntry more, Purpose purpose, SenderId sender) {
        List<ConsentEntry> all = new ArrayList<>(entries);
        all.add(more);
        return standing(all, purpose, sender);
    }

    Standing standing(List<ConsentEntry> known, Purpose purpose, SenderId sender) {
        return Standing.of(new History(Ledger.PERSON, known), purpose, sender, conversation, now);
    }

    List<ConsentEntry> shuffled() {
        List<ConsentEntry> other = new ArrayList<>(entries);
        Collections.shuffle(other, new Random(random.nextLong()));
        return other;
    }

    private ConsentEntry entry(ConsentEntry.Kind kind) {
        ConsentEntry.Builder builder =
                ConsentEntry.builder(kind, Ledger.PERSON, scope(kind)).id(EntryId.of("e" + random.nextInt(10) + ids++));
        if (chance(90)) {
            builder.effectiveAt(instant(4));
        }
        if (chance(20)) {
            builder.expiresAt(instant(7));
        }
        if (chance(80)) {
            builder.source("form");
        }
        builder.basis(chance(60) ? LegalBasis.CONSENT : chance(60) ? LegalBasis.CONTRACT : pick(BASES));
        if (chance(90)) {
            builder.method(chance(60) ? ConsentEntry.Method.REPLY_KEYWORD : pick(METHODS));
        }
        if (chance(30)) {
            builder.wording(new ConsentEntry.Wording("1", Locale.ENGLISH, "I agree."));
            builder.proof(new ConsentEntry.Proof("form", "crm/7", "0".repeat(64)));
        }
        if (kind == ConsentEntry.Kind.CORRECTED) {
            EntryId mistake =
                    entries.isEmpty() ? EntryId.of("unknown") : pick(entries).id();
            builder.supersedes(mistake).actor(ConsentEntry.Actor.AGENT).reason("mistake");
        }
        return builder.build();
    }

    private Scope scope(ConsentEntry.Kind kind) {
        List<Purpose> purposes = new ArrayList<>(List.of(pick(PURPOSES)));
        for (Purpose purpose : PURPOSES) {
            if (chance(60)) {
                purposes.add(purpose);
            }
        }
        if (kind.isOpening() && Scope.of(purposes).namesEverything()) {
            purposes.removeAll(List.of(Purpose.ENGAGEMENT));
        }
        Scope scope = Scope.of(purposes);
        return chance(70) ? scope : scope.only(chance(50) ? Ledger.SHOP : Ledger.BOT);
    }

    private Instant instant(int last) {
        return Ledger.second(random.nextInt(1, last + 1)).plusNanos(random.nextInt(3) * 400_000_000L);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("now " + now + ", " + conversation);
        for (ConsentEntry entry : entries) {
            text.append("\n  ").append(describe(entry));
        }
        return text.toString();
    }

    static String describe(ConsentEntry entry) {
        return entry + " at " + entry.effectiveAt() + " until " + entry.expiresAt() + " by " + entry.method() + " on "
                + entry.basis() + (entry.isVerified() ? "" : " unverified") + " supersedes " + entry.supersedes();
    }
}
