package aparte.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program compiles, runs, and prints what the README says. */
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(import.*?)```", Pattern.DOTALL);

    private static String program() throws IOException {
        Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("..", "..", "README.md")));
        assertThat(matcher.find()).as("README.md has a program").isTrue();
        return matcher.group(1);
    }

    @Test
    void has_a_program_of_at_most_twenty_lines() throws IOException {
        assertThat(program().lines()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void has_a_program_that_refuses_to_write_to_somebody_who_was_never_asked(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("FirstMessage.java"), program());

        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).as(output).isZero();
        assertThat(output).startsWith("Refused[").contains("refusals=[NO_CONSENT, WINDOW_CLOSED: ");
    }
}
