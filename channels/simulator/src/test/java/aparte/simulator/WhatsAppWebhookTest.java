package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhatsAppWebhookTest {
    private static final String ANA = "+33639980001";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana =
            simulator.whatsApp().person(ANA, "FR.Ana1").named("Ana");

    @BeforeEach
    void nobody_listens_but_all_is_kept() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private List<Tree> values() {
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0, "value"))
                .toList();
    }

    private Tree value() {
        List<Tree> values = values();
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private Tree message() {
        return value().at("messages", 0);
    }

    private String openAndSend() {
        ana.writes("Hello");
        simulator.webhooks().drop();
        return client.send("""
                        {"messaging_product":"whatsapp","to":"+33639980001","text":{"body":"Hi"},
                         "biz_opaque_callback_data":"key-1"}""").messageId();
    }

    @Nested
    class OfAnInboundMessage {
        @Test
        void names_account_number_person_and_text() {
            String id = ana.writes("Hello");

            String body = simulator.webhooks().deliver().get(0).text();

            assertThat(body)
                    .isEqualTo("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"100000000000001\","
                            + "\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                            + "{\"display_phone_number\":\"33639980000\",\"phone_number_id\":\"200000000000001\"},"
                            + "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"33639980001\","
                            + "\"user_id\":\"FR.Ana1\"}],\"messages\":[{\"from\":\"33639980001\","
                            + "\"from_user_id\":\"FR.Ana1\",\"id\":\"" + id.replace("/", "\\/")
                            + "\",\"timestamp\":\"1795428000\",\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}]},"
                            + "\"field\":\"messages\"}]}]}");
        }

        @Test
        void quotes_what_the_person_replies_to() {
            String sent = openAndSend();
            simulator.webhooks().drop();

            ana.replies(sent, "Fine");

            Tree message = message();
            assertThat(message.text("context", "id")).isEqualTo(sent);
            assertThat(message.text("context", "from")).isEqualTo("33639980000");
        }

        @Test
        void carries_an_image_that_can_be_downloaded() {
            ana.sendsImage(new byte[] {1, 2, 3}, "image/jpeg", "Look");

            Tree image = message().at("image");

            assertThat(image.text("mime_type")).isEqualTo("image/jpeg");
            assertThat(image.text("caption")).isEqualTo("Look");
            assertThat(image.text("sha256"))
                    .isEqualTo(ByteString.of(new byte[] {1, 2, 3}).sha256().base64());
            String url = client.get("/v24.0/" + image.text("id")).json().text("url");
            assertThat(client.get(url).bytes()).containsExactly(1, 2, 3);
        }

        @Test
        void carries_an_image_without_caption() {
            ana.sendsImage(new byte[] {1}, "image/png");

            assertThat(message().text("image", "caption")).isNull();
        }

        @Test
        void carries_the_tap_on_a_quick_reply() {
            ana.tapsQuickReply("wamid.t", "Stop", "STOP_NEWS");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("button");
            assertThat(message.text("button", "text")).isEqualTo("Stop");
            assertThat(message.text("button", "payload")).isEqualTo("STOP_NEWS");
            assertThat(message.text("context", "id")).isEqualTo("wamid.t");
        }

        @Test
        void carries_the_tap_on_a_button() {
            ana.tapsButton("wamid.t", "yes", "Yes!");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("interactive");
            assertThat(message.text("interactive", "type")).isEqualTo("button_reply");
            assertThat(message.text("interactive", "button_reply", "id")).isEqualTo("yes");
            assertThat(message.text("interactive", "button_reply", "title")).isEqualTo("Yes!");
        }

        @Test
        void carries_the_pick_of_a_row() {
            ana.picksRow("wamid.t", "r1", "Row", "First");

            Tree reply = message().at("interactive", "list_reply");
            assertThat(reply.text("id")).isEqualTo("r1");
            assertThat(reply.text("title")).isEqualTo("Row");
            assertThat(reply.text("description")).isEqualTo("First");
        }

        @Test
        void carries_the_pick_of_a_row_without_description() {
            ana.picksRow("wamid.t", "r1", "Row");

            assertThat(message().text("interactive", "list_reply", "description"))
                    .isNull();
        }

        @Test
        void carries_a_reaction() {
            ana.reacts("wamid.t", "👍");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("reaction");
            assertThat(message.text("reaction", "message_id")).isEqualTo("wamid.t");
            assertThat(message.text("reaction", "emoji")).isEqualTo("👍");
        }

        @Test
        void carries_a_reaction_taken_back() {
            ana.unreacts("wamid.t");

            assertThat(message().text("reaction", "emoji")).isNull();
        }

        @Test
        void carries_what_the_platform_does_not_hand_on() {
            ana.sendsUnsupported("poll");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("unsupported");
            assertThat(message.text("errors", 0, "code")).isEqualTo("131051");
            assertThat(message.text("unsupported", "type")).isEqualTo("poll");
        }

        @Test
        void carries_a_type_of_the_future() {
            ana.sendsUnknown("hologram");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("hologram");
            assertThat(message.at("hologram").value()).isNotNull();
        }

        @Test
        void takes_its_time_from_the_moved_clock() {
            simulator.advance(Duration.ofHours(1));
            ana.writes("Hello");

            assertThat(message().text("timestamp")).isEqualTo("1795431600");
        }
    }

    @Nested
    class OfAStatus {
        @Test
        void comes_as_sent_then_delivered() {
            String id = openAndSend();

            List<Tree> values = values();

            assertThat(values)
                    .extracting(value -> value.text("statuses", 0, "status"))
                    .containsExactly("sent", "delivered");
            assertThat(values)
                    .extracting(value -> value.text("statuses", 0, "id"))
                    .containsOnly(id);
        }

        @Test
        void names_person_time_and_callback_data() {
            openAndSend();

            Tree value = values().get(0);

            assertThat(value.text("statuses", 0, "timestamp")).isEqualTo("1795428000");
            assertThat(value.isNumber("statuses", 0, "timestamp")).isFalse();
            assertThat(value.text("statuses", 0, "recipient_id")).isEqualTo("33639980001");
            assertThat(value.text("statuses", 0, "recipient_user_id")).isEqualTo("FR.Ana1");
            assertThat(value.text("statuses", 0, "biz_opaque_callback_data")).isEqualTo("key-1");
            assertThat(value.text("statuses", 0, "pricing", "category")).isEqualTo("service");
            assertThat(value.text("contacts", 0, "wa_id")).isEqualTo("33639980001");
        }

        @Test
        void comes_as_read_when_the_person_reads() {
            openAndSend();
            simulator.webhooks().drop();

            ana.reads();
            ana.reads();

            Tree value = value();
            assertThat(value.text("statuses", 0, "status")).isEqualTo("read");
            assertThat(value.text("contacts", 0, "user_id")).isEqualTo("FR.Ana1");
        }

        @Test
        void comes_as_read_at_once_from_somebody_who_looks() {
            ana.readsAtOnce(true);
            openAndSend();

            assertThat(values())
                    .extracting(value -> value.text("statuses", 0, "status"))
                    .containsExactly("sent", "delivered", "read");
        }

        @Test
        void stays_at_sent_while_the_phone_is_off() {
            ana.turnsPhoneOff();
            openAndSend();

            assertThat(value().text("statuses", 0, "status")).isEqualTo("sent");
            assertThat(ana.screen()).hasSize(1);

            ana.turnsPhoneOn();

            assertThat(value().text("statuses", 0, "status")).isEqualTo("delivered");
            assertThat(ana.screen()).hasSize(2);
        }

        @Test
        void never_comes_for_a_message_that_waited_thirty_days() {
            ana.turnsPhoneOff();
            openAndSend();
            simulator.webhooks().drop();
            simulator.advance(Duration.ofDays(31));

            ana.turnsPhoneOn();

            assertThat(values()).isEmpty();
        }

        @Test
        void comes_as_failed_without_contacts_and_user_id() {
            ana.failNext(131026);
            openAndSend();

            Tree value = value();

            assertThat(value.text("statuses", 0, "status")).isEqualTo("failed");
            assertThat(value.text("statuses", 0, "recipient_id")).isEqualTo("33639980001");
            assertThat(value.text("statuses", 0, "recipient_user_id")).isNull();
            assertThat(value.text("statuses", 0, "biz_opaque_callback_data")).isEqualTo("key-1");
            assertThat(value.isNumber("statuses", 0, "errors", 0, "code")).isTrue();
            assertThat(value.text("statuses", 0, "errors", 0, "code")).isEqualTo("131026");
            assertThat(value.text("statuses", 0, "errors", 0, "title")).isEqualTo("Message undeliverable");
            assertThat(value.at("contacts").value()).isNull();
        }

        @Test
        void comes_as_failed_for_a_user_id_that_is_nobody() {
            client.send("""
                    {"messaging_product":"whatsapp","recipient":"FR.Nobody","text":{"body":"Hi"}}""");

            Tree value = value();
            assertThat(value.text("statuses", 0, "errors", 0, "code")).isEqualTo("131026");
            assertThat(value.text("statuses", 0, "recipient_user_id")).isEqualTo("FR.Nobody");
        }
    }

    @Nested
    class OfSomebodyWhoHidesThePhone {
        @BeforeEach
        void hide() {
            ana.hidesPhone("ana.m");
        }

        @Test
        void carries_the_user_id_alone() {
            ana.writes("Hello");

            Tree value = value();
            assertThat(value.text("messages", 0, "from")).isNull();
            assertThat(value.text("messages", 0, "from_user_id")).isEqualTo("FR.Ana1");
            assertThat(value.text("contacts", 0, "wa_id")).isNull();
            assertThat(value.text("contacts", 0, "profile", "username")).isEqualTo("ana.m");
        }

        @Test
        void carries_it_in_statuses_too() {
            ana.writes("Hello");
            simulator.webhooks().drop();
            client.send("""
                    {"messaging_product":"whatsapp","recipient":"FR.Ana1","text":{"body":"Hi"}}""");

            List<Tree> values = values();

            assertThat(values)
                    .extracting(value -> value.text("statuses", 0, "recipient_id"))
                    .containsOnlyNulls();
            assertThat(values)
                    .extracting(value -> value.text("statuses", 0, "recipient_user_id"))
                    .containsOnly("FR.Ana1");
            assertThat(values)
                    .extracting(value -> value.text("contacts", 0, "profile", "username"))
                    .containsExactly(null, "ana.m");
        }

        @Test
        void carries_the_phone_for_thirty_days_after_a_send_to_it_without_contact_book() {
            try (Simulator forgetful = Simulator.builder()
                    .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
                    .whatsApp(WhatsAppSettings.builder().withoutContactBook().build())
                    .start()) {
                forgetful.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
                WhatsAppPerson zoe = forgetful.whatsApp().person(ANA, "FR.Zoe").hidesPhone("zoe");
                new Client(forgetful).send(textTo(ANA, "Hi"));
                zoe.writes("Hello");
                forgetful.advance(Duration.ofDays(30));
                zoe.writes("Hello");

                assertThat(forgetful.webhooks().deliver().stream()
                                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0, "value"))
                                .filter(value -> value.at("messages").value() != null)
                                .map(value -> value.text("messages", 0, "from")))
                        .containsExactly("33639980001", null);
            }
        }
    }

    @Nested
    class OfAPreference {
        @Test
        void tells_a_stop_with_a_numeric_time() {
            ana.stopsMarketing();

            String body = simulator.webhooks().deliver().get(0).text();

            Tree change = Tree.of(body).at("entry", 0, "changes", 0);
            Tree preference = change.at("value", "user_preferences", 0);
            assertThat(change.text("field")).isEqualTo("user_preferences");
            assertThat(preference.text("value")).isEqualTo("stop");
            assertThat(preference.text("category")).isEqualTo("marketing_messages");
            assertThat(preference.text("wa_id")).isEqualTo("33639980001");
            assertThat(preference.text("user_id")).isEqualTo("FR.Ana1");
            assertThat(body).contains("\"timestamp\":1795428000");
            assertThat(ana.stoppedMarketing()).isTrue();
        }

        @Test
        void tells_a_resume() {
            ana.stopsMarketing();
            simulator.webhooks().drop();
            ana.resumesMarketing();

            assertThat(value().text("user_preferences", 0, "value")).isEqualTo("resume");
            assertThat(ana.stoppedMarketing()).isFalse();
        }
    }
}
