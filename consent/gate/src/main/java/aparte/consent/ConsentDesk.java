package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.SenderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The door for opt-ins and opt-outs from forms, agents and imports, and for erasure.
 *
 * <p>An opt-out is acknowledged when {@link #record} returns: no request that it covers starts after that. Thread-safe.
 * Methods block while the ledger writes.
 */
public final class ConsentDesk {
    /** How far a host's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ConsentLedger ledger;
    private final SendLog sendLog;
    private final Clock clock;

    ConsentDesk(ConsentLedger ledger, SendLog sendLog, Clock clock) {
        this.ledger = ledger;
        this.sendLog = sendLog;
        this.clock = clock;
    }

    /**
     * Records an entry. Without a date it takes effect now; a closing entry dated ahead of our clock takes effect now too,
     * for an opt-out is never refused. One that names no address closes every address that the ledger knows under its
     * reference. Recording an id twice keeps the first.
     *
     * @return the entry with its dates, and for a closing one the messages that are on their way
     * @throws IllegalArgumentException if an opening is dated more than 5 minutes ahead of our clock, or is neither an act of
     *     the person with its source, nor a contract, nor an import with proof and wording: record it as {@code IMPORTED}
     * @throws LedgerUnavailableException if the ledger or the send log failed; record the entry again under the same id
     */
    public Recorded record(ConsentEntry entry) {
        ConsentEntry dated = dated(entry, clock.instant());
        boolean fresh;
        try {
            boolean widen =
                    dated.kind().isClosing() && dated.person().addresses().isEmpty();
            dated = widen ? widened(dated) : dated;
            fresh = ledger.append(dated);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "entry " + dated.id() + " may not be kept: record it again under the same id", outage);
        }
        return new Recorded(dated, fresh, dated.kind().isClosing() ? inFlight(dated) : List.of());
    }

    /**
     * Forgets a person. Where an opt-out or an objection was in force, or where {@code suppress} asks for it, the ledger
     * keeps just enough never to contact them again.
     *
     * @throws LedgerUnavailableException if the ledger failed; erase again
     */
    public void erase(Identity person, boolean suppress) {
        try {
            ledger.erase(person, suppress);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException("the person may not be erased: erase again", outage);
        }
    }

    private static ConsentEntry dated(ConsentEntry entry, Instant now) {
        Instant effectiveAt = entry.effectiveAt().orElse(now);
        if (effectiveAt.isAfter(now)) {
            if (entry.kind().isClosing()) {
                effectiveAt = now;
            } else if (effectiveAt.isAfter(now.plus(SKEW))) {
                throw new IllegalArgumentException("entry " + entry.id() + " takes effect at " + effectiveAt
                        + ", more than 5 minutes ahead of " + now + ": record it when it does");
            }
        }
        ConsentEntry dated =
                entry.toBuilder().effectiveAt(effectiveAt).recordedAt(now).build();
        if (dated.kind().isOpening() && !dated.isVerified()) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " opens nothing, for nobody could demonstrate it:"
                            + " give the method, an act of the person, and the source; or record it as IMPORTED");
        }
        return dated;
    }

    /** With every address that the ledger knows of the person: a send may name the address alone. */
    private ConsentEntry widened(ConsentEntry closing) {
        History known = ledger.read(closing.person());
        Identity person = closing.person().with(known.person().addresses().toArray(Address[]::new));
        for (ConsentEntry entry : known.entries()) {
            person = person.with(entry.person().addresses().toArray(Address[]::new));
        }
        return closing.toBuilder().person(person).build();
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
