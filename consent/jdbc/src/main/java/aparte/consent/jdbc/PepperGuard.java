package aparte.consent.jdbc;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Sees to it that no row is looked for under a pepper that it was not made with. The database knows by a check value which
 * peppers it was used with; each change of them raises its epoch, which every read and write compares. Thread-safe.
 */
final class PepperGuard {
    private final PepperProvider provider;
    private volatile Checked checked;

    /**
     * Peppers that were found right.
     *
     * @param peppers the peppers
     * @param epoch the epoch of the database at which they were
     */
    record Checked(Peppers peppers, int epoch) {}

    PepperGuard(PepperProvider provider) {
        this.provider = provider;
        this.checked = new Checked(Peppers.of(provider), -1);
    }

    Checked checked() {
        return checked;
    }

    /**
     * Asks the host for its peppers again and compares them with what rows were made with.
     *
     * @throws StorageException if one is missing or wrong
     */
    Checked check(Session session, int controller, int epoch) throws SQLException {
        Peppers peppers = Peppers.of(provider);
        Map<String, byte[]> used = used(session, controller);
        for (Map.Entry<String, byte[]> pepper : used.entrySet()) {
            String id = pepper.getKey();
            if (!peppers.ids().contains(id)) {
                throw new StorageException(
                        StorageException.Reason.PEPPER_MISSING,
                        "rows were made with the pepper of key id '" + id
                                + "', which the pepper provider does not have:"
                                + " give it back, on every machine, until JdbcConsentLedger.rekey() needs it no more."
                                + " Without it people who opted out would not be found, so nothing is answered");
            }
            if (!MessageDigest.isEqual(peppers.checkOf(id), pepper.getValue())) {
                throw new StorageException(
                        StorageException.Reason.PEPPER_WRONG,
                        "the pepper provider has another pepper under key id '" + id + "' than the rows were made with:"
                                + " give back the right one, and name a new pepper by a new id");
            }
        }
        Checked right = new Checked(peppers, epoch);
        checked = right;
        return right;
    }

    /** Returns the peppers to write with; notes a current one that no row was made with yet. */
    Checked forWriting(Session session, int controller, int epoch) throws SQLException {
        Checked right = checked;
        if (right.epoch() != epoch || !right.peppers().currentId().equals(provider.currentKeyId())) {
            right = check(session, controller, epoch);
        }
        String current = right.peppers().currentId();
        if (!used(session, controller, current)) {
            session.update(
                    "INSERT INTO aparte_pepper (controller, key_id, check_value) VALUES (?, ?, ?)",
                    controller,
                    current,
                    right.peppers().checkOf(current));
            session.update("UPDATE aparte_head SET pepper_epoch = pepper_epoch + 1 WHERE controller = ?", controller);
            // Not noted as checked at the new epoch: the transaction may still fail.
        }
        return right;
    }

    private static boolean used(Session session, int controller, String id) throws SQLException {
        return session.first(
                        "SELECT 1 FROM aparte_pepper WHERE controller = ? AND key_id = ?", row -> true, controller, id)
                .isPresent();
    }

    private static Map<String, byte[]> used(Session session, int controller) throws SQLException {
        Map<String, byte[]> used = new HashMap<>();
        for (Map.Entry<String, byte[]> pepper : session.list(
                "SELECT key_id, check_value FROM aparte_pepper WHERE controller = ?",
                row -> Map.entry(row.getString(1), Objects.requireNonNullElse(row.getBytes(2), new byte[0])),
                controller)) {
            used.put(pepper.getKey(), pepper.getValue());
        }
        return used;
    }
}
