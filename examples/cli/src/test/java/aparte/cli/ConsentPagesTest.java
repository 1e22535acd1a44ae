package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code consent/README.md} and {@code consent/PRIVACY.md} show does what they say. */
class ConsentPagesTest {
    private static final Path CONSENT = Path.of("..", "..", "consent");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path folder;

    private void run(Page page) throws Exception {
        // A Tuesday morning in Paris, whenever the test runs: by night promotion would wait.
        Clock system = Clock.systemUTC();
        Clock morning = Clock.offset(system, Duration.between(system.instant(), Instant.parse("2026-11-24T09:00:00Z")));
        try (Simulator here = Simulator.builder().clock(morning).start();
                InputStream surroundings = getClass().getResourceAsStream("/Surroundings.java.txt")) {
            page.run(new String(surroundings.readAllBytes(), StandardCharsets.UTF_8), folder, here);
        }
    }

    @Test
    void the_integrators_page_runs_from_its_first_block_to_its_last() throws Exception {
        run(Page.read(CONSENT.resolve("README.md")));
    }

    @Test
    void the_privacy_officers_page_runs() throws Exception {
        run(Page.read(CONSENT.resolve("PRIVACY.md")));
    }

    @Test
    void the_integrators_commands_run() throws IOException {
        List<Terminal.Run> runs = new ArrayList<>();
        for (String block : Page.read(CONSENT.resolve("README.md")).blocks("sh")) {
            for (String line : block.lines().toList()) {
                runs.add(Terminal.run(words(line)));
            }
        }

        assertThat(runs)
                .hasSize(6)
                .allSatisfy(run -> assertThat(run.code()).as(run.err()).isZero());
        assertThat(runs.get(4).line().textOf("intact")).isEqualTo("true");
    }

    private String[] words(String line) {
        String command = line.replaceAll("\\s+#.*", "");
        assertThat(command).startsWith("java -jar aparte.jar ");
        Matcher word = WORD.matcher(command.substring("java -jar aparte.jar ".length()));
        List<String> words = new ArrayList<>();
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        words.replaceAll(one -> one.equals("l.db") ? folder.resolve(one).toString() : one);
        return words.toArray(String[]::new);
    }

    @Test
    void the_integrators_dependency_is_a_module_of_ours() throws IOException {
        String dependency =
                Page.read(CONSENT.resolve("README.md")).blocks("xml").get(0);
        String pom = Files.readString(CONSENT.resolve("jdbc").resolve("pom.xml"));

        assertThat(dependency.lines().map(String::strip))
                .filteredOn(line -> line.matches("<(groupId|artifactId|version)>.*"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(pom).contains(line));
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        for (String page : List.of("README.md", "PRIVACY.md")) {
            Matcher link = LINK.matcher(Files.readString(CONSENT.resolve(page)));
            while (link.find()) {
                assertThat(CONSENT.resolve(link.group(1))).exists();
            }
        }
    }

    @Test
    void no_block_is_of_a_language_that_no_test_knows() throws IOException {
        for (String page : List.of("README.md", "PRIVACY.md")) {
            Page read = Page.read(CONSENT.resolve(page));
            long fences = Files.readString(CONSENT.resolve(page))
                    .lines()
                    .filter(line -> line.startsWith("```"))
                    .count();
            long known = List.of("java", "sql", "sh", "xml").stream()
                    .mapToLong(language -> read.blocks(language).size())
                    .sum();

            assertThat(known).isEqualTo(fences / 2);
        }
    }
}
