package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** What people send, beyond what {@link WhatsAppWebhookTest} shows. */
class WhatsAppPeopleTest {
    private static final String ANA = "+33639980001";
    private static final byte[] BYTES = {1, 2, 3};

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

    @Nested
    class Media {
        @Test
        void can_be_a_video_with_a_caption() {
            ana.sendsVideo(BYTES, "video/mp4", "Look");

            Tree video = message().at("video");
            assertThat(video.text("mime_type")).isEqualTo("video/mp4");
            assertThat(video.text("caption")).isEqualTo("Look");
            assertThat(video.text("sha256"))
                    .isEqualTo(ByteString.of(BYTES).sha256().base64());
            assertThat(simulator.whatsApp().media(video.text("id"))).hasValue(BYTES);
        }

        @Test
        void can_be_a_video_without_caption() {
            ana.sendsVideo(BYTES, "video/3gpp");

            assertThat(message().text("video", "caption")).isNull();
        }

        @Test
        void can_be_a_sound_file() {
            ana.sendsAudio(BYTES, "audio/mpeg");

            Tree audio = message().at("audio");
            assertThat(audio.text("mime_type")).isEqualTo("audio/mpeg");
            assertThat(audio.text("voice")).isEqualTo("false");
        }

        @Test
        void can_be_a_voice_message() {
            ana.sendsVoice(BYTES);

            Tree audio = message().at("audio");
            assertThat(audio.text("mime_type")).isEqualTo("audio/ogg; codecs=opus");
            assertThat(audio.text("voice")).isEqualTo("true");
        }

        @Test
        void can_be_a_document() {
            ana.sendsDocument(BYTES, "application/pdf", "bill.pdf");

            Tree document = message().at("document");
            assertThat(document.text("filename")).isEqualTo("bill.pdf");
            assertThat(document.text("caption")).isNull();
        }

        @Test
        void can_be_a_document_with_a_caption() {
            ana.sendsDocument(BYTES, "application/pdf", "bill.pdf", "Paid");

            assertThat(message().text("document", "caption")).isEqualTo("Paid");
            assertThat(ana.screen().get(0).text()).isEqualTo("Paid");
        }

        @Test
        void can_be_a_sticker_that_moves() {
            ana.sendsSticker(BYTES, true);

            Tree sticker = message().at("sticker");
            assertThat(sticker.text("mime_type")).isEqualTo("image/webp");
            assertThat(sticker.text("animated")).isEqualTo("true");
        }

        @Test
        void carry_no_address_by_default() {
            ana.sendsVoice(BYTES);

            assertThat(message().text("audio", "url")).isNull();
        }

        @Test
        void carry_an_address_if_so_set() {
            try (Simulator direct = Simulator.builder()
                    .whatsApp(WhatsAppSettings.builder().mediaUrls().build())
                    .start()) {
                direct.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
                direct.whatsApp().person(ANA).sendsVoice(BYTES);

                String body = direct.webhooks().deliver().get(0).text();
                String url = Tree.of(body).text("entry", 0, "changes", 0, "value", "messages", 0, "audio", "url");

                assertThat(new Client(direct).get(url).bytes()).containsExactly(BYTES);
            }
        }
    }

    @Nested
    class APlace {
        @Test
        void is_two_numbers() {
            ana.sendsLocation(48.85, 2.35);

            Tree location = message().at("location");
            assertThat(location.at("latitude").value()).isEqualTo(48.85);
            assertThat(location.at("longitude").value()).isEqualTo(2.35);
            assertThat(location.text("name")).isNull();
        }

        @Test
        void can_have_a_name_and_an_address() {
            ana.sendsLocation(48.85, 2.35, "Home", "1 Main Street");

            Tree location = message().at("location");
            assertThat(location.text("name")).isEqualTo("Home");
            assertThat(location.text("address")).isEqualTo("1 Main Street");
        }

