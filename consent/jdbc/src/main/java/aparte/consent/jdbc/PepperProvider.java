package aparte.consent.jdbc;

import java.util.Map;

/**
 * The secret that addresses are hashed with. The host keeps it outside the database, such as in a vault: whoever has the
 * database alone can then not find numbers by trying them all.
 *
 * <p>To rotate, answer with both peppers and the new id as the current one on every machine, then run
 * {@link JdbcConsentLedger#rekey()} until nothing needs the old one, then drop it. <b>Losing a pepper loses the
 * suppressions made with it</b>; the ledger then refuses to answer at all, so nothing is sent.
 *
 * <p>Conversations, counts of caps and handled events are kept under the hash alone and cannot be moved: a count moves when
 * it is next used, the others end by their age. So keep the old pepper for at least the longest window of a platform and of
 * a cap after the switch, such as 30 days.
 *
 * <p>Thread-safe. Must answer from memory: both methods are asked on each call of a store.
 */
public interface PepperProvider {
    /** Returns the id of the pepper that new rows are made with: 1 to 64 visible ASCII characters, never reused. */
    String currentKeyId();

    /** Returns every live pepper by its id, the current one included, each of at least 32 random bytes. */
    Map<String, byte[]> peppers();

    /**
     * Returns a provider of one pepper.
     *
     * @param keyId its id
     * @param pepper at least 32 random bytes
     */
    static PepperProvider of(String keyId, byte[] pepper) {
        Map<String, byte[]> peppers = Map.of(keyId, pepper.clone());
        return new PepperProvider() {
            @Override
            public String currentKeyId() {
                return keyId;
            }

            @Override
            public Map<String, byte[]> peppers() {
                return peppers;
            }
        };
    }
}
