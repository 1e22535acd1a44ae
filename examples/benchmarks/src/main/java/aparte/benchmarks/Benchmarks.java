package aparte.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one table: {@code gate}, {@code sends}, {@code first}, {@code webhooks}, {@code ledger},
 * {@code pacing}. Prints it as the README shows it. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs the table that is named.
     *
     * @throws IOException if a server or a process cannot be started
     * @throws SQLException if a database fails
     */
    public static void main(String... args) throws IOException, InterruptedException, RunnerException, SQLException {
        switch (args.length == 0 ? "" : args[0]) {
            case "gate" -> jmh(GateBenchmark.class, args);
            case "webhooks" -> jmh(WebhookBenchmark.class, args);
            case "sends" -> Sends.run(10_000, args.length > 1 ? Integer.parseInt(args[1]) : 15);
            case "first" -> FirstSend.run(args.length > 1 ? Integer.parseInt(args[1]) : 15);
            case "ledger" -> LedgerTable.run(10_000, args.length > 1 ? Integer.parseInt(args[1]) : 3);
            case "pacing" -> PacingTable.run(args.length > 1 ? Integer.parseInt(args[1]) : 12);
            case "first-raw" -> FirstSend.measure(new RawOkHttp(Integer.parseInt(args[1])));
            case "first-gated" -> FirstSend.measure(new GatedSend(2, Integer.parseInt(args[1])));
            case "serve" -> Responder.serve(args.length > 1 ? Integer.parseInt(args[1]) : 0);
            default -> {
                System.err.println("usage: java -jar benchmarks.jar gate|sends|first|webhooks|ledger|pacing");
                System.exit(2);
            }
        }
    }

    /** The command that runs this program again in a process of its own. */
    static List<String> java(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Benchmarks.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    private static void jmh(Class<?> benchmarks, String... args) throws RunnerException {
        String which = args.length > 1 ? args[1] : "";
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmarks.getSimpleName() + ".*" + which)
                        .forks(args.length > 2 ? Integer.parseInt(args[2]) : 3)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("-Xmx3g")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.println("| benchmark | ns (least to most) | bytes |");
        System.out.println("|---|---|---|");
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f to %.0f) | %.0f |",
                    time.getLabel(),
                    time.getStatistics().getPercentile(50),
                    time.getStatistics().getMin(),
                    time.getStatistics().getMax(),
                    bytes == null ? Double.NaN : bytes.getScore()));
        }
    }
}
