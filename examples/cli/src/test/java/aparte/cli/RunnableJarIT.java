package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnableJarIT {
    private static Terminal.Run jar(String stdin, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("aparte.jar")));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Terminal.Run(process.exitValue(), out, err);
    }

    @Test
    void writes_utf_8_in_any_locale() throws Exception {
        String body = "{\"object\":\"whatsapp_business_account\",\"é\":\"📦\"}";

        Terminal.Run run = jar(body, "parse", "--channel", "whatsapp");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("📦");
    }

    @Test
    void reads_arguments_in_utf_8_in_any_locale(@TempDir Path folder) throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8"); // else this test cannot type it
        String ledger = folder.resolve("ledger.db").toString();
        String source = "formulaire d’été";

        Terminal.Run run = jar(
                "",
                "consent",
                "--ledger",
                ledger,
                "grant",
                "--to",
                "+33639980001",
                "--purpose",
                "NEWS",
                "--method",
                "CHECKBOX",
                "--source",
                source);

        assertThat(run.line().child("recorded").orElseThrow().textOf("source")).isEqualTo(source);
    }

    @Test
    void lets_processes_use_a_new_ledger_at_once(@TempDir Path folder) throws Exception {
        String ledger = folder.resolve("ledger.db").toString();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Terminal.Run>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String to = "+3363998000" + i;
            tasks.add(() -> jar(
                    "",
                    "consent",
                    "--ledger",
                    ledger,
                    "grant",
                    "--to",
                    to,
                    "--purpose",
                    "NEWS",
                    "--method",
                    "CHECKBOX",
                    "--source",
                    "form"));
        }

        for (Future<Terminal.Run> run : threads.invokeAll(tasks)) {
            assertThat(run.get().line().textOf("fresh")).isEqualTo("true");
            assertThat(run.get().err()).isEmpty();
        }
        threads.shutdown();

        Json verified = jar("", "consent", "--ledger", ledger, "verify").line();
        assertThat(verified.textOf("intact")).isEqualTo("true");
        assertThat(verified.textOf("lines")).startsWith("4");
    }

    @Test
    void ends_with_2_and_one_line() throws Exception {
        Terminal.Run run = jar("", "nonsense");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1);
    }

    @Test
    void simulates_until_stdin_ends() throws Exception {
        Terminal.Run run = jar("\n", "simulate");

        assertThat(run.err()).isEmpty();
        assertThat(run.line().textOf("base_url")).startsWith("http://127.0.0.1:");
    }
}