        @Test
        void quotes_the_request_that_it_answers() {
            ana.sharesLocation("wamid.before", 48.85, 2.35);

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("location");
            assertThat(message.text("context", "id")).isEqualTo("wamid.before");
        }
    }

    @Nested
    class Contacts {
        @Test
        void can_be_several_and_have_no_name() {
            ana.sendsContacts(WhatsAppContact.of("Bruno", "+33639980002"), WhatsAppContact.nameless("+33639980003"));

            Tree message = message();
            assertThat(message.size("contacts")).isEqualTo(2);
            assertThat(message.text("contacts", 0, "name", "formatted_name")).isEqualTo("Bruno");
            assertThat(message.text("contacts", 0, "phones", 0, "wa_id")).isEqualTo("33639980002");
            assertThat(message.text("contacts", 0, "origin")).isEqualTo("other");
            assertThat(message.text("contacts", 1, "name")).isNull();
        }

        @Test
        void answer_a_request_with_the_own_number() {
            ana.hidesPhone("ana.m").sharesContact("wamid.before");

            Tree message = message();
            assertThat(message.text("from")).isNull();
            assertThat(message.text("context", "id")).isEqualTo("wamid.before");
            assertThat(message.text("contacts", 0, "origin")).isEqualTo("contact_request");
            assertThat(message.text("contacts", 0, "phones", 0, "phone")).isEqualTo(ANA);
            assertThat(message.text("contacts", 0, "vcard")).contains("FN:Ana");
        }

