package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberWebhooksTest {
    private static final SenderId BOT = new SenderId(ChannelId.VIBER, "pa:1");
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Instant THEN = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final ViberWebhooks reader = ViberWebhooks.builder("pa:1", () -> Examples.TOKEN)
            .clock(MutableClock.at(NOW))
            .build();

    private List<InboundEvent> events(String body) {
        try {
            Reading reading = reader.read(Examples.signed(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private <E extends InboundEvent> E first(Class<E> type, String example) {
        InboundEvent first = events(Examples.text(example)).get(0);
        assertThat(first).isInstanceOf(type);
        return type.cast(first);
    }

    private Content content(String example) {
        return first(InboundEvent.MessageReceived.class, example).content();
    }

    private static String message(String fields) {
        return "{\"event\":\"message\",\"timestamp\":1795424400000,\"message_token\":7,\"sender\":{\"id\":\"A=\"},"
                + "\"message\":" + fields + "}";
    }

    @Nested
    class WhenThePersonWrites {
        @Test
        void gives_the_message_with_all_that_came_with_it() {
            InboundEvent.MessageReceived received = first(InboundEvent.MessageReceived.class, "in-text");

            assertThat(received.sender()).isEqualTo(BOT);
            assertThat(received.person().addresses()).containsExactly(ANA);
            assertThat(received.at()).isEqualTo(THEN);
            assertThat(received.providerId()).isEqualTo("5098034272017990001");
            assertThat(received.replyTo()).isEmpty();
            assertThat(received.source().details())
                    .containsEntry("profile.name", "Ana Pr\u00e9vost")
                    .containsEntry("profile.country", "FR")
                    .containsEntry("profile.language", "fr-FR")
                    .containsEntry("profile.api_version", "10")
                    .containsEntry("silent", "false");
        }

        @Test
        void goes_by_the_type_where_a_text_has_media_and_a_place() {
            assertThat(content("in-text")).isEqualTo(Content.text("O\u00f9 est mon colis ?"));
        }

        @Test
        void needs_nothing_of_the_person_but_the_id() {
            assertThat(content("in-text-bare")).isEqualTo(Content.text("Juste un mot"));
        }

        @Test
        void says_that_the_person_is_subscribed_since_writing_subscribes() {
            List<InboundEvent> events = events(Examples.text("in-text"));

            assertThat(events).hasSize(2);
            assertThat(events.get(1)).isInstanceOfSatisfying(InboundEvent.OptInSignal.class, signal -> {
                assertThat(signal.kind()).isEqualTo(InboundEvent.OptInSignal.Kind.RESUME);
                assertThat(signal.scope()).isEqualTo(Scope.everything().only(BOT));
                assertThat(signal.person().addresses()).containsExactly(ANA);
                assertThat(signal.at()).isEqualTo(THEN);
            });
        }

        @Test
        void says_that_a_message_of_ours_arrived_if_its_key_comes_back() {
            List<InboundEvent> events = events(Examples.text("in-text-tracked"));

            assertThat(events).hasSize(3);
            assertThat(events.get(2)).isInstanceOfSatisfying(InboundEvent.StatusChanged.class, changed -> {
                assertThat(changed.message().wireKey()).contains(new WireKey(MessageId.of("m-1"), 1));
                assertThat(changed.message().providerId()).isEmpty();
                assertThat(changed.status()).isEqualTo(new DeliveryStatus.Delivered());
                assertThat(changed.person().addresses()).containsExactly(ANA);
            });
        }

        @Test
        void says_so_once_though_the_key_comes_back_with_each_message() {
            InboundEvent one = events(Examples.text("in-text-tracked")).get(2);
            InboundEvent other = events(Examples.text("in-unknown-type")).get(3);

            assertThat(other.key()).isEqualTo(one.key());
        }

        @Test
        void says_nothing_by_tracking_data_that_are_not_ours() {
            assertThat(events(Examples.text("in-text-tracked-foreign"))).hasSize(2);
        }

        @Test
        void links_a_picture_with_its_caption() {
            assertThat(content("in-picture"))
                    .isEqualTo(Content.image(
                            Media.link(URI.create("https://dl-media.example/p/ana-1.jpg?Expires=1&Signature=s")),
                            "Voici la photo"));
            assertThat(first(InboundEvent.MessageReceived.class, "in-picture")
                            .source()
                            .details())
                    .containsEntry("size", "51234");
        }

        @Test
        void links_a_video() {
            assertThat(content("in-video"))
                    .isEqualTo(new Content.Video(
                            Media.link(URI.create("https://dl-media.example/v/ana-2.mp4")), Optional.empty()));
        }

        @Test
        void links_a_file_though_one_page_says_that_people_cannot_send_files() {
            assertThat(content("in-file"))
                    .isEqualTo(new Content.Document(
                            Media.link(URI.create("https://dl-media.example/f/ana-3.pdf")),
                            Optional.of("facture-ana.pdf"),
                            Optional.empty()));
        }

        @Test
        void reads_a_contact() {
            assertThat(content("in-contact"))
                    .isEqualTo(new Content.ContactCard(
                            "B\u00e9a Martin", List.of("+33639980002"), List.of(), Optional.empty()));
        }

        @Test
        void calls_a_shared_number_by_itself_where_the_name_is_hidden() {
            assertThat(content("in-contact-without-name"))
                    .isEqualTo(new Content.ContactCard(
                            "33639980001", List.of("33639980001"), List.of(), Optional.empty()));
        }

        @Test
        void reads_a_place_in_numbers_and_in_strings() {
            assertThat(content("in-location"))
                    .isEqualTo(new Content.Location(48.8566, 2.3522, Optional.empty(), Optional.empty()));
            assertThat(content("in-location-as-text"))
                    .isEqualTo(
                            new Content.Location(48.8566, 2.3522, Optional.empty(), Optional.of("1 rue de la Paix")));
        }

        @Test
        void reads_a_sticker_whose_id_is_a_number_or_a_string() {
            assertThat(content("in-sticker")).isEqualTo(new Content.Sticker(new Media.Stored(BOT, "46105")));
            assertThat(content("in-sticker-as-text")).isEqualTo(new Content.Sticker(new Media.Stored(BOT, "40100")));
        }

        @Test
        void reads_an_address_as_text() {
            assertThat(content("in-url")).isEqualTo(Content.text("https://shop.example/ana-wish"));
        }

        @Test
        void gives_a_type_never_heard_of_raw_and_still_settles_what_it_tracks() {
            List<InboundEvent> events = events(Examples.text("in-unknown-type"));

            assertThat(events).hasSize(4);
            assertThat(events.get(1))
                    .isInstanceOfSatisfying(
                            InboundEvent.Unknown.class,
                            unknown -> assertThat(unknown.raw()).isEqualTo(Examples.text("in-unknown-type")));
            assertThat(events.get(3)).isInstanceOf(InboundEvent.StatusChanged.class);
        }

        @Test
        void mends_half_a_character() {
            InboundEvent event = events(message("{\"type\":\"text\",\"text\":\"ici \\ud83d\"}"))
                    .get(0);

            assertThat(event)
                    .isInstanceOfSatisfying(
                            InboundEvent.MessageReceived.class,
                            received -> assertThat(received.content()).isEqualTo(Content.text("ici \uFFFD")));
        }

        @Test
        void keeps_a_message_that_has_no_token() {
            String stop = message("{\"type\":\"text\",\"text\":\"STOP\"}").replace("\"message_token\":7,", "");

            List<InboundEvent> events = events(stop);

            assertThat(events.get(0)).isInstanceOf(InboundEvent.MessageReceived.class);
            assertThat(events.get(0).key()).isEqualTo(events(stop).get(0).key());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"text\":\"STOP\"}",
                    "{\"type\":\"hologram\",\"text\":\"STOP\"}",
                    "{\"type\":\"picture\",\"text\":\"STOP\"}",
                    "{\"type\":\"picture\",\"media\":\"https://a.example/b c.jpg\",\"text\":\"STOP\"}"
                })
        void keeps_the_words_of_a_message_which_may_close_and_open_nothing(String message) {
            List<InboundEvent> events = events(message(message));

            assertThat(events).hasSize(3);
            assertThat(events.get(0)).isInstanceOfSatisfying(InboundEvent.MessageReceived.class, received -> {
                assertThat(received.content()).isEqualTo(Content.text("STOP"));
                assertThat(received.source().opens(true)).isFalse();
            });
            assertThat(events.get(1)).isInstanceOf(InboundEvent.Unknown.class);
            assertThat(events.get(2)).isInstanceOf(InboundEvent.OptInSignal.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"type\":7}",
                    "{\"type\":\"text\"}",
                    "{\"type\":\"text\",\"text\":\" \"}",
                    "{\"type\":\"text\",\"text\":{\"a\":1}}",
                    "{\"type\":\"url\"}",
                    "{\"type\":\"picture\"}",
                    "{\"type\":\"picture\",\"media\":\"not an address\"}",
                    "{\"type\":\"video\",\"media\":\"ftp://a.example/b\"}",
                    "{\"type\":\"file\",\"media\":[1]}",
                    "{\"type\":\"sticker\"}",
                    "{\"type\":\"sticker\",\"sticker_id\":\" \"}",
                    "{\"type\":\"contact\"}",
                    "{\"type\":\"contact\",\"contact\":[]}",
                    "{\"type\":\"contact\",\"contact\":{\"name\":\"\"}}",
                    "{\"type\":\"location\",\"location\":{\"lat\":1}}",
                    "{\"type\":\"location\",\"location\":{\"lat\":91,\"lon\":0}}",
                    "{\"type\":\"location\",\"location\":{\"lat\":\"NaN\",\"lon\":\"x\"}}"
                })
        void gives_content_that_cannot_be_read_as_unknown(String message) {
            assertThat(events(message(message)).get(0)).isInstanceOf(InboundEvent.Unknown.class);
        }
    }

    @Nested
    class WhenThePersonComesAndGoes {
        @Test
        void takes_subscribed_for_the_end_of_a_stop() {
            InboundEvent.OptInSignal signal = first(InboundEvent.OptInSignal.class, "subscribed");

            assertThat(signal.kind()).isEqualTo(InboundEvent.OptInSignal.Kind.RESUME);
            assertThat(signal.scope()).isEqualTo(Scope.everything().only(BOT));
            assertThat(signal.source().details()).containsEntry("profile.name", "Ana Pr\u00e9vost");
        }

        @Test
        void takes_unsubscribed_for_a_stop_of_everything_on_this_bot_alone() {
            InboundEvent.OptOutSignal signal = first(InboundEvent.OptOutSignal.class, "unsubscribed");

            assertThat(signal.scope().covers(Purpose.AUTHENTICATION, BOT)).isTrue();
            assertThat(signal.scope().covers(Purpose.NEWS, new SenderId(ChannelId.VIBER, "pa:2")))
                    .isFalse();
            assertThat(signal.person().addresses()).containsExactly(ANA);
            assertThat(signal.at()).isEqualTo(THEN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"event\":\"unsubscribed\",\"user\":{\"id\":\"A=\"}}",
                    "{\"event\":\"unsubscribed\",\"sender\":{\"id\":\"A=\"},\"message_token\":null}",
                    "{\"user_id\":\"A=\",\"event\":\"unsubscribed\",\"timestamp\":\"soon\",\"message_token\":[]}"
                })
        void takes_a_stop_whatever_else_is_odd_about_it(String body) {
            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.OptOutSignal.class);
        }

        @Test
        void tells_of_an_opened_conversation_and_of_no_opt_in() {
            List<InboundEvent> events = events(Examples.text("conversation-started"));

            assertThat(events).singleElement().isInstanceOfSatisfying(InboundEvent.ConversationOpened.class, opened -> {
                assertThat(opened.context()).isEqualTo("affiche-metro");
                assertThat(opened.source().details()).containsEntry("subscribed", "false");
            });
        }

        @Test
        void needs_no_context() {
            String body = Examples.text("conversation-started").replace("\"context\"", "\"x\"");

            assertThat(events(body))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.ConversationOpened.class,
                            opened -> assertThat(opened.context()).isEmpty());
        }
    }

    @Nested
    class WhenAMessageOfOursMoves {
        private DeliveryStatus status(String example) {
            InboundEvent.StatusChanged changed = first(InboundEvent.StatusChanged.class, example);
            assertThat(changed.message().providerId()).contains("5741311803571721087");
            assertThat(changed.message().wireKey()).isEmpty();
            assertThat(changed.person().addresses()).containsExactly(ANA);
            return changed.status();
        }

        @Test
        void reads_delivered_and_seen() {
            assertThat(status("delivered")).isEqualTo(new DeliveryStatus.Delivered());
            assertThat(status("seen")).isEqualTo(new DeliveryStatus.Read());
        }

        @Test
        void reads_failed_and_keeps_the_words_in_the_details() {
            assertThat(status("failed")).isInstanceOfSatisfying(DeliveryStatus.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
                assertThat(failed.failure().toString()).doesNotContain("Ana");
            });
            assertThat(first(InboundEvent.StatusChanged.class, "failed")
                            .source()
                            .details())
                    .containsEntry("desc", "keyboard of Ana is not valid");
        }

        @Test
        void has_one_key_for_all_devices_of_a_person() {
            String body = Examples.text("delivered");
            String later = body.replace("1795424400000", "1795424409999");

            assertThat(events(later).get(0).key()).isEqualTo(events(body).get(0).key());
        }

        @Test
        void has_another_key_for_another_person_of_the_same_broadcast() {
            String body = Examples.text("delivered");
            String other = body.replace(ANA.value(), "aFpRcm5ueDNaM2RiTHVQZw==");

            assertThat(events(other).get(0).key())
                    .isNotEqualTo(events(body).get(0).key());
        }

        @Test
        void gives_a_receipt_that_names_no_message_raw() {
            String body = Examples.text("seen").replace("message_token", "x");

            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.Unknown.class);
        }
    }

    @Nested
    class WhenThePersonTapsPay {
        private static final String KEY = "\"tracking_data\": \"m-1#2\"";

        private String tracked() {
            return Examples.text("client-status").replace("\"tracking_data\": \"\"", KEY);
        }

        @Test
        void tells_the_tap_and_that_the_payment_arrived() {
            List<InboundEvent> events = events(tracked());

            assertThat(events).hasSize(2);
            assertThat(ViberPaymentTap.of(events.get(0))).hasValueSatisfying(tap -> {
                assertThat(tap.source().person().addresses()).containsExactly(ANA);
                assertThat(tap.code()).isZero();
                assertThat(tap.gateways()).containsExactly("LiqPay");
                assertThat(tap.message()).map(WireKey::toString).contains("m-1#2");
                assertThat(tap.toString()).doesNotContain(ANA.value());
            });
            assertThat(events.get(1)).isInstanceOfSatisfying(InboundEvent.StatusChanged.class, changed -> {
                assertThat(changed.message().wireKey()).map(WireKey::toString).contains("m-1#2");
                assertThat(changed.status()).isEqualTo(new DeliveryStatus.Delivered());
            });
        }

        @Test
        void names_no_message_where_the_tracking_data_are_not_ours() {
            List<InboundEvent> events = events(Examples.text("client-status"));

            assertThat(events).hasSize(1);
            assertThat(ViberPaymentTap.of(events.get(0)))
                    .hasValueSatisfying(tap -> assertThat(tap.message()).isEmpty());
        }

        @Test
        void keeps_a_code_that_is_not_documented() {
            String body = Examples.text("client-status").replace("\"code\": 0", "\"code\": 7");

            assertThat(ViberPaymentTap.of(events(body).get(0)))
                    .hasValueSatisfying(tap -> assertThat(tap.code()).isEqualTo(7));
        }

        @Test
        void is_no_other_event() {
            assertThat(events(Examples.text("in-text")).stream().flatMap(event -> ViberPaymentTap.of(event).stream()))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"refund\"", "7", "{}", "null"})
        void gives_a_status_of_another_type_raw(String type) {
            String body = Examples.text("client-status").replace("\"payment\"", type);

            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.Unknown.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"event\":\"client_status\",\"user\":{\"id\":\"A=\"}}",
                    "{\"event\":\"client_status\",\"user\":{\"id\":\"A=\"},\"status\":[]}",
                    "{\"event\":\"client_status\",\"status\":{\"type\":\"payment\"}}"
                })
        void gives_one_that_lacks_what_it_needs_raw(String body) {
            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.Unknown.class);
        }
    }

    @Nested
    class WhenSomethingIsStrange {
        @Test
        void answers_the_probe_of_set_webhook_and_tells_nothing() {
            assertThat(events(Examples.text("webhook"))).isEmpty();
        }

        @Test
        void gives_unheard_of_events_raw() {
            assertThat(events(Examples.text("unheard-of")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.Unknown.class,
                            unknown -> assertThat(unknown.raw()).contains("reaction"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "1795424400000|2026-11-23T09:00:00Z",
                    "\"1795424400000\"|2026-11-23T09:00:00Z",
                    "1451606400000|2016-01-01T00:00:00Z",
                    "1451606399999|2026-11-24T10:00:00Z",
                    "1795424400|2026-11-24T10:00:00Z",
                    "0|2026-11-24T10:00:00Z",
                    "4977069964384421269|2026-11-24T10:00:00Z",
                    "-5|2026-11-24T10:00:00Z",
                    "null|2026-11-24T10:00:00Z",
                    "\"soon\"|2026-11-24T10:00:00Z",
                    "1.5e12|2026-11-24T10:00:00Z"
                })
        void reads_milliseconds_and_takes_its_own_time_for_anything_else(String timestamp, Instant at) {
            String body = Examples.text("delivered").replace("1795424400000", timestamp);

            assertThat(events(body))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.StatusChanged.class,
                            changed -> assertThat(changed.at()).isEqualTo(at));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"event\":null}",
                    "{\"event\":[\"message\"]}",
                    "{\"event\":\"message\"}",
                    "{\"event\":\"message\",\"sender\":{\"id\":\"A=\"}}",
                    "{\"event\":\"message\",\"sender\":{\"id\":\"A=\"},\"message\":\"hello\"}",
                    "{\"event\":\"message\",\"message\":{\"type\":\"text\",\"text\":\"a\"}}",
                    "{\"event\":\"message\",\"sender\":[],\"message\":{\"type\":\"text\",\"text\":\"a\"}}",
                    "{\"event\":\"unsubscribed\"}",
                    "{\"event\":\"unsubscribed\",\"user_id\":\"\"}",
                    "{\"event\":\"unsubscribed\",\"user_id\":\"\\ud83d\"}",
                    "{\"event\":\"subscribed\",\"user\":{\"id\":null}}",
                    "{\"event\":\"seen\",\"user_id\":\"A=\",\"message_token\":\"none\"}"
                })
        void gives_one_unknown_for_an_event_that_lacks_what_it_needs(String body) {
            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.Unknown.class);
        }

        @Test
        void refuses_an_id_too_long_for_an_address() {
            String body = Examples.text("unsubscribed").replace(ANA.value(), "x".repeat(513));

            assertThat(events(body)).singleElement().isInstanceOf(InboundEvent.Unknown.class);
        }

        @Test
        void keeps_an_id_as_it_is_since_letter_case_counts() {
            String body = Examples.text("unsubscribed").replace(ANA.value(), "aB/c+D==");

            assertThat(events(body))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.OptOutSignal.class,
                            signal -> assertThat(signal.person())
                                    .extracting(Identity::addresses)
                                    .isEqualTo(List.of(Address.of(Address.Kind.VIBER_USER, "aB/c+D=="))));
        }
    }

    @Nested
    class WhenItVerifies {
        private static final byte[] BODY =
                "{\"event\":\"webhook\",\"timestamp\":4977069964384421269,\"message_token\":1478683725125}"
                        .getBytes(StandardCharsets.UTF_8);
        private static final String SIGNATURE = "d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef";

        private final AtomicReference<String> token =
                new AtomicReference<>("44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3");
        private final ViberWebhooks vector =
                ViberWebhooks.builder("pa:1", token::get).build();

        @Test
        void takes_the_published_vector() throws SignatureException {
            assertThat(vector.read(Examples.post(BODY, SIGNATURE)).answer().status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "d21b",
                    "d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ee",
                    "sha256=d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef",
                    "z21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef"
                })
        void refuses_another_signature(String signature) {
            assertThatThrownBy(() -> vector.read(Examples.post(BODY, signature)))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageNotContaining(SIGNATURE);
        }

        @Test
        void does_not_take_the_signature_in_the_query_for_one() {
            WebhookRequest request = new WebhookRequest("POST", Map.of(), Map.of("sig", SIGNATURE), BODY);

            assertThatThrownBy(() -> vector.read(request)).isInstanceOf(SignatureException.class);
        }

        @Test
        void follows_a_new_token() throws SignatureException {
            vector.read(Examples.post(BODY, SIGNATURE));
            token.set(Examples.TOKEN);

            Reading reading = vector.read(Examples.signed(Examples.text("delivered")));

            assertThat(reading.events()).hasSize(1);
            assertThatThrownBy(() -> vector.read(Examples.post(BODY, SIGNATURE)))
                    .isInstanceOf(SignatureException.class);
        }

        @Test
        void takes_nothing_without_a_token() {
            token.set(" ");

            assertThatThrownBy(() -> vector.read(Examples.post(BODY, SIGNATURE)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE"})
        void answers_405_to_another_method(String method) throws SignatureException {
            Reading reading = reader.read(new WebhookRequest(method, Map.of(), Map.of(), new byte[0]));

            assertThat(reading.events()).isEmpty();
            assertThat(reading.answer().status()).isEqualTo(405);
        }

        @Test
        void shows_its_sender_only() {
            assertThat(reader).hasToString("ViberWebhooks[viber:pa:1]");
        }
    }
}
