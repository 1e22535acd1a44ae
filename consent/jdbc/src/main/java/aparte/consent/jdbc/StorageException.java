package aparte.consent.jdbc;

import java.util.Objects;

/**
 * The storage cannot be used, or not safely: the database does not answer, is none that we know, or is set up in a way that
 * could lose an opt-out; the tables are missing or newer than this library; a pepper is missing or wrong.
 *
 * <p>From a read it makes the gate refuse with {@code LEDGER_UNAVAILABLE}; from a write it means that nothing is kept, or
 * that it is not certain, and the message says which. The message says what to do; it holds no address, no text and no
 * pepper. The cause is the driver's own exception, if there is one.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** The database was not reached, refused a statement, or did not answer in time. */
        UNREACHABLE,
        /** The database is not SQLite, H2 or PostgreSQL. */
        UNKNOWN_DATABASE,
        /** A setting of the database could lose what was acknowledged. */
        UNSAFE_SETTING,
        /** The database is a standby, whose truth may be old. */
        STANDBY,
        /** The data source hands out connections that are in somebody's transaction. */
        AMBIENT_TRANSACTION,
        /** The tables are not there. */
        SCHEMA_MISSING,
        /** The tables are older than this library needs. */
        SCHEMA_OUTDATED,
        /** The tables are newer than this library knows. */
        SCHEMA_TOO_NEW,
        /** The host has no pepper under a key id that kept rows need. */
        PEPPER_MISSING,
        /** The host's pepper under a key id is not the one that the kept rows were made with. */
        PEPPER_WRONG
    }

    private final Reason reason;

    StorageException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    StorageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns what is wrong. */
    public Reason reason() {
        return reason;
    }
}
