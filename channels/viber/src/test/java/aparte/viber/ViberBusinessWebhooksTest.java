package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.MessageId;
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

class ViberBusinessWebhooksTest {
    private static final SenderId SERVICE = ViberBusinessTransport.senderId("20001");
    private static final Identity ANA = Identity.of(Address.phone("+33639980001"));
    private static final Instant THEN = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final AtomicReference<String> secret = new AtomicReference<>(BusinessExamples.SECRET);
    private final ViberBusinessWebhooks reader = ViberBusinessWebhooks.builder(secret::get)
            .clock(MutableClock.at(NOW))
            .build();

    private InboundEvent event(String body) {
        List<InboundEvent> events = events(body);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private List<InboundEvent> events(String body) {
        try {
            Reading reading = reader.read(BusinessExamples.signed(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private InboundEvent example(String name) {
        return event(Examples.text("bm-" + name));
    }

    private InboundEvent.StatusChanged status(String name) {
        return (InboundEvent.StatusChanged) example(name);
    }

    private DeliveryFailure failure(String name) {
        return ((DeliveryStatus.Failed) status(name).status()).failure();
    }

    private Content content(String name) {
        return ((InboundEvent.MessageReceived) example(name)).content();
    }

    @Nested
    class WhenAMessageOfOursChanged {
        @Test
        void names_the_service_the_person_the_time_and_the_message() {
            InboundEvent.StatusChanged changed = status("delivered");

            assertThat(changed.sender()).isEqualTo(SERVICE);
            assertThat(changed.person()).isEqualTo(ANA);
            assertThat(changed.at()).isEqualTo(THEN);
            assertThat(changed.message())
                    .isEqualTo(InboundEvent.Receipt.of(
                            Optional.of(new WireKey(MessageId.of("m-1"), 1)), "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"));
        }

        @Test
        void is_sent_then_delivered_then_read() {
            assertThat(status("submitted").status()).isEqualTo(new DeliveryStatus.Sent());
            assertThat(status("delivered").status()).isEqualTo(new DeliveryStatus.Delivered());
            assertThat(status("read").status()).isEqualTo(new DeliveryStatus.Read());
        }

        @Test
        void keeps_a_word_that_it_does_not_know() {
            assertThat(status("teleported").status()).isEqualTo(new DeliveryStatus.Unknown("teleported"));
        }

        @ParameterizedTest
        @CsvSource({"1240, PERSON_LEFT", "1050, PERSON_LEFT"})
        void failed_under_any_word_if_the_person_left(String code, DeliveryFailure.Kind kind) {
            InboundEvent.StatusChanged changed = (InboundEvent.StatusChanged) event(Examples.text("bm-rejected")
                    .replace("\"rejected\"", "\"expired\"")
                    .replace("1240", code));

            assertThat(((DeliveryStatus.Failed) changed.status()).failure().kind())
                    .isEqualTo(kind);
        }

        @Test
        void tells_the_price_whether_it_is_a_text_or_a_number() {
            assertThat(status("delivered").source().details()).isEqualTo(Map.of("price", "0.0189", "currency", "EUR"));
            assertThat(status("undeliverable").source().details()).isEqualTo(Map.of("price", "0", "currency", "EUR"));
        }

        @Test
        void says_why_it_failed_whether_the_title_is_a_number_or_a_text() {
            assertThat(failure("rejected").kind()).isEqualTo(DeliveryFailure.Kind.PERSON_LEFT);
            assertThat(failure("rejected").providerCode()).isEqualTo("1240");
            assertThat(failure("rejected").hint()).doesNotContain("33639980001");
            assertThat(failure("undeliverable").kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
            assertThat(failure("undeliverable").providerCode()).isEqualTo("1300");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"title\":1240", "\"title\":\"1240\"", "\"type\":\"x#1240\",\"title\":\"Rejected\""})
        void finds_the_number_in_the_title_where_the_type_has_none(String error) {
            String body = Examples.text("bm-submitted")
                    .replace("submitted", "rejected")
                    .replaceFirst("\\{", "{\"error\":{" + error + "},");

            InboundEvent.StatusChanged changed = (InboundEvent.StatusChanged) event(body);

            assertThat(((DeliveryStatus.Failed) changed.status()).failure().providerCode())
                    .isEqualTo("1240");
        }

        @ParameterizedTest
        @CsvSource({
            "1000, THROTTLED, true",
            "1010, INVALID_REQUEST, false",
            "1020, INVALID_REQUEST, false",
            "1022, INVALID_REQUEST, false",
            "1030, TEMPORARY, true",
            "1040, INVALID_REQUEST, false",
            "1050, PERSON_LEFT, false",
            "1060, ACCOUNT, false",
            "1070, ACCOUNT, false",
            "1100, TEMPORARY, true",
            "1130, INVALID_REQUEST, false",
            "1140, ACCOUNT, false",
            "1180, TEMPORARY, true",
            "1190, UNDELIVERABLE, false",
            "1220, TEMPORARY, true",
            "1230, TEMPORARY, true",
            "1240, PERSON_LEFT, false",
            "1260, UNDELIVERABLE, false",
            "1300, UNDELIVERABLE, false",
            "1310, UNDELIVERABLE, false",
            "1320, INVALID_REQUEST, false",
            "1331, TEMPORARY, true",
            "1340, WINDOW_CLOSED, false",
            "1360, UNDELIVERABLE, false",
            "1380, INVALID_REQUEST, false",
            "1381, INVALID_REQUEST, false",
            "1382, INVALID_REQUEST, false",
            "1999, UNKNOWN, false"
        })
        void types_every_number_of_the_list(String code, DeliveryFailure.Kind kind, boolean again) {
            String body = Examples.text("bm-undeliverable").replace("1300", code);

            DeliveryFailure failure =
                    ((DeliveryStatus.Failed) ((InboundEvent.StatusChanged) event(body)).status()).failure();

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).isEqualTo(code);
            assertThat(failure.isRetryable()).isEqualTo(again);
            assertThat(failure.hint()).isNotEmpty();
        }

        @Test
        void fails_without_a_reason_where_none_is_given() {
            InboundEvent.StatusChanged changed = (InboundEvent.StatusChanged)
                    event(Examples.text("bm-submitted").replace("submitted", "rejected"));

            assertThat(((DeliveryStatus.Failed) changed.status()).failure().kind())
                    .isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
        }

        @Test
        void has_no_key_if_the_reference_is_not_ours() {
            InboundEvent.StatusChanged changed = (InboundEvent.StatusChanged)
                    event(Examples.text("bm-delivered").replace("m-1#1", "order 5"));

            assertThat(changed.message().wireKey()).isEmpty();
            assertThat(changed.message().providerId()).isPresent();
        }

        @Test
        void has_the_key_alone_if_there_is_no_id() {
            InboundEvent.StatusChanged changed = (InboundEvent.StatusChanged)
                    event(Examples.text("bm-delivered").replaceFirst("\"message_uuid\": \"[^\"]*\",", ""));

            assertThat(changed.message().wireKey()).isPresent();
            assertThat(changed.message().providerId()).isEmpty();
        }
    }

    @Nested
    class WhenAPersonWrites {
        @Test
        void swaps_the_ends_of_a_status() {
            InboundEvent.MessageReceived received = (InboundEvent.MessageReceived) example("in-text");

            assertThat(received.sender()).isEqualTo(SERVICE);
            assertThat(received.person()).isEqualTo(ANA);
            assertThat(received.at()).isEqualTo(THEN);
            assertThat(received.providerId()).isEqualTo("bbbbbbbb-bbbb-4ccc-8ddd-0123456789ab");
            assertThat(received.content()).isEqualTo(Content.text("O\u00f9 est mon colis ?"));
        }

        @Test
        void hands_media_over_as_links() {
            assertThat(content("in-image"))
                    .isEqualTo(Content.image(Media.link(URI.create("https://media.example/ana-1.jpg"))));
            assertThat(content("in-video"))
                    .isEqualTo(new Content.Video(
                            Media.link(URI.create("https://media.example/ana-2.mp4")), Optional.empty()));
            assertThat(content("in-file"))
                    .isEqualTo(new Content.Document(
                            Media.link(URI.create("https://media.example/3.pdf")),
                            Optional.of("facture-ana.pdf"),
                            Optional.empty()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"image", "video", "file"})
        void reads_what_is_written_with_media_inside_of_them_and_beside(String type) {
            Object stop = Optional.of("STOP");
            String body = Examples.text("bm-in-" + type);

            for (String written : new String[] {
                body.replaceFirst("\\{\"url\"", "{\"caption\": \"STOP\", \"url\""),
                body.replaceFirst("\\{", "{\"text\": \"STOP\",")
            }) {
                assertThat(((InboundEvent.MessageReceived) event(written)).content())
                        .extracting("caption")
                        .isEqualTo(stop);
            }
        }

        @Test
        void takes_a_number_with_its_plus_sign_too() {
            InboundEvent.MessageReceived received = (InboundEvent.MessageReceived)
                    event(Examples.text("bm-in-text").replace("\"33639980001\"", "\"+33639980001\""));

            assertThat(received.person()).isEqualTo(ANA);
        }

        @Test
        void names_each_service_of_the_account() {
            InboundEvent.MessageReceived received = (InboundEvent.MessageReceived)
                    event(Examples.text("bm-in-text").replace("20001", "20002"));

            assertThat(received.sender()).isEqualTo(ViberBusinessTransport.senderId("20002"));
        }

        @Test
        void mends_half_characters() {
            InboundEvent.MessageReceived received = (InboundEvent.MessageReceived)
                    event(Examples.text("bm-in-text").replace("O\u00f9 est", "\\ud83d"));

            assertThat(received.content()).isEqualTo(Content.text("\ufffd mon colis ?"));
        }
    }

    @Nested
    class WhenItIsNotKnown {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "\"viber_service\"    | \"whatsapp\"",
                    "\"20001\"            | null",
                    "\"20001\"            | \"\"",
                    "\"33639980001\"      | \"ana\"",
                    "\"33639980001\"      | null",
                    "\"O\u00f9 est mon colis ?\" | \" \"",
                    "\"message_type\"     | \"type\""
                })
        void hands_the_event_over_raw(String from, String to) {
            String body = Examples.text("bm-in-text").replace(from, to);

            assertThat(event(body))
                    .isInstanceOfSatisfying(
                            InboundEvent.Unknown.class,
                            unknown -> assertThat(unknown.raw()).isEqualTo(body));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "in-text     | \"text\",                            | \"hologram\",",
                    "in-image    | \"url\": \"https://media.example/ana-1.jpg\" | \"caption\": \"STOP\"",
                    "in-image    | https://media.example/ana-1.jpg\"    | a b\", \"caption\": \"STOP\"",
                    "in-hologram | \"hologram\": {                      | \"text\": \"STOP\", \"hologram\": {"
                })
        void keeps_the_words_of_a_message_which_may_close_and_open_nothing(String example, String from, String to) {
            String body = Examples.text("bm-" + example)
                    .replace("O\u00f9 est mon colis ?", "STOP")
                    .replace(from, to);

            List<InboundEvent> events = events(body);

            assertThat(events).hasSize(2);
            assertThat(events.get(0)).isInstanceOfSatisfying(InboundEvent.MessageReceived.class, received -> {
                assertThat(received.content()).isEqualTo(Content.text("STOP"));
                assertThat(received.source().opens(true)).isFalse();
            });
            assertThat(events.get(1))
                    .isInstanceOfSatisfying(
                            InboundEvent.Unknown.class,
                            unknown -> assertThat(unknown.raw()).isEqualTo(body));
        }

        @ParameterizedTest
        @ValueSource(strings = {"yesterday", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1795424400"})
        void takes_now_for_a_time_that_it_cannot_read_or_that_was_before_viber(String timestamp) {
            InboundEvent event = event(Examples.text("bm-in-text").replace("2026-11-23T09:00:00.000Z", timestamp));

            assertThat(event).isInstanceOf(InboundEvent.MessageReceived.class);
            assertThat(event.at()).isEqualTo(NOW);
        }

        @Test
        void hands_over_a_status_that_names_no_message() {
            String body = Examples.text("bm-submitted")
                    .replaceFirst("\"message_uuid\": \"[^\"]*\",", "")
                    .replace("m-1#1", "order 5");

            assertThat(event(body)).isInstanceOf(InboundEvent.Unknown.class);
        }
    }

    @Nested
    class WhenItIsDeliveredAgain {
        @Test
        void has_the_same_key_and_each_status_one_of_its_own() {
            assertThat(example("delivered").key())
                    .isEqualTo(example("delivered").key());
            assertThat(List.of(
                            example("submitted").key(),
                            example("delivered").key(),
                            example("read").key(),
                            example("in-text").key()))
                    .doesNotHaveDuplicates();
        }
    }

    @Nested
    class WhenItIsSigned {
        private final byte[] body = Examples.text("bm-in-text").getBytes(StandardCharsets.UTF_8);

        private void assertThatItIsRefused(WebhookRequest request) {
            assertThatThrownBy(() -> reader.read(request)).isInstanceOf(SignatureException.class);
        }

        private WebhookRequest bearer(String token) {
            return BusinessExamples.post(body, "Bearer " + token);
        }

        private String jwt(String head, String claims) {
            return BusinessExamples.jwt(BusinessExamples.SECRET, head, claims);
        }

        @Test
        void takes_the_scheme_in_any_letter_case() throws SignatureException {
            String token = jwt(BusinessExamples.HEAD, BusinessExamples.claims(body));

            assertThat(reader.read(BusinessExamples.post(body, "bearer " + token))
                            .events())
                    .hasSize(1);
        }

        @Test
        void refuses_the_signature_of_another_body() {
            String other = jwt(BusinessExamples.HEAD, BusinessExamples.claims("{}".getBytes(StandardCharsets.UTF_8)));

            assertThatItIsRefused(bearer(other));
        }

        @Test
        void refuses_one_byte_more() {
            String token = jwt(BusinessExamples.HEAD, BusinessExamples.claims(body));
            byte[] more = (Examples.text("bm-in-text") + " ").getBytes(StandardCharsets.UTF_8);

            assertThatItIsRefused(BusinessExamples.post(more, "Bearer " + token));
        }

        @Test
        void refuses_a_signature_that_names_no_hash() {
            assertThatItIsRefused(bearer(jwt(BusinessExamples.HEAD, "{\"iss\":\"Vonage\"}")));
            assertThatItIsRefused(bearer(jwt(BusinessExamples.HEAD, "[]")));
            assertThatItIsRefused(bearer(jwt(BusinessExamples.HEAD, "{\"payload_hash\":\"\"}")));
        }

        @Test
        void refuses_a_token_that_nobody_signed() {
            String head = BusinessExamples.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
            String claims =
                    BusinessExamples.base64(BusinessExamples.claims(body).getBytes(StandardCharsets.UTF_8));

            assertThatItIsRefused(bearer(head + "." + claims + "."));
            assertThatItIsRefused(bearer(head + "." + claims));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Bearer",
                    "Bearer ",
                    "Bearer a",
                    "Bearer a.b",
                    "Bearer a.b.c",
                    "Bearer \u00e9.\u00e9.\u00e9",
                    "Basic YTpi",
                    "Bearer ..",
                    "Bearer a.b.c.d"
                })
        void refuses_what_is_no_token(String authorization) {
            assertThatItIsRefused(BusinessExamples.post(body, authorization));
        }

        @Test
        void refuses_any_changed_letter_of_the_token() {
            String token = jwt(BusinessExamples.HEAD, BusinessExamples.claims(body));

            // The last letter of 256 bits in Base64 has two bits that mean nothing.
            for (int i = 0; i < token.length() - 1; i++) {
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                assertThatItIsRefused(bearer(token.substring(0, i) + other + token.substring(i + 1)));
            }
        }

        @Test
        void follows_the_secret_when_it_is_changed() throws SignatureException {
            reader.read(BusinessExamples.signed(body, BusinessExamples.SECRET));
            secret.set("the-next-secret");

            assertThat(reader.read(BusinessExamples.signed(body, "the-next-secret"))
                            .events())
                    .hasSize(1);
            assertThatItIsRefused(BusinessExamples.signed(body, BusinessExamples.SECRET));
        }

        @Test
        void cannot_verify_without_a_secret() {
            secret.set(" ");

            assertThatThrownBy(() -> reader.read(BusinessExamples.signed(body, "x")))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void has_no_handshake() throws SignatureException {
            Reading reading = reader.read(new WebhookRequest("GET", Map.of(), Map.of(), new byte[0]));

            assertThat(reading.answer().status()).isEqualTo(405);
            assertThat(reading.events()).isEmpty();
        }
    }
}
