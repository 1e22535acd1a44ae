package aparte.testkit;

import aparte.Address;
import aparte.MessageId;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.FrequencyCap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts for frequency caps in memory. They start at zero after a restart, so that a person may get more than the cap: for
 * tests and examples only.
 *
 * <p>It keeps the whole contract of {@link CapStore}. A reservation counts from its instant until just before the window's
 * length has passed. Linearizable and thread-safe.
 */
public final class InMemoryCapStore implements CapStore {
    private final Object lock = new Object();
    private final Map<Key, Map<MessageId, Instant>> reserved = new HashMap<>();
    private final Map<Line, Map<MessageId, Instant>> withheld = new HashMap<>();

    /** Makes a store without reservations. */
    public InMemoryCapStore() {}

    @Override
    public Optional<Instant> reserve(FrequencyCap cap, Address to, MessageId message, Instant now) {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(now, "now");
        synchronized (lock) {
            Map<MessageId, Instant> places = reserved.computeIfAbsent(Key.of(cap, to), key -> new HashMap<>());
            places.values().removeIf(at -> !at.plus(cap.window()).isAfter(now));
            if (places.containsKey(message)) {
                return Optional.empty();
            }
            if (places.size() < cap.limit()) {
                places.put(message, now);
                return Optional.empty();
            }
            List<Instant> ends = places.values().stream().sorted().toList();
            return Optional.of(ends.get(ends.size() - cap.limit()).plus(cap.window()));
        }
    }

    @Override
    public void giveBack(FrequencyCap cap, Address to, MessageId message) {
        Objects.requireNonNull(message, "message");
        synchronized (lock) {
            Map<MessageId, Instant> places = reserved.get(Key.of(cap, to));
            if (places != null) {
                places.remove(message);
            }
        }
    }

    @Override
    public void withheld(SenderId from, Address to, MessageId message, Instant at) {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
        synchronized (lock) {
            withheld.computeIfAbsent(Line.of(from, to), line -> new HashMap<>()).putIfAbsent(message, at);
        }
    }

    @Override
    public List<Instant> withheldSince(SenderId from, Address to, Instant since) {
        synchronized (lock) {
            return withheld.getOrDefault(Line.of(from, to), Map.of()).values().stream()
                    .filter(at -> !at.isBefore(since))
                    .toList();
        }
    }

    @Override
    public String toString() {
        synchronized (lock) {
            return "InMemoryCapStore[" + reserved.size() + " counters]";
        }
    }

    private record Key(String cap, Address to) {
        static Key of(FrequencyCap cap, Address to) {
            return new Key(cap.name(), to.keys().get(0));
        }
    }

    private record Line(SenderId from, Address to) {
        static Line of(SenderId from, Address to) {
            return new Line(Objects.requireNonNull(from, "from"), to.keys().get(0));
        }
    }
}
