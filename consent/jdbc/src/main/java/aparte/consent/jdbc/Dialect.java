package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What differs between the databases. */
enum Dialect {
    /** The file of one process, or of several on one machine. */
    SQLITE("sqlite", "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'aparte_schema'") {
        @Override
        void refuseUnsafe(Session session) throws SQLException {
            String journal = one(session, "PRAGMA journal_mode");
            if (!journal.equalsIgnoreCase("wal")) {
                throw unsafe("SQLite must have journal_mode=WAL, but has " + journal
                        + ": open it with ?journal_mode=WAL&synchronous=FULL&busy_timeout=1000");
            }
            String synchronous = one(session, "PRAGMA synchronous");
            if (!synchronous.equals("2") && !synchronous.equals("3")) {
                throw unsafe("SQLite must have synchronous=FULL or EXTRA, or a power cut loses opt-outs, but has level "
                        + synchronous + ": open it with ?synchronous=FULL");
            }
            if (one(session, "PRAGMA busy_timeout").equals("0")) {
                throw unsafe("SQLite must have a busy_timeout, or two writers at once fail: open it with"
                        + " ?busy_timeout=1000");
            }
        }

        @Override
        String forUpdate() {
            return ""; // the transaction has the lock already
        }

        @Override
        String withAsked(int[] people) {
            StringBuilder values = new StringBuilder(people.length * 6 + 30).append("WITH q(ord, hash) AS (VALUES ");
            for (int i = 0; i < people.length; i++) {
                values.append(i == 0 ? "(" : ", (").append(people[i]).append(", ?)");
            }
            return values.append(") ").toString();
        }

        @Override
        String asked() {
            return "q";
        }

        @Override
        int setAsked(PreparedStatement statement, int[] people, byte[][] hashes) throws SQLException {
            for (int i = 0; i < hashes.length; i++) {
                statement.setBytes(i + 1, hashes[i]);
            }
            return hashes.length + 1;
        }

        @Override
        void limit(PreparedStatement statement, Duration timeout) {
            // In WAL no reader waits for a writer; what writers wait is the busy_timeout.
        }

        /** SQLite lets writers poll for its one lock, where a busy one wins for seconds: those of a storage queue up. */
        @Override
        boolean writesOneByOne() {
            return true;
        }

        /** Polls on where SQLite gives up: another process may be at work, and nothing was done yet. */
        @Override
        void begin(Connection connection, Transaction kind, Duration patience) throws SQLException {
            long start = System.nanoTime();
            while (true) {
                try {
                    run(connection, begin(kind));
                    return;
                } catch (SQLException failure) {
                    if (failure.getErrorCode() != SQLITE_BUSY || System.nanoTime() - start > patience.toNanos()) {
                        throw failure;
                    }
                }
            }
        }

        /** A transaction that reads first and writes later would fail if another wrote in between: lock at once. */
        @Override
        String begin(Transaction kind) {
            return kind == Transaction.WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
        }
    },

    /** The file of one process, second choice. */
    H2(
            "h2",
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE UPPER(TABLE_NAME) = 'APARTE_SCHEMA'"
                    + " AND TABLE_SCHEMA = CURRENT_SCHEMA") {
        @Override
        void refuseUnsafe(Session session) throws SQLException {
            String delay = one(
                    session,
                    "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'");
            if (!delay.equals("0")) {
                throw unsafe("H2 must have WRITE_DELAY=0, or a crash loses opt-outs that were acknowledged, but has "
                        + delay + ": open it with ;WRITE_DELAY=0");
            }
        }

        /**
         * Killed while one transaction commits and another syncs, H2 2.5.252 came up with the first undone underneath the
         * second: 3 of 60 kills left the head behind the lines. One at a time, none did.
         */
        @Override
        boolean writesOneByOne() {
            return true;
        }

        @Override
        int isolation(Connection connection) throws SQLException {
            return connection.getTransactionIsolation();
        }

        /**
         * H2 has no statement that begins a transaction of a certain isolation. Under repeatable read H2 2.5.252 takes its
         * snapshot of a table at the first statement that reads it, so two tables may be of two moments; not so from
         * snapshot upwards.
         */
        @Override
        void begin(Connection connection, Transaction kind, Duration patience) throws SQLException {
            connection.setTransactionIsolation(
                    kind == Transaction.WRITE
                            ? Connection.TRANSACTION_READ_COMMITTED
                            : Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
        }

        @Override
        void commit(Connection connection) throws SQLException {
            connection.commit();
        }

        @Override
        void rollback(Connection connection) throws SQLException {
            connection.rollback();
        }

        @Override
        void end(Connection connection, int isolation) throws SQLException {
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(isolation);
        }

        @Override
        String asked() {
            return "UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS VARBINARY(32) ARRAY)) q(ord, hash)";
        }

        @Override
        int setAsked(PreparedStatement statement, int[] people, byte[][] hashes) throws SQLException {
            statement.setObject(1, Arrays.stream(people).boxed().toArray());
            statement.setObject(2, hashes);
            return 3;
        }
    },

    /** The server that several machines share. */
    POSTGRESQL("postgresql", "SELECT COUNT(to_regclass('aparte_schema'))") {
        @Override
        void refuseUnsafe(Session session) throws SQLException {
            if (one(session, "SELECT pg_is_in_recovery()").startsWith("t")) {
                throw new StorageException(
                        StorageException.Reason.STANDBY,
                        "this PostgreSQL server is a standby, whose truth may be old: connect to the primary, such as"
                                + " by targetServerType=primary");
            }
            for (String setting : new String[] {"synchronous_commit", "fsync"}) {
                if (one(session, "SHOW " + setting).equals("off")) {
                    throw unsafe("PostgreSQL must have " + setting
                            + "=on, or a crash loses opt-outs that were acknowledged, but it is off");
                }
            }
        }

        @Override
        void lockSetup(Session session) throws SQLException {
            session.first("SELECT pg_advisory_xact_lock(4713290614151719)", row -> true);
        }

        @Override
        String begin(Transaction kind) {
            return kind == Transaction.WRITE
                    ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                    : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        }

        /** By the index, whatever the planner thinks of reading the whole table: a page of people is never most of it. */
        @Override
        String askedKeys() {
            return asked()
                    + " CROSS JOIN LATERAL (SELECT person FROM aparte_key WHERE controller = ? AND hash = q.hash LIMIT 1) k";
        }

        @Override
        String primaryOnly() {
            return " AND NOT pg_is_in_recovery()";
        }

        @Override
        String asked() {
            return "UNNEST(CAST(? AS integer[]), CAST(? AS bytea[])) q(ord, hash)";
        }

        @Override
        int setAsked(PreparedStatement statement, int[] people, byte[][] hashes) throws SQLException {
            Connection connection = statement.getConnection();
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "integer", Arrays.stream(people).boxed().toArray()));
            statement.setArray(2, connection.createArrayOf("bytea", hashes));
            return 3;
        }

