package aparte.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import okio.Buffer;

/** Stdout as lines of JSON in UTF-8, written in large pieces. Not thread-safe. */
final class Output implements Closeable {
    private static final long PIECE = 1 << 16;

    private final OutputStream out;
    private final Buffer buffer = new Buffer();

    Output(OutputStream out) {
        this.out = out;
    }

    void line(Json json) throws IOException {
        json.writeLineTo(buffer);
        if (buffer.size() >= PIECE) {
            buffer.writeTo(out);
        }
    }

    /** Writes a line that is one already, with its line feed. */
    void line(byte[] line) throws IOException {
        buffer.write(line);
        if (buffer.size() >= PIECE) {
            buffer.writeTo(out);
        }
    }

    void flush() throws IOException {
        buffer.writeTo(out);
        out.flush();
    }

    /** Flushes; the stream stays open, for it is the process's own. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
