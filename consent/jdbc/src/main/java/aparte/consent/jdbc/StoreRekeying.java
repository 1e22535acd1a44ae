package aparte.consent.jdbc;

import aparte.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Moves to the current pepper what the stores beside the ledger keep with its address: claims and the people of decisions.
 * What they keep under a hash alone moves when it is next used, or ends by its age. Not thread-safe.
 */
final class StoreRekeying {
    private static final int PAGE = 100;

    private final String controller;
    private final Database database;
    private final Keys keys;
    private long moved;

    StoreRekeying(String controller, Database database, Keys keys) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
    }

    /** Returns how many rows were hashed anew. */
    long run() {
        Optional<String> message = Optional.of("");
        while (message.isPresent()) {
            String from = message.get();
            message = database.write(session -> claims(session, from));
        }
        Optional<Place> place = Optional.of(new Place("", Integer.MIN_VALUE, 0));
        while (place.isPresent()) {
            Place from = place.get();
            place = database.write(session -> names(session, from));
        }
        return moved;
    }

    /** Moves a page; returns where the next one begins, or nothing after the last. */
    private Optional<String> claims(Session session, String from) throws SQLException {
        List<Row<String>> page = session.list(
                "SELECT to_kind, to_value, to_scope, to_key, message FROM aparte_send WHERE controller = ?"
                        + " AND to_key IS NOT NULL AND message > ? ORDER BY message LIMIT " + PAGE,
                row -> new Row<>(row, row.getString(5)),
                controller,
                from);
        for (Row<String> row : page) {
            if (row.isOld()) {
                moved += session.update(
                        "UPDATE aparte_send SET to_key = ? WHERE controller = ? AND message = ? AND to_key = ?",
                        row.current,
                        controller,
                        row.place,
                        row.kept);
            }
        }
        return page.size() < PAGE ? Optional.empty() : Optional.of(page.get(PAGE - 1).place);
    }

    private Optional<Place> names(Session session, Place from) throws SQLException {
        List<Row<Place>> page = session.list(
                "SELECT name_kind, name_value, name_scope, name_key, decision, person, place FROM aparte_decision_name"
                        + " WHERE controller = ? AND (decision, person, place) > (?, ?, ?)"
                        + " ORDER BY decision, person, place LIMIT " + PAGE,
                row -> new Row<>(row, new Place(row.getString(5), row.getInt(6), row.getInt(7))),
                controller,
                from.decision(),
                from.person(),
                from.number());
        for (Row<Place> row : page) {
            if (row.isOld()) {
                moved += session.update(
                        "UPDATE aparte_decision_name SET name_key = ? WHERE controller = ? AND decision = ? AND person = ?"
                                + " AND place = ?",
                        row.current,
                        controller,
                        row.place.decision(),
                        row.place.person(),
                        row.place.number());
            }
        }
        return page.size() < PAGE ? Optional.empty() : Optional.of(page.get(PAGE - 1).place);
    }

    /** Which name of which decision. */
    private record Place(String decision, int person, int number) {}

    /** A row with its name, the hash it has and the one it should have. */
    private final class Row<T> {
        final T place;
        final byte[] kept;
        final byte[] current;

        Row(ResultSet row, T place) throws SQLException {
            String kind = row.getString(1);
            Peppers.Name name = kind.isEmpty()
                    ? Peppers.Name.ofReference(row.getString(2))
                    : Peppers.Name.of(new Address(Address.Kind.of(kind), row.getString(2), row.getString(3)));
            this.place = place;
            this.kept = row.getBytes(4);
            this.current = keys.peppers().hasher().current(name);
        }

        boolean isOld() {
            return !Arrays.equals(kept, current);
        }
    }
}