        @Override
        int limitNetwork(Connection connection, Duration timeout) throws SQLException {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis() + NETWORK_GRACE_MILLIS));
            return before;
        }

        @Override
        void restoreNetwork(Connection connection, int before) throws SQLException {
            connection.setNetworkTimeout(Runnable::run, before);
        }
    };

    /** What a transaction is for. */
    enum Transaction {
        /** Several reads of one snapshot. */
        SNAPSHOT,
        /** Writes, each statement of which sees what is committed. */
        WRITE
    }

    private static final int NETWORK_GRACE_MILLIS = 1_000;
    private static final int SQLITE_BUSY = 5;

    private final String folder;
    private final String findSchema;

    Dialect(String folder, String findSchema) {
        this.folder = folder;
        this.findSchema = findSchema;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "sqlite" -> SQLITE;
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            default ->
                throw new StorageException(
                        StorageException.Reason.UNKNOWN_DATABASE,
                        "the database is '" + product + "', but must be SQLite, H2 or PostgreSQL; for another one"
                                + " implement aparte.consent.ConsentLedger and run its contract");
        };
    }

    /** Refuses a database that could lose what it acknowledged, or answer with old truth. */
    abstract void refuseUnsafe(Session session) throws SQLException;

    /** Returns the folder of its schema's files. */
    String folder() {
        return folder;
    }

    /** Returns the query that counts the table with the schema's version: 0 or 1. */
    String findSchema() {
        return findSchema;
    }

    /** Waits, in a transaction, until no other machine sets things up. */
    void lockSetup(Session session) throws SQLException {
        // The databases of one process, or with one writer, need no more than the transaction.
    }

    /** Returns what locks the rows of a query until the transaction ends. */
    String forUpdate() {
        return " FOR UPDATE";
    }

    /** Returns a condition that holds on the primary only. */
    String primaryOnly() {
        return "";
    }

    /** Returns what a query begins with that joins {@link #asked()}. */
    String withAsked(int[] people) {
        return "";
    }

    /** Returns a table {@code q(ord, hash)} of who is asked for: each person's number and a hash, in parameters. */
    abstract String asked();

    /** Returns who is asked for, as {@code q}, with their keys, as {@code k}; a parameter takes the controller. */
    String askedKeys() {
        return asked() + " JOIN aparte_key k ON k.controller = ? AND k.hash = q.hash";
    }

    /** Sets the first parameters of such a query; returns the index of the next one. */
    abstract int setAsked(PreparedStatement statement, int[] people, byte[][] hashes) throws SQLException;

    /** Limits how long a statement may take. */
    void limit(PreparedStatement statement, Duration timeout) throws SQLException {
        statement.setQueryTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())));
    }

    /** Limits how long the driver waits for a byte; returns what it was. */
    int limitNetwork(Connection connection, Duration timeout) throws SQLException {
        return 0;
    }

    void restoreNetwork(Connection connection, int before) throws SQLException {
        // Nothing was limited.
    }

    /** Tells whether a transaction that writes must be over, its commit synced, before the next one begins. */
    boolean writesOneByOne() {
        return false;
    }

    /** Returns the isolation to restore after a transaction. */
    int isolation(Connection connection) throws SQLException {
        return Connection.TRANSACTION_NONE; // a statement that begins a transaction changes no other
    }

    /** Returns the statement that begins a transaction. */
    String begin(Transaction kind) {
        throw new UnsupportedOperationException("begins otherwise");
    }

    /** Begins a transaction, by a statement: the driver stays in its mode of committing by itself. */
    void begin(Connection connection, Transaction kind, Duration patience) throws SQLException {
        run(connection, begin(kind));
    }

    void commit(Connection connection) throws SQLException {
        run(connection, "COMMIT");
    }

    void rollback(Connection connection) throws SQLException {
        run(connection, "ROLLBACK");
    }

    /** Leaves the connection as it was before the transaction. */
    void end(Connection connection, int isolation) throws SQLException {
        // The driver never left its mode.
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Session session, String sql) throws SQLException {
        return session.first(sql, row -> row.getString(1)).orElse("nothing");
    }

    private static StorageException unsafe(String problem) {
        return new StorageException(StorageException.Reason.UNSAFE_SETTING, problem);
    }
}
