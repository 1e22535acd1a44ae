package aparte.simulator;

import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.textTo;
import static aparte.simulator.ViberClient.token;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberWebhookTest {
    private static final URI PICTURE = URI.create("https://media.example/a.jpg");

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    @AutoClose
    private final ViberHost host = new ViberHost();

    private final Viber viber = simulator.viber();
    private final ViberClient client = new ViberClient(simulator);
    private final ViberPerson ana = viber.person("ana").named("Ana");

    private Reply set(String more) {
        return client.post("set_webhook", "{\"url\":\"" + host.uri() + "\"" + more + "}");
    }

    @Nested
    class SetByTheHost {
        @Test
        void is_asked_while_the_call_runs() {
            Reply reply = set("");

            assertThat(status(reply)).isEqualTo("0");
            ViberHost.Received probe = host.await();
            assertThat(probe.event()).isEqualTo("webhook");
            assertThat(probe.json().text("timestamp")).isEqualTo("1795428000000");
            assertThat(probe.token()).isGreaterThan(5_000_000_000_000_000_000L);
            assertThat(probe.signature()).isEqualTo(viber.signature(probe.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(viber.webhook()).contains(host.uri());
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 302, 403, 500})
        void is_refused_with_1_if_it_does_not_answer_200(int code) {
            host.answerNext(code, "");

            Reply reply = set("");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo("1");
            assertThat(viber.webhook()).isEmpty();
            assertThat(simulator.webhooks().redeliver()).isEmpty();
        }

        @Test
        void leaves_the_one_of_before_if_it_is_refused() {
            set("");
            host.answerNext(500, "");
            client.post("set_webhook", "{\"url\":\"" + host.uri() + "/other\"}");

            assertThat(viber.webhook()).contains(host.uri());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://crm.example/viber",
                    "ftp://127.0.0.1/viber",
                    "127.0.0.1",
                    "http://127.0.0.1.example/",
                    "http://user@example/",
                    "not an address",
                    "http://127.0.0.1:1/nobody-listens"
                })
        void is_refused_with_1_beyond_loopback_or_without_a_listener(String url) {
            assertThat(status(client.post("set_webhook", "{\"url\":\"" + url + "\"}")))
                    .isEqualTo("1");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{}|4",
                    "{\"url\":7}|3",
                    "{\"url\":\"\",\"event_types\":\"seen\"}|3",
                    "{\"url\":\"\",\"event_types\":[\"sneezed\"]}|3",
                    "{\"url\":\"\",\"event_types\":[7]}|3",
                    "{\"url\":\"\",\"send_name\":\"yes\"}|3",
                    "{\"url\":\"\",\"event_types\":[\"webhook\",\"client_status\",\"message\"],\"send_name\":true,\"is_inline\":false}|0"
                })
        void is_refused_if_malformed(String json, String status) {
            assertThat(status(client.post("set_webhook", json))).isEqualTo(status);
        }

        @Test
        void is_removed_by_an_empty_address() {
            set("");

            assertThat(status(client.post("set_webhook", "{\"url\":\"\"}"))).isEqualTo("0");
            assertThat(viber.webhook()).isEmpty();
            ana.writes("Hello");
            assertThat(simulator.webhooks().deliver()).isEmpty();
        }

        @Test
        void can_be_set_while_it_answers_another_event() {
            viber.webhookTo(host.uri());
            ana.writes("Hello");
            List<String> statuses = new CopyOnWriteArrayList<>();
            host.doWhileAnswering(() -> statuses.add(status(set(",\"event_types\":[]"))));

            assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);

            assertThat(statuses).containsExactly("0");
            assertThat(host.events()).containsExactly("message", "webhook");
        }

        @Test
        void may_have_a_fragment_which_is_never_sent() {
            viber.webhookTo(URI.create(host.uri() + "#here"));
            ana.writes("Hello");

            simulator.webhooks().deliver();

            assertThat(host.await().query()).containsOnlyKeys("sig");
        }

        @Test
        void is_sent_what_waited_for_it() {
            ana.writes("Hello");
            simulator.webhooks().deliverAutomatically();

            set("");

            assertThat(host.await().event()).isEqualTo("webhook");
            assertThat(host.await().event()).isEqualTo("message");
        }
    }

    @Nested
    class TheEventTypes {
        private List<String> eventsWith(String more) {
            Reply reply = set(more);
            ana.opensConversation();
            ana.subscribes();
            client.send(textTo("ana", "Hi"));
            ana.seesMessages();
            ana.failNext("no");
            client.send(textTo("ana", "Hi"));
            ana.writes("Hello");
            ana.leaves();
            simulator.webhooks().deliver();
            assertThat(status(reply)).isEqualTo("0");
            return host.events();
        }

        @Test
        void are_all_if_absent() {
            assertThat(eventsWith(""))
                    .containsExactly(
                            "webhook",
                            "conversation_started",
                            "subscribed",
                            "delivered",
                            "seen",
                            "failed",
                            "message",
                            "unsubscribed");
        }

        @Test
        void are_the_mandatory_ones_if_empty() {
            assertThat(eventsWith(",\"event_types\":[]"))
                    .containsExactly("webhook", "subscribed", "message", "unsubscribed");
        }

        @Test
        void are_those_chosen_beside_the_mandatory_ones() {
            assertThat(eventsWith(",\"event_types\":[\"seen\",\"failed\"]"))
                    .containsExactly("webhook", "subscribed", "seen", "failed", "message", "unsubscribed");
        }

        @Test
        void are_echoed() {
            Tree answer = set(",\"event_types\":[\"seen\"]").json();

            assertThat(answer.at("event_types").value())
                    .isEqualTo(List.of("message", "subscribed", "unsubscribed", "seen"));
        }
    }

    @Nested
    class OnTheWire {
        @BeforeEach
        void listen() {
            viber.webhookTo(host.uri());
        }

        @Test
        void is_signed_over_its_bytes_in_header_and_query() throws Exception {
            ana.writes("Café / 😀");

            simulator.webhooks().deliver();

            ViberHost.Received post = host.await();
            assertThat(post.body()).contains("Café / 😀");
            assertThat(post.contentType()).isEqualTo("application/json");
            assertThat(post.signature()).isEqualTo(hmac(post.body()));
            assertThat(post.query()).containsEntry("sig", post.signature());
        }

        @Test
        void keeps_the_query_of_the_callback() {
            viber.webhookTo(URI.create(host.uri() + "?tenant=1"));
            ana.writes("Hello");

            simulator.webhooks().deliver();

            assertThat(host.await().query()).containsOnlyKeys("tenant", "sig");
        }

        @Test
        void matches_the_signature_of_the_official_clients() {
            ViberSettings settings = ViberSettings.builder()
                    .authToken("44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3")
                    .build();
            try (Simulator other = Simulator.builder().viber(settings).start()) {
                assertThat(other.viber().signature("""
                                        {"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}""".getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo("d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef");
            }
        }

        @Test
        void is_one_event_a_request_also_in_batches() {
            IntStream.range(0, 3).forEach(i -> ana.writes("T" + i));

            assertThat(simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(3)))
                    .extracting(WebhookDelivery::updates)
                    .containsExactly(1, 1, 1);
        }

        @Test
        void comes_twice_byte_for_byte() {
            ana.writes("Hello");

            simulator.webhooks().deliver(DeliveryManner.inOrder().twice());

            assertThat(host.received()).hasSize(2);
            assertThat(host.received().get(0)).isEqualTo(host.received().get(1));
        }

        @Test
        void comes_out_of_order() {
            List<Long> tokens =
                    IntStream.range(0, 5).mapToObj(i -> ana.writes("T" + i)).toList();

            simulator.webhooks().deliver(DeliveryManner.inOrder().shuffled(1));

            assertThat(host.received())
                    .extracting(ViberHost.Received::token)
                    .containsExactlyInAnyOrderElementsOf(tokens)
                    .isNotEqualTo(tokens);
        }

        @Test
        void comes_again_until_the_host_takes_it() {
            host.answerNext(500, "");
            ana.writes("Hello");
            simulator.webhooks().deliver();

            simulator.webhooks().redeliver();

            assertThat(host.received()).hasSize(2);
            assertThat(simulator.webhooks().redeliver()).isEmpty();
        }

        @Test
        void does_not_mix_with_those_of_another_platform() {
            simulator.whatsApp().webhookTo(host.uri());
            ana.writes("One");
            simulator.whatsApp().person("+33639980001").writes("Two");
            simulator.whatsApp().person("+33639980001").writes("Three");
            ana.writes("Four");

            assertThat(simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(10)))
                    .extracting(WebhookDelivery::updates)
                    .containsExactly(1, 2, 1);
        }

        private String hmac(String body) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(viber.settings().authToken().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Nested
    class OfAnEvent {
        @BeforeEach
        void listen() {
            viber.webhookTo(host.uri());
        }

        private ViberHost.Received last() {
            simulator.webhooks().deliver();
            List<ViberHost.Received> received = host.received();
            return received.get(received.size() - 1);
        }

        @Test
        void subscribed_names_the_person() {
            ana.livesIn("DE", "de-DE").subscribes();

            Tree event = last().json();

            assertThat(event.text("event")).isEqualTo("subscribed");
            assertThat(event.isNumber("timestamp")).isTrue();
            assertThat(event.text("timestamp")).isEqualTo("1795428000000");
            assertThat(event.text("chat_hostname")).isNotEmpty();
            assertThat(event.text("user", "id")).isEqualTo("ana");
            assertThat(event.text("user", "name")).isEqualTo("Ana");
            assertThat(event.text("user", "avatar")).startsWith("https://");
            assertThat(event.text("user", "country")).isEqualTo("DE");
            assertThat(event.text("user", "language")).isEqualTo("de-DE");
            assertThat(event.text("user", "api_version")).isEqualTo("10");
        }

        @Test
        void subscribed_and_unsubscribed_come_when_something_changes() {
            ana.leaves();
            ana.subscribes();
            ana.subscribes();
            ana.leaves();
            ana.leaves();
            simulator.webhooks().deliver();

            assertThat(host.events()).containsExactly("subscribed", "unsubscribed");
        }

        @Test
        void unsubscribed_names_the_person_by_user_id() {
            ana.subscribes();
            ana.leaves();

            Tree event = last().json();

            assertThat(event.text("event")).isEqualTo("unsubscribed");
            assertThat(event.text("user_id")).isEqualTo("ana");
            assertThat(event.at("user").value()).isNull();
        }

        @Test
        void conversation_started_tells_context_and_subscription() {
            ana.opensConversation("campaign-7");
            Tree first = last().json();
            ana.subscribes();
            ana.opensConversation();
            Tree second = last().json();

            assertThat(first.text("event")).isEqualTo("conversation_started");
            assertThat(first.text("type")).isEqualTo("open");
            assertThat(first.text("context")).isEqualTo("campaign-7");
            assertThat(first.text("user", "id")).isEqualTo("ana");
            assertThat(first.at("subscribed").value()).isEqualTo(false);
            assertThat(second.at("context").value()).isNull();
            assertThat(second.at("subscribed").value()).isEqualTo(true);
        }

        @Test
        void message_names_the_sender_and_its_own_token() {
            long token = ana.writes("Hello");

            ViberHost.Received event = last();

            assertThat(event.event()).isEqualTo("message");
            assertThat(event.token()).isEqualTo(token);
            assertThat(event.json().text("sender", "id")).isEqualTo("ana");
            assertThat(event.json().text("sender", "name")).isEqualTo("Ana");
            assertThat(event.json().text("message", "type")).isEqualTo("text");
            assertThat(event.json().text("message", "text")).isEqualTo("Hello");
            assertThat(event.json().at("message", "tracking_data").value()).isNull();
            assertThat(event.json().at("silent").value()).isEqualTo(false);
        }

        @Test
        void message_subscribes_without_an_event_of_its_own() {
            ana.writes("Hello");
            simulator.webhooks().deliver();

            assertThat(ana.subscribed()).isTrue();
            assertThat(host.events()).containsExactly("message");
        }

        @Test
        void message_carries_a_picture() {
            ana.sendsPicture(PICTURE, "Look");

            Tree message = last().json().at("message");

            assertThat(message.text("type")).isEqualTo("picture");
            assertThat(message.text("media")).isEqualTo("https://media.example/a.jpg");
            assertThat(message.text("text")).isEqualTo("Look");
            assertThat(message.text("thumbnail")).isNotEmpty();
        }

        @Test
        void message_carries_a_picture_without_caption() {
            ana.sendsPicture(PICTURE);

            assertThat(last().json().text("message", "text")).isEmpty();
        }

        @Test
        void message_carries_a_video() {
            ana.sendsVideo(URI.create("https://media.example/a.mp4"), 2_400_000, 14);

            Tree message = last().json().at("message");

            assertThat(message.text("type")).isEqualTo("video");
            assertThat(message.text("media")).isEqualTo("https://media.example/a.mp4");
            assertThat(message.text("size")).isEqualTo("2400000");
            assertThat(message.text("duration")).isEqualTo("14");
        }

        @Test
        void message_carries_a_file() {
            ana.sendsFile(URI.create("https://media.example/a.pdf"), "bill.pdf", 1_000);

            Tree message = last().json().at("message");

            assertThat(message.text("type")).isEqualTo("file");
            assertThat(message.text("media")).isEqualTo("https://media.example/a.pdf");
            assertThat(message.text("file_name")).isEqualTo("bill.pdf");
            assertThat(message.text("size")).isEqualTo("1000");
        }

        @Test
        void message_carries_a_contact() {
            ana.sendsContact("Ana", "+33639980001");

            Tree message = last().json().at("message");

            assertThat(message.text("type")).isEqualTo("contact");
            assertThat(message.text("contact", "name")).isEqualTo("Ana");
            assertThat(message.text("contact", "phone_number")).isEqualTo("+33639980001");
        }

        @Test
        void message_carries_a_place() {
            ana.sendsLocation(48.8566, -2.3522);

            ViberHost.Received event = last();

            assertThat(event.json().text("message", "type")).isEqualTo("location");
            assertThat(event.body()).contains("\"location\":{\"lat\":48.8566,\"lon\":-2.3522}");
        }

        @Test
        void message_carries_a_sticker() {
            ana.sendsSticker(46105);

            assertThat(last().json().text("message", "sticker_id")).isEqualTo("46105");
        }

        @Test
        void message_carries_an_address() {
            ana.sendsUrl(URI.create("https://news.example/1"));

            Tree message = last().json().at("message");

            assertThat(message.text("type")).isEqualTo("url");
            assertThat(message.text("media")).isEqualTo("https://news.example/1");
        }

        @Test
        void message_carries_a_type_of_the_future() {
            ana.sendsUnknown("hologram");

            assertThat(last().json().text("message", "type")).isEqualTo("hologram");
        }

        @Test
        void message_carries_the_tap_on_a_button() {
            ana.taps("NEWS");

            assertThat(last().json().text("message", "text")).isEqualTo("NEWS");
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void message_carries_a_silent_tap_which_the_chat_does_not_show() {
            ana.tapsSilently("NEWS");

            Tree event = last().json();

            assertThat(event.at("silent").value()).isEqualTo(true);
            assertThat(event.text("message", "text")).isEqualTo("NEWS");
            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void takes_its_time_from_the_moved_clock() {
            simulator.advance(Duration.ofHours(1));
            ana.writes("Hello");

            assertThat(last().json().text("timestamp")).isEqualTo("1795431600000");
        }
    }

    @Nested
    class OfTrackingData {
        @BeforeEach
        void listen() {
            viber.webhookTo(host.uri());
            ana.subscribes();
        }

        private String next() {
            ana.writes("Hello");
            simulator.webhooks().deliver();
            List<ViberHost.Received> received = host.received();
            return received.get(received.size() - 1).json().text("message", "tracking_data");
        }

        private void send(String trackingData) {
            client.send(textTo("ana", "Hi", "\"tracking_data\":\"" + trackingData + "\","));
        }

        @Test
        void comes_back_in_the_next_messages() {
            send("k-1");

            assertThat(next()).isEqualTo("k-1");
            assertThat(next()).isEqualTo("k-1");
        }

        @Test
        void gives_way_to_later_tracking_data_alone() {
            send("k-1");
            client.send(textTo("ana", "Hi"));
            assertThat(next()).isEqualTo("k-1");

            send("k-2");
            assertThat(next()).isEqualTo("k-2");
        }

        @Test
        void never_comes_of_a_message_that_did_not_arrive() {
            ana.turnsPhoneOff();
            send("k-1");
            assertThat(next()).isNull();

            ana.turnsPhoneOn();
            assertThat(next()).isEqualTo("k-1");
        }

        @Test
        void is_forgotten_when_the_person_subscribes_again() {
            send("k-1");
            ana.leaves();
            ana.subscribes();

            assertThat(next()).isNull();
        }
    }

    @Nested
    class OfAReceipt {
        @BeforeEach
        void listen() {
            viber.webhookTo(host.uri());
            ana.subscribes();
            simulator.webhooks().drop();
        }

        private long send() {
            return token(client.send(textTo("ana", "Hi")).text());
        }

        private List<ViberHost.Received> receipts() {
            simulator.webhooks().deliver();
            return host.received();
        }

        @Test
        void delivered_names_message_and_person() {
            long token = send();

            ViberHost.Received event = receipts().get(0);

            assertThat(event.event()).isEqualTo("delivered");
            assertThat(event.token()).isEqualTo(token);
            assertThat(event.json().text("user_id")).isEqualTo("ana");
            assertThat(event.json().at("desc").value()).isNull();
            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.DELIVERED);
        }

        @Test
        void delivered_comes_from_each_device() {
            ana.hasDevices(3);
            send();
            receipts();

            assertThat(host.events()).containsExactly("delivered", "delivered", "delivered");
        }

        @Test
        void seen_comes_once() {
            long token = send();
            ana.seesMessages();
            ana.seesMessages();

            assertThat(receipts()).extracting(ViberHost.Received::token).containsOnly(token);
            assertThat(host.events()).containsExactly("delivered", "seen");
            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.SEEN);
        }

        @Test
        void seen_comes_at_once_from_somebody_who_looks() {
            ana.seesAtOnce(true);
            send();
            receipts();

            assertThat(host.events()).containsExactly("delivered", "seen");
        }

        @Test
        void failed_describes_and_nothing_follows() {
            ana.failNext("The client does not support this");
            long token = send();
            ana.seesMessages();

            assertThat(receipts()).hasSize(1);
            assertThat(host.received().get(0).event()).isEqualTo("failed");
            assertThat(host.received().get(0).token()).isEqualTo(token);
            assertThat(host.received().get(0).json().text("user_id")).isEqualTo("ana");
            assertThat(host.received().get(0).json().text("desc")).isEqualTo("The client does not support this");
            assertThat(viber.sent().get(0).failure()).contains("The client does not support this");
            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void waits_for_the_phone() {
            ana.turnsPhoneOff();
            send();
            assertThat(receipts()).isEmpty();
            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.ACCEPTED);

            ana.turnsPhoneOn();

            assertThat(receipts()).hasSize(1);
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void never_comes_for_a_message_that_waited_fourteen_days() {
            ana.turnsPhoneOff();
            send();
            simulator.advance(Duration.ofDays(14).plusSeconds(1));

            ana.turnsPhoneOn();

            assertThat(receipts()).isEmpty();
            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void comes_for_each_receiver_of_a_broadcast() {
            viber.person("ben").subscribes();
            simulator.webhooks().drop();
            String answer = client.post("broadcast_message", ViberClient.broadcast("\"ana\",\"ben\"", "Hi"))
                    .text();

            assertThat(receipts()).extracting(ViberHost.Received::token).containsOnly(token(answer));
            assertThat(host.received())
                    .extracting(event -> event.json().text("user_id"))
                    .containsExactly("ana", "ben");
        }
    }

    @Nested
    class OfWhoThePersonIs {
        @Test
        void tells_neither_name_nor_picture_unless_asked_for() {
            set("");
            ana.writes("Hello");
            simulator.webhooks().deliver();

            Tree sender = host.received().get(1).json().at("sender");
            assertThat(sender.text("name")).isNull();
            assertThat(sender.text("avatar")).isNull();
            assertThat(sender.text("country")).isEqualTo("FR");
        }

        @Test
        void tells_what_was_asked_for() {
            set(",\"send_name\":true,\"send_photo\":false");
            ana.writes("Hello");
            simulator.webhooks().deliver();

            Tree sender = host.received().get(1).json().at("sender");
            assertThat(sender.text("name")).isEqualTo("Ana");
            assertThat(sender.text("avatar")).isNull();
        }

        @Test
        void tells_the_id_alone_of_somebody_who_hides_the_rest() {
            viber.webhookTo(host.uri());
            ana.hidesProfile().writes("Hello");
            simulator.webhooks().deliver();

            assertThat(host.received().get(0).body()).contains("\"sender\":{\"id\":\"ana\"}");
        }
    }
}
