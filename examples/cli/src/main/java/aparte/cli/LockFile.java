package aparte.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One at a time, among the threads of this process and among processes: a lock on a file of its own, which is never
 * replaced. Waits up to 10 seconds. Thread-safe.
 */
final class LockFile implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 500_000;

    private final Path path;
    private final ReentrantLock threads = new ReentrantLock();
    private @Nullable FileChannel channel; // opened by the first who needs it, and again after an interrupt closed it

    LockFile(Path path) {
        this.path = path;
    }

    /** Does the work alone; within itself it may be called again. Blocks. */
    <T> T within(Supplier<T> work) {
        threads.lock();
        try {
            if (threads.getHoldCount() > 1) {
                return work.get();
            }
            FileLock lock = acquire();
            try {
                return work.get();
            } finally {
                lock.release();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the lock file " + path.getFileName() + " cannot be used", failed);
        } finally {
            threads.unlock();
        }
    }

    private FileLock acquire() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            FileLock lock = attempt(open);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("another process has held it for " + PATIENCE.toSeconds() + " seconds");
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        threads.lock();
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            threads.unlock();
        }
    }
}
