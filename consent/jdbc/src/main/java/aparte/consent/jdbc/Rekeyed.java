package aparte.consent.jdbc;

import java.util.Map;

/**
 * What came of moving rows to the current pepper.
 *
 * @param moved how many addresses and references were hashed anew, in the ledger and in the stores beside it
 * @param left how many still need another pepper, by its key id: those of erased people, who are known by their hash alone
 */
public record Rekeyed(long moved, Map<String, Long> left) {
    /** Copies the map. */
    public Rekeyed {
        left = Map.copyOf(left);
    }
}
