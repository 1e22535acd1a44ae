package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ConsentEntry;
import aparte.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 2 across machines: three JVMs on one PostgreSQL send, repeat, broadcast and send later to the very people who opt
 * out at that moment, on any of them; one is killed. After an opt-out was acknowledged, no request to that person starts: the
 * last check of none begins. And whatever had passed its last check before, and had no answer yet, was named to whoever
 * recorded the opt-out.
 *
 * <p>All JVMs run on one machine, whose monotonic clock they share.
 */
class ThreeMachinesTest {
    private static final int PEOPLE = Integer.getInteger("aparte.race.people", 2_000);
    private static final long SEED = Long.getLong("aparte.seed", System.nanoTime());

    private record Start(long began, long left, String message) {}

    private record Stop(long returned, Set<String> inFlight) {}

    @Test
    void starts_no_request_after_the_acknowledgement(@TempDir Path folder) throws Exception {
        String url = TestDatabase.POSTGRESQL.newUrl();
        DataSource source = TestDatabase.POSTGRESQL.open(url);
        agreeAll(source);

        List<Process> machines = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            machines.add(start(folder, name, url));
        }
        while (turn(source) < PEOPLE / 2 && machines.stream().allMatch(Process::isAlive)) {
            machines.get(0).waitFor(20, TimeUnit.MILLISECONDS);
        }
        machines.get(1).destroyForcibly().waitFor();
        assertThat(machines.get(0).waitFor(5, TimeUnit.MINUTES))
                .as("machine one ended")
                .isTrue();
        assertThat(machines.get(2).waitFor(5, TimeUnit.MINUTES))
                .as("machine three ended")
                .isTrue();

        assertThat(machines.get(0).exitValue()).as(output(folder, "one")).isZero();
        assertThat(machines.get(1).exitValue()).as("killed").isEqualTo(128 + 9);
        assertThat(machines.get(2).exitValue()).as(output(folder, "three")).isZero();
        judge(folder);
    }

    private static void agreeAll(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("CREATE SEQUENCE race_turn");
            // One connection for all, since opening one takes longer than an append.
            JdbcConsentLedger ledger =
                    Storages.over((Connections) () -> Unclosed.of(connection)).ledger();
            for (int i = 0; i < PEOPLE; i++) {
                ledger.append(ConsentEntry.granted(
                                RaceMachine.person(i), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                        .effectiveAt(Instant.parse("2026-11-01T09:00:00Z"))
                        .build());
            }
        }
    }

    private static Process start(Path folder, String name, String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RaceMachine.class.getName(),
                        folder.toString(),
                        name,
                        url,
                        Long.toString(SEED),
                        Integer.toString(PEOPLE))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
    }

    private static int turn(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT last_value FROM race_turn")) {
            row.next();
            return (int) row.getLong(1);
        }
    }

    private static String output(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out"));
    }

    private static void judge(Path folder) throws IOException {
        Map<Integer, Stop> stops = new HashMap<>();
        Map<Integer, List<Start>> starts = new HashMap<>();
        Map<String, Integer> results = new HashMap<>();
        for (String line : lines(folder)) {
            String[] part = line.split(" ", -1);
            switch (part[0]) {
                case "STOP" ->
                    stops.put(
                            Integer.parseInt(part[1]),
                            new Stop(Long.parseLong(part[2]), new HashSet<>(Arrays.asList(part[3].split(",")))));
                case "START" ->
                    starts.computeIfAbsent(Integer.parseInt(part[1]), unused -> new ArrayList<>())
                            .add(new Start(Long.parseLong(part[2]), Long.parseLong(part[3]), part[4]));
                default -> results.merge(part[1], 1, Integer::sum);
            }
        }

        List<String> late = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        int close = 0;
        int named = 0;
        for (Map.Entry<Integer, Stop> one : stops.entrySet()) {
            Stop stop = one.getValue();
            for (Start start : starts.getOrDefault(one.getKey(), List.of())) {
                if (start.began() - stop.returned() > 0) {
                    late.add(one.getKey() + " by " + (start.began() - stop.returned()) + " ns");
                } else if (start.left() - stop.returned() > 0) {
                    // It passed its last check before, and came out of it after: nobody can have settled it in between.
                    named++;
                    if (!start.message().equals("-") && !stop.inFlight().contains(start.message())) {
                        unnamed.add(start.message());
                    }
                }
                close += Math.abs(start.began() - stop.returned()) < 20_000_000 ? 1 : 0;
            }
        }
        int requests = starts.values().stream().mapToInt(List::size).sum();
        System.out.printf(
                "P-9 on three machines, one killed: seed %d, %,d opt-outs acknowledged, %,d starts, %,d of them within 20 ms"
                        + " of the acknowledgement, %,d under way at it; %d late; results %s%n",
                SEED, stops.size(), requests, close, named, late.size(), results);
        assertThat(late)
                .as("requests whose last check began after the acknowledgement, seed %d", SEED)
                .isEmpty();
        assertThat(unnamed).as("under way and not named, seed %d", SEED).isEmpty();
        // Each machine has two threads that record; what the killed one had in hand is not acknowledged.
        assertThat(stops).hasSizeBetween(PEOPLE - 2, PEOPLE);
        assertThat(close).as("starts near an acknowledgement").isGreaterThan(PEOPLE / 20);
        assertThat(results).containsKeys("Accepted", "Refused");
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> !path.toString().endsWith(".out")).toList()) {
                String text = Files.readString(file);
                // A kill may cut the last line.
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
        }
        return lines;
    }
}
