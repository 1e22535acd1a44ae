package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Runs commands in this process and keeps what they print. */
final class Terminal {
    private Terminal() {}

    /** What a command left behind. */
    record Run(int code, String out, String err) {
        List<Json> lines() {
            return out.lines()
                    .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }

        Json line() {
            assertThat(code).as(err).isZero();
            assertThat(lines()).hasSize(1);
            return lines().get(0);
        }
    }

    static Run run(String... args) {
        return withInput(new byte[0], args);
    }

    static Run withInput(String stdin, String... args) {
        return withInput(stdin.getBytes(StandardCharsets.UTF_8), args);
    }

    static Run withInput(byte[] stdin, String... args) {
        return at(Clock.systemUTC(), stdin, args);
    }

    static Run at(Clock clock, byte[] stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Aparte.run(List.of(args), new ByteArrayInputStream(stdin), out, err, clock);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
