package aparte.whatsapp;

import aparte.Address;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.consent.ErasureListener;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is in which WhatsApp group, as far as is known: what a message to a group is judged by. Keeps personal data in memory
 * only.
 *
 * <p>Fill it with {@link #keep} from {@link WhatsAppGroups#fetch}, and hand it every {@link InboundEvent.GroupChanged} by
 * {@link #changed}. In doubt it holds too many people rather than too few: who joined is in at once, who left is out only if
 * they left after what is known of them. A list that is incomplete or older than 24 hours by default counts as unknown, and
 * then nothing is sent to the group.
 *
 * <p>Each machine keeps its own. One that gets no webhooks must fetch before it sends, and set a short age: whoever joined
 * since the last fetch is not known to it. Tell it of erasures: it is an {@link ErasureListener}. Thread-safe; no input, no
 * output.
 */
public final class GroupRoster implements ErasureListener {
    private static final Duration MAX_AGE = Duration.ofHours(24);

    /** How far our clock and WhatsApp's may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int MOST_GROUPS = 100_000;

    private final Duration maxAge;
    private final Object lock = new Object();
    private final Map<String, Known> groups = new HashMap<>();

    /** What is known of a group. Guarded by the lock. */
    private static final class Known {
        private Instant fetchedAt = Instant.MIN; // never
        private final Map<Identity, Place> places = new LinkedHashMap<>();

        private boolean isUnknown() {
            return fetchedAt.equals(Instant.MIN);
        }
    }

    /**
     * Somebody's place in a group.
     *
     * @param since when they were in it at the latest
     * @param told whether a webhook told it and no list did yet
     */
    private record Place(Instant since, boolean told) {}

    private GroupRoster(Duration maxAge) {
        this.maxAge = maxAge;
    }

    /** Returns an empty roster whose lists count for 24 hours. */
    public static GroupRoster ofDefaults() {
        return new GroupRoster(MAX_AGE);
    }

    /**
     * Returns an empty roster.
     *
     * @param maxAge how long after a fetch its list counts
     * @throws IllegalArgumentException if it is not positive
     */
    public static GroupRoster of(Duration maxAge) {
        if (maxAge.isZero() || maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must be positive");
        }
        return new GroupRoster(maxAge);
    }

    /** Keeps who is in a group. An incomplete list makes the group unknown. Who joined about then or later stays in. */
    public void keep(WhatsAppGroups.Group group) {
        synchronized (lock) {
            Known known = known(group.address());
            Instant surely = group.askedAt().minus(SKEW);
            known.places
                    .values()
                    .removeIf(place -> !place.told() || place.since().isBefore(surely));
            for (Identity member : group.members()) {
                add(known, member, new Place(group.askedAt(), false));
            }
            known.fetchedAt = group.isComplete() ? group.askedAt() : Instant.MIN;
        }
    }

    /**
     * Takes in what a webhook tells. Groups of other channels are left alone; one that was deleted, or whose participants
     * changed without a name, becomes unknown.
     */
    public void changed(InboundEvent.GroupChanged event) {
        if (!isGroup(event.group())) {
            return;
        }
        for (InboundEvent.Participant participant : event.participants()) {
            switch (participant.move()) {
                case JOINED -> joined(event.group(), participant.person(), event.at());
                case LEFT, REMOVED -> left(event.group(), participant.person(), event.at());
                case ASKED, ASKED_NO_MORE -> {
                    // they are not in it
                }
            }
        }
        boolean nameless = event.participants().isEmpty() && event.change().contains("participants");
        if (nameless || event.change().equals("group_delete")) {
            forget(event.group());
        }
    }

    /** Keeps that somebody joined. */
    public void joined(Address group, Identity person, Instant at) {
        Objects.requireNonNull(at, "at");
        synchronized (lock) {
            add(known(group), person, new Place(at, true));
        }
    }

    /** Keeps that somebody left, unless they are known to have been in the group later. */
    public void left(Address group, Identity person, Instant at) {
        Objects.requireNonNull(at, "at");
        synchronized (lock) {
            known(group)
                    .places
                    .entrySet()
                    .removeIf(member -> member.getKey().overlaps(person)
                            && member.getValue().since().isBefore(at));
        }
    }

    /** Makes a group unknown, until it is fetched again. */
    public void forget(Address group) {
        synchronized (lock) {
            groups.remove(checked(group));
        }
    }

    /** Forgets a person: the groups that they were in become unknown. */
    @Override
    public void erased(Identity person) {
        synchronized (lock) {
            groups.values()
                    .removeIf(known -> known.places.keySet().stream().anyMatch(member -> member.overlaps(person)));
        }
    }

    /** Returns everybody in a group; empty if that is not known at this instant. Nobody is in an empty list. */
    public Optional<List<Identity>> members(Address group, Instant now) {
        synchronized (lock) {
            Known known = groups.get(group.value());
            if (known == null
                    || known.isUnknown()
                    || !isGroup(group)
                    || now.isAfter(known.fetchedAt.plus(maxAge))
                    || now.isBefore(known.fetchedAt.minus(SKEW))) {
                return Optional.empty();
            }
            return Optional.of(List.copyOf(known.places.keySet()));
        }
    }

    /** Tells whether an address is that of a WhatsApp group. */
    static boolean isGroup(Address address) {
        return address.kind().equals(Address.Kind.GROUP) && address.scope().equals("whatsapp");
    }

    private static String checked(Address group) {
        if (!isGroup(group)) {
            throw new IllegalArgumentException("not a WhatsApp group: use an address of kind group and scope whatsapp");
        }
        return group.value();
    }

    private Known known(Address group) {
        String id = checked(group);
        Known known = groups.get(id);
        if (known == null) {
            if (groups.size() >= MOST_GROUPS) {
                groups.clear(); // unknown is safe, and no number has so many
            }
            known = new Known();
            groups.put(id, known);
        }
        return known;
    }

    /** One person under all addresses by which they are known here. */
    private static void add(Known known, Identity person, Place place) {
        Identity whole = person;
        Instant since = place.since();
        for (Map.Entry<Identity, Place> member : List.copyOf(known.places.entrySet())) {
            if (member.getKey().overlaps(whole)) {
                known.places.remove(member.getKey());
                whole = whole.with(member.getKey().addresses().toArray(Address[]::new));
                Instant before = member.getValue().since();
                since = before.isAfter(since) ? before : since;
            }
        }
        known.places.put(whole, new Place(since, place.told()));
    }

    /** Shows how many groups are known. */
    @Override
    public String toString() {
        synchronized (lock) {
            return "GroupRoster[" + groups.size() + " groups]";
        }
    }
}
