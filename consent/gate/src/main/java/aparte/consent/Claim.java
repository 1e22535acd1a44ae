package aparte.consent;

import aparte.Address;
import aparte.Evidence;
import aparte.MessageId;
import aparte.SendResult;
import aparte.SenderId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that may be on its way, or was: the send log's line.
 *
 * @param message the message
 * @param from the sender
 * @param to where it goes
 * @param at when it was claimed
 * @param evidence why it is allowed
 * @param result what became of it; empty while nothing is known, which reads as {@code Unconfirmed}
 */
public record Claim(
        MessageId message, SenderId from, Address to, Instant at, Evidence evidence, Optional<SendResult> result) {
    /** Checks the parts. */
    public Claim {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(result, "result");
    }

    /** Makes a claim of which nothing is known yet. */
    public Claim(MessageId message, SenderId from, Address to, Instant at, Evidence evidence) {
        this(message, from, to, at, evidence, Optional.empty());
    }

    /** Returns what a second send of the same message is answered. */
    public SendResult asResult() {
        return result.orElseGet(() -> new SendResult.Unconfirmed(message, from, evidence));
    }

    /** Tells whether it is not known what became of it. */
    public boolean isUnsettled() {
        return result.isEmpty() || result.get() instanceof SendResult.Unconfirmed;
    }

    /**
     * Returns this claim after a result, or this claim itself where the result says less than is known: what is accepted or
     * failed stays so, and nothing turns back into {@code Unconfirmed}.
     */
    public Claim settled(SendResult next) {
        boolean known = result.isPresent() && !(result.get() instanceof SendResult.Unconfirmed);
        return known || !next.message().equals(message)
                ? this
                : new Claim(message, from, to, at, evidence, Optional.of(next));
    }

    /** Masks the address. */
    @Override
    public String toString() {
        return "Claim[" + message + ", " + from + ", " + to + ", "
                + result.map(r -> r.getClass().getSimpleName()).orElse("unsettled") + "]";
    }
}