        @Test
        void cannot_be_shared_by_somebody_without_a_phone_number() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> simulator.whatsApp().personOfUserId("FR.9").sharesContact("wamid.before"));
        }

        @Test
        void must_have_a_phone_number() {
            assertThatIllegalArgumentException().isThrownBy(() -> WhatsAppContact.of("Bruno", "0639980002"));
        }

        @Test
        void say_nothing_about_somebody_in_a_log() {
            assertThat(WhatsAppContact.of("Bruno", "+33639980002")).hasToString("WhatsAppContact");
        }
    }

    @Nested
    class AnInteractiveAnswer {
        @Test
        void completes_a_flow_with_json_in_a_string() {
            ana.submitsFlow("wamid.before", "{\"size\":\"M\"}");

            Tree message = message();
            assertThat(message.text("interactive", "type")).isEqualTo("nfm_reply");
            assertThat(message.text("interactive", "nfm_reply", "name")).isEqualTo("flow");
            assertThat(message.text("interactive", "nfm_reply", "response_json"))
                    .isEqualTo("{\"size\":\"M\"}");
            assertThat(message.text("context", "id")).isEqualTo("wamid.before");
        }

        @Test
        void completes_no_flow_with_anything_but_json() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.submitsFlow("wamid.before", "M"));
        }

        @Test
        void lets_the_business_call_for_seven_days() {
            ana.answersCallRequest("wamid.before", true);

            Tree reply = message().at("interactive", "call_permission_reply");
            assertThat(reply.text("response")).isEqualTo("accept");
            assertThat(reply.text("expiration_timestamp")).isEqualTo("1796032800");
            assertThat(reply.text("response_source")).isEqualTo("user_action");
        }

        @Test
        void lets_the_business_not_call() {
            ana.answersCallRequest("wamid.before", false);

            Tree reply = message().at("interactive", "call_permission_reply");
            assertThat(reply.text("response")).isEqualTo("reject");
            assertThat(reply.text("expiration_timestamp")).isNull();
        }
    }

    @Nested
    class ATapOnWhatTheBusinessSent {
        private String text;

        @BeforeEach
        void send() {
            ana.writes("Hello");
            text = client.send(textTo(ANA, "Hi")).messageId();
            simulator.webhooks().drop();
        }

        @Test
        void needs_something_to_tap() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.tapsButton(text, "yes", "Yes"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.picksRow(text, "r1", "Row"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.tapsQuickReply(text, "Stop", "STOP"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.submitsFlow(text, "{}"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.sharesLocation(text, 1, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.sharesContact(text));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.answersCallRequest(text, true));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.taps(text, "Yes"));
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void needs_a_message() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.taps("wamid.before", "Yes"));
        }
    }

    @Nested
    class ATapOnALabel {
        private String sent(String interactive) {
            ana.writes("Hello");
            String id = client.send("{\"messaging_product\":\"whatsapp\",\"to\":\"" + ANA
                            + "\",\"type\":\"interactive\",\"interactive\":" + interactive + "}")
                    .messageId();
            simulator.webhooks().drop();
            return id;
        }

        private String buttons() {
            return sent("""
                    {"type":"button","body":{"text":"Well?"},"action":{"buttons":[
                    {"type":"reply","reply":{"id":"y","title":"Yes"}},{"type":"reply","reply":{"id":"n","title":"No"}}]}}""");
        }

        private String rows() {
            return sent("""
                    {"type":"list","body":{"text":"Which?"},"action":{"button":"Show","sections":[{"rows":[
                    {"id":"1","title":"Red","description":"Bright"},{"id":"2","title":"Blue"}]}]}}""");
        }

        @Test
        void answers_with_the_button_that_was_sent() {
            String id = buttons();

            ana.taps(id, "No");

            Tree message = message();
            assertThat(message.text("interactive", "button_reply", "id")).isEqualTo("n");
            assertThat(message.text("context", "id")).isEqualTo(id);
        }

        @Test
        void answers_with_the_row_that_was_sent() {
            String id = rows();

            ana.taps(id, "Red");
            ana.taps(id, "Blue");

            List<Tree> values = values();
            Tree red = values.get(0).at("messages", 0, "interactive", "list_reply");
            Tree blue = values.get(1).at("messages", 0, "interactive", "list_reply");
            assertThat(red.text("id")).isEqualTo("1");
            assertThat(red.text("description")).isEqualTo("Bright");
            assertThat(blue.text("description")).isNull();
        }

        @Test
        void must_be_a_label_that_was_sent() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.taps(buttons(), "Perhaps"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.tapsButton(buttons(), "x", "Yes"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.picksRow(buttons(), "y", "Yes"));
        }

        @Test
        void must_wait_until_the_message_arrives() {
            ana.turnsPhoneOff();
            String id = buttons();

            assertThatIllegalArgumentException().isThrownBy(() -> ana.taps(id, "Yes"));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.tapsButton(id, "y", "Yes"));
            ana.turnsPhoneOn();
            assertThat(ana.taps(id, "Yes")).startsWith("wamid.");
        }

        @Test
        void can_be_a_quick_reply_of_a_template() {
            simulator.whatsApp().templates().add("""
                    {"name":"news","language":"fr","category":"UTILITY","components":[{"type":"BODY","text":"Hello"},
                    {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"}]}]}""");
            String id = client.send("""
                    {"messaging_product":"whatsapp","to":"%s","type":"template","template":{"name":"news",
                    "language":{"code":"fr"},"components":[{"type":"button","sub_type":"quick_reply","index":"0",
                    "parameters":[{"type":"payload","payload":"STOP_NEWS"}]}]}}""".formatted(ANA)).messageId();
            simulator.webhooks().drop();

            ana.taps(id, "Stop");

            Tree message = message();
            assertThat(message.text("type")).isEqualTo("button");
            assertThat(message.text("button", "payload")).isEqualTo("STOP_NEWS");
            assertThat(message.text("context", "id")).isEqualTo(id);
            assertThatIllegalArgumentException().isThrownBy(() -> ana.tapsQuickReply(id, "Stop", "OTHER"));
        }

        @Test
        void can_complete_a_flow_that_was_sent() {
            String id = sent("""
                    {"type":"flow","body":{"text":"Size?"},"action":{"name":"flow","parameters":{
                    "flow_message_version":"3","flow_id":"1","flow_cta":"Open","flow_token":"t"}}}""");

            ana.submitsFlow(id, "{}");

            assertThat(message().text("context", "id")).isEqualTo(id);
        }

        @Test
        void can_answer_a_request_that_was_sent() {
            String id = sent("""
                    {"type":"location_request_message","body":{"text":"Where?"},"action":{"name":"send_location"}}""");

            ana.sharesLocation(id, 1, 2);

            assertThat(message().text("context", "id")).isEqualTo(id);
            assertThatIllegalArgumentException().isThrownBy(() -> ana.sharesContact(id));
        }
    }

    @Nested
    class AnOrder {
        @Test
        void lists_products_with_numbers() {
            ana.orders("cat-1", "Please", new WhatsAppProduct("sku-1", 2, new BigDecimal("9.90"), "EUR"));

            Tree order = message().at("order");
            assertThat(order.text("catalog_id")).isEqualTo("cat-1");
            assertThat(order.text("text")).isEqualTo("Please");
            assertThat(order.text("product_items", 0, "product_retailer_id")).isEqualTo("sku-1");
            assertThat(order.at("product_items", 0, "item_price").value()).isEqualTo(9.9);
            assertThat(order.text("product_items", 0, "quantity")).isEqualTo("2");
            assertThat(order.text("product_items", 0, "currency")).isEqualTo("EUR");
        }

        @Test
        void can_be_silent() {
            ana.orders("cat-1", "", new WhatsAppProduct("sku-1", 1, BigDecimal.ONE, "EUR"));

            assertThat(message().text("order", "text")).isNull();
        }

        @Test
        void takes_whole_products_in_a_known_currency() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WhatsAppProduct("sku-1", 0, BigDecimal.ONE, "EUR"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WhatsAppProduct("sku-1", 1, BigDecimal.ONE, "euro"));
        }
    }

    @Nested
    class AText {
        @Test
        void can_come_from_the_page_of_a_product() {
            ana.asksAbout("cat-1", "sku-1", "In blue?");

            Tree context = message().at("context");
            assertThat(context.text("referred_product", "catalog_id")).isEqualTo("cat-1");
            assertThat(context.text("referred_product", "product_retailer_id")).isEqualTo("sku-1");
            assertThat(context.text("from")).isEqualTo("33639980000");
        }

        @Test
        void can_be_forwarded() {
            ana.forwards("News!", 5);

            Tree context = message().at("context");
            assertThat(context.text("forwarded")).isEqualTo("true");
            assertThat(context.text("frequently_forwarded")).isNull();
        }

        @Test
        void can_be_forwarded_often() {
            ana.forwards("News!", 6);

            Tree context = message().at("context");
            assertThat(context.text("frequently_forwarded")).isEqualTo("true");
            assertThat(context.text("forwarded")).isNull();
        }

        @Test
        void cannot_be_forwarded_never() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.forwards("News!", 0));
        }

        @Test
        void can_come_from_an_advertisement() {
            ana.comesFrom(
                    WhatsAppReferral.ad("ad-1")
                            .saying("Sale", "Half price")
                            .video("https://example.test/v.mp4", "https://example.test/v.jpg")
                            .welcome("Hi there"),
                    "Tell me more");

            Tree referral = message().at("referral");
            assertThat(referral.text("source_type")).isEqualTo("ad");
            assertThat(referral.text("source_id")).isEqualTo("ad-1");
            assertThat(referral.text("source_url")).isEqualTo("https://fb.me/ad-1");
            assertThat(referral.text("headline")).isEqualTo("Sale");
            assertThat(referral.text("body")).isEqualTo("Half price");
            assertThat(referral.text("media_type")).isEqualTo("video");
            assertThat(referral.text("video_url")).isEqualTo("https://example.test/v.mp4");
            assertThat(referral.text("thumbnail_url")).isEqualTo("https://example.test/v.jpg");
            assertThat(referral.text("ctwa_clid")).isEqualTo("click-ad-1");
            assertThat(referral.text("welcome_message", "text")).isEqualTo("Hi there");
        }

        @Test
        void can_come_from_a_post_with_an_image() {
            ana.comesFrom(WhatsAppReferral.post("post-1").image("https://example.test/i.jpg"), "Hello");

            Tree referral = message().at("referral");
            assertThat(referral.text("source_type")).isEqualTo("post");
            assertThat(referral.text("media_type")).isEqualTo("image");
            assertThat(referral.text("image_url")).isEqualTo("https://example.test/i.jpg");
            assertThat(referral.text("ctwa_clid")).isNull();
        }

        @Test
        void can_come_from_an_ad_in_a_status_without_click_id() {
            ana.comesFrom(WhatsAppReferral.ad("ad-1").withoutClickId(), "Hello");

            assertThat(message().text("referral", "ctwa_clid")).isNull();
        }
    }

    @Nested
    class ASecondThought {
        @Test
        void edits_a_text_and_opens_nothing() {
            String id = ana.writes("Helo");
            simulator.webhooks().drop();
            simulator.advance(Duration.ofHours(25));

            ana.edits(id, "Hello");

            Tree edit = message().at("edit");
            assertThat(edit.text("original_message_id")).isEqualTo(id);
            assertThat(edit.text("message", "text", "body")).isEqualTo("Hello");
            assertThat(ana.windowOpen()).isFalse();
        }

        @Test
        void deletes_a_message_and_opens_nothing() {
            ana.deletes("wamid.before");

            assertThat(message().text("revoke", "original_message_id")).isEqualTo("wamid.before");
            assertThat(ana.windowOpen()).isFalse();
        }
    }

    @Nested
    class AnotherNumber {
        @Test
        void is_told_without_contacts_and_gives_the_user_id_anew() {
            ana.changesNumber("+33639980091");

            List<Tree> values = values();
            Tree number = values.get(0).at("messages", 0);
            Tree user = values.get(1).at("messages", 0);
            String now = ana.userId().orElseThrow();
            assertThat(values).hasSize(2);
            assertThat(values).extracting(value -> value.at("contacts").value()).containsOnlyNulls();
            assertThat(number.text("type")).isEqualTo("system");
            assertThat(number.text("from")).isEqualTo("33639980001");
            assertThat(number.text("system", "type")).isEqualTo("user_changed_number");
            assertThat(number.text("system", "wa_id")).isEqualTo("33639980091");
            assertThat(number.text("system", "body")).isEqualTo("User Ana changed from 33639980001 to 33639980091");
            assertThat(user.text("system", "type")).isEqualTo("user_changed_user_id");
            assertThat(user.text("system", "user_id")).isEqualTo(now);
            assertThat(user.text("system", "body")).isEqualTo("User Ana changed from FR.Ana1 to " + now);
            assertThat(now).matches("FR\\.[0-9]{16}");
            assertThat(ana.phone()).hasValue("+33639980091");
            assertThat(ana.windowOpen()).isFalse();
        }

        @Test
        void stays_hidden_with_a_username() {
            ana.hidesPhone("ana.m").changesNumber("+33639980091");

            Tree system = message().at("system");
            assertThat(system.text("type")).isEqualTo("user_changed_user_id");
            assertThat(system.text("wa_id")).isNull();
        }

        @Test
        void leaves_nobody_at_the_old_one() {
            ana.writes("Hello");
            ana.changesNumber("+33639980091");
            simulator.webhooks().drop();

            client.send(textTo(ANA, "Hi"));

            assertThat(value().text("statuses", 0, "errors", 0, "code")).isEqualTo("131026");
            assertThat(client.send(textTo("+33639980091", "Hi")).status()).isEqualTo(200);
            assertThat(ana.screen()).hasSize(2);
        }

        @Test
        void leaves_nobody_at_the_old_user_id() {
            ana.changesNumber("+33639980091");
            simulator.webhooks().drop();

            client.send("""
                    {"messaging_product":"whatsapp","recipient":"FR.Ana1","text":{"body":"Hi"}}""");

            assertThat(value().text("statuses", 0, "errors", 0, "code")).isEqualTo("131026");
        }

        @Test
        void must_be_free() {
            simulator.whatsApp().person("+33639980002");

            assertThatIllegalArgumentException().isThrownBy(() -> ana.changesNumber("+33639980002"));
        }

        @Test
        void gives_a_parent_user_id_anew_too() {
            ana.under("FR.ENT.7").changesNumber("+33639980091");

            Tree system = values().get(1).at("messages", 0, "system");
            assertThat(system.text("parent_user_id"))
                    .isEqualTo(ana.parentUserId().orElseThrow())
                    .matches("FR\\.ENT\\.[0-9]{16}");
        }

        @Test
        void can_be_another_user_id_alone() {
            ana.changesUserId("FR.Ana2");

            Tree message = message();
            assertThat(message.text("from")).isEqualTo("33639980001");
            assertThat(message.text("from_user_id")).isEqualTo("FR.Ana1");
            assertThat(message.text("system", "user_id")).isEqualTo("FR.Ana2");
        }

        @Test
        void cannot_be_another_user_id_where_there_is_none() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> simulator.whatsApp().person("+33639980002").changesUserId("FR.2"));
        }
    }

    @Nested
    class AParentUserId {
        @BeforeEach
        void give() {
            ana.under("FR.ENT.7");
        }

        @Test
        void stands_beside_the_user_id_in_messages() {
            ana.writes("Hello");

            Tree value = value();
            assertThat(value.text("contacts", 0, "parent_user_id")).isEqualTo("FR.ENT.7");
            assertThat(value.text("messages", 0, "from_parent_user_id")).isEqualTo("FR.ENT.7");
        }

        @Test
        void can_be_sent_to_and_stands_in_statuses() {
            ana.writes("Hello");
            simulator.webhooks().drop();

            Client.Reply reply = client.send("""
                    {"messaging_product":"whatsapp","recipient":"FR.ENT.7","text":{"body":"Hi"}}""");

            assertThat(reply.json().text("contacts", 0, "user_id")).isEqualTo("FR.Ana1");
            assertThat(values().get(0).text("statuses", 0, "recipient_parent_user_id"))
                    .isEqualTo("FR.ENT.7");
        }

        @Test
        void stands_in_preferences() {
            ana.stopsMarketing();

            assertThat(value().text("user_preferences", 0, "parent_user_id")).isEqualTo("FR.ENT.7");
        }

        @Test
        void has_its_own_form() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.under("FR.7"));
        }
    }

    @Nested
    class AVoiceMessageOfTheBusiness {
        private String sent(String audio) {
            ana.writes("Hello");
            byte[] opus = "OggS                OpusHead\u0001\u0001".getBytes(StandardCharsets.UTF_8);
            String media = client.upload("audio/ogg", opus).json().text("id");
            String id = client.send("{\"messaging_product\":\"whatsapp\",\"to\":\"" + ANA
                            + "\",\"type\":\"audio\",\"audio\":{\"id\":\"" + media + "\"" + audio + "}}")
                    .messageId();
            simulator.webhooks().drop();
            return id;
        }

        @Test
        void is_told_as_played_once() {
            String id = sent(",\"voice\":true");

            ana.plays(id);
            ana.plays(id);

            assertThat(value().text("statuses", 0, "status")).isEqualTo("played");
            assertThat(simulator.whatsApp().sent().get(0).status()).isEqualTo(WhatsAppMessage.Status.PLAYED);
            assertThat(ana.screen()).hasSize(2);
        }

        @Test
        void is_no_other_message() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.plays(sent("")));
            assertThatIllegalArgumentException().isThrownBy(() -> ana.plays("wamid.before"));
        }
    }

    @Nested
    class ASignUp {
        @Test
        void tells_its_link() {
            ana.stopsMarketing();
            simulator.webhooks().drop();

            ana.signsUpForMarketing("signup-1");

            Tree preference = value().at("user_preferences", 0);
            assertThat(preference.text("value")).isEqualTo("signup");
            assertThat(preference.text("signup_id")).isEqualTo("signup-1");
            assertThat(preference.text("detail")).isEqualTo("User signed up via signup link");
            assertThat(ana.stoppedMarketing()).isFalse();
        }
    }

    @Nested
    class TheContactBook {
        @BeforeEach
        void hide() {
            ana.hidesPhone("ana.m");
        }

        private String from() {
            ana.writes("Hello");
            return message().text("from");
        }

        private void sendToThePhone() {
            client.send(textTo(ANA, "Hi"));
            simulator.webhooks().drop();
        }

        @Test
        void shows_a_phone_number_that_was_once_sent_to() {
            sendToThePhone();
            simulator.advance(Duration.ofDays(365));

            assertThat(from()).isEqualTo("33639980001");
        }

        @Test
        void shows_a_phone_number_that_wrote_before_it_hid() {
            WhatsAppPerson bruno = simulator.whatsApp().person("+33639980002", "FR.B");
            bruno.writes("Hello");
            bruno.hidesPhone("bruno");
            simulator.webhooks().drop();
            simulator.advance(Duration.ofDays(365));
            bruno.writes("Still me");

            assertThat(message().text("from")).isEqualTo("33639980002");
        }

        @Test
        void never_learns_a_number_that_was_hidden_from_the_start() {
            assertThat(from()).isNull();
        }

        @Test
        void forgets_on_request_what_30_days_do_not_show() {
            sendToThePhone();
            String path = "/v24.0/200000000000001/contact_book?messaging_product=whatsapp&bsuid=FR.Ana1";

            Tree first = client.delete(path).json();
            Tree second = client.delete(path).json();

            assertThat(first.text("success")).isEqualTo("true");
            assertThat(first.text("deleted")).isEqualTo("true");
            assertThat(second.text("deleted")).isEqualTo("false");
            simulator.advance(Duration.ofDays(29));
            assertThat(from()).isEqualTo("33639980001");
        }

        @Test
        void forgets_on_request_for_good_after_30_days() {
            sendToThePhone();
            client.delete("/v24.0/200000000000001/contact_book?messaging_product=whatsapp&bsuid=FR.Ana1");
            simulator.advance(Duration.ofDays(30));

            assertThat(from()).isNull();
        }

        @Test
        void wants_a_product_and_a_user_id() {
            assertThat(client.delete("/v24.0/200000000000001/contact_book?bsuid=FR.Ana1")
                            .code())
                    .isEqualTo("131008");
            assertThat(client.delete("/v24.0/200000000000001/contact_book?messaging_product=whatsapp")
                            .code())
                    .isEqualTo("131008");
            assertThat(client.delete("/v24.0/200000000000001/contact_book?messaging_product=whatsapp&bsuid=me")
                            .code())
                    .isEqualTo("131009");
        }
    }

    @Nested
    class OnePost {
        @Test
        void can_hold_a_message_and_a_status() {
            ana.writes("Hello");
            client.send(textTo(ANA, "Hi"));

            List<WebhookDelivery> made =
                    simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(10));

            Tree changes = Tree.of(made.get(0).text()).at("entry", 0, "changes");
            assertThat(made).hasSize(1);
            assertThat(changes.size()).isEqualTo(2);
            assertThat(changes.text(0, "value", "messages", 0, "type")).isEqualTo("text");
            assertThat(changes.size(1, "value", "statuses")).isEqualTo(2);
        }

        @Test
        void can_be_written_by_hand() {
            byte[] body = "{ \"object\":\"whatsapp_business_account\",\"entry\":[] }".getBytes(StandardCharsets.UTF_8);
            ana.writes("Hello");
            simulator.whatsApp().queue(body);
            simulator.whatsApp().queue(body);

            List<WebhookDelivery> made =
                    simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(10));

            assertThat(made).hasSize(3);
            assertThat(made.get(2).body()).isEqualTo(body);
            assertThat(made.get(2).headers())
                    .containsEntry("X-Hub-Signature-256", simulator.whatsApp().signature(body));
        }
    }
}
