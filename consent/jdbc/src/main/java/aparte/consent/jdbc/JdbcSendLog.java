package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.MessageId;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.SendLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The send log. A claim is one insert of a unique key, a settlement one conditional update, so that the database itself
 * decides who was first. Claims stay, so that no id is sent twice; an erasure takes the person out of them. Thread-safe.
 */
final class JdbcSendLog implements SendLog {
    /** To whom a claim went whose person was erased since. */
    static final Address ERASED = Address.of(Address.Kind.of("erased"), "erased");

    private static final String OPEN = "state IN ('CLAIMED', 'UNCONFIRMED')";
    private static final String INSERT =
            "INSERT INTO aparte_send (controller, message, channel, sender, to_kind, to_value,"
                    + " to_scope, to_key, claimed_at, evidence, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'CLAIMED')";
    private static final String SELECT =
            "SELECT message, channel, sender, to_kind, to_value, to_scope, claimed_at, evidence,"
                    + " state, provider_id, outcome FROM aparte_send WHERE controller = ? AND ";
    private static final String SETTLE = "UPDATE aparte_send SET state = ?, outcome = ?,"
            + " provider_id = CASE WHEN to_key IS NULL THEN '' ELSE ? END WHERE controller = ? AND message = ? AND "
            + OPEN;
    private static final String DROP = "DELETE FROM aparte_send WHERE controller = ? AND message = ? AND " + OPEN;
    private static final String FORGET = "UPDATE aparte_send SET to_kind = NULL, to_value = NULL, to_scope = NULL,"
            + " to_key = NULL, provider_id = '' WHERE controller = ? AND to_key IN ";
    private static final String FORGET_OLD = "UPDATE aparte_send SET to_kind = NULL, to_value = NULL, to_scope = NULL,"
            + " to_key = NULL, provider_id = '' WHERE controller = ? AND to_key IS NOT NULL AND claimed_at < ?"
            + " AND state IN ('ACCEPTED', 'FAILED')";
    private static final int TRIES = 100;

    private final String controller;
    private final Database database;
    private final Keys keys;

    JdbcSendLog(String controller, Database database, Keys keys) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
    }

    @Override
    public Optional<SendResult> claim(Claim claim) {
        Object[] row = {
            controller,
            claim.message().value(),
            claim.from().channel().name(),
            claim.from().value(),
            claim.to().kind().name(),
            claim.to().value(),
            claim.to().scope(),
            keys.current(claim.to()),
            Times.micros(claim.at()),
            StoreForms.of(claim.evidence())
        };
        for (int i = 0; i < TRIES; i++) {
            if (database.once(session -> session.insertIfAbsent(INSERT, row))) {
                return Optional.empty();
            }
            List<Claim> earlier = find(Wanted.byMessage(claim.message()));
            if (!earlier.isEmpty()) {
                return Optional.of(earlier.get(0).asResult());
            }
        }
        throw new StorageException(
                StorageException.Reason.UNREACHABLE,
                "message " + claim.message() + " is claimed and dropped by others over and over; nothing is kept");
    }

    @Override
    public void settle(SendResult result) {
        String message = result.message().value();
        if (result instanceof SendResult.Refused || result instanceof SendResult.Deferred) {
            database.once(session -> session.update(DROP, controller, message));
            return;
        }
        String providerId = result instanceof SendResult.Accepted accepted ? accepted.providerId() : "";
        String outcome = StoreForms.of(result);
        database.once(
                session -> session.update(SETTLE, State.of(result).name(), outcome, providerId, controller, message));
    }

    @Override
    public List<Claim> find(Wanted wanted) {
        if (wanted instanceof Wanted.ByMessage one) {
            return select("message = ?", one.message().value());
        }
        if (wanted instanceof Wanted.Unsettled) {
            return select(OPEN);
        }
        if (wanted instanceof Wanted.OpenFor some) {
            List<byte[]> hashes = keys.all(some.person().addresses());
            return hashes.isEmpty()
                    ? List.of()
                    : select("to_key IN (" + Session.marks(hashes.size()) + ") AND " + OPEN, hashes.toArray());
        }
        throw new IllegalArgumentException(
                "unknown wish " + Objects.requireNonNull(wanted, "wanted").getClass());
    }

    private List<Claim> select(String condition, Object... values) {
        List<Object> all = new ArrayList<>(values.length + 1);
        all.add(controller);
        all.addAll(List.of(values));
        return database.read(session -> session.list(SELECT + condition, JdbcSendLog::claim, all.toArray()));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        MessageId message = MessageId.of(row.getString(1));
        String kind = row.getString(4);
        Address to = kind == null ? ERASED : new Address(Address.Kind.of(kind), row.getString(5), row.getString(6));
        return new Claim(
                message,
                new SenderId(ChannelId.of(row.getString(2)), row.getString(3)),
                to,
                Times.instant(row.getLong(7)),
                StoreForms.evidence(row.getString(8)),
                result(message, State.valueOf(row.getString(9)), row));
    }

    private static Optional<SendResult> result(MessageId message, State state, ResultSet row) throws SQLException {
        return switch (state) {
            case CLAIMED -> Optional.empty();
            case UNCONFIRMED -> Optional.of(StoreForms.unconfirmed(message, row.getString(11)));
            case ACCEPTED -> Optional.of(StoreForms.accepted(message, row.getString(10), row.getString(11)));
            case FAILED -> Optional.of(StoreForms.failed(message, row.getString(11)));
        };
    }

    /** Takes an erased person out of the claims; message, evidence and outcome stay. */
    static void forget(Session session, String controller, List<byte[]> hashes) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.addAll(hashes);
        session.update(FORGET + "(" + Session.marks(hashes.size()) + ")", values.toArray());
    }

    /** Takes people out of the claims that were made before an instant and are settled; returns how many claims. */
    int forgetOld(Instant before) {
        return database.once(session -> session.update(FORGET_OLD, controller, Times.micros(before)));
    }

    /** What is known of a claim, and how its row says so. */
    private enum State {
        CLAIMED,
        UNCONFIRMED,
        ACCEPTED,
        FAILED;

        static State of(SendResult result) {
            return result instanceof SendResult.Accepted
                    ? ACCEPTED
                    : result instanceof SendResult.Failed ? FAILED : UNCONFIRMED;
        }
    }
}
