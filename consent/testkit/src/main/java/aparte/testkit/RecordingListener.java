package aparte.testkit;

import aparte.InboundEvent;
import aparte.consent.InboundListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A listener that keeps what it hears in memory, for asserts. It loses it on restart: for tests and examples only.
 * Thread-safe.
 */
public final class RecordingListener implements InboundListener {
    private final Object lock = new Object();
    private final List<InboundEvent> events = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();

    /** Makes a listener that heard nothing. */
    public RecordingListener() {}

    /** Makes it throw this at the next event, which it does not keep then; several calls queue up. */
    public void throwNext(RuntimeException failure) {
        synchronized (lock) {
            failures.add(Objects.requireNonNull(failure, "failure"));
        }
    }

    @Override
    public void hear(InboundEvent event) {
        Objects.requireNonNull(event, "event");
        synchronized (lock) {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            events.add(event);
        }
    }

    /** Returns what it heard, in order. */
    public List<InboundEvent> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** Returns what it heard of one type, in order. */
    public <E extends InboundEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public String toString() {
        return "RecordingListener[" + events().size() + " events]";
    }
}
