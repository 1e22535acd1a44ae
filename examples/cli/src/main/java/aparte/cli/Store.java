package aparte.cli;

import aparte.consent.ConsentGate;
import aparte.consent.Conversations;
import aparte.consent.SendLog;
import aparte.consent.jdbc.JdbcConsentLedger;
import aparte.consent.jdbc.JdbcDecisionLog;
import aparte.consent.jdbc.JdbcStorage;
import aparte.consent.jdbc.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Everything that is kept, in the SQLite database {@code FILE}; its pepper is beside it in {@code FILE.pepper}, unless the
 * environment's {@code APARTE_PEPPER} has it. Several processes may use one file at once. To be closed. Thread-safe.
 */
final class Store implements AutoCloseable {
    private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_FORM = "{\"generation\":".getBytes(StandardCharsets.US_ASCII);
    private static final int BUSY_MILLIS = 10_000;

    private final Connection held;
    private final JdbcStorage storage;
    private final JdbcConsentLedger ledger;
    private final Clock clock;

    private Store(Connection held, JdbcStorage storage, Clock clock) {
        this.held = held;
        this.storage = storage;
        this.clock = clock;
        this.ledger = storage.ledger();
    }

    /**
     * Opens the file, making it and its pepper if there is none.
     *
     * @throws BadUseException if it cannot be read or made, is of another kind, or its pepper is lost or wrong
     */
    static Store open(String file, Clock clock) {
        try {
            Path path = Path.of(file).toAbsolutePath();
            boolean fresh = isFresh(path);
            Pepper pepper = Pepper.of(path, fresh);
            return open(path, pepper, clock);
        } catch (InvalidPathException malformed) {
            throw new BadUseException("--ledger must name a file", malformed);
        } catch (IOException unreadable) {
            throw new BadUseException(
                    "the ledger " + file + " cannot be used: " + Pepper.problem(unreadable), unreadable);
        } catch (SQLException unusable) {
            throw new BadUseException("the ledger " + file + " cannot be used: " + unusable.getMessage(), unusable);
        } catch (StorageException refused) {
            throw new BadUseException("the ledger " + file + " cannot be used: " + problem(refused), refused);
        }
    }

    private static Store open(Path path, Pepper pepper, Clock clock) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON"); // what is erased leaves no bytes in the file
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        // Held until the end: SQLite tidies the file up, which takes time, whenever the last connection closes.
        Connection held = source.getConnection();
        try {
            JdbcStorage storage = JdbcStorage.builder(ConsentCommand.CONTROLLER, source, pepper.provider())
                    .clock(clock)
                    .build();
            storage.migrate();
            return new Store(held, storage, clock);
        } catch (RuntimeException refused) {
            held.close();
            throw refused;
        }
    }

    /** Tells whether there is nothing in the file yet; makes it, for its owner alone, if it is not there. */
    private static boolean isFresh(Path file) throws IOException {
        try {
            Pepper.create(file);
            return true;
        } catch (FileAlreadyExistsException there) {
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(DATABASE.length);
            }
            if (startsWith(start, FIRST_FORM)) {
                throw new BadUseException(
                        "the ledger " + file.getFileName() + " has the form of an earlier version, lines"
                                + " of JSON, and is left as it is: name another file, which becomes an SQLite database");
            }
            if (start.length > 0 && !startsWith(start, DATABASE)) {
                throw new BadUseException("the ledger " + file.getFileName()
                        + " is no SQLite database, and is left as it is: name another file");
            }
            return start.length == 0;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static String problem(StorageException refused) {
        if (refused.reason() == StorageException.Reason.PEPPER_MISSING
                || refused.reason() == StorageException.Reason.PEPPER_WRONG) {
            return "its pepper is not the one that it was made with: give back the right one, as the file beside it or as "
                    + Pepper.VARIABLE;
        }
        Throwable cause = refused.getCause();
        return refused.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    JdbcConsentLedger ledger() {
        return ledger;
    }

    SendLog sendLog() {
        return storage.sendLog();
    }

    JdbcDecisionLog decisionLog() {
        return storage.decisionLog();
    }

    Conversations conversations() {
        return storage.conversations();
    }

    /** Returns a builder of a gate over all of it. */
    ConsentGate.Builder gate() {
        return ConsentGate.builder(ConsentCommand.CONTROLLER, ledger)
                .conversations(storage.conversations())
                .sendLog(storage.sendLog())
                .decisions(storage.decisionLog())
                .clock(clock)
                .onErasure(storage);
    }

    @Override
    public void close() throws IOException {
        try {
            held.close();
        } catch (SQLException failed) {
            throw new IOException("the ledger did not close", failed);
        }
    }
}
