package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.InboundEvent;
import aparte.InboundEvent.ChoiceMade;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.OptInSignal;
import aparte.InboundEvent.OptOutSignal;
import aparte.InboundEvent.ReactionReceived;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.Unknown;
import aparte.Media;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SENT = Instant.ofEpochSecond(1_763_800_000);
    private static final SenderId NUMBER = new SenderId(ChannelId.WHATSAPP, "200000000000001");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.134912");

    private final WhatsAppWebhooks reader = WhatsAppWebhooks.builder(Signed.SECRET, "verify-me")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    private List<InboundEvent> read(String body) {
        try {
            Reading reading = reader.read(Signed.post(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private <E extends InboundEvent> E only(Class<E> type, String example) {
        List<InboundEvent> events = read(Examples.text(example));
        assertThat(events).hasSize(1).hasOnlyElementsOfType(type);
        return type.cast(events.get(0));
    }

    private Content content(String example) {
        return only(MessageReceived.class, example).content();
    }

    private static String message(String fields) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
                + "{\"metadata\":{\"phone_number_id\":\"200000000000001\"},\"messages\":[" + fields + "]}}]}]}";
    }

    private static Media stored(String id, String mimeType, String sha256) {
        return new Media.Stored(NUMBER, id, Optional.of(mimeType), Optional.of(sha256));
    }

    @Nested
    class WhenAPersonWrites {
        @Test
        void gives_text_source_and_both_addresses() {
            MessageReceived event = only(MessageReceived.class, "in-text");

            assertThat(event.content()).isEqualTo(Content.text("O\u00f9 est mon colis ? \ud83d\udce6"));
            assertThat(event.providerId()).isEqualTo("wamid.IN1");
            assertThat(event.replyTo()).contains("wamid.OUT1");
            assertThat(event.sender()).isEqualTo(NUMBER);
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.key()).isEqualTo("message:wamid.IN1");
            assertThat(event.person().addresses()).containsExactly(ANA, ANA_BY_ID);
            assertThat(event.source().details()).containsEntry("profile.name", "Ana Pr\u00e9nom");
        }

        @Test
        void gives_the_ad_that_the_person_came_from() {
            MessageReceived event = only(MessageReceived.class, "in-text-from-ad");

            assertThat(event.source().details())
                    .containsEntry("referral.source_id", "AD1")
                    .containsEntry("referral.ctwa_clid", "clid1")
                    .doesNotContainKey("referral.welcome_message");
        }

        @Test
        void gives_media_as_handles() {
            assertThat(content("in-image"))
                    .isEqualTo(Content.image(stored("M1", "image/jpeg", "4b1Ff9p2="), "Voici la photo"));
            assertThat(content("in-video"))
                    .isEqualTo(new Content.Video(stored("M2", "video/mp4", "s="), Optional.empty()));
            assertThat(content("in-audio"))
                    .isEqualTo(new Content.Audio(stored("M3", "audio/ogg; codecs=opus", "s="), true));
            assertThat(content("in-document"))
                    .isEqualTo(new Content.Document(
                            stored("M4", "application/pdf", "s="),
                            Optional.of("facture.pdf"),
                            Optional.of("Ma facture")));
            assertThat(content("in-sticker")).isEqualTo(new Content.Sticker(stored("M5", "image/webp", "s=")));
        }

        @Test
        void gives_a_place() {
            assertThat(content("in-location"))
                    .isEqualTo(new Content.Location(
                            48.8566, 2.3522, Optional.of("Chez Ana"), Optional.of("1 rue de Paris")));
        }

        @Test
        void gives_a_contact_card() {
            assertThat(content("in-contact"))
                    .isEqualTo(new Content.ContactCard(
                            "B\u00e9a Martin",
                            List.of("+33 6 39 98 00 02"),
                            List.of("bea@example.org"),
                            Optional.of("Martin SA")));
        }

        @Test
        void knows_a_person_who_hides_the_phone_by_user_ids() {
            MessageReceived event = only(MessageReceived.class, "in-hidden-phone");

            assertThat(event.person().addresses())
                    .containsExactly(ANA_BY_ID, Address.of(Address.Kind.WHATSAPP_USER, "FR.ENT.7"));
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.source().details())
                    .containsEntry("profile.name", "Ana Pr\u00e9nom")
                    .containsEntry("profile.username", "ana.p");
        }

        @Test
        void mends_half_characters() {
            List<InboundEvent> events = read(message("{\"from\":\"33639980001\",\"id\":\"wamid.X\",\"timestamp\":\"1\","
                    + "\"type\":\"text\",\"text\":{\"body\":\"a\\ud83d b \\udce6\\ud83d\\udce6\"}}"));

            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageReceived.class,
                            event -> assertThat(event.content())
                                    .isEqualTo(Content.text("a\ufffd b \ufffd\ud83d\udce6")));
        }

        @Test
        void takes_the_clock_where_no_time_is_given() {
            List<InboundEvent> events =
                    read(message("{\"from\":\"33639980001\",\"id\":\"wamid.X\",\"timestamp\":\"soon\","
                            + "\"type\":\"text\",\"text\":{\"body\":\"STOP\"}}"));

            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageReceived.class,
                            event -> assertThat(event.at()).isEqualTo(NOW));
        }
    }

    @Nested
    class WhenAPersonTapsOrReacts {
        @Test
        void gives_the_reaction() {
            ReactionReceived event = only(ReactionReceived.class, "in-reaction");

            assertThat(event.target()).isEqualTo("wamid.OUT1");
            assertThat(event.emoji()).contains("\u2764\ufe0f");
        }

        @Test
        void gives_a_reaction_taken_back() {
            assertThat(only(ReactionReceived.class, "in-reaction-removed").emoji())
                    .isEmpty();
        }

        @Test
        void gives_the_quick_reply_of_a_template() {
            ChoiceMade event = only(ChoiceMade.class, "in-template-button");

            assertThat(event.choice()).isEqualTo("stop-news");
            assertThat(event.title()).isEqualTo("Se d\u00e9sinscrire");
            assertThat(event.replyTo()).contains("wamid.OUT1");
        }

        @Test
        void gives_the_button_and_the_row() {
            ChoiceMade button = only(ChoiceMade.class, "in-button-reply");
            ChoiceMade row = only(ChoiceMade.class, "in-list-reply");

            assertThat(button.choice()).isEqualTo("yes");
            assertThat(button.title()).isEqualTo("Oui merci");
            assertThat(row.choice()).isEqualTo("row-2");
            assertThat(row.providerId()).isEqualTo("wamid.IN1");
        }
    }

    @Nested
    class WhenAStatusComes {
        @Test
        void gives_each_with_our_key_where_it_is_ours() {
            List<InboundEvent> events = read(Examples.text("statuses"));

            assertThat(events).hasSize(5).hasOnlyElementsOfType(StatusChanged.class);
            assertThat(events)
                    .extracting(event -> ((StatusChanged) event).status())
                    .containsExactly(
                            new DeliveryStatus.Sent(),
                            new DeliveryStatus.Delivered(),
                            new DeliveryStatus.Read(),
                            new DeliveryStatus.Played(),
                            new DeliveryStatus.Unknown("deleted"));
            assertThat(events)
                    .extracting(event -> ((StatusChanged) event).message().wireKey())
                    .containsExactly(
                            Optional.of(new WireKey(MessageId.of("m-1"), 2)),
                            Optional.of(new WireKey(MessageId.of("m-1"), 2)),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            assertThat(events)
                    .allMatch(event ->
                            ((StatusChanged) event).message().providerId().equals(Optional.of("wamid.OUT1")));
            assertThat(events).extracting(InboundEvent::key).doesNotHaveDuplicates();
            assertThat(((StatusChanged) events.get(1)).person().addresses()).containsExactly(ANA, ANA_BY_ID);
            assertThat(events.get(1).at()).isEqualTo(Instant.ofEpochSecond(1_763_800_101));
        }

        @Test
        void gives_the_failure_by_code() {
            DeliveryStatus status = only(StatusChanged.class, "status-failed").status();

            assertThat(status).isInstanceOfSatisfying(DeliveryStatus.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
                assertThat(failed.failure().providerCode()).isEqualTo("131047");
            });
        }

        @Test
        void misses_no_refusal_behind_another_code() {
            DeliveryStatus status = only(StatusChanged.class, "status-refused").status();

            assertThat(status)
                    .isInstanceOfSatisfying(
                            DeliveryStatus.Failed.class,
                            failed ->
                                    assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.PERSON_REFUSED));
        }

        @Test
        void tells_the_participants_of_a_group_apart() {
            List<InboundEvent> events = read(Examples.text("status-group"));

            assertThat(events).hasSize(3).hasOnlyElementsOfType(StatusChanged.class);
            assertThat(events).extracting(InboundEvent::key).doesNotHaveDuplicates();
            assertThat(events).noneMatch(event -> event.key().contains("33639980001"));
            assertThat(((StatusChanged) events.get(0)).person().addresses()).containsExactly(ANA);
            assertThat(((StatusChanged) events.get(2)).person().addresses())
                    .containsExactly(new Address(Address.Kind.GROUP, "Y2FwaV9ncm91cA==", "whatsapp"));
        }
    }

    @Nested
    class WhenAPreferenceChanges {
        @Test
        void gives_an_opt_out_of_promotion_by_this_number() {
            OptOutSignal event = only(OptOutSignal.class, "preference-stop");

            assertThat(event.scope().covers(Purpose.MARKETING, NUMBER)).isTrue();
            assertThat(event.scope().covers(Purpose.SERVICE, NUMBER)).isFalse();
            assertThat(event.scope().covers(Purpose.MARKETING, new SenderId(ChannelId.WHATSAPP, "2")))
                    .isFalse();
            assertThat(event.person().addresses()).containsExactly(ANA, ANA_BY_ID);
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_764_000_000));
            assertThat(event.key()).startsWith("preference:").doesNotContain("33639980001", "FR.134912");
        }

        @Test
        void gives_evidence_of_a_wish() {
            assertThat(only(OptInSignal.class, "preference-resume").kind()).isEqualTo(OptInSignal.Kind.RESUME);
            OptInSignal signup = only(OptInSignal.class, "preference-signup");
            assertThat(signup.kind()).isEqualTo(OptInSignal.Kind.SIGNUP);
            assertThat(signup.source().details()).containsEntry("signup_id", "S1");
        }

        @Test
        void gives_a_value_never_heard_of_raw() {
            assertThat(only(Unknown.class, "preference-unknown").raw()).contains("\"value\": \"maybe\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\"category\":\"something_new\",\"timestamp\":1764000000,", "\"timestamp\":\"never\",", ""})
        void takes_a_stop_for_a_stop_whatever_else_is_odd(String odd) {
            List<InboundEvent> events = read("{\"entry\":[{\"changes\":[{\"value\":{\"user_preferences\":[{" + odd
                    + "\"wa_id\":\"33639980001\",\"value\":\"stop\"}],\"metadata\":{\"phone_number_id\":\"1\"}},"
                    + "\"field\":\"user_preferences\"}]}]}");

            assertThat(events).hasSize(1).hasOnlyElementsOfType(OptOutSignal.class);
        }
    }

    @Nested
    class WhenSomethingIsNotKnown {
        @Test
        void gives_its_json_beside_all_other_events() {
            List<InboundEvent> events = read(Examples.text("mixed"));

            assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly(
                            "StatusChanged", "MessageReceived", "Unknown", "Unknown", "Unknown", "MessageReceived");
            assertThat(Examples.json(((Unknown) events.get(2)).raw()).get("id").asText())
                    .isEqualTo("wamid.B");
            assertThat(((Unknown) events.get(2)).raw()).contains("{\"x\": \"\\u00e9\"}");
            assertThat(events.get(2).at()).isEqualTo(SENT);
            assertThat(((Unknown) events.get(3)).raw()).contains("wamid.C");
            assertThat(((Unknown) events.get(4)).raw()).isEqualTo("{\"value\": {\"calls\": []}, \"field\": \"calls\"}");
            assertThat(((MessageReceived) events.get(5)).sender().value()).isEqualTo("200000000000002");
        }

        @ParameterizedTest
        @ValueSource(strings = {"calls", "history", "smb_app_state_sync", "user_id_update", "a_field_of_next_year"})
        void keeps_a_change_of_a_field_that_is_not_read(String field) {
            List<InboundEvent> events = read(
                    "{\"entry\":[{\"changes\":[{\"field\":\"" + field + "\",\"value\":{\"from\":\"33639980001\"}}]}]}");

            assertThat(events).singleElement().isInstanceOfSatisfying(Unknown.class, event -> {
                assertThat(event.raw()).contains(field, "33639980001");
                assertThat(event.toString()).doesNotContain("33639980001");
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "5",
                    "[]",
                    "{}",
                    "{\"id\":\"w\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}",
                    "{\"from\":\"33639980001\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"text\",\"text\":\"x\"}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"text\",\"text\":{\"body\":\" \"}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"image\",\"image\":{}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"image\",\"image\":{\"id\":\"\u00e9\"}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"image\",\"text\":{\"body\":\"x\"}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"location\",\"location\":{\"latitude\":91,\"longitude\":0}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"location\",\"location\":{\"latitude\":\"x\",\"longitude\":0}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"contacts\",\"contacts\":[{},{}]}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"contacts\",\"contacts\":[{}]}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"reaction\",\"reaction\":{}}",
                    "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\"}}",
                    "{\"from\":\"not a number\",\"id\":\"w\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}"
                })
        void gives_a_malformed_message_raw(String item) {
            List<InboundEvent> events = read(message(item));

            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Unknown.class, unknown -> assertThat(unknown.raw()).isEqualTo(item));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"entry\":[5]}",
                    "{\"entry\":[{\"id\":\"1\",\"messaging\":[]}]}",
                    "{\"entry\":[{\"changes\":[null]}]}",
                    "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":[]}]}]}",
                    "{\"object\":\"page\",\"entry\":[]}",
                    "{}"
                })
        void gives_an_odd_envelope_raw(String body) {
            assertThat(read(body)).hasSize(1).hasOnlyElementsOfType(Unknown.class);
        }

        @Test
        void gives_nothing_for_no_entries() {
            assertThat(read("{\"object\":\"whatsapp_business_account\",\"entry\":[]}"))
                    .isEmpty();
        }

        @Test
        void gives_one_unknown_for_10_000_levels() {
            String deep = message("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");

            assertThat(read(deep)).hasSize(1).hasOnlyElementsOfType(Unknown.class);
        }

        @Test
        void gives_one_unknown_for_truncated_json() {
            String body = Examples.text("in-text");

            assertThat(read(body.substring(0, body.length() - 1)))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Unknown.class, unknown -> assertThat(unknown.key()).startsWith("unreadable:"));
        }

        @Test
        void reads_a_thousand_events_of_which_every_other_is_unknown() {
            String known = "{\"from\":\"33639980001\",\"id\":\"k\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}";
            String items = (known + ",{\"type\":\"hologram\"},").repeat(500) + known;

            List<InboundEvent> events = read(message(items));

            assertThat(events).hasSize(1_001);
            assertThat(events).filteredOn(event -> event instanceof Unknown).hasSize(500);
        }
    }

    @Nested
    class WhenTheRequestIsNotSigned {
        private final byte[] body = Examples.text("in-text").getBytes(StandardCharsets.UTF_8);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "sha256=",
                    "sha1=abc",
                    "sha256=0000000000000000000000000000000000000000000000000000000000000000"
                })
        void refuses_it(String signature) {
            WebhookRequest request = Signed.post(body, signature);

            assertThatThrownBy(() -> reader.read(request))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageNotContaining("33639980001");
        }

        @Test
        void refuses_a_missing_header() {
            WebhookRequest request = new WebhookRequest("POST", Map.of(), Map.of(), body);

            assertThatThrownBy(() -> reader.read(request)).isInstanceOf(SignatureException.class);
        }
    }

    @Nested
    class WhenMetaAsksForTheHandshake {
        private Reading get(Map<String, String> query) {
            try {
                return reader.read(new WebhookRequest("GET", Map.of(), query, new byte[0]));
            } catch (SignatureException wrong) {
                throw new AssertionError(wrong);
            }
        }

        @Test
        void gives_the_challenge_as_it_came() {
            String challenge = "1158201444".repeat(500);

            Reading reading =
                    get(Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me", "hub.challenge", challenge));

            assertThat(reading.answer().status()).isEqualTo(200);
            assertThat(reading.answer().contentType()).startsWith("text/plain");
            assertThat(new String(reading.answer().body(), StandardCharsets.UTF_8))
                    .isEqualTo(challenge);
            assertThat(reading.events()).isEmpty();
        }

        @Test
        void refuses_everything_else() {
            assertThat(get(Map.of("hub.mode", "subscribe", "hub.verify_token", "wrong", "hub.challenge", "1"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(get(Map.of("hub.verify_token", "verify-me", "hub.challenge", "1"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(get(Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(get(Map.of()).answer().status()).isEqualTo(403);
        }

        @Test
        void knows_no_other_method() throws SignatureException {
            assertThat(reader.read(new WebhookRequest("PUT", Map.of(), Map.of(), new byte[0]))
                            .answer()
                            .status())
                    .isEqualTo(405);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void needs_both_secrets_and_hides_them() {
            assertThatThrownBy(() -> WhatsAppWebhooks.builder("", "v")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> WhatsAppWebhooks.builder("s", " ")).isInstanceOf(IllegalArgumentException.class);
            assertThat(reader).hasToString("WhatsAppWebhooks[…]");
        }
    }
}
