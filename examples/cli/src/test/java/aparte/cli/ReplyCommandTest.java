package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyCommandTest {
    private static List<String> readings(Terminal.Run run) {
        return run.lines().stream().map(line -> line.textOf("reading")).toList();
    }

    @Test
    void prints_a_reading_a_line() {
        Terminal.Run run = Terminal.withInput("STOP\nhello\nplease stop sending me this\n\nHELP", "reply");

        assertThat(run.code()).isZero();
        assertThat(readings(run)).containsExactly("OPT_OUT", "NONE", "OPT_OUT", "NONE", "HELP");
    }

    @Test
    void prints_tier_and_rule() {
        assertThat(Terminal.withInput("STOP\r\n", "reply").out())
                .isEqualTo("{\"reading\":\"OPT_OUT\",\"tier\":1,\"rule\":\"en:STOP\"}\n");
    }

    @Test
    void reads_in_the_language_that_is_named() {
        assertThat(readings(Terminal.withInput("désabonner\n", "reply", "--lang", "fr")))
                .containsExactly("OPT_OUT");
    }

    @Test
    void reads_the_language_of_each_line_from_columns() {
        Terminal.Run run = Terminal.withInput("fr\tdésabonner\npt-BR\tSAIR\n\tSTOP\nno column\n", "reply", "--tsv");

        assertThat(readings(run)).containsExactly("OPT_OUT", "OPT_OUT", "OPT_OUT", "NONE");
    }

    @Test
    void survives_bytes_that_are_no_text() {
        Terminal.Run run = Terminal.withInput(new byte[] {(byte) 0xff, (byte) 0xc3, '\n', 0, '\n'}, "reply");

        assertThat(readings(run)).containsExactly("NONE", "NONE");
    }

    @Test
    void tells_how_fast_it_is() {
        String replies =
                "STOP\nWhere is my order 4711, please?\nmerci, à demain\nplease stop sending me this\n".repeat(5_000);
        long start = System.nanoTime();

        Terminal.Run run = Terminal.withInput(replies, "reply");

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("reply: " + 20_000L * 1_000 / Math.max(1, took.toMillis()) + " lines a second");
        assertThat(run.lines()).hasSize(20_000);
    }
}
