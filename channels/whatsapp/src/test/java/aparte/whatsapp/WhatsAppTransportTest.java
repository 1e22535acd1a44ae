package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelContent;
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
import aparte.consent.PhoneNumbers;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

class WhatsAppTransportTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.13491208655302741918");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 1};

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private WhatsAppTransport transport;
    private Clearing clearing;

    @BeforeEach
    void open() {
        transport = builder().build();
        clearing = Clearing.of(clock, transport);
    }

    private WhatsAppTransport.Builder builder() {
        return WhatsAppTransport.builder("200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(duration -> {}).build());
    }

    private SendResult send(Content content) {
        return send(Message.builder(Recipient.of(ANA), Purpose.SERVICE, content)
                .id(MessageId.of("m-1"))
                .build());
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

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    private static Refusal refusalOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0);
    }

    private void assertThatItWas(RecordedRequest request, String example) {
        String body = request.getBody().utf8();
        assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/messages HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).matches("aparte/[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(Examples.json(body)).isEqualTo(Examples.json(Examples.text(example)));
        assertThat(Examples.flaws("messages-request", body)).isEmpty();
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
                            accepted -> assertThat(accepted.providerId()).isEqualTo("wamid.OUT1"));
            assertThatItWas(server.takeRequest(), "send-text");
        }

        @Test
        void names_a_person_by_user_id_if_that_comes_first() throws InterruptedException {
            answers(200, Examples.text("answer-accepted-by-user-id"));

            SendResult result = send(Message.builder(
                            Recipient.of(ANA_BY_ID, ANA),
                            Purpose.SERVICE,
                            new Content.Text("https://example.org/colis", true))
                    .id(MessageId.of("m-1"))
                    .build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThatItWas(server.takeRequest(), "send-text-to-user-id");
        }

        @Test
        void quotes_the_message_that_it_answers() throws InterruptedException {
            accepts();

            send(Message.builder(Recipient.of(ANA), Purpose.SERVICE, Content.text("Oui, bien s\u00fbr"))
                    .id(MessageId.of("m-1"))
                    .replyTo("wamid.IN1")
                    .build());

            assertThatItWas(server.takeRequest(), "send-reply");
        }

        @Test
        void takes_4096_code_points_and_no_more() {
            accepts();

            SendResult most = send(Content.text("\ud83d\udce6".repeat(4_096)));
            SendResult more = clearing.send(
                    Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("\ud83d\udce6".repeat(4_097))));

            assertThat(most).isInstanceOf(SendResult.Accepted.class);
            assertThat(refusalOf(more).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(more).limit()).contains(new Limit(4_096, "code points", 4_097));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void uses_another_version_and_a_proof_if_set() throws InterruptedException {
            transport = builder().graphVersion("v25.0").appSecret("app-secret").build();
            clearing = Clearing.of(clock, transport);
            accepts();

            send(Content.text("Bonjour"));

            assertThat(server.takeRequest().getTarget())
                    .matches("/v25\\.0/200000000000001/messages\\?appsecret_proof=[0-9a-f]{64}");
        }
    }

    @Nested
    class WhenItSendsAnImage {
        @Test
        void names_a_link() throws InterruptedException {
            accepts();

            send(Content.image(Media.link(URI.create("https://cdn.example.org/a.png")), "La nouvelle collection"));

            assertThatItWas(server.takeRequest(), "send-image-by-link");
        }

        @Test
        void names_a_stored_id_of_its_own() throws InterruptedException {
            accepts();

            send(Content.image(new Media.Stored(transport.sender(), "2304098573")));

            assertThatItWas(server.takeRequest(), "send-image-by-id");
        }

        @Test
        void uploads_bytes_before_the_attempt() throws InterruptedException {
            answers(200, "{\"id\":\"2304098573\"}");
            accepts();

            SendResult result = send(Content.image(Media.bytes(PNG, "application/octet-stream")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            RecordedRequest upload = server.takeRequest();
            assertThat(upload.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/media HTTP/1.1");
            assertThat(upload.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(upload.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(upload.getBody().utf8())
                    .contains("name=\"messaging_product\"\r\n", "\r\n\r\nwhatsapp\r\n", "\r\n\r\nimage/png\r\n")
                    .contains("name=\"file\"; filename=\"image.png\"\r\n", "Content-Type: image/png\r\n");
            assertThatItWas(server.takeRequest(), "send-image-by-id");
        }

        @Test
        void uploads_the_same_bytes_once_in_29_days() {
            answers(200, "{\"id\":\"1\"}");
            accepts();
            accepts();
            answers(200, "{\"id\":\"2\"}");
            accepts();
            Content image = Content.image(Media.bytes(JPEG, "image/jpeg"));

            send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            clock.advance(Duration.ofDays(28));
            send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            clock.advance(Duration.ofDays(2));
            SendResult last = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));

            assertThat(last).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(5);
        }

        @Test
        void uploads_again_after_the_id_was_refused() {
            answers(200, "{\"id\":\"1\"}");
            answers(400, "{\"error\":{\"code\":131009}}");
            answers(200, "{\"id\":\"2\"}");
            accepts();
            Content image = Content.image(Media.bytes(JPEG, "image/jpeg"));

            SendResult first = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            SendResult second = send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));

            assertThat(first).isInstanceOf(SendResult.Failed.class);
            assertThat(second).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_no_message_if_the_upload_is_refused() {
            answers(400, "{\"error\":{\"code\":131053}}");

            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void uploads_again_if_the_upload_was_throttled() {
            answers(429, "");
            answers(200, "{\"id\":\"1\"}");
            accepts();

            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(3);
        }

        @Test
        void sends_no_message_if_the_upload_has_no_id() {
            answers(200, "{}");

            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(failureOf(result).hint()).contains("no message was sent");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void refuses_bytes_that_are_neither_jpeg_nor_png() {
            SendResult result =
                    send(Content.image(Media.bytes("GIF89a".getBytes(StandardCharsets.US_ASCII), "image/png")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        }

        @Test
        void refuses_more_than_5_mib() {
            byte[] large = Arrays.copyOf(PNG, 5 * 1024 * 1024 + 1);

            SendResult result = send(Content.image(Media.bytes(large, "image/png")));

            assertThat(refusalOf(result).limit()).contains(new Limit(5_242_880, "bytes", 5_242_881));
        }

        @Test
        void refuses_a_long_caption() {
            SendResult result =
                    send(Content.image(Media.link(URI.create("https://a.example/b.png")), "x".repeat(1_025)));

            assertThat(refusalOf(result).limit()).contains(new Limit(1_024, "code points", 1_025));
        }

        @Test
        void refuses_what_another_sender_stored() {
            SenderId other = new SenderId(ChannelId.WHATSAPP, "9");

            SendResult result = send(Content.image(new Media.Stored(other, "1")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        }
    }

    @Nested
    class WhenItCannotCarry {
        static List<Content> unsupported() {
            ChannelContent ofAnother = new ChannelContent() {
                @Override
                public ChannelId channel() {
                    return ChannelId.VIBER;
                }
            };
            return List.of(new Content.Template("colis", Locale.FRENCH, Map.of()), ofAnother);
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
        void refuses_a_group_whose_members_it_does_not_know() {
            Address group = new Address(Address.Kind.GROUP, "Y2FwaV9ncm91cA==", "whatsapp");

            SendResult result = send(Message.of(Recipient.of(group), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.MEMBER_CLOSED);
            assertThat(refusalOf(result).alternatives()).containsExactly(Refusal.Alternative.WRITE_TO_EACH);
        }

        @Test
        void takes_the_phone_that_comes_before_a_group() {
            Address group = new Address(Address.Kind.GROUP, "Y2FwaV9ncm91cA==", "whatsapp");
            accepts();

            SendResult result = send(Message.of(Recipient.of(ANA, group), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_a_number_in_any_written_form_once_it_is_parsed() throws InterruptedException {
            accepts();

            send(Message.of(
                    Recipient.of(PhoneNumbers.parse("06 39 98 00 01", "FR")),
                    Purpose.SERVICE,
                    Content.text("Bonjour")));

            assertThat(server.takeRequest().getBody().utf8()).contains("\"to\":\"+33639980001\"");
        }

        @Test
        void names_a_parent_by_its_user_id() throws InterruptedException {
            Address parent = Address.of(Address.Kind.WHATSAPP_USER, "FR.ENT.11815799212886844830");
            answers(200, Examples.text("answer-accepted-by-user-id"));

            send(Message.of(Recipient.of(parent, ANA), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\"recipient\":\"FR.ENT.11815799212886844830\"")
                    .doesNotContain("\"to\":");
        }

        @Test
        void takes_the_address_that_comes_first() throws InterruptedException {
            Address viber = Address.of(Address.Kind.VIBER_USER, "abc");
            accepts();

            send(Message.of(Recipient.of(viber, ANA, ANA_BY_ID), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\"to\":\"+33639980001\"")
                    .doesNotContain("\"recipient\":");
        }

        @Test
        void uses_what_the_account_uploaded() throws IOException {
            WhatsAppAccount account = WhatsAppAccount.builder("1", "200000000000001", () -> "secret-token")
                    .baseUri(server.url("/").uri())
                    .clock(clock)
                    .build();
            transport = builder().sharingUploads(account.media()).build();
            clearing = Clearing.of(clock, transport);
            answers(200, "{\"id\":\"1\"}");
            accepts();

            account.media().upload(PNG);
            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void does_not_share_uploads_of_another_number() {
            WhatsAppMedia media =
                    WhatsAppAccount.builder("1", "9", () -> "t").build().media();
            WhatsAppTransport.Builder builder = builder();

            assertThatThrownBy(() -> builder.sharingUploads(media)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void has_no_route_to_a_malformed_user_id() {
            Address odd = Address.of(Address.Kind.WHATSAPP_USER, "13491208655302741918");

            SendResult result = send(Message.of(Recipient.of(odd), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void has_no_lane_for_one_time_codes() {
            SendResult result = send(Message.of(Recipient.of(ANA), Purpose.AUTHENTICATION, Content.text("123456")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void needs_an_open_window() {
            SendResult result = clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenWhatsAppRefuses {
        @Test
        void keeps_code_and_trace_and_no_text() {
            answers(400, Examples.text("answer-window-closed"));

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
            assertThat(failureOf(result).providerCode()).isEqualTo("131047");
            assertThat(failureOf(result).hint()).contains("template", "Az8r").doesNotContain("33639980001");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"messages\":[]}",
                    "{\"messages\":[{}]}",
                    "{\"messages\":[{\"id\":\"\"}]}",
                    "{\"messages\":[{\"id\":null}]}",
                    "{\"messages\":{\"id\":\"wamid.1\"}}",
                    "{\"messages\":[{\"id\":\"wamid.1\"}]",
                    "{\"messages\":[{\"id\":\"wamid.1\"}]}}",
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
        @ValueSource(strings = {"", "+33639980000", "12a", "1/2", "../x"})
        void refuses_an_id_that_is_not_digits(String id) {
            assertThatThrownBy(() -> WhatsAppTransport.builder(id, () -> "t"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "26.0", "v26", "v23.0", "v9.0", "v26.0/", "latest"})
        void refuses_a_version_that_is_malformed_or_old(String version) {
            WhatsAppTransport.Builder builder = builder();

            assertThatThrownBy(() -> builder.graphVersion(version)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_plain_http_beyond_loopback() {
            WhatsAppTransport.Builder builder = builder().baseUri(URI.create("http://graph.facebook.com"));

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_its_sender_only() {
            assertThat(transport).hasToString("WhatsAppTransport[whatsapp:200000000000001]");
        }
    }
}
