package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.SenderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The door for opt-ins and opt-outs from forms, agents and imports, and for erasure.
 *
 * <p>An opt-out is acknowledged when {@link #record} returns: no request that it covers starts after that. Thread-safe.
 * Methods block while the ledger writes.
 */
public final class ConsentDesk {
    /** How far the clocks of several machines may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ConsentLedger ledger;
    private final SendLog sendLog;
    private final Clock clock;
    private final List<ErasureListener> erasureListeners;

    ConsentDesk(ConsentLedger ledger, SendLog sendLog, Clock clock, List<ErasureListener> erasureListeners) {
        this.ledger = ledger;
        this.sendLog = sendLog;
        this.clock = clock;
        this.erasureListeners = List.copyOf(erasureListeners);
    }

    /**
     * Records an entry. Without a date, or dated ahead of our clock, it takes effect now.
     *
     * <p>A closing entry is never refused. It also covers an agreement that seems up to 5 minutes younger, since clocks of
     * several machines differ; it closes every address that the ledger knows under its reference; and where its id is kept
     * already by something else, it is kept under another id. Otherwise recording an id twice keeps the first.
     *
     * @return the entry with its dates, and for a closing one the messages that are on their way
     * @throws IllegalArgumentException if an entry that opens or lifts something is dated more than 5 minutes ahead of our
     *     clock; if an opening is neither an act of the person with its source, nor a contract, nor an import with proof and
     *     wording: record it as {@code IMPORTED}; or if the end of a suppression or of a hold names neither who decided it
     *     nor its source
     * @throws LedgerUnavailableException if the ledger or the send log failed; record the entry again under the same id
     */
    public Recorded record(ConsentEntry entry) {
        Instant now = clock.instant();
        return entry.kind().isClosing() ? close(dated(entry, now)) : open(dated(entry, now));
    }

    private Recorded open(ConsentEntry entry) {
        requireDemonstrable(entry);
        return new Recorded(entry, append(entry), List.of());
    }

    private Recorded close(ConsentEntry entry) {
        ConsentEntry closing = entry;
        Optional<History> known = history(closing);
        if (known.isPresent()) {
            closing = notBeforeItsAgreement(widened(closing, known.get()), known.get());
        }
        boolean fresh = append(closing);
        if (!fresh && !isKept(closing)) {
            closing = closing.toBuilder().id(EntryId.random()).build();
            fresh = append(closing);
        }
        return new Recorded(closing, fresh, inFlight(closing));
    }

    private boolean append(ConsentEntry entry) {
        try {
            return ledger.append(entry);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "entry " + entry.id() + " may not be kept: record it again under the same id", outage);
        }
    }

    /** What is known already; an opt-out is kept even where that cannot be read. */
    private Optional<History> history(ConsentEntry closing) {
        try {
            return Optional.of(ledger.read(closing.person()));
        } catch (RuntimeException outage) {
            Logs.warn("an opt-out is kept as it came, since the ledger could not be read before", outage);
            return Optional.empty();
        }
    }

    /** Whether this closing entry, or the same one recorded before, is what the ledger keeps under its id. */
    private boolean isKept(ConsentEntry closing) {
        try {
            return ledger.read(closing.person()).entries().stream()
                    .anyMatch(entry -> entry.id().equals(closing.id())
                            && entry.kind() == closing.kind()
                            && entry.scope().equals(closing.scope()));
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "entry " + closing.id() + " may not be kept: record it again under the same id", outage);
        }
    }

    /**
     * Forgets a person. Where an opt-out or an objection was in force, or where {@code suppress} asks for it, the ledger
     * keeps just enough never to contact them again. Then every {@link ErasureListener} hears of it.
     *
     * @throws LedgerUnavailableException if the ledger or a listener failed; erase again
     */
    public void erase(Identity person, boolean suppress) {
        Identity all;
        try {
            all = ledger.read(person).person();
            ledger.erase(person, suppress);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException("the person may not be erased: erase again", outage);
        }
        RuntimeException failed = null;
        for (ErasureListener listener : erasureListeners) {
            try {
                listener.erased(all);
            } catch (RuntimeException refused) {
                Logs.warn("a listener may not have forgotten a person", refused);
                failed = refused;
            }
        }
        if (failed != null) {
            throw new LedgerUnavailableException(
                    "the ledger forgot the person, but a listener may not have: erase again", failed);
        }
    }

    private static ConsentEntry dated(ConsentEntry entry, Instant now) {
        Instant effectiveAt = entry.effectiveAt().orElse(now);
        if (!entry.kind().isClosing() && effectiveAt.isAfter(now.plus(SKEW))) {
            throw new IllegalArgumentException("entry " + entry.id() + " takes effect at " + effectiveAt
                    + ", more than 5 minutes ahead of " + now + ": record it when it does");
        }
        return entry.toBuilder()
                .effectiveAt(effectiveAt.isAfter(now) ? now : effectiveAt)
                .recordedAt(now)
                .build();
    }

    private static void requireDemonstrable(ConsentEntry entry) {
        if (entry.kind().isOpening() && !entry.isVerified()) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " opens nothing, for nobody could demonstrate it:"
                            + " give the method, an act of the person, and the source; or record it as IMPORTED");
        }
        boolean lifts = entry.kind() == ConsentEntry.Kind.UNSUPPRESSED
                || entry.kind() == ConsentEntry.Kind.RELEASED
                || entry.kind() == ConsentEntry.Kind.PLATFORM_RESUME;
        if (lifts && (entry.actor().isEmpty() || entry.source().isBlank())) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " lifts nothing, for nobody could demonstrate it:"
                            + " give the actor who decided it and the source");
        }
    }

    /** With every address that the ledger knows of the person, if it names none: a send may name the address alone. */
    private static ConsentEntry widened(ConsentEntry closing, History known) {
        if (!closing.person().addresses().isEmpty()) {
            return closing;
        }
        Identity person = closing.person().with(known.person().addresses().toArray(Address[]::new));
        for (ConsentEntry entry : known.entries()) {
            person = person.with(entry.person().addresses().toArray(Address[]::new));
        }
        return closing.toBuilder().person(person).build();
    }

    /** Dated like an agreement that seems a little younger: it was there when the person took it back. */
    private static ConsentEntry notBeforeItsAgreement(ConsentEntry closing, History known) {
        Instant at = closing.effectiveAt().orElseThrow();
        Instant latest = at;
        for (ConsentEntry entry : known.entries()) {
            Instant agreed = entry.effectiveAt().orElse(Instant.MIN);
            if (entry.kind().isOpening() && agreed.isAfter(latest) && !agreed.isAfter(at.plus(SKEW))) {
                latest = agreed;
            }
        }
        return latest.equals(at)
                ? closing
                : closing.toBuilder().effectiveAt(latest).build();
    }

    private List<Claim> inFlight(ConsentEntry closing) {
        try {
            Identity person = ledger.read(closing.person()).person();
            return sendLog.find(SendLog.Wanted.openFor(person)).stream()
                    .filter(claim -> covers(closing, claim))
                    .toList();
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "entry " + closing.id()
                            + " is kept, but the messages on their way could not be read: record it again"
                            + " under the same id to learn them",
                    outage);
        }
    }

    private static boolean covers(ConsentEntry closing, Claim claim) {
        SenderId from = claim.from();
        boolean objection = closing.kind() == ConsentEntry.Kind.OBJECTED
                && claim.evidence().purpose().isPromotional();
        return objection || closing.scope().covers(claim.evidence().purpose(), from);
    }
}
