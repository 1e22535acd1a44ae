package aparte.consent;

import aparte.ConsentPolicy;
import aparte.Proposal;
import aparte.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Refuses promotion that waited too long since it was {@linkplain aparte.Message#writtenAt written}; 24 hours by default.
 * What does not say when it was written is not judged. Thread-safe.
 */
public final class MaxAge implements ConsentPolicy {
    private final Duration most;

    private MaxAge(Duration most) {
        this.most = most;
    }

    /** Returns the policy of 24 hours. */
    public static MaxAge ofDefaults() {
        return new MaxAge(Duration.ofHours(24));
    }

    /**
     * Returns the policy of this age.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static MaxAge of(Duration most) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("the age must be positive");
        }
        return new MaxAge(most);
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        if (!proposal.purpose().isPromotional()) {
            return Optional.empty();
        }
        Optional<Instant> written = proposal.message().writtenAt();
        return written.isPresent() && written.get().plus(most).isBefore(proposal.now())
                ? Optional.of(Refusal.of(Refusal.Reason.STALE, "it waited longer than " + most))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "MaxAge[" + most + "]";
    }
}
