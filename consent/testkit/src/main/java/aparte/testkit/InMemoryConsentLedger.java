package aparte.testkit;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.BitemporalLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A consent ledger in memory. It loses everything on restart, opt-outs included: for tests and examples only.
 *
 * <p>It keeps the whole contract of {@link ConsentLedger}. {@code LINKED} joins the addresses and the reference of its
 * person, {@code UNLINKED} takes the direct links among its own apart; of two, the one effective later counts, and in a tie
 * the one appended later. Erasing suppresses the purposes in which an opt-out, an objection, a hold or a platform's stop
 * was in force, also at further addresses that those entries name, and entry ids stay taken.
 *
 * <p>Linearizable and thread-safe. A read of a person with one address and no link takes no lock and copies no list; reads
 * of the past play all entries again, and are slow.
 */
public final class InMemoryConsentLedger implements BitemporalLedger {
    private static final Set<ConsentEntry.Kind> STOPS = EnumSet.of(
            ConsentEntry.Kind.WITHDRAWN,
            ConsentEntry.Kind.OBJECTED,
            ConsentEntry.Kind.HELD,
            ConsentEntry.Kind.PLATFORM_STOP,
            ConsentEntry.Kind.SUPPRESSED);
    private static final Set<Refusal.Reason> IN_FORCE = EnumSet.of(
            Refusal.Reason.SUPPRESSED, Refusal.Reason.OPTED_OUT, Refusal.Reason.HELD, Refusal.Reason.PLATFORM_STOP);

    private final Clock clock;
    private final StampedLock lock = new StampedLock();
    private final Map<Object, Node> nodes = new ConcurrentHashMap<>();
    private final Set<EntryId> ids = new HashSet<>();
    private final List<@Nullable Kept> kept = new ArrayList<>(); // null where a person was erased
    private volatile long head;

    /** Makes an empty ledger that dates erasures by the system's clock. */
    public InMemoryConsentLedger() {
        this(Clock.systemUTC());
    }

