package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Purpose;
import aparte.SendResult;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** P-9: a request starts when its last check begins; after an opt-out was acknowledged none starts. */
class ConsentRaceTest {
    private static final int THREADS = 1_000;
    private static final int SENDS = 5;

    @RepeatedTest(5)
    void starts_no_request_after_the_acknowledgement(RepetitionInfo repetition) throws Exception {
        long seed = 20_261_123L + repetition.getCurrentRepetition();
        Fixture fixture = new Fixture();
        StampingTransport transport = new StampingTransport();
        ConsentGate gate = ConsentGate.builder(fixture.gate.controller(), fixture.ledger)
                .transport(transport)
                .conversations(fixture.conversations)
                .sendLog(fixture.sendLog)
                .clock(fixture.clock)
                .build();
        gate.desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
        int stopAfter = new SplittableRandom(seed).nextInt(1, 2_000);
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        CountDownLatch acknowledged = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> sending = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            sending.add(threads.submit(() -> sendMany(gate, start, acknowledged)));
        }

        start.await();
        while (transport.count.get() < stopAfter) {
            Thread.onSpinWait();
        }
        gate.desk().record(stop().build());
        long returned = System.nanoTime();
        acknowledged.countDown();
        int accepted = 0;
        for (Future<Integer> one : sending) {
            accepted += one.get();
        }
        threads.shutdown();

        List<Long> late =
                transport.starts.stream().filter(began -> began - returned > 0).toList();
        assertThat(late)
                .as("requests started after the acknowledgement, seed %d", seed)
                .isEmpty();
        assertThat(transport.starts).as("requests before it, seed %d", seed).hasSizeGreaterThanOrEqualTo(stopAfter);
        assertThat(accepted).as("requests before it, seed %d", seed).isEqualTo(transport.starts.size());
    }

    /** Sends until the opt-out was acknowledged, and a few times after. */
    private static int sendMany(ConsentGate gate, CyclicBarrier start, CountDownLatch acknowledged) throws Exception {
        start.await();
        int accepted = 0;
        int after = 0;
        while (after < SENDS) {
            accepted += gate.send(news()) instanceof SendResult.Accepted ? 1 : 0;
            after += acknowledged.getCount() == 0 ? 1 : 0;
        }
        return accepted;
    }

    /** Stamps when the last check of each request begins, if it passes. */
    private static final class StampingTransport implements Transport {
        private final RecordingTransport planning = RecordingTransport.of(SENDER);
        private final Queue<Long> starts = new ConcurrentLinkedQueue<>();
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public aparte.SenderId sender() {
            return SENDER;
        }

        @Override
        public Plan plan(Draft draft) {
            return planning.plan(draft);
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws IOException {
            ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
            long began = System.nanoTime();
            attempt.leave();
            starts.add(began);
            count.incrementAndGet();
            return attempt.accepted("stamped");
        }
    }
}
