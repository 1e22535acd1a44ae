package aparte.consent.jdbc;

import aparte.consent.InboxJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which inbound events were handled, by the hash of their key, which may hold a person's id. A lease is one insert of a
 * unique key, or one conditional update where the earlier lease has ended. Thread-safe.
 */
final class JdbcInboxJournal implements InboxJournal {
    /** How long handled events are remembered at least: four times as long as platforms redeliver. */
    static final Duration MEMORY = Duration.ofDays(30);

    private static final String INSERT =
            "INSERT INTO aparte_event (controller, event_key, lease_ends_at) VALUES (?, ?, ?)";
    private static final String RENEW =
            "UPDATE aparte_event SET lease_ends_at = ? WHERE controller = ? AND event_key = ?"
                    + " AND done_at IS NULL AND lease_ends_at <= ?";
    private static final String SELECT =
            "SELECT done_at, lease_ends_at FROM aparte_event WHERE controller = ?" + " AND event_key = ?";
    private static final String FINISH =
            "UPDATE aparte_event SET done_at = ? WHERE controller = ? AND event_key = ? AND done_at IS NULL";
    private static final String INSERT_DONE =
            "INSERT INTO aparte_event (controller, event_key, lease_ends_at, done_at) VALUES (?, ?, ?, ?)";
    private static final String RELEASE =
            "DELETE FROM aparte_event WHERE controller = ? AND event_key = ? AND done_at IS NULL";
    private static final String FORGET = "DELETE FROM aparte_event WHERE controller = ?"
            + " AND (done_at < ? OR (done_at IS NULL AND lease_ends_at < ?))";
    private static final int TRIES = 100;

    private final String controller;
    private final Database database;
    private final Keys keys;
    private final Clock clock;

    JdbcInboxJournal(String controller, Database database, Keys keys, Clock clock) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Lease lease(String key, Instant now, Instant until) {
        List<byte[]> hashes = keys.allOfEvent(key);
        long nowMicros = Times.micros(now);
        for (byte[] earlier : hashes.subList(1, hashes.size())) { // only while peppers are being rotated
            Lease lease = kept(earlier, nowMicros);
            if (lease != Lease.TAKEN) {
                return lease;
            }
        }
        byte[] hash = hashes.get(0);
        long end = Times.micros(until);
        for (int i = 0; i < TRIES; i++) {
            if (database.once(session -> session.insertIfAbsent(INSERT, controller, hash, end))
                    || database.once(session -> session.update(RENEW, end, controller, hash, nowMicros)) == 1) {
                return Lease.TAKEN;
            }
            Lease lease = kept(hash, nowMicros);
            if (lease != Lease.TAKEN) {
                return lease;
            }
        }
        throw new StorageException(
                StorageException.Reason.UNREACHABLE, "an event is leased and released by others over and over");
    }

    /** What the row says; TAKEN if there is none that would keep others from it. */
    private Lease kept(byte[] hash, long now) {
        return database.read(session -> session.first(
                        SELECT,
                        row -> {
                            row.getLong(1);
                            if (!row.wasNull()) {
                                return Lease.DONE;
                            }
                            return row.getLong(2) > now ? Lease.BUSY : Lease.TAKEN;
                        },
                        controller,
                        hash))
                .orElse(Lease.TAKEN);
    }

    @Override
    public void done(String key) {
        List<byte[]> hashes = keys.allOfEvent(key);
        long now = Times.micros(clock.instant());
        for (byte[] hash : hashes) {
            if (database.once(session -> session.update(FINISH, now, controller, hash)) == 1) {
                return;
            }
        }
        byte[] hash = hashes.get(0);
        if (!database.once(session -> session.insertIfAbsent(INSERT_DONE, controller, hash, now, now))) {
            database.once(session -> session.update(FINISH, now, controller, hash)); // leased meanwhile, or done
        }
    }

    @Override
    public void release(String key) {
        for (byte[] hash : keys.allOfEvent(key)) {
            database.once(session -> session.update(RELEASE, controller, hash));
        }
    }

    void forgetOld() {
        long before = Times.micros(clock.instant().minus(MEMORY));
        database.once(session -> session.update(FORGET, controller, before, before));
    }
}
