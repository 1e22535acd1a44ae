package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("takes System.out and the root logger")
class OverheardTest {
    private final Overheard overheard = new Overheard();

    @Test
    void hears_what_is_shown_thrown_printed_and_logged() throws Exception {
        String everything = overheard.during(() -> {
            overheard.show("a value");
            overheard.showThrown(new IOException("outer", new IllegalStateException("inner")));
            System.out.println("a line");
            System.err.println("a complaint");
            Logger.getLogger("aparte.some.place").log(Level.FINEST, "a trifle", new IOException("beside it"));
        });

        assertThat(everything)
                .contains(
                        "a value",
                        "outer",
                        "inner",
                        "a line",
                        "a complaint",
                        "aparte.some.place a trifle",
                        "beside it");
    }

    @Test
    void leaves_out_what_the_jdk_logs_of_its_own_server() throws Exception {
        assertThat(overheard.during(() -> Logger.getLogger("sun.net.httpserver").finest("GET /secret")))
                .doesNotContain("secret");
    }

    @Test
    void gives_back_what_it_took_though_the_conversation_fails() {
        PrintStream out = System.out;
        Level level = Logger.getLogger("").getLevel();

        assertThatThrownBy(() -> overheard.during(() -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class);

        assertThat(System.out).isSameAs(out);
        assertThat(Logger.getLogger("").getLevel()).isEqualTo(level);
    }

    @Test
    void tells_nothing_of_it_by_itself() {
        overheard.show("a secret");

        assertThat(overheard).hasToString("Overheard[1 shown, 0 logged]");
    }
}
