package aparte.consent;

import aparte.History;
import aparte.Identity;
import aparte.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as the gate may trust it: an answer in time, for everybody asked, or none. */
final class LedgerView {
    private final ConsentLedger ledger;
    private final Clock clock;
    private final Duration timeout;

    LedgerView(ConsentLedger ledger, Clock clock, Duration timeout) {
        this.ledger = ledger;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Reads the histories, in the order asked. Never throws. */
    Answer read(List<Identity> people) {
        long before = clock.millis();
        long start = System.nanoTime();
        List<History> histories;
        try {
            histories = people.size() == 1 ? List.of(ledger.read(people.get(0))) : ledger.readAll(people);
        } catch (LedgerIntegrityException altered) {
            return new Answer(
                    List.of(), Refusal.of(Refusal.Reason.LEDGER_INTEGRITY, "the ledger's lines were altered"), altered);
        } catch (RuntimeException outage) {
            return Answer.none("the ledger threw " + outage.getClass().getSimpleName(), outage);
        }
        if (Thread.currentThread().isInterrupted()) {
            return Answer.none("the thread was interrupted while the ledger was read", null);
        }
        // By the gate's clock and by the machine's, for a host may hold its clock still.
        if (clock.millis() - before > timeout.toMillis() || System.nanoTime() - start > timeout.toNanos()) {
            return Answer.none("the ledger answered later than " + timeout, null);
        }
        if (histories.size() != people.size()) {
            return Answer.none(
                    "the ledger answered for " + histories.size() + " of " + people.size() + " people", null);
        }
        for (int i = 0; i < histories.size(); i++) {
            if (!histories.get(i).person().overlaps(people.get(i))) {
                return Answer.none("the ledger answered for somebody else than was asked", null);
            }
        }
        return new Answer(histories, null, null);
    }

    /**
     * What the ledger answered.
     *
     * @param histories one for each person asked; empty if there is no answer
     * @param refusal why there is no answer
     * @param cause what failed
     */
    record Answer(
            List<History> histories,
            @Nullable Refusal refusal, // null if there is an answer
            @Nullable Throwable cause) { // null unless the ledger threw

        /** The place of the ledger's last entry; of several reads, of the latest. */
        long head() {
            long head = 0;
            for (History history : histories) {
                head = Math.max(head, history.head());
            }
            return head;
        }

        private static Answer none(String problem, @Nullable Throwable cause) {
            return new Answer(List.of(), Refusal.of(Refusal.Reason.LEDGER_UNAVAILABLE, problem), cause);
        }
    }
}
