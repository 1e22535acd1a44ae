package aparte.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long promotion waits after a platform withheld some, such as by WhatsApp's cap on marketing (131049): each time that
 * the platform withholds again, twice as long as the time before.
 *
 * <p>What is withheld while a wait runs, such as the rest of a burst, does not make it longer. Thread-safe.
 *
 * @param first the first wait
 * @param most the longest wait
 * @param memory how long a withholding counts
 */
public record CoolDown(Duration first, Duration most, Duration memory) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is not positive, or a later one shorter than the one before
     */
    public CoolDown {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0 || memory.compareTo(most) < 0) {
            throw new IllegalArgumentException(
                    "a cool-down needs a positive first wait, a longest wait of at least that, and a memory of at least"
                            + " the longest wait");
        }
    }

    /** Returns waits of 24 hours to 7 days, of what happened within 30 days. */
    public static CoolDown ofDefaults() {
        return new CoolDown(Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30));
    }

    /**
     * Returns when the wait ends; empty if none runs.
     *
     * @param withheld when the platform withheld, in any order
     */
    public Optional<Instant> until(List<Instant> withheld, Instant now) {
        Instant end = Instant.MIN;
        Duration wait = first;
        for (Instant at : withheld.stream().sorted().toList()) {
            if (!at.isBefore(end)) {
                end = at.plus(wait);
                wait = wait.multipliedBy(2).compareTo(most) > 0 ? most : wait.multipliedBy(2);
            }
        }
        return end.isAfter(now) ? Optional.of(end) : Optional.empty();
    }
}
