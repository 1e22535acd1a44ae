package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The connections of a storage. Each piece of work has a connection of its own from the host's data source, never one that
 * is in somebody's transaction; it is given back whatever happens, and work that fails leaves nothing behind. Thread-safe.
 */
final class Database {
    /** Something to do on a connection. */
    interface Work<T> {
        T with(Session session) throws SQLException;
    }

    /** How many times as long a statement of a transaction may take: writers wait for each other. */
    private static final int PATIENCE = 10;

    private final DataSource source;
    private final Dialect dialect;
    private final Duration timeout;
    private final ReentrantLock writing = new ReentrantLock(true);

    private Database(DataSource source, Dialect dialect, Duration timeout) {
        this.source = source;
        this.dialect = dialect;
        this.timeout = timeout;
    }

    /** Finds out which database it is and refuses one that could lose what it acknowledged. */
    static Database open(DataSource source, Duration timeout) {
        try (Connection connection = source.getConnection()) {
            refuseAmbient(connection);
            Dialect dialect = Dialect.of(connection);
            dialect.refuseUnsafe(new Session(connection, dialect, timeout));
            return new Database(source, dialect, timeout);
        } catch (SQLException failure) {
            throw unreachable("the database did not answer; nothing was opened", failure);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs one statement that reads; the database gives it one snapshot of committed truth. */
    <T> T read(Work<T> work) {
        return statement(work, timeout, "the database did not answer a read");
    }

    /**
     * Runs one statement that writes and commits by itself: it is kept, durably on return, or not.
     *
     * @throws StorageException if it is not certain that it is kept
     */
    <T> T once(Work<T> work) {
        return inTurn(() -> statement(
                work,
                timeout.multipliedBy(PATIENCE),
                "the database failed: whether it is kept is not certain, do it again"));
    }

    private <T> T statement(Work<T> work, Duration limit, String problem) {
        try (Connection connection = connect()) {
            int network = dialect.limitNetwork(connection, limit);
            try {
                T result = work.with(new Session(connection, dialect, limit));
                dialect.restoreNetwork(connection, network);
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                restoreAfter(failure, connection, () -> dialect.restoreNetwork(connection, network));
                throw failure;
            }
        } catch (SQLException failure) {
            throw unreachable(problem, failure);
        }
    }

    /** Runs several statements that read, all in one snapshot of committed truth. */
    <T> T snapshot(Work<T> work) {
        return transaction(work, Dialect.Transaction.SNAPSHOT);
    }

    /**
     * Runs statements that write, in a transaction of their own: all of it is kept, durably on return, or nothing.
     *
     * @throws StorageException if it is not certain that it is kept
     */
    <T> T write(Work<T> work) {
        return inTurn(() -> transaction(work, Dialect.Transaction.WRITE));
    }

    /** Writes when no other writer is at work, where the database needs that. */
    private <T> T inTurn(Supplier<T> write) {
        if (!dialect.writesOneByOne()) {
            return write.get();
        }
        try {
            if (!writing.tryLock(timeout.multipliedBy(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageException(
                        StorageException.Reason.UNREACHABLE, "other writers took too long; nothing of it is kept");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    StorageException.Reason.UNREACHABLE, "interrupted; nothing of it is kept", interrupted);
        }
        try {
            return write.get();
        } finally {
            writing.unlock();
        }
    }

    private <T> T transaction(Work<T> work, Dialect.Transaction kind) {
        Duration patience = timeout.multipliedBy(PATIENCE);
        boolean committing = false;
        try (Connection connection = connect()) {
            int network = dialect.limitNetwork(connection, patience);
            int isolation = dialect.isolation(connection);
            try {
                dialect.begin(connection, kind, patience);
            } catch (SQLException | RuntimeException | Error failure) {
                restoreAfter(failure, connection, () -> {
                    dialect.end(connection, isolation);
                    dialect.restoreNetwork(connection, network);
                });
                throw failure;
            }
            T result;
            try {
                result = work.with(new Session(connection, dialect, patience));
                committing = true;
                dialect.commit(connection);
                committing = false;
            } catch (SQLException | RuntimeException | Error failure) {
                restoreAfter(failure, connection, () -> {
                    dialect.rollback(connection);
                    dialect.end(connection, isolation);
                    dialect.restoreNetwork(connection, network);
                });
                throw failure;
            }
            end(connection, isolation, network);
            return result;
        } catch (SQLException failure) {
            throw unreachable(
                    committing
                            ? "the database did not confirm a commit: whether it is kept is not certain, do it again"
                            : "the database failed; nothing of it is kept",
                    failure);
        }
    }

    /** The work is done and kept: a connection that cannot be restored is thrown away, and that is all. */
    private void end(Connection connection, int isolation, int network) {
        try {
            dialect.end(connection, isolation);
            dialect.restoreNetwork(connection, network);
        } catch (SQLException failure) {
            discard(connection, failure);
        }
    }

    /** Something to put right on a connection. */
    private interface Restoring {
        void run() throws SQLException;
    }

    /** Puts a connection right after a failure; one that cannot be put right does not go back to its pool. */
    private static void restoreAfter(Throwable failure, Connection connection, Restoring restoring) {
        try {
            restoring.run();
        } catch (SQLException also) {
            failure.addSuppressed(also);
            discard(connection, failure);
        }
    }

    private static void discard(Connection connection, Throwable failure) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException also) {
            failure.addSuppressed(also);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        try {
            refuseAmbient(connection);
            return connection;
        } catch (SQLException | RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    private static void refuseAmbient(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new StorageException(
                    StorageException.Reason.AMBIENT_TRANSACTION,
                    "the data source hands out connections that do not commit by themselves, such as those of a"
                            + " transaction in progress: give the storage a plain data source or pool of its own");
        }
    }

    private static StorageException unreachable(String problem, SQLException failure) {
        return new StorageException(StorageException.Reason.UNREACHABLE, problem, failure);
    }
}