    /** Makes an empty ledger that dates erasures by this clock. */
    public InMemoryConsentLedger(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public History read(Identity person) {
        Objects.requireNonNull(person, "person");
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            History history = look(person);
            if (lock.validate(stamp)) {
                return history;
            }
        }
        stamp = lock.readLock();
        try {
            return look(person);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public History readAt(Identity person, long until) {
        Objects.requireNonNull(person, "person");
        if (until < 0 || until > head) {
            throw new IllegalArgumentException("the ledger has " + head + " entries, not " + until);
        }
        History then = past((place, line) -> place < until).read(person);
        return new History(then.person(), then.entries(), until);
    }

    @Override
    public History asOf(Identity person, Instant effective, Instant known) {
        Objects.requireNonNull(effective, "effective");
        return past((place, line) -> !line.knownAt.isAfter(known)
                        && line.entry.effectiveAt().filter(effective::isBefore).isEmpty())
                .read(person);
    }

    private InMemoryConsentLedger past(BiPredicate<Integer, Kept> wanted) {
        InMemoryConsentLedger past = new InMemoryConsentLedger(clock);
        long stamp = lock.readLock();
        try {
            for (int place = 0; place < kept.size(); place++) {
                Kept line = kept.get(place);
                if (line != null && wanted.test(place, line)) {
                    past.append(line.entry);
                }
            }
        } finally {
            lock.unlockRead(stamp);
        }
        return past;
    }

    @Override
    public List<History> readAll(List<Identity> people) {
        long stamp = lock.readLock();
        try {
            List<History> histories = new ArrayList<>(people.size());
            for (Identity person : people) {
                histories.add(look(person));
            }
            return histories;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public boolean append(ConsentEntry entry) {
        Objects.requireNonNull(entry, "entry");
        long stamp = lock.writeLock();
        try {
            if (!ids.add(entry.id())) {
                return false;
            }
            put(entry);
            return true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        Objects.requireNonNull(person, "person");
        long stamp = lock.writeLock();
        try {
            History history = look(person);
            Set<Object> reach = reach(person);
            List<ConsentEntry> suppressions = new ArrayList<>();
            Instant now = clock.instant();
            if (suppress) {
                suppressions.add(suppression(history.person(), Scope.everything(), now));
            } else {
                suppressions.addAll(suppressions(history, history.entries(), now));
            }
            for (Address other : alsoNamed(history.entries(), reach)) {
                suppressions.addAll(suppressions(look(Identity.of(other)), history.entries(), now));
            }
            forget(history.entries(), reach);
            for (ConsentEntry suppression : suppressions) {
                ids.add(suppression.id());
                put(suppression);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private History look(Identity person) {
        List<Address> addresses = person.addresses();
        if (addresses.size() == 1 && person.reference().isEmpty()) {
            Node node = nodes.get(canonical(addresses.get(0)));
            if (node == null) {
                return new History(person, List.of(), head);
            }
            Cluster cluster = node.cluster;
            return cluster == null
                    ? new History(person, node.own, head)
                    : new History(cluster.all(person), cluster.entries, head);
        }
        Identity all = person;
        Set<ConsentEntry> entries = new LinkedHashSet<>();
        for (Object key : keys(person)) {
            Node node = nodes.get(key);
            if (node != null) {
                Cluster cluster = node.cluster;
                all = cluster == null ? all : cluster.all(all);
                entries.addAll(cluster == null ? node.own : cluster.entries);
            }
        }
        return new History(all, List.copyOf(entries), head);
    }

    private void put(ConsentEntry entry) {
        kept.add(new Kept(entry, clock.instant()));
        head = kept.size();
        Set<Cluster> clusters = new HashSet<>();
        List<Node> touched = new ArrayList<>();
        for (Address address : entry.person().addresses()) {
            touched.add(nodes.computeIfAbsent(canonical(address), key -> new Node(key, address)));
        }
        entry.person()
                .reference()
                .ifPresent(name -> touched.add(nodes.computeIfAbsent(new Reference(name), key -> new Node(key, null))));
        for (Node node : new LinkedHashSet<>(touched)) {
            node.own = plus(node.own, entry);
            if (node.cluster != null) {
                clusters.add(node.cluster);
            }
        }
        if (isLink(entry)) {
            regroup(touched);
        } else {
            for (Cluster cluster : clusters) {
                cluster.entries = plus(cluster.entries, entry);
            }
        }
    }

    /** Finds again who belongs together, among these and all that were linked to them. */
    private void regroup(Collection<Node> touched) {
        Set<Node> open = new LinkedHashSet<>();
        for (Node node : touched) {
            if (node.cluster == null) {
                open.add(node);
            } else {
                open.addAll(node.cluster.members);
            }
        }
        while (!open.isEmpty()) {
            Set<Node> component = component(open.iterator().next());
            open.removeAll(component);
            Cluster cluster = component.size() == 1 ? null : new Cluster(List.copyOf(component));
            for (Node member : component) {
                member.cluster = cluster;
            }
        }
    }

    private Set<Node> component(Node start) {
        Set<Node> found = new LinkedHashSet<>();
        Deque<Node> next = new ArrayDeque<>();
        found.add(start);
        next.add(start);
        while (!next.isEmpty()) {
            for (Object key : neighbours(next.remove())) {
                Node neighbour = nodes.get(key);
                if (neighbour != null && found.add(neighbour)) {
                    next.add(neighbour);
                }
            }
        }
        return found;
    }

    private static Set<Object> neighbours(Node node) {
        List<ConsentEntry> links = new ArrayList<>();
        for (ConsentEntry entry : node.own) {
            if (isLink(entry)) {
                links.add(entry);
            }
        }
        links.sort(Comparator.comparing(entry -> entry.effectiveAt().orElse(Instant.MIN)));
        Set<Object> neighbours = new LinkedHashSet<>();
        for (ConsentEntry link : links) {
            if (link.kind() == ConsentEntry.Kind.LINKED) {
                neighbours.addAll(keys(link.person()));
            } else {
                neighbours.removeAll(keys(link.person()));
            }
        }
        return neighbours;
    }

    /** Returns the keys of a person and of everything linked. */
    private Set<Object> reach(Identity person) {
        Set<Object> reach = new LinkedHashSet<>();
        for (Object key : keys(person)) {
            Node node = nodes.get(key);
            Cluster cluster = node == null ? null : node.cluster;
            reach.add(key);
            if (cluster != null) {
                for (Node member : cluster.members) {
                    reach.add(member.key);
                }
            }
        }
        return reach;
    }

    /** Returns the addresses beyond a person's own that closing entries name: what was closed there stays closed. */
    private static Set<Address> alsoNamed(List<ConsentEntry> entries, Set<Object> reach) {
        Set<Address> named = new LinkedHashSet<>();
        for (ConsentEntry entry : entries) {
            if (STOPS.contains(entry.kind())) {
                for (Address address : entry.person().addresses()) {
                    if (!reach.contains(canonical(address))) {
                        named.add(canonical(address));
                    }
                }
            }
        }
        return named;
    }

    /** Takes entries out, under the keys of the person and under any other that they name; others stay linked. */
    private void forget(List<ConsentEntry> entries, Set<Object> reach) {
        Set<EntryId> gone = new HashSet<>();
        Set<Object> named = new LinkedHashSet<>();
        for (ConsentEntry entry : entries) {
            gone.add(entry.id());
            named.addAll(keys(entry.person()));
        }
        nodes.keySet().removeAll(reach);
        named.removeAll(reach);
        Set<Node> others = new LinkedHashSet<>();
        for (Object key : named) {
            Node other = nodes.get(key);
            if (other != null) {
                List<ConsentEntry> own = new ArrayList<>();
                for (ConsentEntry entry : other.own) {
                    if (!gone.contains(entry.id())) {
                        own.add(entry);
                    } else if (isLink(entry)) {
                        own.add(without(reach, entry));
                    }
                }
                other.own = List.copyOf(own);
                others.add(other);
            }
        }
        for (int place = 0; place < kept.size(); place++) {
            Kept line = kept.get(place);
            if (line != null && gone.contains(line.entry.id())) {
                boolean linksOthers = isLink(line.entry) && !reach.containsAll(keys(line.entry.person()));
                kept.set(place, linksOthers ? new Kept(without(reach, line.entry), line.knownAt) : null);
            }
        }
        regroup(others);
        others.stream().filter(other -> other.own.isEmpty()).forEach(other -> nodes.remove(other.key));
    }

    /** Returns the bare link among those whom an entry names and who are not erased. */
    private static ConsentEntry without(Set<Object> reach, ConsentEntry link) {
        List<Address> rest = new ArrayList<>(link.person().addresses());
        rest.removeIf(address -> reach.contains(canonical(address)));
        Identity others = link.person()
                .reference()
                .filter(name -> !reach.contains(new Reference(name)))
                .map(name -> Identity.of(name, rest))
                .orElseGet(() -> Identity.of(rest));
        ConsentEntry.Builder bare =
                ConsentEntry.builder(link.kind(), others, link.scope()).id(link.id());
        link.effectiveAt().ifPresent(bare::effectiveAt);
        return bare.build();
    }

    /** Returns what must stay closed for the person of a history, so far as these entries closed it. */
    private static List<ConsentEntry> suppressions(History history, List<ConsentEntry> by, Instant now) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (ConsentEntry entry : by) {
            if (STOPS.contains(entry.kind())) {
                Set<SenderId> senders = entry.scope().senders().orElse(Set.of());
                if (senders.isEmpty() || entry.kind() == ConsentEntry.Kind.OBJECTED) {
                    addInForce(scopes, history, null, entry, now);
                }
                for (SenderId sender : senders) {
                    addInForce(scopes, history, sender, entry, now);
                }
            }
        }
        List<ConsentEntry> suppressions = new ArrayList<>();
        for (Scope scope : scopes) {
            suppressions.add(suppression(history.person(), scope, now));
        }
        return suppressions;
    }

    /** Adds the purposes that the entry still closes on the sender; null stands for all senders. */
    private static void addInForce(
            Set<Scope> scopes, History history, @Nullable SenderId sender, ConsentEntry entry, Instant now) {
        SenderId judged = sender == null ? Anyone.SENDER : sender;
        Set<Purpose> closed = EnumSet.noneOf(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            // Only a new message of the person opens service, and that may be answered.
            boolean service = purpose == Purpose.SERVICE && entry.kind() != ConsentEntry.Kind.SUPPRESSED;
            boolean meant = entry.scope().purposes().contains(purpose)
                    || (entry.kind() == ConsentEntry.Kind.OBJECTED && purpose.isPromotional());
            if (meant && !service && isClosed(Standing.of(history, purpose, judged, now))) {
                closed.add(purpose);
            }
        }
        if (!closed.isEmpty()) {
            scopes.add(sender == null ? Scope.of(closed) : Scope.of(closed).only(sender));
        }
    }

    private static boolean isClosed(Standing standing) {
        for (Refusal refusal : standing.refusals()) {
            if (IN_FORCE.contains(refusal.reason())) {
                return true;
            }
        }
        return false;
    }

    private static ConsentEntry suppression(Identity person, Scope scope, Instant now) {
        Identity nameless = person.addresses().isEmpty() ? person : Identity.of(person.addresses());
        return ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, nameless, scope)
                .effectiveAt(now)
                .recordedAt(now)
                .actor(ConsentEntry.Actor.SYSTEM)
                .build();
    }

    private static boolean isLink(ConsentEntry entry) {
        return entry.kind() == ConsentEntry.Kind.LINKED || entry.kind() == ConsentEntry.Kind.UNLINKED;
    }

    private static Set<Object> keys(Identity person) {
        Set<Object> keys = new LinkedHashSet<>();
        for (Address address : person.addresses()) {
            keys.add(canonical(address));
        }
        person.reference().ifPresent(name -> keys.add(new Reference(name)));
        return keys;
    }

    private static Address canonical(Address address) {
        return address.keys().get(0);
    }

    private static List<ConsentEntry> plus(List<ConsentEntry> entries, ConsentEntry entry) {
        List<ConsentEntry> more = new ArrayList<>(entries.size() + 1);
        more.addAll(entries);
        more.add(entry);
        return List.copyOf(more);
    }

    @Override
    public String toString() {
        return "InMemoryConsentLedger[" + nodes.size() + " keys]";
    }

    /** The host's own name of a person, as a key beside the addresses. */
    private record Reference(String name) {}

    /**
     * An entry at its place.
     *
     * @param entry the entry
     * @param knownAt when it came
     */
    private record Kept(ConsentEntry entry, Instant knownAt) {}

    /** A sender that no entry names: what is closed for it is closed for all. */
    private static final class Anyone {
        private static final SenderId SENDER =
                new SenderId(ChannelId.of("any"), UUID.randomUUID().toString());
    }

    /** All that is kept under one key. Changed under the write lock only. */
    private static final class Node {
        private final Object key;
        private final @Nullable Address address; // null for a reference
        private volatile List<ConsentEntry> own = List.of();
        private volatile @Nullable Cluster cluster; // null without a link

        private Node(Object key, @Nullable Address address) {
            this.key = key;
            this.address = address;
        }
    }

    /** Keys that are linked, and what is kept under any of them. Changed under the write lock only. */
    private static final class Cluster {
        private final List<Node> members;
        private volatile List<ConsentEntry> entries = List.of();

        private Cluster(List<Node> members) {
            this.members = members;
            collect();
        }

        private void collect() {
            Set<ConsentEntry> all = new LinkedHashSet<>();
            for (Node member : members) {
                all.addAll(member.own);
            }
            entries = List.copyOf(all);
        }

        private Identity all(Identity person) {
            List<Address> more = new ArrayList<>();
            for (Node member : members) {
                if (member.address != null && !person.has(member.address)) {
                    more.add(member.address);
                }
            }
            return more.isEmpty() ? person : person.with(more.toArray(new Address[0]));
        }
    }
}
