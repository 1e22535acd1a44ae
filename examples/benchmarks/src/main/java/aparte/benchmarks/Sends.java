package aparte.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends beside raw OkHttp, in turns, against one server: CPU time of the whole process and bytes allocated by the sending
 * threads, for each send. The ratio of each turn is what counts; the machine may be busy.
 */
final class Sends {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RawOkHttp raw;
    private final GatedSend gated;
    private final int sends;
    private final int turns;

    private Sends(int port, int sends, int turns) {
        this.raw = new RawOkHttp(port);
        this.gated = new GatedSend(GatedSend.PEOPLE, port);
        this.sends = sends;
        this.turns = turns;
    }

    private record Cost(double cpuMicros, double bytes, double perSecond) {}

    /** Runs both and prints the table. */
    static void run(int sends, int turns) throws IOException, InterruptedException {
        Process server = Responder.start();
        try {
            Sends both = new Sends(Responder.port(server), sends, turns);
            System.out.println("| threads | CPU a send, raw | gated | ratio (least to most) | bytes a send, raw | gated"
                    + " | ratio | sends a second, raw | gated |");
            System.out.println("|---|---|---|---|---|---|---|---|---|");
            both.compare(1);
            both.compare(16);
        } finally {
            server.destroy();
        }
    }

    private void compare(int threads) throws InterruptedException {
        List<Cost> rawCosts = new ArrayList<>();
        List<Cost> gatedCosts = new ArrayList<>();
        double[] ratios = new double[turns];
        for (int turn = -3; turn < turns; turn++) {
            Cost without = measure(threads, raw);
            gated.renew();
            Cost with = measure(threads, gated);
            if (turn >= 0) {
                rawCosts.add(without);
                gatedCosts.add(with);
                ratios[turn] = with.cpuMicros / without.cpuMicros;
            }
        }
        Arrays.sort(ratios);
        Cost without = median(rawCosts);
        Cost with = median(gatedCosts);
        System.out.println(String.format(
                Locale.ROOT,
                "| %d | %.1f µs | %.1f µs | %.2f (%.2f to %.2f) | %,.0f | %,.0f | %.2f | %,.0f | %,.0f |",
                threads,
                without.cpuMicros,
                with.cpuMicros,
                ratios[turns / 2],
                ratios[0],
                ratios[turns - 1],
                without.bytes,
                with.bytes,
                with.bytes / without.bytes,
                without.perSecond,
                with.perSecond));
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                middle(costs.stream().mapToDouble(Cost::cpuMicros).toArray()),
                middle(costs.stream().mapToDouble(Cost::bytes).toArray()),
                middle(costs.stream().mapToDouble(Cost::perSecond).toArray()));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Cost measure(int threads, Sending sending) throws InterruptedException {
        System.gc();
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        AtomicLong bytes = new AtomicLong();
        AtomicReference<Exception> failure = new AtomicReference<>();
        int each = sends / threads;
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * each;
            new Thread(() -> {
                        try {
                            together.await();
                            long before = THREADS.getCurrentThreadAllocatedBytes();
                            for (int i = 0; i < each; i++) {
                                sending.send(first + i);
                            }
                            bytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
                        } catch (IOException | InterruptedException | BrokenBarrierException thrown) {
                            failure.compareAndSet(null, thrown);
                        }
                        await(together);
                    })
                    .start();
        }
        await(together);
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        await(together);
        double cpuNanos = PROCESS.getProcessCpuTime() - cpu;
        double nanos = System.nanoTime() - start;
        if (failure.get() != null) {
            throw new IllegalStateException("a send failed", failure.get());
        }
        int all = each * threads;
        return new Cost(cpuNanos / 1_000 / all, (double) bytes.get() / all, all / (nanos / 1e9));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
