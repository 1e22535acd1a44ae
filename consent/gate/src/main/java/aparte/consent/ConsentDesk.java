package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import aparte.SenderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The door for opt-ins and opt-outs from forms, agents and imports, for the question of a double opt-in, for the person's
 * receipt, and for erasure.
 *
 * <p>An opt-out is acknowledged when {@link #record} returns: no request that it covers starts after that. Thread-safe.
 * Methods block while the ledger writes.
 */
public final class ConsentDesk {
    /** How many people are remembered of whom a listener could not forget. */
    private static final int REMEMBERED = 1_000;

    /** How far the clocks of several machines may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ConsentLedger ledger;
    private final SendLog sendLog;
    private final Clock clock;
    private final Questions questions;
    private final Receipts receipts;
    private final List<ErasureListener> erasureListeners;
    private final Moves moves;
    private final Set<Identity> halfErased = new LinkedHashSet<>();

    ConsentDesk(
            ConsentLedger ledger,
            SendLog sendLog,
            Clock clock,
            Questions questions,
            Receipts receipts,
            List<ErasureListener> erasureListeners) {
        this.ledger = ledger;
        this.sendLog = sendLog;
        this.clock = clock;
        this.questions = questions;
        this.receipts = receipts;
        this.erasureListeners = List.copyOf(erasureListeners);
        this.moves = new Moves(ledger, clock, this::handOver);
    }

    Moves moves() {
        return moves;
    }

    Questions questions() {
        return questions;
    }

    /**
     * Records an entry. Without a date, or dated ahead of our clock, it takes effect now.
     *
     * <p>A closing entry is never refused. It also covers an agreement that seems up to 5 minutes younger, since clocks of
     * several machines differ; it closes every address that the ledger knows under its reference, and those that a platform
     * says the person moved to since; and where its id is kept already by something else, it is kept under another id.
     * Otherwise recording an id twice keeps the first.
     *
     * @return the entry with its dates, and for a closing one the messages that are on their way
     * @throws IllegalArgumentException if an entry that opens or lifts something is dated more than 5 minutes ahead of our
     *     clock
     * @throws EvidenceMissingException if an opening is neither an act of the person with its source, nor a contract, nor an
     *     import with proof and wording: record it as {@code IMPORTED}; or if the end of a suppression or of a hold names
     *     neither who decided it nor its source
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
        return new Recorded(closing, fresh, inFlight(closing, followed(closing)));
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
     * Asks a person for a double opt-in: keeps the wish, and asks on one sender, at one address, whether it is theirs. Only
     * their answer there opens what they wished for, on that sender; the {@link Inbox} reads it. Blocks while it is sent.
     *
     * <p>The question is a fixed text of the language that the person saw ({@link DoubleOptIn}). It passes the whole gate:
     * a wish older than an opt-out, a refusal or an earlier question opens nothing. There is one question at a time to an
     * address on a sender; asking with the same entry again asks no second time.
     *
     * @param request what the person did: {@link ConsentEntry#requested} with method, source and wording. Unless it says
     *     when it ends, it may be asked about for as long as an answer would count
     * @param sender our end
     * @param to the address, one of the request's
     * @return sent; not sent, with the result; or not asked, and why
     * @throws EvidenceMissingException if nobody could demonstrate that the person did something, or no wording is given
     * @throws IllegalArgumentException if the entry is no request, asks for what consent does not open, does not speak of
     *     the sender or the address, is dated more than 5 minutes ahead, or bears an id that was used before
     * @throws LedgerUnavailableException if the ledger or the send log failed; ask again with the same entry
     */
    public Asked ask(ConsentEntry request, SenderId sender, Address to) {
        return questions.ask(dated(request, clock.instant()), sender, to);
    }

    /**
     * Ends a hold: somebody at the business read the unclear reply and decided that it is no opt-out. What was held in an
     * earlier second is as it was before.
     *
     * @param person whom it is about
     * @param hold the id of the {@code HELD} entry
     * @param source who decided and when, such as {@code agent 7, ticket 12}
     * @param reason why it is no opt-out
     * @throws EvidenceMissingException if the source or the reason is blank
     * @throws IllegalArgumentException if the ledger knows no such hold of the person
     * @throws LedgerUnavailableException if the ledger failed; release it again
     */
    public Recorded release(Identity person, EntryId hold, String source, String reason) {
        EnumSet<EvidenceMissingException.Missing> missing = EnumSet.noneOf(EvidenceMissingException.Missing.class);
        if (source.isBlank()) {
            missing.add(EvidenceMissingException.Missing.SOURCE);
        }
        if (reason.isBlank()) {
            missing.add(EvidenceMissingException.Missing.REASON);
        }
        if (!missing.isEmpty()) {
            throw new EvidenceMissingException(hold, "stays held", missing);
        }
        ConsentEntry held = read(person).entries().stream()
                .filter(entry -> entry.id().equals(hold) && entry.kind() == ConsentEntry.Kind.HELD)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the person has no hold " + hold));
        return record(ConsentEntry.builder(ConsentEntry.Kind.RELEASED, held.person(), held.scope())
                .actor(ConsentEntry.Actor.AGENT)
                .source(source)
                .reason(reason)
                .detail("hold", hold.value())
                .build());
    }

    /**
     * Records that an address has a new holder, as numbers are recycled: all agreements given at it before are over, and
     * conversations too. Suppressions and opt-outs stay, those of linked addresses as well; links from before are cut, so
     * that the former holder's other addresses open this one no more. What the new holder agrees to opens.
     *
     * @param since when it changed hands; a time ahead of our clock counts as now
     * @return the entry, and the messages that are on their way to the address
     * @throws LedgerUnavailableException if the ledger or the send log failed; record it again
     */
    public Recorded reassigned(Address address, Instant since) {
        Instant now = clock.instant();
        Instant at = since.isAfter(now) ? now : since;
        Identity holder = Identity.of(address);
        History history = read(holder);
        ConsentEntry end = ConsentEntry.builder(ConsentEntry.Kind.INVALIDATED, holder, Scope.everything())
                // The second before, for what the new holder agrees to in the first second is theirs.
                .effectiveAt(at.minusSeconds(1))
                .recordedAt(now)
                .actor(ConsentEntry.Actor.SYSTEM)
                .method(ConsentEntry.Method.API)
                .reason("the address has a new holder since " + at)
                .build();
        boolean fresh = handOver(address, history, at, end);
        return new Recorded(end, fresh, inFlight(end, read(holder).person()));
    }

    /** Ends what was agreed at an address, and cuts its links from before; what was closed there stays closed. */
    private boolean handOver(Address address, History history, Instant since, ConsentEntry end) {
        boolean fresh = append(end);
        Set<EntryId> mistakes = history.entries().stream()
                .flatMap(entry -> entry.supersedes().stream())
                .collect(Collectors.toSet());
        for (ConsentEntry entry : history.entries()) {
            if (isKeptByTheAddress(entry, address) && !mistakes.contains(entry.id())) {
                append(entry.toBuilder()
                        .id(EntryId.of("kept:" + Hashes.of(entry.id() + "\n" + end.id())))
                        .person(end.person())
                        .build());
            }
        }
        int number = 0;
        for (Address former : formerlyLinked(history, address, since)) {
            append(ConsentEntry.builder(ConsentEntry.Kind.UNLINKED, Identity.of(address, former), Scope.everything())
                    .id(EntryId.of(
                            "parted-" + number++ + ":" + Hashes.of(end.id().value())))
                    .effectiveAt(since.minusMillis(1))
                    .recordedAt(end.recordedAt().orElseGet(clock::instant))
                    .actor(ConsentEntry.Actor.SYSTEM)
                    .reason(end.reason())
                    .build());
        }
        return fresh;
    }

    /** A no that was said at a linked address, and would be lost with the link; with it, what lifted it. */
    private static boolean isKeptByTheAddress(ConsentEntry entry, Address address) {
        return !entry.person().has(address)
                && switch (entry.kind()) {
                    case WITHDRAWN,
                            OBJECTED,
                            PLATFORM_STOP,
                            PLATFORM_RESUME,
                            SUPPRESSED,
                            UNSUPPRESSED,
                            HELD,
                            RELEASED -> true;
                    default -> false;
                };
    }

    /** The addresses linked to this one before, and not since. */
    private static Set<Address> formerlyLinked(History history, Address address, Instant since) {
        Set<Address> former = new LinkedHashSet<>();
        Set<Address> latter = new LinkedHashSet<>();
        for (ConsentEntry entry : history.entries()) {
            if (entry.kind() == ConsentEntry.Kind.LINKED && entry.person().has(address) && !Moves.isTrace(entry)) {
                boolean before = entry.effectiveAt().orElse(Instant.MIN).isBefore(since);
                (before ? former : latter).addAll(entry.person().addresses());
            }
        }
        former.removeIf(other -> other.isSameAs(address));
        former.removeAll(latter);
        return former;
    }

    /**
     * Returns what the person may be given about their consent: each entry, and where they stand now. Of somebody unknown it
     * says that nothing is kept.
     *
     * @param language English or French; any other gives English
     * @throws LedgerUnavailableException if the ledger failed
     */
    public ConsentReceipt receipt(Identity person, Locale language) {
        return receipts.of(read(person), language, clock.instant());
    }

    private History read(Identity person) {
        try {
            return ledger.read(person);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException("the ledger could not be read: ask again", outage);
        }
    }

    /**
     * Forgets a person. Where an opt-out or an objection was in force, or where {@code suppress} asks for it, the ledger
     * keeps just enough never to contact them again. Then every {@link ErasureListener} hears of it, with all addresses that
     * the ledger had linked; one that throws keeps no other from hearing. Erased again after that, on the same machine, the
     * listeners hear the same addresses again, although the ledger has forgotten them.
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
        tell(withHalfErased(all));
    }

    private void tell(Identity person) {
        RuntimeException failed = null;
        for (ErasureListener listener : erasureListeners) {
            try {
                listener.erased(person);
            } catch (RuntimeException refused) {
                Logs.warn("a listener may not have forgotten a person", refused);
                failed = refused;
            }
        }
        if (failed != null) {
            remember(person);
            throw new LedgerUnavailableException(
                    "the ledger forgot the person, but a listener may not have: erase again", failed);
        }
    }

    /** With the addresses that the ledger knew when a listener failed: it has forgotten by now that they belong together. */
    private Identity withHalfErased(Identity person) {
        Identity all = person;
        synchronized (halfErased) {
            for (Identity half : List.copyOf(halfErased)) {
                if (half.overlaps(all)) {
                    all = all.with(half.addresses().toArray(Address[]::new));
                    halfErased.remove(half);
                }
            }
        }
        return all;
    }

    private void remember(Identity person) {
        synchronized (halfErased) {
            if (halfErased.size() < REMEMBERED) {
                halfErased.add(person);
            }
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
            throw new EvidenceMissingException(
                    entry.id(),
                    "opens nothing, for nobody could demonstrate it:"
                            + " give the method, an act of the person, and the source; or record it as IMPORTED",
                    EvidenceMissingException.missingToOpen(entry));
        }
        boolean lifts = entry.kind() == ConsentEntry.Kind.UNSUPPRESSED
                || entry.kind() == ConsentEntry.Kind.RELEASED
                || entry.kind() == ConsentEntry.Kind.PLATFORM_RESUME;
        if (lifts && (entry.actor().isEmpty() || entry.source().isBlank())) {
            throw new EvidenceMissingException(
                    entry.id(),
                    "lifts nothing, for nobody could demonstrate it: give the actor who decided it and the source",
                    EvidenceMissingException.missingToLift(entry));
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

    /** Closes where the person moved to as well, and returns them with all addresses. */
    private Identity followed(ConsentEntry closing) {
        try {
            return moves.follow(closing, ledger.read(closing.person()));
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "entry " + closing.id() + " is kept, but where the person may have moved to could not be read:"
                            + " record it again under the same id",
                    outage);
        }
    }

    private List<Claim> inFlight(ConsentEntry closing, Identity person) {
        try {
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
