package aparte.consent;

import aparte.History;
import aparte.Identity;
import java.time.Instant;

/**
 * A ledger that also answers what it knew earlier, so that an old decision can be judged again and defended.
 *
 * <p>Two times are kept apart: when something took effect, and when the ledger came to know of it. What was erased since is
 * gone from every answer. Thread-safe. Methods may block.
 */
public interface BitemporalLedger extends ConsentLedger {
    /**
     * Returns what {@link #read} answered while the ledger's last entry had this place.
     *
     * @param head a {@link History#head()} that this ledger gave
     * @throws IllegalArgumentException if the ledger never got that far
     * @throws RuntimeException if the storage does not answer
     */
    History readAt(Identity person, long head);

    /**
     * Returns what was known at one time about another: the entries known by {@code known} that had taken effect by
     * {@code effective}; undated ones count as always in effect.
     *
     * @throws RuntimeException if the storage does not answer
     */
    History asOf(Identity person, Instant effective, Instant known);
}
