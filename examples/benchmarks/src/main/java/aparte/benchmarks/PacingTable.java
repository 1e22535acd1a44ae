package aparte.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How close a transport comes to its limit against servers that take their time, and the most messages that a server saw in
 * any second. All settings but the limit are the defaults; callers are a quarter more than are under way at once.
 */
final class PacingTable {
    private static final int[] LIMITS = {80, 300, 1_000};
    private static final int[] ANSWERS = {50, 200, 500};

    private PacingTable() {}

    /** Runs each limit against each server for so long, and prints the table. */
    static void run(int seconds) throws IOException, InterruptedException {
        System.out.println("| limit a second | answer | callers | a second | of the limit | most in any second |");
        System.out.println("|---|---|---|---|---|---|");
        for (int limit : LIMITS) {
            for (int answer : ANSWERS) {
                measure(limit, answer, seconds);
            }
        }
    }

    private static void measure(int limit, int answer, int seconds) throws IOException, InterruptedException {
        int callers = limit * answer / 1_000 * 5 / 4 + 20;
        Process server = Responder.start(answer);
        try {
            GatedSend gated = new GatedSend(GatedSend.PEOPLE, Responder.port(server), limit);
            AtomicInteger next = new AtomicInteger();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            List<Thread> threads = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Thread thread = new Thread(() -> send(gated, next, end));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Responder.Seen seen = Responder.stop(server);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %,d | %d ms | %d | %.1f | %.1f %% | %,d |",
                    limit,
                    answer,
                    callers,
                    seen.perSecond(),
                    100 * seen.perSecond() / limit,
                    seen.mostInASecond()));
        } finally {
            server.destroy();
        }
    }

    private static void send(GatedSend gated, AtomicInteger next, long end) {
        try {
            while (System.nanoTime() < end) {
                gated.send(next.getAndIncrement());
            }
        } catch (IOException failed) {
            throw new IllegalStateException("a send failed", failed);
        }
    }
}
