package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Content.Choices.Option;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import aparte.whatsapp.WhatsAppInvoice.Payment.Gateway;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each content is in a request. */
class WhatsAppContentsTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ASHA = Address.phone("+919876543210");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    private static final WhatsAppPayments INDIA = WhatsAppPayments.india(new Gateway("razorpay", "shop"));

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private Clearing clearing;

    @BeforeEach
    void open() {
        clearing = Clearing.of(clock, builder().build());
    }

    private WhatsAppTransport.Builder builder() {
        return WhatsAppTransport.builder(Sample.NUMBER, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(duration -> {}).build());
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private void accepts() {
        answers(Examples.text("answer-accepted"));
    }

    private static Message message(Address to, Content content) {
        return Message.builder(Recipient.of(to), Purpose.SERVICE, content)
                .id(MessageId.of("m-1"))
                .build();
    }

    private SendResult send(Address to, Content content) {
        clearing.hears(to);
        return clearing.send(message(to, content));
    }

    private JsonNode request() throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        String body = request.getBody().utf8();
        assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/messages HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(Examples.flaws("messages-request", body)).isEmpty();
        return Examples.json(body);
    }

    private static JsonNode whole(Address to, String fields) {
        return Examples.json(("{'messaging_product':'whatsapp','recipient_type':'individual','to':'" + to.value() + "',"
                        + fields + ",'biz_opaque_callback_data':'m-1#1'}")
                .replace('\'', '"'));
    }

    private void assertThatItLeavesWhole(Address to, Sample sample) throws InterruptedException {
        accepts();

        SendResult result = send(to, sample.content());

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(request()).isEqualTo(whole(to, sample.json()));
    }

    static List<Sample> ofAnyCountry() {
        return Sample.ofAnyCountry();
    }

    static List<Sample> ofBrazil() {
        return Sample.ofBrazil();
    }

    static List<Sample> ofIndia() {
        return Sample.ofIndia();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofAnyCountry")
    void is_written_as_documented(Sample sample) throws InterruptedException {
        assertThatItLeavesWhole(ANA, sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofBrazil")
    void is_written_as_documented_in_brazil(Sample sample) throws InterruptedException {
        clearing =
                Clearing.of(clock, builder().payments(WhatsAppPayments.brazil()).build());

        assertThatItLeavesWhole(ANA, sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofIndia")
    void is_written_as_documented_in_india(Sample sample) throws InterruptedException {
        clearing = Clearing.of(clock, builder().payments(INDIA).build());

        assertThatItLeavesWhole(ASHA, sample);
    }

    @Nested
    class WhenThePersonWaitsForAnAnswer {
        @Test
        void marks_as_read_and_keeps_the_id_of_what_was_read() throws InterruptedException {
            answers("{\"success\":true}");

            SendResult result = send(ANA, new Content.ReadMark("wamid.IN1"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("wamid.IN1"));
            assertThat(request())
                    .isEqualTo(Examples.json("{\"messaging_product\":\"whatsapp\",\"status\":\"read\","
                            + "\"message_id\":\"wamid.IN1\"}"));
        }

        @Test
        void shows_that_it_is_typing() throws InterruptedException {
            answers("{\"success\":true}");

            SendResult result = send(ANA, new Content.Typing("wamid.IN1"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(request())
                    .isEqualTo(Examples.json("{\"messaging_product\":\"whatsapp\",\"status\":\"read\","
                            + "\"message_id\":\"wamid.IN1\",\"typing_indicator\":{\"type\":\"text\"}}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"success\":false}", "{\"success\":\"true\"}", "{\"success\":true", "[]", "OK"})
        void is_unconfirmed_by_an_answer_that_does_not_say_so(String answer) {
            answers(answer);

            assertThat(send(ANA, new Content.ReadMark("wamid.IN1"))).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    @Nested
    class WhenItHoldsMediaInMemory {
        @Test
        void uploads_each_card_of_a_carousel_first() throws InterruptedException {
            answers("{\"id\":\"M1\"}");
            answers("{\"id\":\"M2\"}");
            accepts();
            Content carousel = new Content.Carousel(
                    "Nouveau",
                    List.of(
                            Sample.card(Media.bytes(PNG, "image/png"), "Un"),
                            Sample.card(Media.bytes(Arrays.copyOf(PNG, 20), "image/png"), "Deux")));

            SendResult result = send(ANA, carousel);

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getTarget()).endsWith("/media");
            assertThat(server.takeRequest().getTarget()).endsWith("/media");
            assertThat(request().at("/interactive/action/cards"))
                    .extracting(card -> card.at("/header/image/id").asText())
                    .containsExactly("M1", "M2");
        }

        @Test
        void uploads_a_header_by_what_its_bytes_are() throws InterruptedException {
            answers("{\"id\":\"M1\"}");
            accepts();

            send(
                    ANA,
                    new Content.Choices(
                            "Bon ?", Sample.options(2), Optional.of(Media.bytes(PDF, "image/png")), Optional.empty()));

            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\r\n\r\napplication/pdf\r\n", "filename=\"document.pdf\"");
            assertThat(request().at("/interactive/header").toString())
                    .isEqualTo("{\"type\":\"document\",\"document\":{\"id\":\"M1\"}}");
        }

        @Test
        void sends_nothing_if_the_second_upload_fails() {
            answers("{\"id\":\"M1\"}");
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":131053}}")
                    .build());
            Content carousel = new Content.Carousel(
                    "Nouveau",
                    List.of(
                            Sample.card(Media.bytes(PNG, "image/png"), "Un"),
                            Sample.card(Media.bytes(Arrays.copyOf(PNG, 20), "image/png"), "Deux"),
                            Sample.card(Media.bytes(Arrays.copyOf(PNG, 30), "image/png"), "Trois")));

            SendResult result = send(ANA, carousel);

            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    @Nested
    class WhenChoicesTakeAShape {
        private Content shown(Content content) {
            clearing.hears(ANA);
            return clearing.gate().preview(message(ANA, content)).shown().orElseThrow();
        }

        private Content.Choices of(String body, Option... options) {
            return new Content.Choices(body, List.of(options));
        }

        @Test
        void previews_buttons_where_they_fit() {
            assertThat(shown(new Content.Choices("?", Sample.options(3))))
                    .isEqualTo(new ButtonMessage("?", Sample.buttons(3)));
        }

        @Test
        void previews_a_list_for_more_than_three() {
            assertThat(shown(new Content.Choices("?", Sample.options(10)))).isInstanceOf(ListMessage.class);
        }

        @Test
        void previews_a_list_for_long_titles() {
            assertThat(shown(of("?", new Option("a", "x".repeat(20))))).isInstanceOf(ButtonMessage.class);
            assertThat(shown(of("?", new Option("a", "x".repeat(21))))).isInstanceOf(ListMessage.class);
            assertThat(shown(of("?", new Option("a", "\ud83d\udce6".repeat(24)))))
                    .isInstanceOf(ListMessage.class);
        }

        @Test
        void previews_a_list_for_a_long_question() {
            assertThat(shown(of("x".repeat(1_024), new Option("a", "A")))).isInstanceOf(ButtonMessage.class);
            assertThat(shown(of("x".repeat(1_025), new Option("a", "A")))).isInstanceOf(ListMessage.class);
        }

        @Test
        void labels_a_list_as_set() {
            clearing = Clearing.of(clock, builder().listLabel("Choisir").build());

            assertThat(shown(new Content.Choices("?", Sample.options(4))))
                    .isInstanceOfSatisfying(
                            ListMessage.class, list -> assertThat(list.button()).isEqualTo("Choisir"));
        }

        @Test
        void previews_an_order_where_payments_are_taken() {
            clearing = Clearing.of(clock, builder().payments(INDIA).build());

            assertThat(shown(new Content.PaymentRequest("inv-7", "Visit", 500, "INR", Optional.empty())))
                    .isInstanceOfSatisfying(
                            WhatsAppInvoice.class,
                            order -> assertThat(order.total()).isEqualTo(500));
        }

        @Test
        void pays_an_order_by_the_gateway_unless_it_says_how() {
            clearing = Clearing.of(clock, builder().payments(INDIA).build());
            Content order = WhatsAppInvoice.builder("o-1", "INR", "Yours")
                    .item(new WhatsAppInvoice.Item("P1", "Cake", 100, 1))
                    .build();

            assertThat(shown(order))
                    .isInstanceOfSatisfying(
                            WhatsAppInvoice.class,
                            paid -> assertThat(paid.payments()).containsExactly(new Gateway("razorpay", "shop")));
        }
    }

    @Nested
    class WhenItAnswersAMessage {
        @Test
        void quotes_it_in_any_shape() throws InterruptedException {
            accepts();
            clearing.hears(ANA);

            clearing.send(
                    Message.builder(Recipient.of(ANA), Purpose.SERVICE, new Content.Choices("?", Sample.options(2)))
                            .replyTo("wamid.IN1")
                            .build());

            assertThat(request().at("/context/message_id").asText()).isEqualTo("wamid.IN1");
        }

        static List<Content> namingTheirMessage() {
            return List.of(
                    new Content.Reaction("wamid.IN1", Optional.of("\ud83d\udc4d")),
                    new Content.ReadMark("wamid.IN1"),
                    new Content.Typing("wamid.IN1"));
        }

        @ParameterizedTest
        @MethodSource("namingTheirMessage")
        void refuses_one_that_names_its_message_itself(Content content) {
            clearing.hears(ANA);

            SendResult result = clearing.send(Message.builder(Recipient.of(ANA), Purpose.SERVICE, content)
                    .replyTo("wamid.IN2")
                    .build());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .extracting(Refusal::detail)
                                    .allMatch(detail -> detail.contains("leave replyTo out")));
        }
    }

    @Nested
    class WhenThePersonIsNamedByUserId {
        @Test
        void puts_any_shape_to_the_recipient() throws InterruptedException {
            accepts();

            send(Address.of(Address.Kind.WHATSAPP_USER, "FR.134912"), new Content.LocationRequest("O\u00f9 ?"));

            ObjectNode request = (ObjectNode) request();
            assertThat(request.get("recipient").asText()).isEqualTo("FR.134912");
            assertThat(request.has("to")).isFalse();
        }
    }
}
