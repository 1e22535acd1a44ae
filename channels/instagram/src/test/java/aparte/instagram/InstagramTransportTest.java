package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstagramTransportTest {
    private static final Address ZOE = new Address(Address.Kind.INSTAGRAM_IGSID, Examples.IGSID, Examples.ACCOUNT);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final String PAGE = "300000000000002";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private Clearing clearing;

    @BeforeEach
    void open() {
        use(builder());
    }

    private void use(InstagramTransport.Builder builder) {
        clearing = Clearing.of(clock, builder.build());
    }

    private InstagramTransport.Builder builder() {
        return InstagramTransport.builder(Examples.ACCOUNT, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().tries(1).waiting(waits::add).build());
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void accepts() {
        answers(200, Examples.text("answer-accepted"));
    }

    private static Message.Builder message(Purpose purpose, Content content) {
        return Message.builder(Recipient.of(ZOE), purpose, content);
    }

    private SendResult send(Content content) {
        clearing.hears(ZOE);
        return clearing.send(message(Purpose.SERVICE, content).build());
    }

    private SendResult later(Duration after, Message.Builder message) {
        clearing.hears(ZOE);
        clock.advance(after);
        return clearing.send(message.build());
    }

    private static Refusal refusalOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0);
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    @Nested
    class WhenTheAccountLogsInByItself {
        @Test
        void speaks_to_the_accounts_own_node() throws InterruptedException {
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(((SendResult.Accepted) result).providerId()).isEqualTo("aWdfZAG1out");
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/17841400000000001/messages HTTP/1.1");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        }

        @Test
        void refuses_bytes_since_no_document_has_the_upload() {
            SendResult result = send(Content.image(Media.bytes(PNG, "image/png")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("documented nowhere");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void tries_the_upload_if_told_to() throws InterruptedException {
            use(builder().undocumentedUploads());
            answers(200, Examples.text("answer-uploaded"));
            accepts();

            send(Content.image(Media.bytes(PNG, "image/png")));

            RecordedRequest upload = server.takeRequest();
            assertThat(upload.getRequestLine()).isEqualTo("POST /v26.0/17841400000000001/message_attachments HTTP/1.1");
            assertThat(upload.getBody().utf8()).doesNotContain("platform");
        }

        @Test
        void has_another_address_by_default_than_through_a_page() {
            Login own = Login.of(Examples.ACCOUNT, () -> "t");
            Login page = Login.of(Examples.ACCOUNT, () -> "t");
            page.page(PAGE);

            assertThat(own.graph().open("/messages").toString()).contains("graph.instagram.com");
            assertThat(page.graph().open("/messages").toString()).contains("graph.facebook.com");
            assertThat(page.sender()).isEqualTo(own.sender());
        }
    }

    @Nested
    class WhenItGoesThroughAPage {
        @BeforeEach
        void open() {
            use(builder().throughPage(PAGE));
        }

        @Test
        void speaks_to_the_pages_node_in_the_accounts_name() throws InterruptedException {
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(((SendResult.Accepted) result).from())
                    .isEqualTo(new SenderId(ChannelId.INSTAGRAM, Examples.ACCOUNT));
            assertThat(server.takeRequest().getTarget()).isEqualTo("/v26.0/300000000000002/messages");
        }

        @Test
        void uploads_bytes_before_the_attempt_and_once() throws InterruptedException {
            answers(200, Examples.text("answer-uploaded"));
            accepts();
            accepts();
            Content image = Content.image(Media.bytes(PNG, "application/octet-stream"));

            send(image);
            SendResult second = send(image);

            assertThat(second).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(3);
            RecordedRequest upload = server.takeRequest();
            assertThat(upload.getRequestLine()).isEqualTo("POST /v26.0/300000000000002/message_attachments HTTP/1.1");
            assertThat(upload.getBody().utf8())
                    .contains("name=\"platform\"", "\r\n\r\ninstagram\r\n")
                    .contains("\r\n\r\n{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}\r\n")
                    .contains("name=\"filedata\"; filename=\"image.png\"\r\n", "Content-Type: image/png\r\n");
            assertThat(server.takeRequest().getBody().utf8()).contains("\"attachment_id\":\"1857777774821032\"");
        }

        @Test
        void sends_no_message_if_the_upload_is_refused() {
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2018047}}");

            SendResult result = send(new InstagramContent.Images(List.of(
                    Media.bytes(PNG, "image/png"),
                    Media.bytes(new byte[] {'G', 'I', 'F', '8', '9', 'a'}, "image/gif"))));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void uploads_again_after_the_id_was_refused() {
            answers(200, Examples.text("answer-uploaded"));
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2018074}}");
            answers(200, Examples.text("answer-uploaded"));
            accepts();
            Content image = Content.image(Media.bytes(PNG, "image/png"));

            assertThat(send(image)).isInstanceOf(SendResult.Failed.class);
            assertThat(send(image)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenItTakesALane {
        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"SERVICE", "TRANSACTIONAL", "AUTHENTICATION", "NEWS", "MARKETING", "ENGAGEMENT"})
        void carries_every_purpose_for_a_day(Purpose purpose) throws InterruptedException {
            accepts();

            SendResult result = later(Duration.ofHours(23), message(purpose, Content.text("Bonjour")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8())
                    .contains(
                            purpose == Purpose.SERVICE
                                    ? "\"messaging_type\":\"RESPONSE\""
                                    : "\"messaging_type\":\"UPDATE\"");
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"TRANSACTIONAL", "AUTHENTICATION", "NEWS", "MARKETING", "ENGAGEMENT"})
        void refuses_all_but_service_after_a_day_and_says_why(Purpose purpose) {
            SendResult result = later(
                    Duration.ofHours(24),
                    message(purpose, Content.text("Bonjour")).author(Author.HUMAN));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusalOf(result).detail())
                    .contains("no utility template", "no marketing message", "one-time notification");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void lets_a_person_answer_for_a_week() throws InterruptedException {
            accepts();

            SendResult result = later(
                    Duration.ofHours(167),
                    message(Purpose.SERVICE, Content.text("Bonjour")).author(Author.HUMAN));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"");
        }

        @Test
        void lets_nobody_answer_after_a_week() {
            SendResult result = later(
                    Duration.ofDays(7),
                    message(Purpose.SERVICE, Content.text("Bonjour")).author(Author.HUMAN));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void lets_no_machine_answer_after_a_day() {
            SendResult result = later(Duration.ofHours(30), message(Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void gives_signs_no_tag() {
            SendResult result = later(
                    Duration.ofHours(30),
                    message(Purpose.SERVICE, new Content.Typing("in1")).author(Author.HUMAN));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void closes_earlier_or_later_if_told_so() {
            use(builder().standardWindow(Duration.ofDays(7)));
            accepts();

            assertThat(later(Duration.ofDays(6), message(Purpose.NEWS, Content.text("Bonjour"))))
                    .isInstanceOf(SendResult.Accepted.class);
            assertThatThrownBy(() -> builder().standardWindow(Duration.ofDays(8)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().standardWindow(Duration.ofSeconds(59)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void quotes_the_message_that_it_answers() throws InterruptedException {
            accepts();
            clearing.hears(ZOE);

            clearing.send(
                    message(Purpose.SERVICE, Content.text("Oui")).replyTo("in1").build());

            assertThat(server.takeRequest().getBody().utf8())
                    .contains("\"messaging_type\":\"RESPONSE\",\"reply_to\":{\"mid\":\"in1\"},\"message\":");
        }
    }

    @Nested
    class WhenItAnswersAComment {
        private final Address comment = InstagramAddresses.comment(Examples.ACCOUNT, "17950000000000009");

        private Message.Builder answer(Purpose purpose, Address... to) {
            return Message.builder(Recipient.of(to), purpose, Content.text("Oui"));
        }

        private SendResult after(Duration age) {
            clearing.hears(comment);
            clock.advance(age);
            return clearing.send(answer(Purpose.SERVICE, comment).build());
        }

        @Test
        void has_seven_days() {
            accepts();

            SendResult result = after(Duration.ofDays(7).minusSeconds(1));

            assertThat(((SendResult.Accepted) result).evidence().lane()).isEqualTo("private-reply");
        }

        @Test
        void is_late_after_seven_days() {
            SendResult result = after(Duration.ofDays(7));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusalOf(result).detail()).contains("within 7 days after it was written, and once");
        }

        @Test
        void answers_once() {
            accepts();
            after(Duration.ofHours(1));

            SendResult second = clearing.send(answer(Purpose.SERVICE, comment).build());

            assertThat(refusalOf(second).reason()).isEqualTo(Refusal.Reason.PLATFORM_CAP);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void goes_to_the_comment_before_the_person() throws InterruptedException {
            accepts();
            clearing.hears(comment);

            SendResult result =
                    clearing.send(answer(Purpose.SERVICE, ZOE, comment).build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8()).startsWith("{\"recipient\":{\"comment_id\":");
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void is_for_no_promotion(Purpose purpose) {
            clearing.hears(comment);

            assertThat(refusalOf(clearing.send(answer(purpose, comment).build()))
                            .reason())
                    .isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void quotes_nothing_and_is_no_sign() {
            clearing.hears(comment);

            assertThat(refusalOf(clearing.send(answer(Purpose.SERVICE, comment)
                                    .replyTo("in1")
                                    .build()))
                            .reason())
                    .isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(clearing.send(
                                    Message.of(Recipient.of(comment), Purpose.SERVICE, new Content.Typing("in1"))))
                            .reason())
                    .isEqualTo(Refusal.Reason.UNSUPPORTED);
        }

        @Test
        void says_that_it_was_answered_before() {
            answers(400, "{\"error\":{\"type\":\"IGApiException\",\"code\":100,\"error_subcode\":2534025}}");

            SendResult result = after(Duration.ZERO);

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(failureOf(result).hint()).contains("answered already");
        }

        @Test
        void lets_an_hours_worth_go_as_it_comes() {
            for (String id : List.of("1", "2", "3")) {
                accepts();
                Address other = InstagramAddresses.comment(Examples.ACCOUNT, id);
                clearing.hears(other);
                assertThat(clearing.send(answer(Purpose.SERVICE, other).build()))
                        .isInstanceOf(SendResult.Accepted.class);
            }

            assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(10)) < 0);
        }

        @Test
        void takes_as_many_as_the_hour_may_have_and_no_more() {
            use(builder().privateRepliesPerHour(5));
            for (int i = 1; i <= 6; i++) {
                accepts();
                Address other = InstagramAddresses.comment(Examples.ACCOUNT, Integer.toString(i));
                clearing.hears(other);

                SendResult result = clearing.send(answer(Purpose.SERVICE, other).build());

                assertThat(result instanceof SendResult.Accepted)
                        .as("reply " + i)
                        .isEqualTo(i <= 5);
            }
            assertThat(server.getRequestCount()).isEqualTo(5);
        }

        @Test
        void sends_nothing_where_the_turn_is_too_far_away() {
            use(builder().privateRepliesPerHour(1));
            accepts();
            after(Duration.ZERO);
            Address other = InstagramAddresses.comment(Examples.ACCOUNT, "2");
            clearing.hears(other);

            SendResult second = clearing.send(answer(Purpose.SERVICE, other).build());

            assertThat(failureOf(second).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failureOf(second).retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(5));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenMessagesComeFasterThanTheyMay {
        private void send(int messages, InstagramTransport.Builder builder, Content content) {
            use(builder);
            for (int i = 0; i < messages; i++) {
                accepts();
                assertThat(InstagramTransportTest.this.send(content)).isInstanceOf(SendResult.Accepted.class);
            }
        }

        @Test
        void spreads_texts_over_the_second() {
            send(3, builder().messagesPerSecond(1), Content.text("Bonjour"));

            assertThat(waits).hasSizeGreaterThanOrEqualTo(2);
            assertThat(waits.get(0)).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_010));
        }

        @Test
        void keeps_ten_films_and_sounds_a_second_by_default() {
            Media link = Media.link(URI.create("https://cdn.example.org/a"));

            send(2, builder(), new Content.Audio(link, false));

            assertThat(waits.get(0)).isBetween(Duration.ofMillis(1), Duration.ofMillis(101));
        }

        @Test
        void keeps_no_limit_if_told_so() {
            send(20, builder().withoutLimits(), Content.text("Bonjour"));

            assertThat(waits).isEmpty();
        }

        @Test
        void pauses_where_instagram_says_that_it_was_too_fast() {
            answers(400, "{\"error\":{\"code\":613,\"error_subcode\":2534040}}");

            assertThat(failureOf(InstagramTransportTest.this.send(Content.text("Bonjour")))
                            .retryAfter()
                            .orElseThrow())
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        }
    }

    @Nested
    class WhenTheAnswerIsAnError {
        @ParameterizedTest
        @ValueSource(ints = {400, 403})
        void knows_a_closed_window_by_its_code_whatever_the_status(int status) {
            answers(status, Examples.text("answer-window-closed"));

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
            assertThat(result.toString()).doesNotContain(Examples.IGSID);
        }

        @Test
        void leaves_open_what_may_have_been_sent() {
            answers(500, "{\"error\":{\"code\":1,\"error_subcode\":1357046}}");

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void says_to_send_pictures_one_by_one() {
            answers(400, "{\"error\":{\"code\":100,\"error_subcode\":2534068}}");
            Media link = Media.link(URI.create("https://cdn.example.org/a"));

            SendResult result = send(new InstagramContent.Images(List.of(link, link)));

            assertThat(failureOf(result).hint()).contains("one by one");
        }
    }

    @Nested
    class WhenThereIsNoRoute {
        @Test
        void says_that_the_id_is_of_another_account() {
            Address other = new Address(Address.Kind.INSTAGRAM_IGSID, Examples.IGSID, "2");

            SendResult result =
                    clearing.send(Message.of(Recipient.of(other), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).detail()).contains("another account");
        }

        @Test
        void knows_no_id_of_messenger() {
            Address psid = new Address(Address.Kind.MESSENGER_PSID, Examples.IGSID, Examples.ACCOUNT);

            SendResult result = clearing.send(Message.of(Recipient.of(psid), Purpose.SERVICE, Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void takes_the_id_of_its_own_account_among_several() {
            accepts();
            clearing.hears(ZOE);
            Address other = new Address(Address.Kind.INSTAGRAM_IGSID, "777", "2");

            SendResult result =
                    clearing.send(Message.of(Recipient.of(other, ZOE), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void uses_another_version_and_a_proof_if_set() throws InterruptedException {
            use(builder().graphVersion("v25.0").appSecret("app-secret"));
            accepts();

            send(Content.text("Bonjour"));

            assertThat(server.takeRequest().getTarget())
                    .matches("/v25\\.0/17841400000000001/messages\\?appsecret_proof=[0-9a-f]{64}");
        }

        @Test
        void refuses_malformed_parts() {
            assertThatThrownBy(() -> InstagramTransport.builder("@the.account", () -> "t"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().throughPage("my page")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().graphVersion("26")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().appSecret("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().filmsPerSecond(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().messagesPerSecond(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder()
                            .baseUri(URI.create("http://graph.example.org"))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_the_sender_alone() {
            assertThat(builder().appSecret("SECRET").build().toString())
                    .contains(Examples.ACCOUNT)
                    .doesNotContain("SECRET", "secret-token");
        }
    }
}
