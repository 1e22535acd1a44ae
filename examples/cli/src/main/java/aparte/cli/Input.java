package aparte.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Stdin as lines of UTF-8 that end with a line feed, or with a carriage return and one. Not thread-safe. */
final class Input {
    private final InputStream in;
    private final byte[] piece = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    Input(InputStream in) {
        this.in = in;
    }

    /** Returns the next line, without its end; empty after the last. Malformed bytes become U+FFFD. Blocks. */
    Optional<String> next() throws IOException {
        line.reset();
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            int start = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            line.write(piece, start, at - start);
            if (at < end) {
                at++;
                break;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** Tells whether the next line, or a part of it, is here already. */
    boolean isReady() throws IOException {
        return at < end || in.available() > 0;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(piece));
        return end > 0;
    }
}
