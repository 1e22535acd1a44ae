package aparte.consent.jdbc;

import java.util.Objects;

/**
 * The end of the ledger's chain at one moment. Publish it, or have it signed elsewhere, from time to time: against such an
 * anchor {@link JdbcConsentLedger#verify(LedgerHead)} finds also a chain that was made anew.
 *
 * @param seq the place of the last line; 0 if there is none
 * @param hash its hash, 64 lower-case hexadecimal digits
 */
public record LedgerHead(long seq, String hash) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is malformed
     */
    public LedgerHead {
        Objects.requireNonNull(hash, "hash");
        if (seq < 0 || hash.length() != 64) {
            throw new IllegalArgumentException("a head has a place that is not negative and a hash of 64 digits");
        }
    }
}
