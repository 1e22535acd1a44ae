package aparte.testkit;

import aparte.consent.InboxJournal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An inbox journal in memory. It forgets on restart what was handled, so that redeliveries count as new: for tests and
 * examples only.
 *
 * <p>It keeps the whole contract of {@link InboxJournal} and every key until then. A lease has ended at its end's very
 * instant. Linearizable and thread-safe.
 */
public final class InMemoryInboxJournal implements InboxJournal {
    private final Map<String, Instant> leases = new ConcurrentHashMap<>();

    /** Makes an empty journal. */
    public InMemoryInboxJournal() {}

    @Override
    public Lease lease(String key, Instant now, Instant until) {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(until, "until");
        Lease[] answer = {Lease.TAKEN};
        leases.compute(Objects.requireNonNull(key, "key"), (same, end) -> {
            if (end == null || (!end.equals(Instant.MAX) && !now.isBefore(end))) {
                return until;
            }
            answer[0] = end.equals(Instant.MAX) ? Lease.DONE : Lease.BUSY;
            return end;
        });
        return answer[0];
    }

    @Override
    public void done(String key) {
        leases.put(Objects.requireNonNull(key, "key"), Instant.MAX);
    }

    @Override
    public void release(String key) {
        leases.computeIfPresent(
                Objects.requireNonNull(key, "key"), (same, end) -> end.equals(Instant.MAX) ? end : null);
    }

    @Override
    public String toString() {
        return "InMemoryInboxJournal[" + leases.size() + " keys]";
    }
}
