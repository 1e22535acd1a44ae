package aparte.consent.jdbc;

import aparte.Address;
import aparte.MessageId;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.FrequencyCap;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts for caps, under hashes only. A counter is one row, read and then changed only if it still holds what was read; who
 * comes too late reads again. Thread-safe.
 */
final class JdbcCapStore implements CapStore {
    /** How long it is remembered that a platform withheld a message. */
    static final Duration MEMORY = Duration.ofDays(90);

    private static final String SELECT =
            "SELECT person_key, places FROM aparte_cap WHERE controller = ? AND cap = ? AND person_key IN ";
    private static final String INSERT =
            "INSERT INTO aparte_cap (controller, cap, person_key, ends_at, places) VALUES (?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE aparte_cap SET person_key = ?, ends_at = ?, places = ?"
            + " WHERE controller = ? AND cap = ? AND person_key = ? AND places = ?";
    private static final String INSERT_WITHHELD = "INSERT INTO aparte_withheld"
            + " (controller, person_key, channel, sender, message, withheld_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String SELECT_WITHHELD = "SELECT DISTINCT message, withheld_at FROM aparte_withheld"
            + " WHERE controller = ? AND channel = ? AND sender = ? AND withheld_at >= ? AND person_key IN ";
    private static final int TRIES = 1_000;

    private final String controller;
    private final Database database;
    private final Keys keys;

    JdbcCapStore(String controller, Database database, Keys keys) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
    }

    @Override
    public Optional<Instant> reserve(FrequencyCap cap, Address to, MessageId message, Instant now) {
        return changed(cap, to, rows -> {
            TreeMap<String, Instant> live = new TreeMap<>();
            rows.forEach(row -> live.putAll(row.places()));
            live.values().removeIf(at -> !at.plus(cap.window()).isAfter(now));
            if (live.containsKey(message.value())) {
                return Change.none(Optional.empty());
            }
            if (live.size() >= cap.limit()) {
                List<Instant> starts = live.values().stream().sorted().toList();
                return Change.none(
                        Optional.of(starts.get(starts.size() - cap.limit()).plus(cap.window())));
            }
            Map<String, Instant> more =
                    new TreeMap<>(rows.isEmpty() ? Map.of() : rows.get(0).places());
            more.keySet().retainAll(live.keySet());
            more.put(message.value(), now);
            return Change.of(0, more);
        });
    }

    @Override
    public void giveBack(FrequencyCap cap, Address to, MessageId message) {
        changed(cap, to, rows -> {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).places().containsKey(message.value())) {
                    Map<String, Instant> fewer = new TreeMap<>(rows.get(i).places());
                    fewer.remove(message.value());
                    return Change.of(i, fewer);
                }
            }
            return Change.none(Optional.empty());
        });
    }

    /** Reads a counter and changes it as wished, again if another changed it in between. */
    private Optional<Instant> changed(FrequencyCap cap, Address to, Function<List<Row>, Change> wish) {
        List<byte[]> hashes = keys.all(to);
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.add(cap.name());
        values.addAll(hashes);
        String select = SELECT + "(" + Session.marks(hashes.size()) + ")";
        for (int i = 0; i < TRIES; i++) {
            List<Row> rows = database.read(session ->
                    session.list(select, row -> new Row(row.getBytes(1), row.getString(2)), values.toArray()));
            Change change = wish.apply(rows);
            if (change.row() < 0) {
                return change.answer();
            }
            String places = Row.text(change.places());
            long end = end(cap, change.places());
            if (rows.isEmpty()) {
                if (database.once(session ->
                        session.insertIfAbsent(INSERT, controller, cap.name(), hashes.get(0), end, places))) {
                    return change.answer();
                }
                continue;
            }
            Row row = rows.get(change.row());
            byte[] key = rows.size() == 1 ? hashes.get(0) : row.key; // moves on to the pepper that is current now
            if (database.once(session ->
                            session.update(UPDATE, key, end, places, controller, cap.name(), row.key, row.text))
                    == 1) {
                return change.answer();
            }
        }
        throw new StorageException(
                StorageException.Reason.UNREACHABLE,
                "a counter of the cap '" + cap.name() + "' is changed by others over and over; nothing is kept");
    }

    private static long end(FrequencyCap cap, Map<String, Instant> places) {
        return places.values().stream()
                .map(at -> Times.micros(at.plus(cap.window())))
                .max(Long::compare)
                .orElse(0L);
    }

    @Override
    public void withheld(SenderId from, Address to, MessageId message, Instant at) {
        database.once(session -> session.insertIfAbsent(
                INSERT_WITHHELD,
                controller,
                keys.current(to),
                from.channel().name(),
                from.value(),
                message.value(),
                Times.micros(at)));
    }

    @Override
    public List<Instant> withheldSince(SenderId from, Address to, Instant since) {
        List<byte[]> hashes = keys.all(to);
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.add(from.channel().name());
        values.add(from.value());
        values.add(Times.micros(since));
        values.addAll(hashes);
        return database.read(session -> session.list(
                SELECT_WITHHELD + "(" + Session.marks(hashes.size()) + ")",
                row -> Times.instant(row.getLong(2)),
                values.toArray()));
    }

    static void forget(Session session, String controller, List<byte[]> hashes) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.addAll(hashes);
        String in = " WHERE controller = ? AND person_key IN (" + Session.marks(hashes.size()) + ")";
        session.update("DELETE FROM aparte_cap" + in, values.toArray());
        session.update("DELETE FROM aparte_withheld" + in, values.toArray());
    }

    void forgetOld(Instant now) {
        database.once(session -> session.update(
                "DELETE FROM aparte_cap WHERE controller = ? AND ends_at < ?", controller, Times.micros(now)));
        database.once(session -> session.update(
                "DELETE FROM aparte_withheld WHERE controller = ? AND withheld_at < ?",
                controller,
                Times.micros(now.minus(MEMORY))));
    }

    /** What to make of a counter: places for the row of this number, or no change and an answer. */
    private record Change(int row, Map<String, Instant> places, Optional<Instant> answer) {
        static Change none(Optional<Instant> answer) {
            return new Change(-1, Map.of(), answer);
        }

        static Change of(int row, Map<String, Instant> places) {
            return new Change(row, places, Optional.empty());
        }
    }

    /** A counter as it was read: a line for each place, the microsecond and the message. */
    private static final class Row {
        private final byte[] key;
        private final String text;

        Row(byte[] key, String text) {
            this.key = key;
            this.text = text;
        }

        Map<String, Instant> places() {
            Map<String, Instant> places = new TreeMap<>();
            text.lines().forEach(line -> {
                int blank = line.indexOf(' ');
                places.put(line.substring(blank + 1), Times.instant(Long.parseLong(line.substring(0, blank))));
            });
            return places;
        }

        static String text(Map<String, Instant> places) {
            StringBuilder text = new StringBuilder();
            places.forEach((message, at) ->
                    text.append(Times.micros(at)).append(' ').append(message).append('\n'));
            return text.toString();
        }
    }
}
