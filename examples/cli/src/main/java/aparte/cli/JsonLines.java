package aparte.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okio.Buffer;

/**
 * A file of JSON lines that only grows, but for a rewrite, and is on the disk before a write returns.
 *
 * <p>The first line names the file's generation; a rewrite gives it another, through a temporary file and an atomic move,
 * so that every process sees that it has to read all again. What stands behind the last line feed was never acknowledged
 * and is cut off. A file that vanished is an error, not an empty one. Thread-safe; use it inside {@link #within}.
 */
final class JsonLines {
    private static final String HEADER_START = "{\"generation\":\"";
    private static final String HEADER_END = "\"}\n";
    private static final int HEADER_LENGTH = HEADER_START.length() + 36 + HEADER_END.length();

    /** What is made of the lines. */
    interface Replay {
        /** Forgets everything. */
        void restart();

        /** Takes a line in. */
        void line(Json line);
    }

    private final Path file;
    private final LockFile lock;
    private final Replay replay;
    private String generation = "";
    private long offset;

    private JsonLines(Path file, LockFile lock, Replay replay) {
        this.file = file;
        this.lock = lock;
        this.replay = replay;
    }

    /** Opens the file, or makes an empty one, and reads it. */
    static JsonLines open(Path file, LockFile lock, Replay replay) {
        JsonLines lines = new JsonLines(file, lock, replay);
        lock.within(() -> {
            if (Files.notExists(file)) {
                lines.rewrite(List.of());
            }
            lines.refresh();
            return lines;
        });
        return lines;
    }

    /** Does the work alone, after everything was taken in that others wrote. */
    <T> T within(Supplier<T> work) {
        return lock.within(() -> {
            refresh();
            return work.get();
        });
    }

    /** Appends a line, durably on return. */
    void append(Json line) {
        byte[] bytes = line.line();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(offset);
            channel.position(offset);
            writeAll(channel, bytes);
            channel.force(true);
        } catch (IOException failed) {
            throw new UncheckedIOException(file.getFileName() + " cannot be written", failed);
        }
        offset += bytes.length;
    }

    /** Returns all lines. */
    List<Json> all() {
        List<Json> all = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            each(read(channel, HEADER_LENGTH, offset - HEADER_LENGTH), all::add);
        } catch (IOException failed) {
            throw new UncheckedIOException(file.getFileName() + " cannot be read", failed);
        }
        return all;
    }

    /** Replaces all lines, durably on return; the next work reads them again. */
    void rewrite(List<Json> lines) {
        generation = "";
        Buffer buffer = new Buffer();
        buffer.writeString(HEADER_START + UUID.randomUUID() + HEADER_END, StandardCharsets.UTF_8);
        lines.forEach(line -> line.writeLineTo(buffer));
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
        try {
            Path fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new");
            try {
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    writeAll(channel, buffer.readByteArray());
                    channel.force(true);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(file.getFileName() + " cannot be replaced", failed);
        }
    }

    /** Lets the next work read everything again, since what was made of the lines is no longer theirs. */
    void distrust() {
        generation = "";
    }

    private void refresh() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            String header = new String(read(channel, 0, HEADER_LENGTH), StandardCharsets.UTF_8);
            if (header.length() != HEADER_LENGTH || !header.startsWith(HEADER_START)) {
                throw new IOException("it is not a file of this program");
            }
            if (!header.equals(generation)) {
                replay.restart();
                offset = HEADER_LENGTH;
            }
            long size = channel.size();
            if (size < offset) {
                throw new IOException("somebody cut it off");
            }
            generation = ""; // until every line was taken in
            if (size > offset) {
                offset += each(read(channel, offset, size - offset), replay::line);
            }
            generation = header;
        } catch (IOException failed) {
            throw new UncheckedIOException(file.getFileName() + " cannot be read", failed);
        }
    }

    /** Takes every whole line, and returns how many bytes they have. */
    private static int each(byte[] bytes, Consumer<Json> taker) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                taker.accept(Json.parse(Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return start;
    }

    private static byte[] read(FileChannel channel, long from, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            Thread.onSpinWait();
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
