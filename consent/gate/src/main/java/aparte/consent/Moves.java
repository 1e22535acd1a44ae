package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Consent follows a person whom a platform reports at other addresses.
 *
 * <p>What closed under the former addresses closes the new ones, also if it is recorded later. What opened there opens at the
 * new ones, with its own date and proof, but only if nobody else had agreed to anything at the new address before; then
 * nothing opens until somebody agrees anew. The former addresses are handed over as by {@link ConsentDesk#reassigned}. The
 * platform's word is kept as a {@code LINKED} entry that is cut at once, for links work both ways and this must not.
 *
 * <p>Each entry is named by the event, so that the same event twice has its effect once. Closings are written before
 * openings, and the trace before the closings are read: who records a no at the same instant sees it, or is seen.
 */
final class Moves {
    /** The detail that marks the trace of a move: how many of its addresses, the first ones, were given up. */
    private static final String GIVEN_UP = "given_up";
    /** The detail of an entry that came along: the id of the one that it repeats. */
    private static final String CARRIED = "carried";
    /** A platform tells of one move in several events: of the number, of the user id. */
    private static final Duration SAME_MOVE = Duration.ofHours(1);

    private static final Duration TRACE = Duration.ofMillis(2);
    private static final Duration CUT = Duration.ofMillis(1);

    private final ConsentLedger ledger;
    private final Clock clock;
    private final HandOver handOver;

    /** Ends what was agreed at an address. */
    interface HandOver {
        void end(Address address, History past, Instant since, ConsentEntry end);
    }

    Moves(ConsentLedger ledger, Clock clock, HandOver handOver) {
        this.ledger = ledger;
        this.clock = clock;
        this.handOver = handOver;
    }

    /**
     * Lets consent follow.
     *
     * @param at when they moved, not ahead of our clock
     * @throws RuntimeException if the ledger failed; the event must come again
     */
    void move(InboundEvent.AddressChanged moved, Instant at) {
        String event = Hashes.of(moved.channel() + "\n" + moved.key());
        History past = past(moved, event);
        Move move = new Move(moved, at, afterAllLinks(past, at, event), event);
        List<Address> sameMove = alreadyAt(moved.former(), past, move);
        List<Address> former = givenUp(move, past, sameMove);
        List<Address> now = moved.person().addresses();
        List<Address> others = without(past.person().addresses(), former, now);
        others.addAll(without(sameMove, now, others));

        Set<String> names = linkedNames(past);

        cut(move, former, now, names);
        append(move.entry("moved", ConsentEntry.Kind.LINKED, Identity.of(joined(former, now)), TRACE)
                .detail(GIVEN_UP, Integer.toString(former.size()))
                .build());
        for (int i = 0; i < now.size(); i++) {
            History there = ledger.read(Identity.of(now.get(i)));
            if (!sameMove.contains(now.get(i)) && isSomebodyElses(there, past, move)) {
                handOver.end(now.get(i), there, move.linksAt(), move.end("taken-" + i, now.get(i), at.minusSeconds(1)));
            }
        }
        join(move, joined(now, others), names);
        carry(move, ledger.read(Identity.of(former)), now, Identity.of(joined(now, others)));
        for (int i = 0; i < former.size(); i++) {
            ConsentEntry end = move.end("given-up-" + i, former.get(i), at).toBuilder()
                    .detail(GIVEN_UP, "1")
                    .build();
            handOver.end(former.get(i), past, move.linksAt(), end);
        }
    }

    /** What is known of the former addresses; of an event that came before, of all that it gave up then. */
    private History past(InboundEvent.AddressChanged moved, String event) {
        History past = ledger.read(moved.former());
        Optional<ConsentEntry> trace = trace(past, event);
        return trace.isPresent() ? ledger.read(formerOf(trace.get())) : past;
    }

    private static Optional<ConsentEntry> trace(History past, String event) {
        return past.entries().stream()
                .filter(entry -> isTrace(entry) && entry.id().value().endsWith(":" + event))
                .findFirst();
    }

    /** Pair by pair, so that all other links stay. */
    private void cut(Move move, List<Address> former, List<Address> now, Set<String> names) {
        int pair = 0;
        for (Address old : former) {
            for (Address other : now) {
                append(move.entry("cut-" + pair++, ConsentEntry.Kind.UNLINKED, Identity.of(old, other), CUT)
                        .build());
            }
            for (String name : names) {
                Identity named = Identity.of(name, List.of(old));
                append(move.entry("cut-" + pair++, ConsentEntry.Kind.UNLINKED, named, CUT)
                        .build());
            }
        }
    }

    private void join(Move move, List<Address> person, Set<String> names) {
        if (person.size() > 1) {
            append(move.entry("joined", ConsentEntry.Kind.LINKED, Identity.of(person), Duration.ZERO)
                    .build());
        }
        int number = 0;
        for (String name : names) {
            Identity named = Identity.of(name, person);
            append(move.entry("joined-" + number++, ConsentEntry.Kind.LINKED, named, Duration.ZERO)
                    .build());
        }
    }

    /** The addresses that the event names, and the numbers that the platform had named together with them. */
    private static List<Address> givenUp(Move move, History past, List<Address> sameMove) {
        Optional<ConsentEntry> trace = trace(past, move.event());
        if (trace.isPresent()) {
            return formerOf(trace.get()).addresses();
        }
        InboundEvent.AddressChanged moved = move.told();
        List<Address> former = new ArrayList<>(moved.former().addresses());
        for (ConsentEntry entry : past.entries()) {
            boolean platforms = entry.kind() == ConsentEntry.Kind.LINKED
                    && entry.actor().filter(ConsentEntry.Actor.PLATFORM::equals).isPresent()
                    && !isTrace(entry)
                    && entry.person().overlaps(moved.former());
            for (Address address : platforms ? entry.person().addresses() : List.<Address>of()) {
                boolean held = address.kind().equals(Address.Kind.PHONE)
                        && past.person().has(address)
                        && !moved.person().has(address)
                        && sameMove.stream().noneMatch(address::isSameAs);
                if (held && !Identity.of(former).has(address)) {
                    former.add(address);
                }
            }
        }
        return former;
    }

    /** A moment of that second in which this move's links come after all that there are, also of an event before. */
    private static Instant afterAllLinks(History past, Instant at, String event) {
        Instant moment = at;
        for (ConsentEntry entry : past.entries()) {
            Instant linked = entry.effectiveAt().orElse(Instant.MIN);
            boolean inThatSecond = linked.getEpochSecond() == at.getEpochSecond();
            if (entry.kind() == ConsentEntry.Kind.LINKED
                    && inThatSecond
                    && !entry.id().value().endsWith(event)
                    && !linked.plus(TRACE).isBefore(moment)) {
                moment = linked.plus(TRACE).plus(CUT);
            }
        }
        return moment;
    }

    /** Where an earlier event says that this very move led. */
    private static List<Address> alreadyAt(Identity former, History past, Move move) {
        List<Address> there = new ArrayList<>();
        for (ConsentEntry entry : past.entries()) {
            if (isTrace(entry)
                    && !move.wrote(entry)
                    && (formerOf(entry).overlaps(former) || nowOf(entry).overlaps(past.person()))
                    && Duration.between(movedAt(entry), move.at()).abs().compareTo(SAME_MOVE) <= 0) {
                there.addAll(without(nowOf(entry).addresses(), there));
            }
        }
        return there;
    }

    /** Whether somebody agreed at the new address before who is not known to be this person. */
    private static boolean isSomebodyElses(History there, History past, Move move) {
        Set<String> own = past.entries().stream().map(Moves::root).collect(Collectors.toSet());
        Set<Optional<String>> names = past.entries().stream()
                .map(entry -> entry.person().reference())
                .filter(Optional::isPresent)
                .collect(Collectors.toSet());
        Identity joined = past.person();
        for (ConsentEntry entry : there.entries()) {
            if (entry.kind() == ConsentEntry.Kind.LINKED && !isTrace(entry) && move.wrote(entry)) {
                joined = joined.with(entry.person().addresses().toArray(Address[]::new));
            }
        }
        Identity person = joined;
        return there.entries().stream()
                .filter(entry -> entry.kind().isOpening())
                .filter(entry -> entry.effectiveAt().orElse(Instant.MIN).isBefore(move.at()))
                .anyMatch(entry -> !own.contains(root(entry))
                        && !names.contains(entry.person().reference())
                        && !without(
                                        entry.person().addresses(),
                                        move.told().person().addresses())
                                .stream()
                                .anyMatch(person::has));
    }

    /** Repeats at the new addresses what is not seen there anyway: first what closes, then what opens or lifts. */
    private void carry(Move move, History past, List<Address> now, Identity seen) {
        Set<EntryId> mistakes = past.entries().stream()
                .flatMap(entry -> entry.supersedes().stream())
                .collect(Collectors.toSet());
        List<ConsentEntry> openings = new ArrayList<>();
        for (ConsentEntry entry : past.entries()) {
            boolean lifts = entry.kind() == ConsentEntry.Kind.RELEASED
                    || entry.kind() == ConsentEntry.Kind.UNSUPPRESSED
                    || entry.kind() == ConsentEntry.Kind.PLATFORM_RESUME;
            boolean counts =
                    !entry.person().overlaps(seen) && !isOfThisMove(entry, move) && !isMistake(entry, mistakes);
            if (counts && entry.kind().isClosing()) {
                append(carried(entry, move.event(), now));
            } else if (counts && (lifts || entry.kind().isOpening())) {
                openings.add(carried(entry, move.event(), now));
            }
        }
        openings.forEach(this::append);
    }

    /** The end that this move put to the former address is about that address alone. */
    private static boolean isOfThisMove(ConsentEntry entry, Move move) {
        return entry.kind() == ConsentEntry.Kind.INVALIDATED
                && entry.details().containsKey(GIVEN_UP)
                && Duration.between(entry.effectiveAt().orElse(Instant.MIN), move.at())
                                .abs()
                                .compareTo(SAME_MOVE)
                        <= 0;
    }

    private static boolean isMistake(ConsentEntry entry, Set<EntryId> mistakes) {
        return mistakes.contains(entry.id())
                && entry.kind() != ConsentEntry.Kind.SUPPRESSED
                && entry.kind() != ConsentEntry.Kind.ERASED
                && entry.kind() != ConsentEntry.Kind.PLATFORM_STOP;
    }

    private static ConsentEntry carried(ConsentEntry entry, String by, List<Address> now) {
        return entry.toBuilder()
                .id(EntryId.of("carried:" + Hashes.of(entry.id() + "\n" + by)))
                .person(identity(entry.person().reference(), now))
                .detail(CARRIED, root(entry))
                .build();
    }

    /**
     * Repeats a closing where the person has moved to since; an address's new holder, who says no at it, closes nothing
     * elsewhere.
     *
     * @param history what the ledger holds after it was recorded
     * @return the person with all addresses that it was repeated for
     */
    Identity follow(ConsentEntry closing, History history) {
        Set<EntryId> followed = new HashSet<>();
        Identity all = history.person();
        List<ConsentEntry> closings = new ArrayList<>(List.of(closing));
        List<History> histories = new ArrayList<>(List.of(history));
        for (int i = 0; i < closings.size(); i++) {
            ConsentEntry current = closings.get(i);
            for (ConsentEntry trace : histories.get(i).entries()) {
                if (!isTrace(trace)
                        || !formerOf(trace).overlaps(current.person())
                        || isByTheNewHolder(current, trace)
                        || !followed.add(trace.id())) {
                    continue;
                }
                Identity now = nowOf(trace);
                all = all.with(now.addresses().toArray(Address[]::new));
                if (!current.person().overlaps(now)) {
                    ConsentEntry copy = carried(current, trace.id().value(), now.addresses());
                    append(copy);
                    closings.add(copy);
                    histories.add(ledger.read(now));
                }
            }
        }
        return all;
    }

    private static boolean isByTheNewHolder(ConsentEntry closing, ConsentEntry trace) {
        return closing.via().isPresent()
                && closing.effectiveAt().orElse(Instant.MIN).getEpochSecond()
                        > movedAt(trace).getEpochSecond();
    }

    private void append(ConsentEntry entry) {
        ledger.append(entry.toBuilder().recordedAt(clock.instant()).build());
    }

    /** Tells whether an entry is the trace of a move, whose link was cut at once. */
    static boolean isTrace(ConsentEntry entry) {
        return entry.kind() == ConsentEntry.Kind.LINKED && entry.details().containsKey(GIVEN_UP);
    }

    private static Instant movedAt(ConsentEntry trace) {
        return trace.effectiveAt().orElse(Instant.MIN.plus(TRACE)).plus(TRACE);
    }

    private static Identity formerOf(ConsentEntry trace) {
        return Identity.of(trace.person().addresses().subList(0, givenUp(trace)));
    }

    private static Identity nowOf(ConsentEntry trace) {
        List<Address> all = trace.person().addresses();
        return Identity.of(all.subList(givenUp(trace), all.size()));
    }

    private static int givenUp(ConsentEntry trace) {
        return Integer.parseInt(trace.details().getOrDefault(GIVEN_UP, "1"));
    }

    private static String root(ConsentEntry entry) {
        return entry.details().getOrDefault(CARRIED, entry.id().value());
    }

    /** The host's own names that links join with the addresses, unless the link was cut since. */
    private static Set<String> linkedNames(History past) {
        Set<String> names = new LinkedHashSet<>();
        for (ConsentEntry entry : past.entries()) {
            if (entry.kind() == ConsentEntry.Kind.LINKED
                    && past.entries().stream().noneMatch(other -> cuts(other, entry))) {
                entry.person().reference().ifPresent(names::add);
            }
        }
        return names;
    }

    private static boolean cuts(ConsentEntry entry, ConsentEntry link) {
        return entry.kind() == ConsentEntry.Kind.UNLINKED
                && entry.person().reference().isPresent()
                && entry.person().reference().equals(link.person().reference())
                && !entry.effectiveAt()
                        .orElse(Instant.MIN)
                        .isBefore(link.effectiveAt().orElse(Instant.MIN));
    }

    private static Identity identity(Optional<String> name, List<Address> addresses) {
        return name.map(known -> Identity.of(known, addresses)).orElseGet(() -> Identity.of(addresses));
    }

    private static List<Address> joined(List<Address> some, List<Address> others) {
        List<Address> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    @SafeVarargs
    private static List<Address> without(List<Address> addresses, List<Address>... not) {
        List<Address> rest = new ArrayList<>(addresses);
        for (List<Address> some : not) {
            rest.removeIf(address -> some.stream().anyMatch(address::isSameAs));
        }
        return rest;
    }

    /**
     * One move, as one event tells of it.
     *
     * @param told the event
     * @param at when they moved
     * @param linksAt the same, so dated that its links come after earlier ones
     * @param event names what it leaves in the ledger, never by the person
     */
    private record Move(InboundEvent.AddressChanged told, Instant at, Instant linksAt, String event) {
        boolean wrote(ConsentEntry entry) {
            return entry.id().value().endsWith(":" + event);
        }

        ConsentEntry end(String what, Address address, Instant ended) {
            return entry(what, ConsentEntry.Kind.INVALIDATED, Identity.of(address), Duration.ZERO)
                    .effectiveAt(ended)
                    .reason("the address has a new holder since " + at)
                    .build();
        }

        ConsentEntry.Builder entry(String what, ConsentEntry.Kind kind, Identity person, Duration before) {
            return ConsentEntry.builder(kind, person, Scope.everything())
                    .id(EntryId.of(what + ":" + event))
                    .effectiveAt(linksAt.minus(before))
                    .actor(ConsentEntry.Actor.PLATFORM)
                    .method(ConsentEntry.Method.PLATFORM_SIGNAL)
                    .via(told.sender())
                    .source(told.key());
        }
    }
}
