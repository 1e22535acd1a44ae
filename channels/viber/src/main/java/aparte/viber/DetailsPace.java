package aparte.viber;

import aparte.DeliveryFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often Viber may be asked about a person: twice in 12 hours, as of 2026-11, REST Bot API, get user details. Remembers who
 * was asked about for that long. Thread-safe.
 */
final class DetailsPace {
    static final int MOST = 2;
    static final Duration WITHIN = Duration.ofHours(12);

    private final Clock clock;
    private final Map<String, Deque<Instant>> asked = new LinkedHashMap<>();

    DetailsPace(Clock clock) {
        this.clock = clock;
    }

    /** Counts a question, or says how long to wait with it. */
    synchronized Optional<DeliveryFailure> ask(String id) {
        Instant now = clock.instant();
        forget(now);
        Deque<Instant> moments = asked.getOrDefault(id, new ArrayDeque<>());
        moments.removeIf(moment -> !moment.plus(WITHIN).isAfter(now));
        if (moments.size() >= MOST) {
            Duration wait = Duration.between(now, moments.getFirst().plus(WITHIN));
            return Optional.of(DeliveryFailure.throttled("", Optional.of(wait)));
        }
        moments.add(now);
        asked.remove(id);
        asked.put(id, moments); // last, so that the first are those to forget
        return Optional.empty();
    }

    /** Takes the latest question back, which never left. */
    synchronized void takeBack(String id) {
        Deque<Instant> moments = asked.getOrDefault(id, new ArrayDeque<>());
        moments.pollLast();
        if (moments.isEmpty()) {
            asked.remove(id);
        }
    }

    synchronized int remembered() {
        return asked.size();
    }

    private void forget(Instant now) {
        Iterator<Deque<Instant>> oldest = asked.values().iterator();
        while (oldest.hasNext() && !oldest.next().getLast().plus(WITHIN).isAfter(now)) {
            oldest.remove();
        }
    }
}
