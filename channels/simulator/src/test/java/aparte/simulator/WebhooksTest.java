package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    @AutoClose
    private final Simulator simulator = Simulator.start();

    @AutoClose
    private final Host host = new Host();

    private final Webhooks webhooks = simulator.webhooks();
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");

    private void write(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> ana.writes("T" + i));
    }

    private static List<String> texts(List<Host.Received> received) {
        return received.stream()
                .map(post ->
                        Tree.of(post.body()).text("entry", 0, "changes", 0, "value", "messages", 0, "text", "body"))
                .toList();
    }

    @Nested
    class TheSignature {
        @Test
        void is_over_the_exact_escaped_bytes() throws Exception {
            simulator.whatsApp().webhookTo(host.uri());
            ana.writes("Café/😀");

            webhooks.deliver();

            Host.Received post = host.await();
            assertThat(post.body()).contains("Caf\\u00e9\\/\\ud83d\\ude00");
            assertThat(post.body()).matches("[\\x20-\\x7e]+");
            assertThat(post.contentType()).isEqualTo("application/json");
            assertThat(post.signature()).isEqualTo("sha256=" + hmac(post.body()));
        }

        @Test
        void can_be_made_for_bytes_of_a_test_itself() throws Exception {
            assertThat(simulator.whatsApp().signature("{}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("sha256=" + hmac("{}"));
        }

        private String hmac(String body) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("simulator-app-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return java.util.HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Nested
    class TheHandshake {
        @Test
        void sends_mode_challenge_and_token() {
            Handshake handshake = simulator.whatsApp().subscribe(host.uri());

            assertThat(handshake.accepted()).isTrue();
            assertThat(handshake.status()).hasValue(200);
            assertThat(host.await().query())
                    .matches("hub\\.mode=subscribe&hub\\.challenge=[0-9]+&hub\\.verify_token=simulator-verify-token");
        }

        @Test
        void keeps_a_query_of_the_callback() {
            simulator.whatsApp().subscribe(URI.create(host.uri() + "?tenant=1"));

            assertThat(host.await().query()).startsWith("tenant=1&hub.mode=subscribe&");
        }

        @Test
        void opens_the_way_for_webhooks() {
            simulator.whatsApp().subscribe(host.uri());
            ana.writes("Hello");

            assertThat(webhooks.deliver()).hasSize(1);
        }

        @Test
        void fails_if_the_challenge_does_not_come_back() {
            host.refuseChallenge();

            assertThat(simulator.whatsApp().subscribe(host.uri()).accepted()).isFalse();
            ana.writes("Hello");
            assertThat(webhooks.deliver()).isEmpty();
        }

        @Test
        void fails_if_the_callback_answers_with_an_error() {
            host.answerNext(403);

            assertThat(simulator.whatsApp().subscribe(host.uri()).status()).hasValue(403);
        }

        @Test
        void fails_if_nobody_answers() {
            Handshake handshake = simulator.whatsApp().subscribe(URI.create("http://127.0.0.1:9/"));

            assertThat(handshake.accepted()).isFalse();
            assertThat(handshake.status()).isEmpty();
        }

        @Test
        void refuses_what_is_no_http_address() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.whatsApp().subscribe(URI.create("file:///etc")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.whatsApp().webhookTo(URI.create("/webhook")));
        }
    }

    @Nested
    class OnDemand {
        @Test
        void wait_until_asked_for() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 3);

            assertThat(host.received()).isEmpty();
            assertThat(webhooks.queued()).isEqualTo(3);
        }

        @Test
        void go_out_in_order_one_by_one() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 3);

            List<WebhookDelivery> outcomes = webhooks.deliver();

            assertThat(texts(host.received())).containsExactly("T1", "T2", "T3");
            assertThat(outcomes).hasSize(3).allMatch(WebhookDelivery::acknowledged);
            assertThat(webhooks.queued()).isZero();
            assertThat(webhooks.deliveries()).hasSize(3);
        }

        @Test
        void wait_for_a_callback() {
            write(1, 1);
            assertThat(webhooks.deliver()).isEmpty();

            simulator.whatsApp().webhookTo(host.uri());

            assertThat(webhooks.deliver()).hasSize(1);
        }

        @Test
        void leave_the_rest_queued_when_limited() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 3);

            webhooks.deliver(DeliveryManner.inOrder().atMost(2));

            assertThat(texts(host.received())).containsExactly("T1", "T2");
            assertThat(webhooks.queued()).isEqualTo(1);
        }

        @Test
        void are_lost_when_dropped() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 3);

            webhooks.drop();

            assertThat(webhooks.deliver()).isEmpty();
        }
    }

    @Nested
    class InBatches {
        @Test
        void share_a_change_if_they_are_alike() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 5);

            List<WebhookDelivery> outcomes =
                    webhooks.deliver(DeliveryManner.inOrder().inBatchesOf(3));

            assertThat(outcomes).extracting(WebhookDelivery::updates).containsExactly(3, 2);
            Tree first = Tree.of(outcomes.get(0).text());
            assertThat(first.size("entry", 0, "changes")).isEqualTo(1);
            assertThat(first.size("entry", 0, "changes", 0, "value", "messages"))
                    .isEqualTo(3);
            assertThat(first.size("entry", 0, "changes", 0, "value", "contacts"))
                    .isEqualTo(1);
        }

        @Test
        void keep_different_kinds_apart_in_one_request() {
            simulator.whatsApp().webhookTo(host.uri());
            ana.writes("Hello");
            new Client(simulator).send(textTo("+33639980001", "Hi"));
            ana.stopsMarketing();

            List<WebhookDelivery> outcomes =
                    webhooks.deliver(DeliveryManner.inOrder().inBatchesOf(1000));

            assertThat(outcomes).hasSize(1);
            Tree changes = Tree.of(outcomes.get(0).text()).at("entry", 0, "changes");
            assertThat(changes.size(0, "value", "messages")).isEqualTo(1);
            assertThat(changes.size(1, "value", "statuses")).isEqualTo(2);
            assertThat(changes.text(2, "field")).isEqualTo("user_preferences");
        }

        @Test
        void have_a_size_from_1_to_1000() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DeliveryManner.inOrder().inBatchesOf(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DeliveryManner.inOrder().inBatchesOf(1001));
        }
    }

    @Nested
    class Disturbed {
        @Test
        void come_twice_byte_for_byte() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 2);

            webhooks.deliver(DeliveryManner.inOrder().twice());

            assertThat(texts(host.received())).containsExactly("T1", "T1", "T2", "T2");
            assertThat(host.received().get(0)).isEqualTo(host.received().get(1));
        }

        @Test
        void come_out_of_order() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 9);

            webhooks.deliver(DeliveryManner.inOrder().shuffled(1));

            assertThat(texts(host.received()))
                    .containsExactlyInAnyOrder("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9")
                    .isNotEqualTo(List.of("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"));
        }

        @Test
        void come_in_the_same_disorder_for_the_same_seed() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 9);
            webhooks.deliver(DeliveryManner.inOrder().twice().shuffled(7));
            write(1, 9);
            webhooks.deliver(DeliveryManner.inOrder().twice().shuffled(7));

            List<String> texts = texts(host.received());

            assertThat(texts.subList(0, 18)).isEqualTo(texts.subList(18, 36));
        }
    }

    @Nested
    class WhenNotAcknowledged {
        @Test
        void say_so() {
            simulator.whatsApp().webhookTo(host.uri());
            host.answerNext(500, 302);
            write(1, 3);

            List<WebhookDelivery> outcomes = webhooks.deliver();

            assertThat(outcomes).extracting(WebhookDelivery::acknowledged).containsExactly(false, false, true);
            assertThat(outcomes.get(0).status()).hasValue(500);
        }

        @Test
        void come_again_with_the_same_bytes_until_acknowledged() {
            simulator.whatsApp().webhookTo(host.uri());
            host.answerNext(500, 200, 503, 200);
            write(1, 2);

            webhooks.deliver();
            assertThat(webhooks.redeliver()).hasSize(1);
            assertThat(webhooks.redeliver()).hasSize(1);
            assertThat(webhooks.redeliver()).isEmpty();

            assertThat(texts(host.received())).containsExactly("T1", "T2", "T1", "T1");
            assertThat(host.received().get(0)).isEqualTo(host.received().get(3));
        }

        @Test
        void come_again_to_a_callback_that_was_mended() {
            simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
            write(1, 1);
            assertThat(webhooks.deliver().get(0).status()).isEmpty();

            simulator.whatsApp().webhookTo(host.uri());

            assertThat(webhooks.redeliver().get(0).acknowledged()).isTrue();
        }
    }

    @Nested
    class Automatically {
        @Test
        void go_out_by_themselves_in_order() {
            simulator.whatsApp().webhookTo(host.uri());
            write(1, 1);
            webhooks.deliverAutomatically();
            write(2, 3);

            assertThat(texts(List.of(host.await(), host.await(), host.await()))).containsExactly("T1", "T2", "T3");
        }

        @Test
        void go_out_once_a_callback_is_set() {
            webhooks.deliverAutomatically();
            write(1, 1);
            simulator.whatsApp().webhookTo(host.uri());

            assertThat(texts(List.of(host.await()))).containsExactly("T1");
        }

        @Test
        void wait_as_long_as_told() {
            simulator.whatsApp().webhookTo(host.uri());
            webhooks.deliverAutomatically(DeliveryManner.inOrder().delayedBy(Duration.ofMillis(300)));
            long before = System.nanoTime();
            write(1, 1);

            host.await();

            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(300_000_000);
        }

        @Test
        void stop_when_told() {
            simulator.whatsApp().webhookTo(host.uri());
            webhooks.deliverAutomatically();
            webhooks.deliverOnDemand();
            write(1, 1);

            assertThat(webhooks.queued()).isEqualTo(1);
        }
    }

    @Test
    void keep_texts_out_of_their_names() {
        simulator.whatsApp().webhookTo(host.uri());
        ana.writes("secret");

        assertThat(webhooks).hasToString("Webhooks[queued=1]");
        assertThat(webhooks.deliver().get(0)).hasToString("1 updates, HTTP 200");
    }
}
