package aparte.simulator;

import static aparte.simulator.PageClient.imageTo;
import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerWebhookTest {
    private static final String ANA = "24000000000000001";
    private static final String PAGE = "300000000000001";
    private static final String NOW = "1795428000000";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final PageClient client = new PageClient(simulator);
    private final Messenger messenger = simulator.messenger();
    private final MessengerPerson ana = messenger.person(ANA);

    @BeforeEach
    void nobody_listens_but_all_is_kept() {
        messenger.webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private List<Tree> items() {
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "messaging", 0))
                .toList();
    }

    private Tree item() {
        List<Tree> items = items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private String openAndSend(String message) {
        ana.writes("Hello");
        simulator.webhooks().drop();
        return client.send("{\"recipient\":{\"id\":\"" + ANA + "\"},\"message\":" + message + "}")
                .json()
                .text("message_id");
    }

    private String openAndSend() {
        return openAndSend("{\"text\":\"Hi\",\"metadata\":\"key-1\"}");
    }

    @Nested
    class TheEnvelope {
        @Test
        void names_page_person_time_and_text() {
            String mid = ana.writes("Où / quand ?");

            assertThat(simulator.webhooks().deliver().get(0).text())
                    .isEqualTo("{\"object\":\"page\",\"entry\":[{\"id\":\"" + PAGE + "\",\"time\":" + NOW
                            + ",\"messaging\":[{\"sender\":{\"id\":\"" + ANA + "\"},\"recipient\":{\"id\":\"" + PAGE
                            + "\"},\"timestamp\":" + NOW + ",\"message\":{\"mid\":\"" + mid
                            + "\",\"text\":\"O\\u00f9 \\/ quand ?\"}}]}]}");
        }

        @Test
        void has_ids_as_numbers_if_so_spelled() {
            messenger.spell(MessengerSpelling.ofToday().idsAsNumbers());
            ana.writes("Hello");

            assertThat(simulator.webhooks().deliver().get(0).text())
                    .startsWith("{\"object\":\"page\",\"entry\":[{\"id\":" + PAGE + ",")
                    .contains("\"sender\":{\"id\":" + ANA + "},\"recipient\":{\"id\":" + PAGE + "}");
        }

        @Test
        void has_one_entry_for_each_item_of_a_batch() {
            ana.writes("One");
            ana.writes("Two");

            Tree body = Tree.of(simulator
                    .webhooks()
                    .deliver(DeliveryManner.inOrder().inBatchesOf(5))
                    .get(0)
                    .text());

            assertThat(body.size("entry")).isEqualTo(2);
            assertThat(body.text("entry", 1, "messaging", 0, "message", "text")).isEqualTo("Two");
        }

        @Test
        void is_signed_over_its_escaped_bytes() {
            ana.writes("Café/😀");

            WebhookDelivery delivery = simulator.webhooks().deliver().get(0);

            ByteString body = ByteString.of(delivery.body());
            ByteString key = ByteString.encodeUtf8("simulator-page-secret");
            assertThat(delivery.text()).contains("Caf\\u00e9\\/\\ud83d\\ude00");
            assertThat(delivery.headers())
                    .containsEntry(
                            "X-Hub-Signature-256",
                            "sha256=" + body.hmacSha256(key).hex())
                    .containsEntry(
                            "X-Hub-Signature", "sha1=" + body.hmacSha1(key).hex())
                    .containsEntry("Content-Type", "application/json");
            assertThat(messenger.signature(delivery.body()))
                    .isEqualTo(delivery.headers().get("X-Hub-Signature-256"));
        }

        @Test
        void arrives_after_a_handshake() {
            try (Host host = new Host()) {
                Handshake handshake = messenger.subscribe(host.uri());
                ana.writes("Hello");
                simulator.webhooks().deliver();

                assertThat(handshake.accepted()).isTrue();
                assertThat(host.await().query())
                        .matches(
                                "hub\\.mode=subscribe&hub\\.challenge=[0-9]+&hub\\.verify_token=simulator-page-verify-token");
                assertThat(host.await().body()).contains("\"object\":\"page\"");
            }
        }

        @Test
        void does_not_arrive_after_a_refused_handshake() {
            try (Host host = new Host()) {
                host.answerNext(403);

                assertThat(messenger.subscribe(host.uri()).accepted()).isFalse();
            }
        }
    }

    @Nested
    class OfAMessage {
        @Test
        void carries_an_image_that_can_be_downloaded_for_a_day() {
            ana.sendsImage(new byte[] {1, 2, 3}, "image/jpeg");

            Tree message = item().at("message");
            String url = message.text("attachments", 0, "payload", "url");
            assertThat(message.text("attachments", 0, "type")).isEqualTo("image");
            assertThat(message.text("text")).isNull();
            assertThat(client.get(url).bytes()).containsExactly(1, 2, 3);
            assertThat(client.get(url).header("Content-Type")).isEqualTo("image/jpeg");
            simulator.advance(Duration.ofDays(1));
            assertThat(client.get(url).status()).isEqualTo(404);
        }

        @Test
        void quotes_what_the_person_replies_to() {
            ana.replies("m_1", "Fine");

            assertThat(item().text("message", "reply_to", "mid")).isEqualTo("m_1");
            assertThat(ana.screen().get(0).replyTo()).contains("m_1");
        }

        @Test
        void carries_the_tap_on_a_quick_reply() {
            ana.tapsQuickReply("Yes!", "YES");

            Tree message = item().at("message");
            assertThat(message.text("text")).isEqualTo("Yes!");
            assertThat(message.text("quick_reply", "payload")).isEqualTo("YES");
        }

        @Test
        void carries_a_sticker() {
            ana.sendsSticker("369239263222822");

            Tree attachments = item().at("message", "attachments");
            assertThat(attachments.size()).isEqualTo(1);
            assertThat(attachments.text(0, "type")).isEqualTo("sticker");
            assertThat(attachments.text(0, "payload", "sticker_id")).isEqualTo("369239263222822");
            assertThat(client.get(attachments.text(0, "payload", "url")).status())
                    .isEqualTo(200);
        }

        @Test
        void carries_a_sticker_as_an_image_if_so_spelled() {
            messenger.spell(MessengerSpelling.ofToday().stickersAsImages().idsAsNumbers());
            ana.sendsSticker("369239263222822");

            Tree attachments = item().at("message", "attachments");
            assertThat(attachments.size()).isEqualTo(1);
            assertThat(attachments.text(0, "type")).isEqualTo("image");
            assertThat(attachments.isNumber(0, "payload", "sticker_id")).isTrue();
        }

        @Test
        void carries_a_sticker_twice_if_so_spelled() {
            messenger.spell(MessengerSpelling.ofToday().stickersTwice());
            ana.sendsSticker("369239263222822");

            Tree attachments = item().at("message", "attachments");
            assertThat(attachments.text(0, "type")).isEqualTo("sticker");
            assertThat(attachments.text(1, "type")).isEqualTo("image");
            assertThat(attachments.text(1, "payload", "sticker_id")).isEqualTo("369239263222822");
        }

        @Test
        void names_the_ad_once() {
            ana.comesFromAd("7");
            ana.writes("Hello");
            ana.writes("Again");

            List<Tree> items = items();
            assertThat(items.get(0).text("message", "referral", "source")).isEqualTo("ADS");
            assertThat(items.get(0).text("message", "referral", "ad_id")).isEqualTo("7");
            assertThat(items.get(1).at("message", "referral").value()).isNull();
        }

        @Test
        void carries_what_is_not_supported() {
            ana.sendsUnsupported();

            assertThat(item().text("message", "is_unsupported")).isEqualTo("true");
        }

        @Test
        void tells_an_edit() {
            String mid = ana.writes("Helo");
            simulator.webhooks().drop();

            ana.edits(mid, "Hello");

            Tree edit = item().at("message_edit");
            assertThat(edit.text("mid")).isEqualTo(mid);
            assertThat(edit.text("text")).isEqualTo("Hello");
            assertThat(edit.text("num_edit")).isEqualTo("1");
            assertThat(ana.screen().get(0).text()).isEqualTo("Hello");
        }

        @Test
        void is_edited_five_times_at_most() {
            String mid = ana.writes("0");
            List.of("1", "2", "3", "4", "5").forEach(text -> ana.edits(mid, text));

            assertThatIllegalStateException().isThrownBy(() -> ana.edits(mid, "6"));
        }

        @Test
        void tells_a_deletion() {
            String mid = ana.writes("Hello");
            simulator.webhooks().drop();

            ana.deletes(mid);

            assertThat(item().text("message", "is_deleted")).isEqualTo("true");
            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void is_the_persons_own_to_edit_and_to_delete() {
            String mid = openAndSend();

            assertThatIllegalArgumentException().isThrownBy(() -> ana.edits(mid, "a"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.deletes("m_404"));
        }
    }

    @Nested
    class OfAnEcho {
        @Test
        void tells_app_and_metadata() {
            String mid = openAndSend();

            Tree echo = items().get(0);

            assertThat(echo.text("sender", "id")).isEqualTo(PAGE);
            assertThat(echo.text("recipient", "id")).isEqualTo(ANA);
            assertThat(echo.text("timestamp")).isEqualTo(NOW);
            assertThat(echo.text("message", "mid")).isEqualTo(mid);
            assertThat(echo.text("message", "is_echo")).isEqualTo("true");
            assertThat(echo.isNumber("message", "app_id")).isTrue();
            assertThat(echo.text("message", "app_id")).isEqualTo("400000000000001");
            assertThat(echo.text("message", "metadata")).isEqualTo("key-1");
            assertThat(echo.text("message", "text")).isEqualTo("Hi");
        }

        @Test
        void carries_an_image_and_its_number() {
            ana.writes("Hello");
            simulator.webhooks().drop();
            String id = client.send(imageTo(ANA, "\"url\":\"https://example.com/a.png\",\"is_reusable\":true"))
                    .json()
                    .text("attachment_id");

            Tree echo = items().get(0);

            assertThat(echo.text("message", "text")).isNull();
            assertThat(echo.text("message", "attachments", 0, "payload", "url")).isEqualTo("https://example.com/a.png");
            assertThat(echo.isNumber("message", "attachments", 0, "payload", "attachment_id"))
                    .isTrue();
            assertThat(echo.text("message", "attachments", 0, "payload", "attachment_id"))
                    .isEqualTo(id);
        }
    }

    @Nested
    class OfAReceipt {
        @Test
        void tells_delivery_by_ids_and_watermark() {
            String mid = openAndSend();

            Tree delivery = items().get(1);

            assertThat(delivery.text("sender", "id")).isEqualTo(ANA);
            assertThat(delivery.text("timestamp")).isEqualTo(NOW);
            assertThat(delivery.text("delivery", "mids", 0)).isEqualTo(mid);
            assertThat(delivery.text("delivery", "watermark")).isEqualTo(NOW);
        }

        @Test
        void tells_delivery_by_watermark_alone_if_so_spelled() {
            messenger.spell(MessengerSpelling.ofToday().deliveriesWithoutIds().deliveriesWithoutTime());
            openAndSend();

            Tree delivery = items().get(1);

            assertThat(delivery.at("delivery", "mids").value()).isNull();
            assertThat(delivery.text("timestamp")).isNull();
            assertThat(delivery.text("delivery", "watermark")).isEqualTo(NOW);
        }

        @Test
        void waits_while_the_phone_is_off() {
            ana.turnsPhoneOff();
            String first = openAndSend();
            String second = client.send(textTo(ANA, "Hi")).json().text("message_id");
            assertThat(items()).hasSize(2);
            assertThat(ana.screen()).hasSize(1);
            simulator.advance(Duration.ofMinutes(1));

            ana.turnsPhoneOn();

            Tree delivery = item().at("delivery");
            assertThat(delivery.text("mids", 0)).isEqualTo(first);
            assertThat(delivery.text("mids", 1)).isEqualTo(second);
            assertThat(delivery.text("watermark")).isEqualTo("1795428060000");
            assertThat(ana.screen()).hasSize(3);
        }

        @Test
        void tells_reading_once() {
            openAndSend();
            simulator.webhooks().drop();

            ana.reads();
            ana.reads();

            assertThat(item().text("read", "watermark")).isEqualTo(NOW);
            assertThat(messenger.sent().get(0).status()).isEqualTo(MessengerMessage.Status.READ);
        }

        @Test
        void tells_reading_at_once_of_somebody_who_looks() {
            ana.readsAtOnce(true);
            openAndSend();

            List<Tree> items = items();
            assertThat(items).hasSize(3);
            assertThat(items.get(2).text("read", "watermark")).isEqualTo(NOW);
        }
    }

    @Nested
    class OfAReaction {
        @ParameterizedTest
        @CsvSource({"👍,like", "👎,dislike", "❤️,love", "😂,smile", "😮,wow", "😢,sad", "😠,angry", "🦜,other"})
        void tells_word_and_emoji(String emoji, String word) {
            ana.reacts("m_1", emoji);

            Tree reaction = item().at("reaction");
            assertThat(reaction.text("action")).isEqualTo("react");
            assertThat(reaction.text("mid")).isEqualTo("m_1");
            assertThat(reaction.text("reaction")).isEqualTo(word);
            assertThat(reaction.text("emoji")).isEqualTo(emoji);
        }

        @Test
        void tells_that_it_was_taken_back() {
            String mid = openAndSend();
            ana.reacts(mid, "👍");
            assertThat(messenger.sent().get(0).reaction()).contains("👍");
            simulator.webhooks().drop();

            ana.unreacts(mid);

            Tree reaction = item().at("reaction");
            assertThat(reaction.text("action")).isEqualTo("unreact");
            assertThat(reaction.text("emoji")).isNull();
            assertThat(messenger.sent().get(0).reaction()).isEmpty();
        }
    }

    @Nested
    class OfATap {
        @Test
        void carries_title_payload_and_id() {
            String mid = ana.taps("Get started", "START");

            Tree postback = item().at("postback");
            assertThat(postback.text("title")).isEqualTo("Get started");
            assertThat(postback.text("payload")).isEqualTo("START");
            assertThat(postback.text("mid")).isEqualTo(mid);
            assertThat(ana.screen().get(0).type()).isEqualTo("postback");
        }
    }

    @Nested
    class OfAWayIn {
        @Test
        void tells_a_link() {
            ana.followsLink("poster");

            Tree referral = item().at("referral");
            assertThat(referral.text("ref")).isEqualTo("poster");
            assertThat(referral.text("source")).isEqualTo("SHORTLINK");
            assertThat(referral.text("type")).isEqualTo("OPEN_THREAD");
        }

        @Test
        void tells_a_lead_form_with_the_time_in_seconds() {
            ana.fillsLeadForm("7", Map.of("Size?", "M"));

            Tree item = item();
            assertThat(item.text("timestamp")).isEqualTo("1795428000");
            assertThat(item.text("referral", "type")).isEqualTo("LEAD_COMPLETE");
            assertThat(item.text("lead", "data", 0, "question")).isEqualTo("Size?");
            assertThat(item.text("lead", "data", 0, "answer")).isEqualTo("M");
        }

        @Test
        void tells_a_plugin() {
            ana.clicksPlugin("shop");

            assertThat(item().text("optin", "ref")).isEqualTo("shop");
        }
    }

    @Nested
    class OfAnOptIn {
        @Test
        void carries_topic_payload_and_token() {
            String token = ana.optsIn("News", "NEWS");

            Tree optin = item().at("optin");
            assertThat(optin.text("type")).isEqualTo("notification_messages");
            assertThat(optin.text("title")).isEqualTo("News");
            assertThat(optin.text("payload")).isEqualTo("NEWS");
            assertThat(optin.text("notification_messages_token")).isEqualTo(token);
            assertThat(optin.text("notification_messages_status")).isNull();
        }

        @Test
        void tells_a_stop_once_for_each_topic() {
            ana.optsIn("News", "NEWS");
            ana.optsIn("Offers", "OFFERS");
            simulator.webhooks().drop();

            ana.stops();
            ana.stops();

            assertThat(items())
                    .extracting(item -> item.text("optin", "notification_messages_status"))
                    .containsExactly("STOP NOTIFICATIONS", "STOP NOTIFICATIONS");
        }

        @Test
        void tells_stop_and_resume_with_an_underscore_if_so_spelled() {
            messenger.spell(MessengerSpelling.ofToday().statusesWithUnderscore());
            ana.optsIn("News", "NEWS");
            simulator.webhooks().drop();

            ana.stops("News");
            ana.resumes("News");

            assertThat(items())
                    .extracting(item -> item.text("optin", "notification_messages_status"))
                    .containsExactly("STOP_NOTIFICATIONS", "RESUME_NOTIFICATIONS");
        }
    }

    @Nested
    class OfThePlatformItself {
        @Test
        void tells_a_restriction_without_a_sender() {
            messenger.restrictPage("spam");

            Tree item = item();
            assertThat(item.at("sender").value()).isNull();
            assertThat(item.text("recipient", "id")).isEqualTo(PAGE);
            assertThat(item.text("policy_enforcement", "action")).isEqualTo("block");
            assertThat(item.text("policy_enforcement", "reason")).isEqualTo("spam");
        }

        @Test
        void tells_its_end_without_a_reason() {
            messenger.restrictPage("spam");
            simulator.webhooks().drop();

            messenger.liftRestriction();

            Tree enforcement = item().at("policy_enforcement");
            assertThat(enforcement.text("action")).isEqualTo("unblock");
            assertThat(enforcement.text("reason")).isNull();
        }

        @ParameterizedTest
        @CsvSource({"messages,message", "messaging_postbacks,postback", "message_reactions,reaction"})
        void presses_test_buttons_beside_the_envelope(String field, String key) {
            messenger.pressTestButton(field);

            Tree entry = Tree.of(simulator.webhooks().deliver().get(0).text()).at("entry", 0);
            assertThat(entry.text("id")).isEqualTo("0");
            assertThat(entry.text("time")).isEqualTo("1795428000");
            assertThat(entry.text("changes", 0, "field")).isEqualTo(field);
            assertThat(entry.isNumber("changes", 0, "value", "timestamp")).isFalse();
            assertThat(entry.at("changes", 0, "value", key).value()).isNotNull();
        }

        @Test
        void has_no_test_button_for_other_fields() {
            assertThatIllegalArgumentException().isThrownBy(() -> messenger.pressTestButton("feed"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"game_play", "wave"})
        void tells_what_nobody_has_heard_of(String key) {
            ana.doesUnknown(key);

            assertThat(item().at(key).value()).isEqualTo(Map.of());
        }
    }
}
