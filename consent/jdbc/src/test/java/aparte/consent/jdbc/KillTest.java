package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that records opt-outs is killed with {@code SIGKILL} in the middle, again and again: what it said is kept is
 * kept. {@code -Daparte.kill.optouts=10000 -Daparte.kill.kills=20} for a long run.
 */
class KillTest {
    private static final int OPT_OUTS = Integer.getInteger("aparte.kill.optouts", 400);
    private static final int KILLS = Integer.getInteger("aparte.kill.kills", 2);

    @ParameterizedTest
    @EnumSource
    void loses_no_opt_out_that_was_acknowledged(TestDatabase database) throws Exception {
        String url = database.newUrl();
        Set<Integer> acknowledged = new TreeSet<>();
        int first = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            acknowledged.addAll(untilKilled(database, url, first, OPT_OUTS * kill / KILLS - acknowledged.size()));
            // What was cut off may be kept or not; its number is not used again.
            first += OPT_OUTS + 100;
            assertKept(database, url, acknowledged);
        }

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(OPT_OUTS);
        System.out.println(
                database + ": " + acknowledged.size() + " acknowledged opt-outs, " + KILLS + " kills, none lost");
    }

    private static void assertKept(TestDatabase database, String url, Set<Integer> acknowledged) throws Exception {
        Pool pool = database.open(url);
        JdbcConsentLedger ledger = Storages.over(pool).ledger();
        List<Integer> numbers = List.copyOf(acknowledged);
        List<Identity> people = numbers.stream().map(KilledWriter::person).toList();
        List<Integer> lost = new ArrayList<>();
        List<History> histories = ledger.readAll(people);
        for (int i = 0; i < people.size(); i++) {
            List<ConsentEntry> entries = histories.get(i).entries();
            if (!entries.equals(List.of(KilledWriter.optOut(numbers.get(i))))) {
                lost.add(numbers.get(i));
            }
        }
        assertThat(lost).as("acknowledged, but lost").isEmpty();
        assertThat(ledger.verify().finding()).isEmpty();
        pool.close();
    }

    /** Returns the numbers that the process acknowledged before it was killed. */
    private static Set<Integer> untilKilled(TestDatabase database, String url, int first, int wanted)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        database.name(),
                        url,
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Integer> acknowledged = new TreeSet<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(Integer.valueOf(line));
                if (acknowledged.size() == wanted) {
                    process.toHandle().destroyForcibly(); // not by the process, which would close its output
                }
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed with SIGKILL").isEqualTo(128 + 9);
        return acknowledged;
    }
}
