package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PepperTest {
    private static final String GIVEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private byte[] pepper(boolean fresh, Optional<String> given) throws Exception {
        return Pepper.of(folder.resolve("ledger.db"), fresh, given)
                .provider()
                .peppers()
                .get("cli");
    }

    @Test
    void is_made_once_and_read_from_then_on() throws Exception {
        byte[] made = pepper(true, Optional.empty());

        assertThat(pepper(false, Optional.empty())).isEqualTo(made);
        assertThat(pepper(true, Optional.empty())).isEqualTo(made);
    }

    @Test
    void is_taken_from_the_environment_first_and_leaves_no_file_then() throws Exception {
        assertThat(pepper(true, Optional.of(GIVEN))).asString().isEqualTo(GIVEN);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void is_refused_from_the_environment_if_it_is_short() {
        assertThatThrownBy(() -> pepper(true, Optional.of("short")))
                .isInstanceOf(BadUseException.class)
                .hasMessageContaining("APARTE_PEPPER");
    }

    @Test
    void is_not_made_for_a_ledger_that_had_one() {
        assertThatThrownBy(() -> pepper(false, Optional.empty()))
                .isInstanceOf(BadUseException.class)
                .hasMessageContaining("lost");
    }

    @Test
    void is_the_same_for_all_who_make_it_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<byte[]>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> pepper(true, Optional.empty()));
        }

        List<String> made = new ArrayList<>();
        for (Future<byte[]> one : threads.invokeAll(tasks)) {
            made.add(new String(one.get(), StandardCharsets.US_ASCII));
        }
        threads.shutdown();

        assertThat(made.stream().distinct()).hasSize(1);
    }
}
