package aparte.consent.jdbc;

import aparte.Address;
import aparte.Identity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Moves rows from older peppers to the current one. Not thread-safe. */
final class Rekeying {
    private static final int PAGE = 100;
    private static final Identity NOBODY = Identity.of("nobody", List.of());

    private final Ledger ledger;
    private byte[] last = new byte[0];
    private long moved;

    Rekeying(Ledger ledger) {
        this.ledger = ledger;
    }

    Rekeyed run() {
        while (ledger.database().write(this::page)) {
            // Writers get their turn between two pages.
        }
        moved += ledger.rekeyStores();
        return ledger.database().write(this::finish);
    }

    /**
     * A row under an older pepper.
     *
     * @param hash the hash
     * @param name the name
     */
    @SuppressWarnings("ArrayRecordComponent") // a row on its way, never compared
    private record Old(byte[] hash, long name) {}

    private boolean page(Session session) throws SQLException {
        LedgerTransaction transaction = LedgerTransaction.begin(session, ledger);
        String current = ledger.guard().checked().peppers().currentId();
        List<Old> page = session.list(
                "SELECT hash, name FROM aparte_key WHERE controller = ? AND key_id <> ? AND hash > ? ORDER BY hash LIMIT "
                        + PAGE,
                row -> new Old(row.getBytes(1), row.getLong(2)),
                ledger.controller(),
                current,
                last);
        for (Old old : page) {
            for (Identity one : names(transaction, old.name())) {
                // Of the names that the entries about it name, the one whose hash this is.
                if (transaction.names().isHashOf(one, old.hash())) {
                    transaction.names().move(one);
                    moved++;
                    break;
                }
            }
            last = old.hash();
        }
        return page.size() == PAGE;
    }

    private static List<Identity> names(LedgerTransaction transaction, long name) throws SQLException {
        List<Identity> names = new ArrayList<>();
        for (LedgerTransaction.Kept kept : transaction.about(List.of(name), NOBODY)) {
            if (kept.named()) {
                for (Address address : kept.entry().person().addresses()) {
                    names.add(Identity.of(address));
                }
                kept.entry().person().reference().ifPresent(reference -> names.add(Identity.of(reference, List.of())));
            }
        }
        return names;
    }

    /** Counts what is left, and forgets the peppers that nothing needs any more. */
    private Rekeyed finish(Session session) throws SQLException {
        LedgerTransaction.begin(session, ledger);
        Map<String, Long> left = new HashMap<>();
        String current = ledger.guard().checked().peppers().currentId();
        for (String id : session.list(
                "SELECT key_id FROM aparte_pepper WHERE controller = ? AND key_id <> ?",
                row -> row.getString(1),
                ledger.controller(),
                current)) {
            long rows = session.first(
                            "SELECT COUNT(*) FROM aparte_key WHERE controller = ? AND key_id = ?",
                            row -> row.getLong(1),
                            ledger.controller(),
                            id)
                    .orElse(0L);
            if (rows > 0) {
                left.put(id, rows);
            } else {
                session.update(
                        "DELETE FROM aparte_pepper WHERE controller = ? AND key_id = ?", ledger.controller(), id);
                session.update(
                        "UPDATE aparte_head SET pepper_epoch = pepper_epoch + 1 WHERE controller = ?",
                        ledger.controller());
            }
        }
        return new Rekeyed(moved, left);
    }
}
