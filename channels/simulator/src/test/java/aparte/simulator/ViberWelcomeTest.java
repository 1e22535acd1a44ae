package aparte.simulator;

import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.text;
import static aparte.simulator.ViberClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberWelcomeTest {
    private static final String WELCOME = "{" + text("Bienvenue 😀") + ",\"tracking_data\":\"k-1\"}";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    @AutoClose
    private final ViberHost host = new ViberHost();

    private final Viber viber = simulator.viber();
    private final ViberPerson ana = viber.person("ana");

    @BeforeEach
    void listen() {
        viber.webhookTo(host.uri());
    }

    private void openAndAnswer(int status, String body) {
        host.answerNext(status, body);
        ana.opensConversation();
        simulator.webhooks().deliver();
    }

    @Nested
    class InTheAnswer {
        @Test
        void is_shown_to_somebody_who_is_not_subscribed() {
            openAndAnswer(200, WELCOME);

            assertThat(ana.screen()).singleElement().satisfies(message -> {
                assertThat(message.welcome()).isTrue();
                assertThat(message.type()).isEqualTo("text");
                assertThat(message.text()).isEqualTo("Bienvenue 😀");
                assertThat(message.status()).isEqualTo(ViberMessage.Status.DELIVERED);
            });
            assertThat(viber.sent()).hasSize(1);
            assertThat(viber.ignoredWelcomes()).isEmpty();
        }

        @Test
        void does_not_subscribe() {
            openAndAnswer(200, WELCOME);

            assertThat(ana.subscribed()).isFalse();
            assertThat(status(new ViberClient(simulator).send(textTo("ana", "Hi"))))
                    .isEqualTo("6");
        }

        @Test
        void has_no_receipts() {
            openAndAnswer(200, WELCOME);
            ana.seesMessages();

            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void gives_tracking_data_to_the_first_message() {
            openAndAnswer(200, WELCOME);
            ana.writes("Hello");
            simulator.webhooks().deliver();

            assertThat(host.received().get(1).json().text("message", "tracking_data"))
                    .isEqualTo("k-1");
        }

        @Test
        void may_be_a_picture_with_a_keyboard() {
            openAndAnswer(200, """
                    {"sender":{"name":"N"},"type":"picture","media":"https://a.example/a.png","text":"",
                     "keyboard":{"Type":"keyboard","Buttons":[{"ActionBody":"YES","Text":"Yes"}]}}""");

            assertThat(ana.screen().get(0).type()).isEqualTo("picture");
            assertThat(ana.keyboard()).containsExactly("YES");
        }

        @Test
        void may_name_the_receiver_and_be_utf_16_as_the_official_java_client_writes_it() {
            host.answerNext(
                    200,
                    ByteString.of(("{\"receiver\":\"ana\"," + text("Hé") + "}").getBytes(StandardCharsets.UTF_16)));
            ana.opensConversation();
            simulator.webhooks().deliver();

            assertThat(ana.screen()).extracting(ViberMessage::text).containsExactly("Hé");
        }
    }

    @Nested
    class OnlyOnce {
        @Test
        void is_shown_for_an_event_that_comes_twice() {
            host.answerNext(200, WELCOME);
            host.answerNext(200, WELCOME);
            ana.opensConversation();

            simulator.webhooks().deliver(DeliveryManner.inOrder().twice());

            assertThat(host.received()).hasSize(2);
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void counts_the_first_answer_though_it_is_empty() {
            host.answerNext(200, "");
            host.answerNext(200, WELCOME);
            ana.opensConversation();

            simulator.webhooks().deliver(DeliveryManner.inOrder().twice());

            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void is_shown_again_when_the_chat_is_opened_again() {
            openAndAnswer(200, WELCOME);
            openAndAnswer(200, WELCOME);

            assertThat(ana.screen()).hasSize(2);
        }

        @Test
        void is_shown_for_the_latest_opening_alone() {
            host.answerNext(200, WELCOME);
            host.answerNext(200, "");
            ana.opensConversation();
            ana.opensConversation();

            simulator.webhooks().deliver();

            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void waits_for_an_answer_with_200() {
            openAndAnswer(500, WELCOME);
            assertThat(ana.screen()).isEmpty();

            host.answerNext(200, WELCOME);
            simulator.webhooks().redeliver();

            assertThat(ana.screen()).hasSize(1);
        }
    }

    @Nested
    class IsNotShown {
        @ParameterizedTest
        @ValueSource(strings = {"", "{}", " "})
        void if_the_answer_is_empty(String body) {
            openAndAnswer(200, body);

            assertThat(ana.screen()).isEmpty();
            assertThat(viber.ignoredWelcomes()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "ok|3 the answer is no JSON object",
                    "{\"sender\":{},\"type\":\"text\",\"text\":\"a\"}|4 name is missing",
                    "{\"sender\":{\"name\":\"N\"},\"type\":\"text\"}|4 text is missing",
                    "{\"sender\":{\"name\":\"N\"},\"type\":\"text\",\"text\":\"a\",\"min_api_version\":99}|13 apiVersionNotSupported"
                })
        void if_a_send_would_be_refused(String body, String reason) {
            openAndAnswer(200, body);

            assertThat(ana.screen()).isEmpty();
            assertThat(viber.ignoredWelcomes()).containsExactly(reason);
        }

        @Test
        void after_five_minutes() {
            host.answerNext(200, WELCOME);
            ana.opensConversation();
            simulator.advance(Duration.ofMinutes(5).plusMillis(1));

            simulator.webhooks().deliver();

            assertThat(ana.screen()).isEmpty();
            assertThat(viber.ignoredWelcomes()).containsExactly("6 the answer came too late");
        }

        @Test
        void to_somebody_who_left_meanwhile() {
            host.answerNext(200, WELCOME);
            ana.subscribes();
            ana.opensConversation();
            ana.leaves();

            simulator.webhooks().deliver(DeliveryManner.inOrder());

            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void for_any_other_event() {
            host.answerNext(200, WELCOME);
            ana.writes("Hello");

            simulator.webhooks().deliver();

            assertThat(viber.sent()).isEmpty();
            assertThat(viber.ignoredWelcomes()).isEmpty();
        }
    }
}
