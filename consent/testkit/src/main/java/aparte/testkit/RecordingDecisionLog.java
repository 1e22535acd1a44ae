package aparte.testkit;

import aparte.MessageId;
import aparte.consent.Decision;
import aparte.consent.DecisionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A decision log that keeps decisions in memory, for asserts. It loses them on restart: for tests and examples only.
 * Thread-safe.
 */
public final class RecordingDecisionLog implements DecisionLog {
    private final Object lock = new Object();
    private final List<Decision> decisions = new ArrayList<>();

    /** Makes an empty log. */
    public RecordingDecisionLog() {}

    @Override
    public void write(Decision decision) {
        Objects.requireNonNull(decision, "decision");
        synchronized (lock) {
            decisions.add(decision);
        }
    }

    /** Returns all decisions, in the order they were written. */
    public List<Decision> decisions() {
        synchronized (lock) {
            return List.copyOf(decisions);
        }
    }

    /** Returns the decisions about a message, in the order they were written. */
    public List<Decision> decisionsOn(MessageId message) {
        return decisions().stream()
                .filter(decision -> decision.message().equals(message))
                .toList();
    }

    @Override
    public String toString() {
        return "RecordingDecisionLog[" + decisions().size() + " decisions]";
    }
}
