package aparte.consent.jdbc;

import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import aparte.consent.Conversations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Who wrote when, under hashes only. A time is kept by one statement for all of a person's addresses, which the database
 * lets only go forward. Thread-safe.
 */
final class JdbcConversations implements Conversations {
    private static final String READ = "SELECT MAX(heard_at), MAX(wrote_at) FROM aparte_conversation"
            + " WHERE controller = ? AND channel = ? AND sender = ? AND person_key IN ";
    private static final String FORGET = "DELETE FROM aparte_conversation WHERE controller = ? AND person_key IN ";

    private final String controller;
    private final Database database;
    private final Keys keys;

    JdbcConversations(String controller, Database database, Keys keys) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
    }

    @Override
    public Conversation read(SenderId sender, Identity person) {
        List<byte[]> hashes = keys.all(person.addresses());
        if (hashes.isEmpty()) {
            return Conversation.none();
        }
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.add(sender.channel().name());
        values.add(sender.value());
        values.addAll(hashes);
        return database.read(session -> session.first(
                        READ + "(" + Session.marks(hashes.size()) + ")",
                        JdbcConversations::conversation,
                        values.toArray()))
                .orElse(Conversation.none());
    }

    private static Conversation conversation(ResultSet row) throws SQLException {
        Conversation conversation = Conversation.none();
        long heardAt = row.getLong(1);
        conversation = row.wasNull() ? conversation : conversation.heard(Times.instant(heardAt));
        long wroteAt = row.getLong(2);
        return row.wasNull() ? conversation : conversation.wrote(Times.instant(wroteAt));
    }

    @Override
    public void heard(SenderId sender, Identity person, Instant at) {
        keep("heard_at", sender, person, at);
    }

    @Override
    public void wrote(SenderId sender, Identity person, Instant at) {
        keep("wrote_at", sender, person, at);
    }

    private void keep(String column, SenderId sender, Identity person, Instant at) {
        TreeSet<byte[]> hashes = new TreeSet<>(Arrays::compareUnsigned); // in one order, so that no two lock crosswise
        person.addresses().forEach(address -> hashes.add(keys.current(address)));
        if (hashes.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>();
        for (byte[] hash : hashes) {
            values.add(controller);
            values.add(hash);
            values.add(sender.channel().name());
            values.add(sender.value());
            values.add(Times.micros(at));
        }
        database.once(session -> session.dialect() == Dialect.H2
                ? mergedByH2(session, column, hashes.size(), values.toArray())
                : session.update(upsert(column, hashes.size()), values.toArray()));
    }

    private static String upsert(String column, int rows) {
        return "INSERT INTO aparte_conversation (controller, person_key, channel, sender, " + column + ") VALUES "
                + "(?, ?, ?, ?, ?)" + ", (?, ?, ?, ?, ?)".repeat(rows - 1)
                + " ON CONFLICT (controller, person_key, channel, sender) DO UPDATE SET " + column + " = excluded."
                + column
                + " WHERE aparte_conversation." + column + " IS NULL OR aparte_conversation." + column + " < excluded."
                + column;
    }

    /** H2 merges without a lock on what is not there yet: the loser of a race merges again. */
    private static int mergedByH2(Session session, String column, int rows, Object... values) throws SQLException {
        String row = "(CAST(? AS VARCHAR), CAST(? AS VARBINARY(32)), CAST(? AS VARCHAR), CAST(? AS VARCHAR),"
                + " CAST(? AS BIGINT))";
        String merge = "MERGE INTO aparte_conversation t USING (VALUES " + row + (", " + row).repeat(rows - 1)
                + ") s (controller, person_key, channel, sender, at) ON t.controller = s.controller"
                + " AND t.person_key = s.person_key AND t.channel = s.channel AND t.sender = s.sender"
                + " WHEN MATCHED AND (t." + column + " IS NULL OR t." + column + " < s.at) THEN UPDATE SET " + column
                + " = s.at WHEN NOT MATCHED THEN INSERT (controller, person_key, channel, sender, " + column
                + ") VALUES (s.controller, s.person_key, s.channel, s.sender, s.at)";
        try {
            return session.update(merge, values);
        } catch (SQLException failure) {
            if ("23505".equals(failure.getSQLState())) {
                return session.update(merge, values);
            }
            throw failure;
        }
    }

    static void forget(Session session, String controller, List<byte[]> hashes) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.addAll(hashes);
        session.update(FORGET + "(" + Session.marks(hashes.size()) + ")", values.toArray());
    }
}
