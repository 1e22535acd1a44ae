package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Limit;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.Preview;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerTransportTest {
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 1};

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private MessengerTransport transport;
    private Clearing clearing;

    @BeforeEach
    void open() {
        use(builder());
    }

    private void use(MessengerTransport.Builder builder) {
        transport = builder.build();
        clearing = Clearing.of(clock, transport);
    }

    private MessengerTransport.Builder builder() {
        return MessengerTransport.builder(Examples.PAGE, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(duration -> {}).build());
    }

    @Nested
    class WhenMessagesComeFasterThanTheyMay {
        private final List<Duration> waits = new ArrayList<>();

        private void send(int messages, MessengerTransport.Builder builder) {
            use(builder.http(HttpSettings.builder().waiting(waits::add).build()));
            for (int i = 0; i < messages; i++) {
                accepts();
                SendResult result = MessengerTransportTest.this.send(
                        Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));
                assertThat(result).isInstanceOf(SendResult.Accepted.class);
            }
        }

        @Test
        void spreads_them_over_the_second() {
            send(3, builder().messagesPerSecond(1));

            assertThat(waits).hasSizeGreaterThanOrEqualTo(2);
            assertThat(waits.get(0)).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_010));
        }

        @Test
        void keeps_no_limit_if_told_so() {
            send(20, builder().withoutLimits());

            assertThat(waits).isEmpty();
        }

        @Test
        void pauses_for_one_person_alone_where_the_subcode_says_so() {
            use(builder()
                    .http(HttpSettings.builder().tries(1).waiting(waits::add).build()));
            answers(400, "{\"error\":{\"code\":613,\"error_subcode\":2534040}}");
            answers(400, "{\"error\":{\"code\":613}}");

            SendResult person = MessengerTransportTest.this.send(Content.text("Bonjour"));
            SendResult page = MessengerTransportTest.this.send(
                    Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(failureOf(person).retryAfter()).contains(Duration.ofSeconds(1));
            assertThat(failureOf(page).retryAfter().orElseThrow())
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        }
    }

    private static Message.Builder message(Purpose purpose, String text) {
        return message(purpose, Content.text(text));
    }

    private static Message.Builder message(Purpose purpose, Content content) {
        return Message.builder(Recipient.of(ANA), purpose, content).id(MessageId.of("m-1"));
    }

    private SendResult send(Content content) {
        return send(message(Purpose.SERVICE, content).build());
    }

    private SendResult send(Message message) {
        clearing.hears(message.to().addresses().get(0));
        return clearing.send(message);
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void accepts() {
        answers(200, Examples.text("answer-accepted"));
    }

    private void uploads() {
        answers(200, Examples.text("answer-uploaded"));
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    private static Refusal refusalOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0);
    }

    private static void assertThatItWas(RecordedRequest request, String example) {
        assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/300000000000001/messages HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).matches("aparte/[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(request.getBody().utf8()).isEqualTo(Examples.text(example));
    }

    @Nested
    class WhenItSendsText {
        @Test
        void writes_the_documented_request() throws InterruptedException {
            accepts();

            SendResult result = send(Content.text("Votre colis est arriv\u00e9 \ud83d\udce6"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("m_out1"));
            assertThatItWas(server.takeRequest(), "send-text");
        }

        @Test
        void calls_an_update_what_answers_nothing() throws InterruptedException {
            accepts();

            send(message(Purpose.NEWS, "La une du jour").build());

            assertThatItWas(server.takeRequest(), "send-update");
        }

        @Test
        void quotes_the_message_that_it_answers() throws InterruptedException {
            accepts();

            send(message(Purpose.SERVICE, "Oui, bien s\u00fbr").replyTo("m_in1").build());

            assertThatItWas(server.takeRequest(), "send-reply");
        }

        @Test
        void takes_1999_code_points_and_no_more() {
            accepts();

            SendResult most = send(Content.text("\ud83d\udce6".repeat(1_999)));
            SendResult more = clearing.send(
                    Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("\ud83d\udce6".repeat(2_000))));

            assertThat(most).isInstanceOf(SendResult.Accepted.class);
            assertThat(refusalOf(more).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(more).limit()).contains(new Limit(1_999, "code points", 2_000));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void uses_another_version_and_a_proof_if_set() throws InterruptedException {
            use(builder().graphVersion("v25.0").appSecret("app-secret"));
            accepts();

            send(Content.text("Bonjour"));

            assertThat(server.takeRequest().getTarget())
                    .matches("/v25\\.0/300000000000001/messages\\?appsecret_proof=[0-9a-f]{64}");
        }
    }

    @Nested
    class WhenItSendsAnImage {
        @Test
        void names_a_link() throws InterruptedException {
            accepts();

            send(Content.image(Media.link(URI.create("https://cdn.example.org/a.png"))));

            assertThatItWas(server.takeRequest(), "send-image-by-link");
        }

        @Test
        void names_a_stored_id_of_its_own() throws InterruptedException {
            accepts();

            send(Content.image(new Media.Stored(transport.sender(), "1857777774821032")));

            assertThatItWas(server.takeRequest(), "send-image-by-id");
        }

        @Test
        void uploads_bytes_before_the_attempt() throws InterruptedException {
            uploads();
            accepts();

            SendResult result = send(Content.image(Media.bytes(PNG, "application/octet-stream")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            RecordedRequest upload = server.takeRequest();
            assertThat(upload.getRequestLine()).isEqualTo("POST /v26.0/300000000000001/message_attachments HTTP/1.1");
            assertThat(upload.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(upload.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(upload.getBody().utf8())
                    .contains("name=\"message\"\r\n")
                    .contains("\r\n\r\n{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}\r\n")
                    .contains("name=\"filedata\"; filename=\"image.png\"\r\n", "Content-Type: image/png\r\n");
            assertThatItWas(server.takeRequest(), "send-image-by-id");
        }

        @Test
        void takes_an_upload_id_that_is_a_number() throws InterruptedException {
            answers(200, "{\"attachment_id\":1857777774821032}");
            accepts();

            send(Content.image(Media.bytes(PNG, "image/png")));

            server.takeRequest();
            assertThatItWas(server.takeRequest(), "send-image-by-id");
        }

        @Test
        void uploads_the_same_bytes_once_in_89_days() {
            uploads();
            accepts();
            accepts();
            uploads();
            accepts();
            Content image = Content.image(Media.bytes(JPEG, "image/jpeg"));

            send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            clock.advance(Duration.ofDays(88));
            send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            clock.advance(Duration.ofDays(2));
            SendResult last = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));

            assertThat(last).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(5);
        }

        @Test
        void uploads_again_after_the_id_was_refused() {
            uploads();
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2018074}}");
            uploads();
            accepts();
            Content image = Content.image(Media.bytes(JPEG, "image/jpeg"));

            SendResult first = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            SendResult second = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));

            assertThat(first).isInstanceOf(SendResult.Failed.class);
            assertThat(second).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_no_message_if_the_upload_is_refused() {
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2018047}}");

            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void sends_no_message_if_the_upload_has_no_id() {
            answers(200, "{\"attachment_id\":\"\"}");

            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(failureOf(result).hint()).contains("no message was sent");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void takes_a_gif_by_its_bytes() throws InterruptedException {
            uploads();
            accepts();

            send(Content.image(Media.bytes("GIF89a!".getBytes(StandardCharsets.US_ASCII), "image/png")));

            assertThat(server.takeRequest().getBody().utf8()).contains("Content-Type: image/gif\r\n");
        }

        @Test
        void refuses_bytes_that_are_no_known_image() {
            SendResult result = send(Content.image(Media.bytes(new byte[] {'B', 'M', 0}, "image/png")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        }

        @Test
        void refuses_more_than_25_megabytes() {
            byte[] large = Arrays.copyOf(PNG, 25_000_001);

            SendResult result = send(Content.image(Media.bytes(large, "image/png")));

            assertThat(refusalOf(result).limit()).contains(new Limit(25_000_000, "bytes", 25_000_001));
        }

        @Test
        void refuses_a_caption_instead_of_dropping_it() {
            SendResult result = send(Content.image(Media.link(URI.create("https://a.example/b.png")), "Ici"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("a text of its own");
        }

        @Test
        void refuses_what_another_sender_stored() {
            SenderId other = new SenderId(ChannelId.MESSENGER, "9");

            SendResult result = send(Content.image(new Media.Stored(other, "1")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        }
    }

    @Nested
    class WhenItCannotCarry {
        static List<Content> unsupported() {
            Media media = Media.link(URI.create("https://a.example/b"));
            return List.of(
                    new Content.Sticker(media),
                    new Content.PaymentRequest("o-1", "Th\u00e9", 990, "EUR", Optional.empty()),
                    new Content.Template("colis", Locale.ROOT, Map.of()),
                    new MessengerAnswer.Unsupported(),
                    new Content.Native(ChannelId.MESSENGER, "text", "{}"));
        }

        @ParameterizedTest
        @MethodSource("unsupported")
        void refuses_the_content_and_says_what_to_do(Content unsupported) {
            SendResult result = send(unsupported);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail())
                    .contains(unsupported.getClass().getSimpleName());
            assertThat(refusalOf(result).alternatives()).isNotEmpty();
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void has_no_route_to_the_person_of_another_page() {
            Address other = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, "2");

            SendResult result = send(Message.of(Recipient.of(other), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).detail()).contains("another Page");
        }

        @Test
        void takes_the_id_of_its_own_page_among_several() {
            Address other = new Address(Address.Kind.MESSENGER_PSID, "777", "2");
            accepts();

            SendResult result = send(Message.of(Recipient.of(other, ANA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        static List<Address> notReached() {
            return List.of(
                    Address.of(Address.Kind.MESSENGER_PSID, Examples.PSID),
                    new Address(Address.Kind.MESSENGER_PSID, "12a", Examples.PAGE),
                    new Address(Address.Kind.GROUP, "t_1", "messenger"),
                    Address.phone("+33639980001"));
        }

        @ParameterizedTest
        @MethodSource("notReached")
        void has_no_route_without_a_page_scoped_id(Address address) {
            SendResult result = send(Message.of(Recipient.of(address), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.WAIT_FOR_THE_PERSON);
        }
    }

    @Nested
    class WhenTheStandardWindowIsOpen {
        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"CONSENT_REQUEST", "CONSENT_CONFIRMATION"},
                mode = EnumSource.Mode.EXCLUDE)
        void carries_every_purpose(Purpose purpose) {
            accepts();

            SendResult result = send(message(purpose, "Bonjour").build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void tags_nothing_though_a_human_wrote_it() throws InterruptedException {
            accepts();

            send(message(Purpose.SERVICE, "Votre colis est arriv\u00e9 \ud83d\udce6")
                    .author(Author.HUMAN)
                    .build());

            assertThatItWas(server.takeRequest(), "send-text");
        }

        @Test
        void is_as_long_as_it_is_set() {
            use(builder().standardWindow(Duration.ofHours(2)));
            clearing.hears(ANA);
            clock.advance(Duration.ofHours(2));

            SendResult result = clearing.send(message(Purpose.NEWS, "Bonjour").build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }
    }

    @Nested
    class WhenTheStandardWindowIsClosed {
        @BeforeEach
        void wait24Hours() {
            clearing.hears(ANA);
            clock.advance(Duration.ofHours(24));
        }

        private Message.Builder byHand(Purpose purpose) {
            return message(purpose, "Je reviens vers vous").author(Author.HUMAN);
        }

        @Test
        void refuses_promotion_and_says_what_to_do() {
            SendResult result =
                    clearing.send(message(Purpose.MARKETING, "Soldes").build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusalOf(result).detail()).contains("standard-window");
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.WAIT_FOR_THE_PERSON);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void refuses_promotion_though_a_human_wrote_it() {
            SendResult result = clearing.send(byHand(Purpose.MARKETING).build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void refuses_an_automated_answer() {
            SendResult result =
                    clearing.send(message(Purpose.SERVICE, "R\u00e9ponse").build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void tags_the_answer_of_a_human_within_7_days() throws InterruptedException {
            clock.advance(Duration.ofDays(6).minusSeconds(1));
            accepts();

            SendResult result = clearing.send(byHand(Purpose.SERVICE).build());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.evidence().lane()).isEqualTo("human-agent"));
            assertThatItWas(server.takeRequest(), "send-human-agent");
        }

        @Test
        void refuses_the_answer_of_a_human_after_7_days() {
            clock.advance(Duration.ofDays(6));

            SendResult result = clearing.send(byHand(Purpose.SERVICE).build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusalOf(result).detail()).contains("human-agent");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void uploads_the_image_of_a_human_too() throws InterruptedException {
            uploads();
            accepts();

            SendResult result = clearing.send(message(Purpose.SERVICE, Content.image(Media.bytes(PNG, "image/png")))
                    .author(Author.HUMAN)
                    .build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            server.takeRequest();
            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\"tag\":\"HUMAN_AGENT\"", "\"attachment_id\":\"1857777774821032\"");
        }

        @Test
        void previews_the_lane_without_showing_the_text() {
            clearing.agrees(ANA);

            Preview preview = clearing.gate().preview(byHand(Purpose.SERVICE).build());

            assertThat(preview.lane()).isEqualTo("human-agent");
            assertThat(preview.toString()).doesNotContain("Je reviens");
        }

        @Test
        void says_so_if_the_feature_is_not_approved() {
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2018276}}");

            SendResult result = clearing.send(byHand(Purpose.SERVICE).build());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(result).hint()).contains("human agent feature");
        }
    }

    @Nested
    class WhenMessengerRefuses {
        @Test
        void keeps_code_subcode_and_trace_and_no_text() {
            answers(400, Examples.text("answer-window-closed"));

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
            assertThat(failureOf(result).providerCode()).isEqualTo("10");
            assertThat(failureOf(result).hint())
                    .contains("2018278", "Az8rTrace")
                    .doesNotContain(Examples.PSID);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":{\"code\":1}}",
                    "{\"error\":{\"code\":1,\"error_subcode\":1357046}}",
                    "{\"error\":{\"code\":1,\"is_transient\":true}}"
                })
        void is_unconfirmed_by_code_1_which_came_after_messages_that_were_sent(String body) {
            answers(400, body);

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 500})
        void fails_by_code_1_for_a_missing_permission(int status) {
            answers(status, "{\"error\":{\"code\":1,\"error_subcode\":99}}");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        }

        @Test
        void is_unconfirmed_by_a_passing_fault_at_500() {
            answers(500, "{\"error\":{\"code\":2,\"is_transient\":true}}");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void tries_again_where_it_says_that_it_took_nothing() throws InterruptedException {
            answers(400, "{\"error\":{\"code\":613}}");
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8()).contains("\"metadata\":\"m-1#1\"");
            assertThat(server.takeRequest().getBody().utf8()).contains("\"metadata\":\"m-1#2\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"recipient_id\":\"1\"}",
                    "{\"message_id\":\"\"}",
                    "{\"message_id\":null}",
                    "{\"message_id\":{}}",
                    "{\"message_id\":\"m_1\"",
                    "{\"message_id\":\"m_1\"}}",
                    "[]",
                    "OK",
                    ""
                })
        void is_unconfirmed_by_a_success_without_an_id(String body) {
            answers(200, body);

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @ParameterizedTest
        @ValueSource(strings = {"", "me", "My Page", "1/2", "../x"})
        void refuses_an_id_that_is_not_digits(String id) {
            assertThatThrownBy(() -> MessengerTransport.builder(id, () -> "t"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "26.0", "v26", "v23.0", "v9.0", "v26.0/", "latest"})
        void refuses_a_version_that_is_malformed_or_old(String version) {
            MessengerTransport.Builder builder = builder();

            assertThatThrownBy(() -> builder.graphVersion(version)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT59S", "P7DT1S", "-PT1H"})
        void refuses_a_window_that_cannot_be(String length) {
            MessengerTransport.Builder builder = builder();

            assertThatThrownBy(() -> builder.standardWindow(Duration.parse(length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_plain_http_beyond_loopback() {
            MessengerTransport.Builder builder = builder().baseUri(URI.create("http://graph.facebook.com"));

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_its_sender_only() {
            assertThat(transport).hasToString("MessengerTransport[messenger:300000000000001]");
        }
    }
}
