package aparte.channel.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes by waiting only, and what happens in it, in order. For one thread. */
final class VirtualTime implements HttpSettings.Waiting {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long number;

    private record Event(long at, long number, Runnable what) {}

    @Override
    public void await(Duration duration) {
        now += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Lets something happen after so long. */
    void in(long nanos, Runnable what) {
        events.add(new Event(now + nanos, number++, what));
    }

    /** Lets everything happen until then. */
    void runUntil(long end) {
        for (Event next = events.poll(); next != null && next.at <= end; next = events.poll()) {
            now = next.at;
            next.what.run();
        }
    }
}
