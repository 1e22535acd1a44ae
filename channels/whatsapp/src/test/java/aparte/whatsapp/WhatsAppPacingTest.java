package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryCapStore;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingDecisionLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppPacingTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.phone("+33639980002");
    private static final MockResponse ACCEPTED = new MockResponse.Builder()
            .code(200)
            .body(Examples.text("answer-accepted"))
            .build();

    @StartStop
    final MockWebServer server = PromptServer.create();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private Runnable whileWaiting = () -> {};
    private Function<String, MockResponse> answer = body -> ACCEPTED;
    private Clearing clearing;

    /** Time passes by waiting only. */
    private final class Passing implements HttpSettings.Waiting {
        @Override
        public void await(Duration duration) throws InterruptedException {
            waits.add(duration);
            whileWaiting.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            clock.advance(duration);
        }

        @Override
        public long nanoTime() {
            return ChronoUnit.NANOS.between(Instant.parse("2026-01-01T00:00:00Z"), clock.instant());
        }
    }

    @BeforeEach
    void open() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer.apply(request.getBody().utf8());
            }
        });
        use(builder());
    }

    private HttpSettings.Builder settings() {
        return HttpSettings.builder().clock(clock).waiting(new Passing());
    }

    private WhatsAppTransport.Builder builder() {
        return WhatsAppTransport.builder("200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(settings().build());
    }

    private void use(WhatsAppTransport.Builder builder) {
        clearing = Clearing.of(clock, builder.build());
    }

    private static MockResponse refusal(long code) {
        return new MockResponse.Builder()
                .code(400)
                .body("{\"error\":{\"code\":" + code + "}}")
                .build();
    }

    private SendResult send(Address to) {
        return send(Message.of(Recipient.of(to), Purpose.SERVICE, Content.text("Bonjour")));
    }

    private SendResult send(Message message) {
        clearing.hears(message.to().addresses().get(0));
        return clearing.send(message);
    }

    private void sendBurstTo(Address to) {
        for (int i = 0; i < 45; i++) {
            assertThat(send(to)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    private Duration waited() {
        return waits.stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static Address somebody(int number) {
        return Address.phone("+336" + (10_000_000 + number));
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    @Nested
    class WhenMessagesComeFasterThanTheyMay {
        @ParameterizedTest
        @ValueSource(ints = {20, 200})
        void sends_as_many_a_second_as_the_number_may(int perSecond) {
            use(builder().messagesPerSecond(perSecond));

            for (int i = 0; i <= perSecond; i++) {
                send(somebody(i));
            }

            assertThat(waited()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_010));
            assertThat(server.getRequestCount()).isEqualTo(perSecond + 1);
        }

        @Test
        void sends_80_a_second_by_default() {
            for (int i = 0; i <= 80; i++) {
                send(somebody(i));
            }

            assertThat(waited()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_010));
        }

        @Test
        void waits_6_seconds_after_45_to_one_person() {
            sendBurstTo(ANA);
            Duration before = waited();

            send(ANA);

            assertThat(waited().minus(before)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_031));
            assertThat(server.getRequestCount()).isEqualTo(46);
        }

        @Test
        void keeps_no_limit_if_told_so() {
            use(builder().withoutLimits());

            for (int i = 0; i < 100; i++) {
                send(ANA);
            }

            assertThat(waits).isEmpty();
        }

        @Test
        void gives_the_turn_of_an_upload_that_failed_to_nobody() {
            answer = body -> refusal(131053);

            for (int i = 0; i < 100; i++) {
                send(Message.of(
                        Recipient.of(ANA),
                        Purpose.SERVICE,
                        Content.image(Media.bytes(
                                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2}, "image/png"))));
            }

            assertThat(waits).isEmpty();
        }
    }

    @Nested
    class WhileAMessageWaitsForItsTurn {
        @Test
        void hears_an_opt_out() {
            sendBurstTo(ANA);
            whileWaiting = () -> clearing.withdraws(ANA);

            SendResult result = send(ANA);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .extracting(Refusal::reason)
                                    .contains(Refusal.Reason.OPTED_OUT));
            assertThat(server.getRequestCount()).isEqualTo(45);
        }

        @Test
        void ends_it_if_the_thread_is_interrupted() {
            sendBurstTo(ANA);
            whileWaiting = () -> Thread.currentThread().interrupt();

            SendResult result = send(ANA);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
            assertThat(server.getRequestCount()).isEqualTo(45);
        }

        @Test
        void ends_it_at_once_if_the_turn_is_too_far_away() {
            use(builder().http(settings().turnWithin(Duration.ofSeconds(2)).build()));
            sendBurstTo(ANA);
            int before = waits.size();

            SendResult result = send(ANA);

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failureOf(result).retryAfter().orElseThrow()).isGreaterThan(Duration.ofSeconds(5));
            assertThat(waits).hasSize(before);
            assertThat(server.getRequestCount()).isEqualTo(45);
        }

        @Test
        void ends_it_at_once_if_it_would_be_stale_by_then() {
            sendBurstTo(ANA);
            int before = waits.size();

            SendResult result = send(Message.builder(Recipient.of(ANA), Purpose.SERVICE, Content.text("Vite"))
                    .expiresAt(clock.instant().plusSeconds(3))
                    .build());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(waits).hasSize(before);
            assertThat(server.getRequestCount()).isEqualTo(45);
        }
    }

    @Nested
    class WhenWhatsAppAlwaysRefuses {
        /** Lets a host send every 10 seconds for three hours, whatever it is told. */
        private int requestsOfThreeHours(long code) {
            answer = body -> refusal(code);
            Instant end = clock.instant().plus(Duration.ofHours(3));
            for (int i = 0; clock.instant().isBefore(end); i++) {
                send(code == 131056 ? ANA : somebody(i % 500));
                clock.advance(Duration.ofSeconds(10));
            }
            return server.getRequestCount();
        }

        @ParameterizedTest
        @CsvSource({"130429,90,200", "80007,8,17", "4,8,17", "131057,8,17", "131056,7,9"})
        void asks_seldom_and_never_stops_asking(long code, int atLeast, int atMost) {
            assertThat(requestsOfThreeHours(code)).isBetween(atLeast, atMost);
        }

        @Test
        void goes_on_slowly_once_whatsapp_takes_messages_again_and_then_faster() {
            requestsOfThreeHours(130429);
            answer = body -> ACCEPTED;
            clock.advance(Duration.ofMinutes(2));

            SendResult first = send(ANA);
            Duration before = waited();
            for (int i = 0; i < 160; i++) {
                send(somebody(i));
            }
            Duration slow = waited().minus(before);
            for (int i = 0; i < 160; i++) {
                send(somebody(i));
            }
            Duration later = waited().minus(before).minus(slow);

            assertThat(first).isInstanceOf(SendResult.Accepted.class);
            assertThat(slow).isGreaterThan(Duration.ofSeconds(40));
            assertThat(later).isLessThan(Duration.ofSeconds(30));
        }

        @Test
        void lets_others_go_on_while_one_person_waits() {
            answer = body -> body.contains("33639980001") ? refusal(131056) : ACCEPTED;
            SendResult ana = send(ANA);
            int before = waits.size();

            SendResult ben = send(BEN);

            assertThat(failureOf(ana).providerCode()).isEqualTo("131056");
            assertThat(failureOf(ana).retryAfter()).contains(Duration.ofSeconds(16));
            assertThat(ben).isInstanceOf(SendResult.Accepted.class);
            assertThat(waits).hasSizeLessThanOrEqualTo(before + 1);
        }

        @Test
        void tries_3_times_where_the_waits_are_short() {
            answer = body -> refusal(130429);

            SendResult result = send(ANA);

            assertThat(failureOf(result).providerCode()).isEqualTo("130429");
            assertThat(failureOf(result).retryAfter().orElseThrow())
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
            assertThat(server.getRequestCount()).isEqualTo(3);
        }

        @Test
        void sends_no_promotion_for_a_day_after_some_was_withheld_and_then_for_two() {
            answer = body -> refusal(131049);
            WhatsAppTransport transport = builder().build();
            InMemoryConsentLedger ledger = new InMemoryConsentLedger(clock);
            InMemoryConversations conversations = new InMemoryConversations();
            ConsentGate gate = ConsentGate.builder(new Controller("shop", "Shop"), ledger)
                    .transport(transport)
                    .conversations(conversations)
                    .sendLog(new InMemorySendLog())
                    .decisions(new RecordingDecisionLog())
                    .caps(new InMemoryCapStore())
                    .policies(ConsentPolicies.none())
                    .clock(clock)
                    .build();
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(ANA), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                            .build());
            List<SendResult> results = new ArrayList<>();

            for (int i = 0; i < 6 * 71; i++) { // every 10 minutes for 71 hours
                conversations.heard(transport.sender(), Identity.of(ANA), clock.instant());
                results.add(gate.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Nouvelle"))));
                clock.advance(Duration.ofMinutes(10));
            }

            assertThat(results.get(0)).isInstanceOf(SendResult.Failed.class);
            assertThat(results.get(6 * 24)).isInstanceOf(SendResult.Failed.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }
}
