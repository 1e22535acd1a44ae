package aparte.testkit;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.consent.ConsentLedger;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A ledger that counts its reads and lets a test step in just before one. Thread-safe. */
final class WatchedLedger implements ConsentLedger {
    private final ConsentLedger ledger;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile IntConsumer beforeRead = number -> {};

    WatchedLedger(ConsentLedger ledger) {
        this.ledger = ledger;
    }

    /** Counts reads from 1 again and calls the hook with each number; reads made by the hook itself do not count. */
    void watch(IntConsumer hook) {
        beforeRead = hook;
        reads.set(0);
    }

    int reads() {
        return reads.get();
    }

    @Override
    public History read(Identity person) {
        step();
        return ledger.read(person);
    }

    @Override
    public List<History> readAll(List<Identity> people) {
        step();
        return ledger.readAll(people);
    }

    private void step() {
        if (watching.compareAndSet(false, true)) {
            try {
                beforeRead.accept(reads.incrementAndGet());
            } finally {
                watching.set(false);
            }
        }
    }

    @Override
    public boolean append(ConsentEntry entry) {
        return ledger.append(entry);
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        ledger.erase(person, suppress);
    }
}
