package aparte.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The first send of a new process, raw and gated in turns, each in a process of its own. */
final class FirstSend {
    private FirstSend() {}

    /** Runs both and prints the table. */
    static void run(int turns) throws IOException {
        Process server = Responder.start();
        try {
            String port = Integer.toString(Responder.port(server));
            double[] cpu = new double[turns];
            double[] wall = new double[turns];
            double[] rawCpu = new double[turns];
            double[] gatedCpu = new double[turns];
            for (int turn = -1; turn < turns; turn++) {
                double[] raw = once("first-raw", port);
                double[] gated = once("first-gated", port);
                if (turn >= 0) {
                    wall[turn] = gated[0] / raw[0];
                    cpu[turn] = gated[1] / raw[1];
                    rawCpu[turn] = raw[1];
                    gatedCpu[turn] = gated[1];
                }
            }
            for (double[] values : new double[][] {cpu, wall, rawCpu, gatedCpu}) {
                Arrays.sort(values);
            }
            System.out.println("| CPU to the first answer, raw | gated | ratio (least to most) | elapsed, ratio |");
            System.out.println("|---|---|---|---|");
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %.0f ms | %.0f ms | %.2f (%.2f to %.2f) | %.2f |",
                    rawCpu[turns / 2],
                    gatedCpu[turns / 2],
                    cpu[turns / 2],
                    cpu[0],
                    cpu[turns - 1],
                    wall[turns / 2]));
        } finally {
            server.destroy();
        }
    }

    private static double[] once(String what, String port) throws IOException {
        Process process = new ProcessBuilder(Benchmarks.java(what, port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        if (words.length != 2) {
            throw new IOException("the first send failed");
        }
        return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
    }

    /** Sends once and prints the milliseconds since the process started, elapsed and of CPU. */
    static void measure(Sending sending) throws IOException {
        sending.send(1);
        long elapsed = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        System.out.println(elapsed + " " + cpu / 1e6);
    }
}
