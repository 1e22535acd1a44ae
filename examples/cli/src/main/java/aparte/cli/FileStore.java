package aparte.cli;

import aparte.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The ledger {@code FILE}, and beside it {@code FILE.sends}, {@code FILE.conversations} and {@code FILE.lock}. To be
 * closed. Thread-safe.
 */
final class FileStore implements AutoCloseable {
    private final LockFile lock;
    private final FileLedger ledger;
    private final FileSendLog sendLog;
    private final FileConversations conversations;

    private FileStore(Path file) {
        this.lock = new LockFile(beside(file, ".lock"));
        this.ledger = new FileLedger(file, lock);
        this.sendLog = new FileSendLog(beside(file, ".sends"), lock);
        this.conversations = new FileConversations(beside(file, ".conversations"), lock);
    }

    /**
     * Opens the store, making the files that are missing.
     *
     * @throws BadUseException if it cannot be read or made
     */
    static FileStore open(String file) {
        try {
            return new FileStore(Path.of(file).toAbsolutePath());
        } catch (InvalidPathException malformed) {
            throw new BadUseException("--ledger must name a file", malformed);
        } catch (UncheckedIOException unreadable) {
            throw new BadUseException("the ledger " + file + " cannot be used: " + unreadable.getMessage(), unreadable);
        } catch (IllegalArgumentException damaged) {
            throw new BadUseException("the ledger " + file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    FileLedger ledger() {
        return ledger;
    }

    FileSendLog sendLog() {
        return sendLog;
    }

    FileConversations conversations() {
        return conversations;
    }

    /** Forgets what is kept beside the ledger of a person. */
    void forget(Identity person) {
        sendLog.forget(person);
        conversations.forget(person);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
