package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacingTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.phone("+33639980002");

    private final VirtualTime time = new VirtualTime();
    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));

    private Pacing build(Pacing.Builder builder) {
        return builder.build(HttpSettings.builder().waiting(time).clock(clock).build());
    }

    private static Pacing.Builder perSecond(int most) {
        return Pacing.builder().sender(most, Duration.ofSeconds(1));
    }

    private static Pacing.Builder whatsApp() {
        return perSecond(80).person(45, Duration.ofSeconds(6));
    }

    private static Address somebody(int number) {
        return Address.phone("+336" + (10_000_000 + number));
    }

    private static Pacing.Turn turn(Pacing pacing, Address... to) throws IOException {
        return pacing.await(List.of(to), Optional.empty());
    }

    /** Sends at once; returns when it left. */
    private long sends(Pacing pacing, Address... to) throws IOException {
        try (Pacing.Turn turn = turn(pacing, to)) {
            assertThat(turn.failure()).isEmpty();
            turn.left();
            return time.nanoTime();
        }
    }

    private Duration refused(Pacing pacing, Brake brake, Address... to) throws IOException {
        try (Pacing.Turn turn = turn(pacing, to)) {
            assertThat(turn.failure()).isEmpty();
            turn.left();
            time.await(Duration.ofMillis(50));
            return turn.brake(brake, Optional.empty());
        }
    }

    private static DeliveryFailure failure(Pacing.Turn turn) {
        return turn.failure().orElseThrow();
    }

    /** Many callers that send one message after another to a server that takes its time. */
    private final class Load {
        private final Pacing pacing;
        private final long answer;
        private final long judging;
        private final long oversleep;
        private final double refused;
        private final Random random;
        private final List<Long> departures = new ArrayList<>();
        private int people;

        /**
         * A load.
         *
         * @param answer how long an answer takes
         * @param judging how long the judgement and the connection take at most
         * @param oversleep how much too late a sleeper wakes at most
         * @param refused the share that the last judgement refuses, so that nothing leaves
         */
        private Load(Pacing pacing, long answer, long judging, long oversleep, double refused, long seed) {
            this.pacing = pacing;
            this.answer = answer;
            this.judging = judging;
            this.oversleep = oversleep;
            this.refused = refused;
            this.random = new Random(seed);
        }

        List<Long> run(int callers, long until) {
            for (int caller = 0; caller < callers; caller++) {
                time.in(upTo(10 * MILLI), this::ask);
            }
            time.runUntil(until);
            return departures;
        }

        private void ask() {
            Pacing.Turn turn = pacing.ask(List.of(somebody(people++)));
            proceed(turn, turn.begin(time.nanoTime(), Optional.empty()));
        }

        private void proceed(Pacing.Turn turn, long wait) {
            if (wait > 0) {
                time.in(wait + upTo(oversleep), () -> proceed(turn, turn.next(time.nanoTime())));
            } else if (turn.failure().isPresent()) {
                time.in(SECOND, this::ask);
            } else if (random.nextDouble() < refused) {
                time.in(upTo(judging), () -> {
                    turn.close();
                    ask();
                });
            } else {
                time.in(upTo(judging), () -> leave(turn));
            }
        }

        private void leave(Pacing.Turn turn) {
            turn.left();
            departures.add(time.nanoTime());
            time.in(answer, () -> {
                turn.accepted();
                turn.close();
                ask();
            });
        }

        private long upTo(long most) {
            return (long) (random.nextDouble() * most);
        }
    }

    /** How close the first and the last of one more than the limit came. */
    private static long closest(List<Long> departures, int limit) {
        long closest = Long.MAX_VALUE;
        for (int i = limit; i < departures.size(); i++) {
            closest = Math.min(closest, departures.get(i) - departures.get(i - limit));
        }
        return closest;
    }

    private static double perSecond(List<Long> departures, long from, long until) {
        return departures.stream().filter(at -> at > from && at <= until).count() / ((until - from) / (double) SECOND);
    }

    @Nested
    class WhenManySendAtOnce {
        @ParameterizedTest
        @CsvSource({
            "20,50",
            "20,500",
            "80,50",
            "80,200",
            "80,500",
            "300,50",
            "300,200",
            "300,500",
            "1000,50",
            "1000,200",
            "1000,500"
        })
        void reaches_99_percent_of_the_limit_and_never_exceeds_it_in_any_second(int limit, long answerMillis) {
            long seed = 11L * limit + answerMillis;
            int callers = (int) (limit * answerMillis / 1_000 * 5 / 4) + 20;
            Load load = new Load(build(perSecond(limit)), answerMillis * MILLI, 2 * MILLI, MILLI / 2, 0, seed);

            List<Long> departures = load.run(callers, 12 * SECOND);

            assertThat(closest(departures, limit)).as("seed %s", seed).isGreaterThan(SECOND);
            assertThat(perSecond(departures, 2 * SECOND, 12 * SECOND))
                    .as("seed %s", seed)
                    .isGreaterThanOrEqualTo(0.99 * limit);
        }

        @ParameterizedTest
        @CsvSource({"80,1", "80,2", "80,3", "300,4", "1000,5"})
        void never_exceeds_it_however_long_judging_takes(int limit, long seed) {
            Load load = new Load(build(perSecond(limit)), 200 * MILLI, 700 * MILLI, 40 * MILLI, 0.05, seed);

            List<Long> departures = load.run(2 * limit, 10 * SECOND);

            assertThat(departures).hasSizeGreaterThan(3 * limit);
            assertThat(closest(departures, limit)).as("seed %s", seed).isGreaterThan(SECOND);
        }

        @Test
        void spreads_them_evenly() throws IOException {
            Pacing pacing = build(perSecond(80));

            List<Long> departures = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                departures.add(sends(pacing, somebody(i)));
            }

            assertThat(closest(departures, 1)).isEqualTo(12_500_000);
        }

        @Test
        void lets_a_lone_message_go_at_once() throws IOException {
            Pacing pacing = build(whatsApp());

            assertThat(sends(pacing, ANA)).isZero();
        }

        @Test
        void holds_in_threads() throws Exception {
            AtomicLong nanos = new AtomicLong();
            ThreadLocal<Long> seen = new ThreadLocal<>();
            HttpSettings.Waiting shared = new HttpSettings.Waiting() {
                @Override
                public void await(Duration duration) {
                    nanos.addAndGet(duration.toNanos());
                }

                @Override
                public long nanoTime() {
                    seen.set(nanos.get());
                    return seen.get();
                }
            };
            Pacing pacing = perSecond(10)
                    .build(HttpSettings.builder()
                            .waiting(shared)
                            .turnWithin(Duration.ofHours(1))
                            .build());
            ConcurrentLinkedQueue<Long> departures = new ConcurrentLinkedQueue<>();
            Callable<Integer> sender = () -> {
                int sent = 0;
                while (sent < 500) { // hours pass while another thread is put off: then there is no turn in time
                    try (Pacing.Turn turn = turn(pacing, somebody(sent))) {
                        if (turn.failure().isEmpty()) {
                            turn.left();
                            departures.add(seen.get());
                            sent++;
                        }
                    }
                }
                return sent;
            };
            ExecutorService threads = Executors.newFixedThreadPool(4);

            List<Future<Integer>> done = threads.invokeAll(List.of(sender, sender, sender, sender));

            threads.shutdown();
            for (Future<Integer> one : done) {
                assertThat(one.get()).isEqualTo(500);
            }
            assertThat(departures).hasSize(2_000);
            assertThat(closest(departures.stream().sorted().toList(), 10)).isGreaterThan(SECOND);
        }
    }

    @Test
    void counts_a_request_by_a_stricter_pace_too() throws IOException {
        Pacing all = build(perSecond(100));
        Pacing films = build(perSecond(1));
        List<Long> departures = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            try (Pacing.Turn stricter = turn(films, ANA);
                    Pacing.Turn turn = turn(all, ANA).also(stricter)) {
                turn.left();
                departures.add(time.nanoTime());
            }
        }

        assertThat(closest(departures, 1))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Nested
    class WhenOnePersonGetsMany {
        private final Pacing pacing = build(whatsApp());

        @Test
        void lets_45_go_at_the_senders_pace_and_then_one_in_6_seconds() throws IOException {
            for (int i = 0; i < 45; i++) {
                sends(pacing, ANA);
            }
            long last = time.nanoTime();

            long next = sends(pacing, ANA);
            long afterThat = sends(pacing, ANA);

            assertThat(last).isLessThan(SECOND);
            assertThat(next).isBetween(6 * SECOND, 6 * SECOND + 31 * MILLI);
            assertThat(afterThat - next).isBetween(6 * SECOND, 6 * SECOND + 31 * MILLI);
        }

        @Test
        void never_lets_more_than_45_go_in_6_seconds() throws IOException {
            List<Long> departures = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                departures.add(sends(pacing, ANA));
            }

            assertThat(closest(departures, 45)).isGreaterThan(6 * SECOND);
        }

        @Test
        void lets_others_go_on_meanwhile() throws IOException {
            for (int i = 0; i < 45; i++) {
                sends(pacing, ANA);
            }
            Pacing.Turn waiting = pacing.ask(List.of(ANA));
            long wait = waiting.begin(time.nanoTime(), Optional.empty());
            long now = time.nanoTime();

            long other = sends(pacing, BEN);

            assertThat(wait).isGreaterThan(5 * SECOND);
            assertThat(other - now).isLessThan(13 * MILLI);
        }

        @Test
        void gives_the_burst_back_once_it_is_paid() throws IOException {
            for (int i = 0; i < 45; i++) {
                sends(pacing, ANA);
            }
            time.await(Duration.ofSeconds(272));
            long start = time.nanoTime();

            for (int i = 0; i < 45; i++) {
                sends(pacing, ANA);
            }

            assertThat(time.nanoTime() - start).isLessThan(SECOND);
        }

        @Test
        void ends_what_would_wait_too_long() throws IOException {
            for (int i = 0; i < 46; i++) {
                sends(pacing, ANA);
            }
            Pacing.Turn first = pacing.ask(List.of(ANA));
            first.begin(time.nanoTime(), Optional.empty());

            Pacing.Turn second = turn(pacing, ANA);

            assertThat(failure(second).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failure(second).providerCode()).isEmpty();
            assertThat(failure(second).retryAfter().orElseThrow())
                    .isBetween(Duration.ofMillis(11_900), Duration.ofMillis(12_100));
        }

        @Test
        void gives_back_what_did_not_leave() throws IOException {
            for (int i = 0; i < 500; i++) {
                try (Pacing.Turn turn = turn(pacing, ANA)) {
                    assertThat(turn.failure()).isEmpty();
                }
            }

            assertThat(time.nanoTime()).isLessThan(7 * SECOND);
        }

        @Test
        void has_no_limit_to_a_group() throws IOException {
            Address group = new Address(Address.Kind.GROUP, "Y2FwaV9ncm91cA==", "whatsapp");

            for (int i = 0; i < 80; i++) {
                sends(pacing, group);
            }

            assertThat(time.nanoTime()).isLessThan(SECOND);
        }

        @Test
        void forgets_people_whose_burst_is_whole() throws IOException {
            Pacing fast = build(perSecond(1_000).person(45, Duration.ofSeconds(6)));

            for (int i = 0; i < 100_000; i++) {
                sends(fast, somebody(i));
            }

            assertThat(fast.remembered()).isLessThan(13_000);
        }
    }

    @Nested
    class WhenATurnIsFarAway {
        private final Pacing pacing = build(perSecond(1));

        @Test
        void waits_10_seconds_and_no_longer() throws IOException {
            List<Pacing.Turn> turns = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Pacing.Turn turn = pacing.ask(List.of(somebody(i)));
                turn.begin(0, Optional.empty());
                turns.add(turn);
            }

            assertThat(turns.stream().filter(turn -> turn.failure().isPresent()))
                    .hasSize(2);
            assertThat(failure(turns.get(11)).retryAfter().orElseThrow()).isGreaterThan(Duration.ofSeconds(10));
        }

        @Test
        void does_not_wait_beyond_the_messages_expiry() throws IOException {
            sends(pacing, ANA);

            Pacing.Turn stale =
                    pacing.await(List.of(BEN), Optional.of(clock.instant().plusMillis(900)));
            Pacing.Turn fresh =
                    pacing.await(List.of(BEN), Optional.of(clock.instant().plusSeconds(2)));

            assertThat(stale.failure()).isPresent();
            assertThat(fresh.failure()).isEmpty();
        }

        @Test
        void keeps_the_order_of_those_who_wait() throws IOException {
            sends(pacing, ANA);
            Pacing.Turn first = pacing.ask(List.of(ANA));
            Pacing.Turn second = pacing.ask(List.of(BEN));

            long firstWait = first.begin(0, Optional.empty());
            long secondWait = second.begin(0, Optional.empty());

            assertThat(firstWait).isLessThan(secondWait);
        }

        @Test
        void lets_the_next_one_go_if_one_gave_up_its_turn() throws IOException {
            sends(pacing, ANA);
            Pacing.Turn first = pacing.ask(List.of(ANA));
            Pacing.Turn second = pacing.ask(List.of(BEN));
            first.begin(0, Optional.empty());
            long wait = second.begin(0, Optional.empty());

            first.close();
            time.await(Duration.ofNanos(wait));

            assertThat(second.next(time.nanoTime())).isZero();
        }

        @Test
        void stops_waiting_if_interrupted() throws IOException {
            Pacing interrupted = perSecond(1)
                    .person(1, Duration.ofSeconds(5))
                    .build(HttpSettings.builder()
                            .waiting(new HttpSettings.Waiting() {
                                @Override
                                public void await(Duration duration) throws InterruptedException {
                                    throw new InterruptedException();
                                }

                                @Override
                                public long nanoTime() {
                                    return 0;
                                }
                            })
                            .build());
            try (Pacing.Turn first = turn(interrupted, ANA)) {
                first.left();
            }

            assertThatThrownBy(() -> turn(interrupted, ANA)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> turn(interrupted, BEN)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void refuses_a_second_request_in_one_turn() throws IOException {
            Pacing.Turn turn = turn(pacing, ANA);
            turn.left();

            assertThatThrownBy(turn::left).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class WhenTheProviderRefusesForThePace {
        private final Pacing pacing = build(whatsApp());

        @Test
        void pauses_the_sender_longer_each_time() throws IOException {
            List<Duration> pauses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                pauses.add(refused(pacing, Brake.RATE, somebody(i)));
            }

            assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
            assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
            assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        }

        @Test
        void goes_on_at_half_the_rate_and_comes_back_while_messages_are_accepted() throws IOException {
            refused(pacing, Brake.RATE, ANA);
            long slowest = sends(pacing, somebody(0)) - sends(pacing, somebody(1));
            for (int i = 0; i < 80 * 60; i++) {
                try (Pacing.Turn turn = turn(pacing, somebody(i))) {
                    turn.left();
                    turn.accepted();
                }
            }
            long full = sends(pacing, somebody(0)) - sends(pacing, somebody(1));

            assertThat(-slowest).isEqualTo(25 * MILLI);
            assertThat(-full).isBetween(12 * MILLI, 13 * MILLI);
        }

        @Test
        void counts_a_wave_of_refusals_once() throws IOException {
            List<Pacing.Turn> wave = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Pacing.Turn turn = turn(pacing, somebody(i));
                turn.left();
                wave.add(turn);
            }

            Duration last = Duration.ZERO;
            for (Pacing.Turn turn : wave) {
                last = turn.brake(Brake.RATE, Optional.empty());
            }

            assertThat(last).isLessThan(Duration.ofMillis(1_501));
        }

        @Test
        void holds_back_those_who_waited_already() throws IOException {
            Pacing.Turn leaving = turn(pacing, ANA);
            Pacing.Turn waiting = pacing.ask(List.of(BEN));
            long wait = waiting.begin(time.nanoTime(), Optional.empty());
            leaving.left();
            leaving.brake(Brake.RATE, Optional.empty());

            time.await(Duration.ofNanos(wait));
            long more = waiting.next(time.nanoTime());

            assertThat(wait).isLessThan(20 * MILLI);
            assertThat(more).isGreaterThan(900 * MILLI);
        }

        @Test
        void pauses_minutes_for_a_quota_and_ends_messages_meanwhile() throws IOException {
            Duration pause = refused(pacing, Brake.QUOTA, ANA);

            assertThat(pause).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(90));
            assertThat(failure(turn(pacing, BEN)).retryAfter().orElseThrow()).isGreaterThan(Duration.ofSeconds(59));
            time.await(pause);
            assertThat(refused(pacing, Brake.QUOTA, ANA)).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
        }

        @Test
        void pauses_one_person_for_powers_of_4_while_others_go_on() throws IOException {
            List<Duration> pauses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Duration pause = refused(pacing, Brake.PERSON, ANA);
                long now = time.nanoTime();
                assertThat(sends(pacing, BEN) - now).isZero();
                pauses.add(pause);
                time.await(pause);
            }

            assertThat(pauses)
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 4L, 16L, 64L, 256L, 1_024L, 3_600L, 3_600L);
        }

        @Test
        void starts_with_a_second_again_after_an_acceptance() throws IOException {
            time.await(refused(pacing, Brake.PERSON, ANA));
            time.await(refused(pacing, Brake.PERSON, ANA));
            try (Pacing.Turn turn = turn(pacing, ANA)) {
                turn.left();
                turn.accepted();
            }

            assertThat(refused(pacing, Brake.PERSON, ANA)).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void pauses_both_and_then_the_person_alone_where_it_cannot_be_told() throws IOException {
            Pacing viber = build(Pacing.builder());

            Duration first = refused(viber, Brake.EITHER, ANA);
            Duration whileItLasts = failureOrNow(viber, BEN);
            time.await(first);
            Duration second = refused(viber, Brake.EITHER, ANA);
            Duration afterThat = failureOrNow(viber, BEN);

            assertThat(whileItLasts).isPositive();
            assertThat(second).isEqualTo(Duration.ofSeconds(4));
            assertThat(afterThat).isZero();
        }

        private Duration failureOrNow(Pacing viber, Address to) {
            Pacing.Turn turn = viber.ask(List.of(to));
            long wait = turn.begin(time.nanoTime(), Optional.empty());
            turn.close();
            return Duration.ofNanos(wait);
        }

        @Test
        void keeps_a_longer_wait_that_the_provider_names_for_an_hour_at_most() throws IOException {
            Pacing.Turn turn = turn(pacing, ANA);
            turn.left();
            Duration pause = turn.brake(Brake.RATE, Optional.of(Duration.ofDays(400)));
            Pacing.Turn next = turn(pacing, ANA);

            assertThat(pause).isEqualTo(Duration.ofDays(400));
            assertThat(failure(next).retryAfter()).contains(Duration.ofHours(1));
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void has_no_limit_by_itself() throws IOException {
            Pacing pacing = build(Pacing.builder());

            for (int i = 0; i < 10_000; i++) {
                sends(pacing, ANA);
            }

            assertThat(time.nanoTime()).isZero();
        }

        @Test
        void counts_broadcasts_only_if_told_so() throws IOException {
            Pacing pacing =
                    build(Pacing.builder().sender(500, Duration.ofSeconds(10)).broadcastsOnly());

            sends(pacing, ANA, BEN);
            long single = sends(pacing, ANA);
            long broadcast = sends(pacing, ANA, BEN);

            assertThat(single).isZero();
            assertThat(broadcast).isEqualTo(20 * MILLI);
        }

        @Test
        void refuses_limits_out_of_bounds() {
            Pacing.Builder builder = Pacing.builder();

            assertThatThrownBy(() -> builder.sender(0, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.sender(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.person(100_001, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_no_person() throws IOException {
            Pacing pacing = build(whatsApp());

            assertThat(pacing).hasToString("Pacing[80 a second]");
            assertThat(turn(pacing, ANA)).hasToString("Turn[given]");
        }
    }
}
