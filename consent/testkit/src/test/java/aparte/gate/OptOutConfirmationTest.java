package aparte.gate;

import static aparte.gate.Events.text;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.InboundEvent;
import aparte.Purpose;
import aparte.Refusal;
import aparte.consent.ConsentGate;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * P-13 of the consent reference: one confirmation for each opt-out, none after five minutes, none on the second STOP. Seeds
 * count from {@code -Daparte.seed}, which a failure prints.
 */
class OptOutConfirmationTest {
    private static final long SEED = Long.getLong("aparte.seed", 20_261_126L);
    private static final DeliveryFailure BUSY = DeliveryFailure.throttled("429", Optional.of(Duration.ofSeconds(1)));

    private final Fixture fixture = new Fixture();
    private final RecordingTransport transport =
            RecordingTransport.builder(SENDER).tries(2).clock(fixture.clock).build();
    private final ConsentGate gate = fixture.gate(fixture.ledger, transport).build();
    private final Events inbox = new Events(gate);

    private void agree() {
        gate.desk().record(granted(Purpose.NEWS).build());
        fixture.clock.advance(Duration.ofSeconds(1));
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    @Nested
    class OneForEachOptOut {
        @Test
        void whatever_is_repeated_redelivered_and_agreed_to_between() {
            assertThat(LongStream.range(SEED, SEED + 200).filter(seed -> {
                        OptOutConfirmationTest life = new OptOutConfirmationTest();
                        int optOuts = life.live(new SplittableRandom(seed));
                        return life.transport.deliveries().size() != optOuts;
                    }))
                    .as("seeds of lives with more or fewer confirmations than opt-outs")
                    .isEmpty();
        }

        @Test
        void none_by_an_attempt_that_may_have_arrived() {
            agree();
            transport.throwAfterLeaving(new IOException("reset"));
            InboundEvent stop = text("m1", now(), "STOP");

            inbox.receive(stop);
            new Events(gate).receive(stop);

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void by_a_second_attempt_where_the_provider_did_not_take_the_first() {
            agree();
            transport.notTaken(BUSY);

            inbox.receive(text("m1", now(), "STOP"));

            assertThat(transport.deliveries()).hasSize(2);
        }
    }

    /** Opts out, again and again, and agrees in between; returns how often an opt-out closed something. */
    private int live(SplittableRandom random) {
        boolean open = true;
        int optOuts = 0;
        InboundEvent last = text("none", now(), "Bonjour");
        agree();
        for (int i = 0; i < 12; i++) {
            fixture.clock.advance(Duration.ofSeconds(random.nextInt(2, 40)));
            switch (random.nextInt(4)) {
                case 0 -> {
                    agree();
                    open = true;
                }
                case 1 -> {
                    // Delivered once more, to a machine that knows nothing of it.
                    new Events(gate).receive(last);
                }
                default -> {
                    last = text("m" + i, now(), random.nextBoolean() ? "STOP" : "désabonner");
                    inbox.receive(last);
                    optOuts += open ? 1 : 0;
                    open = false;
                }
            }
        }
        return optOuts;
    }

    @Nested
    class NoneAfterFiveMinutes {
        @ParameterizedTest
        @CsvSource({"299, 1", "300, 0", "301, 0", "86400, 0"})
        void of_the_reply(int seconds, int confirmations) {
            agree();
            Instant said = now();
            fixture.clock.advance(Duration.ofSeconds(seconds));

            inbox.receive(text("m1", said, "STOP"));

            assertThat(transport.deliveries()).hasSize(confirmations);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void by_a_retry_that_comes_too_late() {
            agree();
            transport.notTaken(BUSY);
            transport.onDelivery(delivery -> fixture.clock.advance(Duration.ofMinutes(5)));

            inbox.receive(text("m1", now(), "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void by_a_wait_between_the_attempt_and_the_request() {
            agree();
            transport.beforeLeaving(() -> fixture.clock.advance(Duration.ofMinutes(5)));

            inbox.receive(text("m1", now(), "STOP"));

            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void by_a_redelivery_of_what_failed() {
            agree();
            InboundEvent stop = text("m1", now(), "STOP");
            transport.throwBeforeLeaving(new IOException("refused"));
            inbox.receive(stop);
            fixture.clock.advance(Duration.ofMinutes(5));

            new Events(gate).receive(stop);

            assertThat(transport.deliveries()).isEmpty();
        }
    }

    @Nested
    class NoneOnTheSecondStop {
        @ParameterizedTest
        @CsvSource({"1", "30", "299", "301", "86400"})
        void however_much_later_it_comes(int seconds) {
            agree();
            inbox.receive(text("m1", now(), "STOP"));
            fixture.clock.advance(Duration.ofSeconds(seconds));

            inbox.receive(text("m2", now(), "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void in_other_words() {
            agree();
            inbox.receive(text("m1", now(), "STOP"));
            fixture.clock.advance(Duration.ofSeconds(9));

            inbox.receive(text("m2", now(), "Désabonnez-moi"), text("m3", now().plusSeconds(1), "please stop sending"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void after_one_at_the_desk() {
            agree();
            gate.desk().record(Fixture.stop().build());
            fixture.clock.advance(Duration.ofSeconds(9));

            inbox.receive(text("m2", now(), "STOP"));

            assertThat(transport.deliveries()).isEmpty();
        }
    }
}
