package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Lane;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Limit;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberTransportTest {
    private static final Address ANA = person("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Address BEA = person("aFpRcm5ueDNaM2RiTHVQZw==");
    private static final Address CLO = person("bTlYd0t1VGV2MnNqUXhPYw==");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private ViberTransport transport;
    private Clearing clearing;

    @BeforeEach
    void open() {
        transport = builder().build();
        clearing = Clearing.of(clock, transport);
    }

    private ViberTransport.Builder builder() {
        return ViberTransport.builder("pa:1", () -> Examples.TOKEN, "Maison Lumen")
                .baseUri(server.url("/pa").uri())
                .http(HttpSettings.builder().waiting(waits::add).build());
    }

    private static Address person(String id) {
        return Address.of(Address.Kind.VIBER_USER, id);
    }

    private static Message news(Address to, String text) {
        return Message.of(Recipient.of(to), Purpose.NEWS, Content.text(text));
    }

    private SendResult send(Content content) {
        return clearing.send(Message.builder(Recipient.of(ANA), Purpose.NEWS, content)
                .id(MessageId.of("m-1"))
                .build());
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

    private static void assertThatItWas(RecordedRequest request, String path, String example) {
        String body = request.getBody().utf8();
        assertThat(request.getRequestLine()).isEqualTo("POST /pa/" + path + " HTTP/1.1");
        assertThat(request.getHeaders().get("X-Viber-Auth-Token")).isEqualTo(Examples.TOKEN);
        assertThat(request.getHeaders().get("Authorization")).isNull();
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).matches("aparte/[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(Examples.json(body)).isEqualTo(Examples.json(Examples.text(example)));
        assertThat(Examples.flaws(body)).isEmpty();
    }

    @Nested
    class WhenItWritesToOnePerson {
        @Test
        void writes_the_documented_request_with_the_token_in_the_header_alone() throws InterruptedException {
            accepts();

            SendResult result = send(Content.text("Votre colis est arriv\u00e9 \ud83d\udce6"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThatItWas(server.takeRequest(), "send_message", "send-text");
        }

        @Test
        void keeps_all_64_bits_of_the_message_token() {
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("5741311803571721087"));
        }

        @Test
        void takes_a_message_token_that_is_a_string() {
            answers(200, "{\"status\":0,\"message_token\":\"5741311803571721087\"}");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("5741311803571721087"));
        }

        @Test
        void names_a_link_to_a_picture() throws InterruptedException {
            accepts();

            send(Content.image(Media.link(URI.create("https://cdn.example.eu/a.jpg")), "La nouvelle collection"));

            assertThatItWas(server.takeRequest(), "send_message", "send-picture");
        }

        @Test
        void writes_an_empty_text_where_a_picture_has_no_caption() throws InterruptedException {
            accepts();

            send(Content.image(Media.link(URI.create("https://cdn.example.eu/a.png"))));

            assertThatItWas(server.takeRequest(), "send_message", "send-picture-without-caption");
        }

        @Test
        void takes_7000_code_points_and_no_more() {
            accepts();

            SendResult most = send(Content.text("\ud83d\udce6".repeat(7_000)));
            SendResult more = clearing.send(news(ANA, "\ud83d\udce6".repeat(7_001)));

            assertThat(most).isInstanceOf(SendResult.Accepted.class);
            assertThat(refusalOf(more).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(more).limit()).contains(new Limit(7_000, "code points", 7_001));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void takes_30_kilobytes_and_no_more() {
            SendResult result = send(Content.text("\u0001".repeat(6_000) + "!"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).limit()).hasValueSatisfying(limit -> {
                assertThat(limit.max()).isEqualTo(30_720);
                assertThat(limit.unit()).isEqualTo("bytes");
                assertThat(limit.actual()).isGreaterThan(36_000);
            });
        }

        @Test
        void promotes_without_a_message_of_the_person() {
            accepts();

            SendResult result = clearing.send(
                    Message.of(Recipient.of(ANA), Purpose.MARKETING, Content.text("Moins vingt pour cent")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void has_a_lane_for_every_purpose() {
            assertThat(Planning.SUBSCRIBER.admits()).containsExactlyInAnyOrder(Purpose.values());
            assertThat(Planning.SUBSCRIBER.needs()).isEqualTo(Lane.Needs.NOTHING);
            assertThat(Planning.SUBSCRIBER.humanOnly()).isFalse();
        }

        @Test
        void serves_a_path_that_ends_with_a_slash() throws InterruptedException {
            clearing = Clearing.of(
                    clock, builder().baseUri(server.url("/pa/").uri()).build());
            accepts();

            send(Content.text("Bonjour"));

            assertThat(server.takeRequest().getTarget()).isEqualTo("/pa/send_message");
        }
    }

    @Nested
    class WhenItWritesToMany {
        private List<Message> toAll(String text) {
            return List.of(news(ANA, text), news(BEA, text), news(CLO, text));
        }

        @Test
        void writes_one_request_that_is_not_tracked() throws InterruptedException {
            answers(200, "{\"status\":0,\"message_token\":40808912438712,\"failed_list\":[]}");

            List<SendResult> results = clearing.sendAll(toAll("La nouvelle collection est l\u00e0"));

            assertThat(results).hasSize(3).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThatItWas(server.takeRequest(), "broadcast_message", "broadcast-text");
        }

        @Test
        void gives_each_person_who_is_named_as_failed_a_failure_of_their_own() {
            answers(200, Examples.text("answer-broadcast"));

            List<SendResult> results = clearing.sendAll(toAll("La nouvelle collection est l\u00e0"));

            assertThat(results.get(0))
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("40808912438712"));
            assertThat(failureOf(results.get(1)).kind()).isEqualTo(DeliveryFailure.Kind.PERSON_LEFT);
            assertThat(failureOf(results.get(2)).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @Test
        void spreads_broadcasts_over_10_seconds_and_single_messages_over_none() {
            for (int i = 0; i < 8; i++) {
                answers(200, "{\"status\":0,\"message_token\":1,\"failed_list\":[]}");
            }
            for (int i = 0; i < 5; i++) {
                clearing.send(news(ANA, "Bonjour"));
            }
            int single = waits.size();

            for (int i = 0; i < 3; i++) {
                clearing.sendAll(toAll("Bonjour"));
            }

            assertThat(single).isZero();
            assertThat(waits).hasSizeLessThanOrEqualTo(2).allMatch(wait -> wait.compareTo(Duration.ofMillis(45)) < 0);
            assertThat(server.getRequestCount()).isEqualTo(8);
        }

        @Test
        void writes_no_more_to_whoever_is_named_as_not_subscribed() {
            answers(200, Examples.text("answer-broadcast"));
            clearing.sendAll(toAll("La nouvelle collection est l\u00e0"));

            SendResult result = clearing.send(news(BEA, "Encore une"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[{\"receiver\":\"somebody-else\",\"status\":6}]",
                    "[{\"receiver\":\"aFpRcm5ueDNaM2RiTHVQZw==\",\"status\":0}]",
                    "[{\"receiver\":\"aFpRcm5ueDNaM2RiTHVQZw==\"}]",
                    "[{\"status\":6}]",
                    "[6]",
                    "\"aFpRcm5ueDNaM2RiTHVQZw==\""
                })
        void is_unconfirmed_for_all_if_it_cannot_tell_who_failed(String failed) {
            answers(200, "{\"status\":0,\"message_token\":1,\"failed_list\":" + failed + "}");

            List<SendResult> results = clearing.sendAll(toAll("Bonjour"));

            assertThat(results).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
        }

        @Test
        void is_unconfirmed_for_all_by_19_whose_cause_is_not_documented() {
            answers(200, "{\"status\":19,\"status_message\":\"cannotSendBroadcast\"}");

            List<SendResult> results = clearing.sendAll(toAll("Bonjour"));

            assertThat(results).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void reaches_300_people_in_a_request_and_the_301st_in_another() throws InterruptedException {
            accepts();
            accepts();

            List<SendResult> results = clearing.sendAll(IntStream.range(0, 301)
                    .mapToObj(i -> news(person("%022d==".formatted(i)), "Bonjour"))
                    .toList());

            assertThat(results).hasSize(301).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(broadcastList(server.takeRequest())).hasSize(300);
            assertThat(server.takeRequest().getTarget()).isEqualTo("/pa/send_message");
        }

        @Test
        void leaves_out_who_stopped_between_judgement_and_request() throws InterruptedException {
            accepts();
            List<Message> messages = IntStream.range(0, 300)
                    .mapToObj(i -> news(person("%022d==".formatted(i)), "Bonjour"))
                    .toList();
            Address leaver = messages.get(123).to().addresses().get(0);
            AtomicReference<Clearing> late = new AtomicReference<>();
            AtomicBoolean stopped = new AtomicBoolean();
            late.set(Clearing.of(clock, new Interposed(transport, () -> {
                if (stopped.compareAndSet(false, true)) {
                    late.get().withdraws(leaver);
                }
            })));

            List<SendResult> results = late.get().sendAll(messages);

            assertThat(refusalOf(results.get(123)).reason()).isEqualTo(Refusal.Reason.OPTED_OUT);
            assertThat(results.stream().filter(SendResult.Accepted.class::isInstance))
                    .hasSize(299);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(broadcastList(server.takeRequest())).hasSize(299).doesNotContain(leaver.value());
        }

        @Test
        void reaches_fewer_people_with_a_text_that_leaves_less_room() throws InterruptedException {
            accepts();
            accepts();
            String text = "\ud83d\udce6".repeat(6_000);

            List<SendResult> results = clearing.sendAll(IntStream.range(0, 300)
                    .mapToObj(i -> news(person("%022d==".formatted(i)), text))
                    .toList());

            assertThat(results).hasOnlyElementsOfType(SendResult.Accepted.class);
            RecordedRequest first = server.takeRequest();
            RecordedRequest second = server.takeRequest();
            assertThat(first.getBodySize()).isBetween(29_000L, 30_720L);
            assertThat(second.getBodySize()).isLessThan(30_720L);
            assertThat(broadcastList(first).size() + broadcastList(second).size())
                    .isEqualTo(300);
        }

        @Test
        void sends_nothing_that_is_too_large_because_ids_are_unusually_long() {
            List<SendResult> results = clearing.sendAll(IntStream.range(0, 300)
                    .mapToObj(i -> news(person("%0110d==".formatted(i)), "Bonjour"))
                    .toList());

            assertThat(results)
                    .allSatisfy(result ->
                            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST));
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void writes_to_each_person_alone_if_viber_would_replace_words_of_the_text() {
            assertThat(transport.receiversPerRequest(Content.text("Bonjour replace_me_with_user_name")))
                    .isEqualTo(1);
            assertThat(transport.receiversPerRequest(Content.image(
                            Media.link(URI.create("https://a.example/b.png")), "Pour replace_me_with_receiver_id")))
                    .isEqualTo(1);
            assertThat(transport.receiversPerRequest(Content.text("Bonjour"))).isEqualTo(300);
        }

        @Test
        void writes_to_each_person_alone_if_the_bot_may_not_broadcast() throws InterruptedException {
            clearing = Clearing.of(clock, builder().withoutBroadcast().build());
            accepts();
            accepts();
            accepts();

            List<SendResult> results = clearing.sendAll(toAll("Bonjour"));

            assertThat(results).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(3);
            assertThat(server.takeRequest().getTarget()).isEqualTo("/pa/send_message");
        }

        @Test
        void sends_two_requests_to_a_person_who_gets_the_same_text_twice() throws InterruptedException {
            accepts();
            accepts();

            clearing.sendAll(List.of(news(ANA, "Bonjour"), news(ANA, "Bonjour"), news(BEA, "Bonjour")));

            assertThat(server.takeRequest().getTarget()).isEqualTo("/pa/send_message");
            assertThat(broadcastList(server.takeRequest())).containsExactly(ANA.value(), BEA.value());
        }

        private List<String> broadcastList(RecordedRequest request) {
            assertThat(request.getTarget()).isEqualTo("/pa/broadcast_message");
            assertThat(Examples.flaws(request.getBody().utf8())).isEmpty();
            List<String> ids = new ArrayList<>();
            for (JsonNode id : Examples.json(request.getBody().utf8()).get("broadcast_list")) {
                ids.add(id.asText());
            }
            return ids;
        }
    }

    @Nested
    class WhenItCannotCarry {
        static List<Content> unsupported() {
            Media media = Media.link(URI.create("https://a.example/b"));
            Media bytes = Media.bytes(new byte[] {1}, "video/mp4");
            return List.of(
                    new Content.Video(bytes, Optional.empty()),
                    new Content.Document(bytes, Optional.empty(), Optional.empty()),
                    new Content.Sticker(media),
                    new Content.Reaction("5741311803571721087", Optional.empty()),
                    new Content.Template("colis", Locale.FRENCH, Map.of()),
                    new Content.Native(ChannelId.VIBER, "text", "{}"));
        }

        @ParameterizedTest
        @MethodSource("unsupported")
        void refuses_the_content_and_says_what_to_do(Content unsupported) {
            SendResult result = send(unsupported);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail())
                    .contains(unsupported.getClass().getSimpleName());
            assertThat(refusalOf(result).alternatives()).isNotEmpty();
            assertThat(transport.receiversPerRequest(unsupported)).isEqualTo(1);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void refuses_the_bytes_of_a_picture_and_names_the_fix() {
            SendResult result = send(Content.image(Media.bytes(new byte[] {1}, "image/jpeg")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("https", "Media.link");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://a.example/b",
                    "https://a.example/b.webp",
                    "https://a.example/b.jpg/",
                    "https://a.example/.jpg",
                    "https://a.example/b%2Ejpg",
                    "https://a.example?file=b.jpg",
                    "http://a.example/b.jpg"
                })
        void refuses_a_link_that_viber_would_not_show(String link) {
            SendResult result = send(Content.image(Media.link(URI.create(link))));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).doesNotContain("a.example");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://a.example/b.jpg",
                    "https://a.example/x/b.JPEG",
                    "https://a.example/b.png?v=2",
                    "https://a.example/b.gif"
                })
        void takes_a_link_that_viber_shows(String link) {
            accepts();

            assertThat(send(Content.image(Media.link(URI.create(link))))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_a_long_link_and_a_long_caption() {
            String path = "https://a.example/" + "x".repeat(2_000) + ".png";

            SendResult link = send(Content.image(Media.link(URI.create(path))));
            SendResult caption =
                    send(Content.image(Media.link(URI.create("https://a.example/b.png")), "x".repeat(769)));

            assertThat(refusalOf(link).limit()).contains(new Limit(2_000, "characters", path.length()));
            assertThat(refusalOf(caption).limit()).contains(new Limit(768, "code points", 769));
        }

        @Test
        void has_no_route_to_a_group_on_viber() {
            Address group = new Address(Address.Kind.GROUP, "some-group", "viber");

            SendResult result = clearing.send(news(group, "Bonjour"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).alternatives()).containsExactly(Refusal.Alternative.WRITE_TO_EACH);
        }

        @Test
        void has_no_route_by_a_phone_number() {
            SendResult result = clearing.send(news(Address.phone("+33639980001"), "Bonjour"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).detail()).contains("viber-user");
        }

        @Test
        void has_no_route_to_an_id_with_a_scope_which_no_event_would_match() {
            Address scoped = new Address(Address.Kind.VIBER_USER, ANA.value(), "pa:1");

            SendResult result = clearing.send(news(scoped, "Bonjour"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void takes_the_viber_id_among_other_addresses() {
            accepts();

            SendResult result = clearing.send(Message.of(
                    Recipient.of(Address.phone("+33639980001"), ANA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenViberRefuses {
        @ParameterizedTest
        @CsvSource({
            "1,ACCOUNT",
            "2,UNAUTHORIZED",
            "3,INVALID_REQUEST",
            "4,INVALID_REQUEST",
            "5,UNDELIVERABLE",
            "6,PERSON_LEFT",
            "7,ACCOUNT",
            "8,ACCOUNT",
            "9,ACCOUNT",
            "10,ACCOUNT",
            "11,UNDELIVERABLE",
            "13,UNDELIVERABLE",
            "14,INVALID_REQUEST",
            "15,ACCOUNT",
            "16,INVALID_REQUEST",
            "17,INVALID_REQUEST",
            "18,ACCOUNT",
            "20,ACCOUNT",
            "21,UNDELIVERABLE",
            "22,ACCOUNT",
            "23,ACCOUNT",
            "24,ACCOUNT"
        })
        void fails_by_the_status_in_a_body_that_came_with_200(int status, DeliveryFailure.Kind kind) {
            answers(200, "{\"status\":" + status + ",\"status_message\":\"words of the day\"}");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(kind);
            assertThat(failureOf(result).providerCode()).isEqualTo(Integer.toString(status));
            assertThat(failureOf(result).hint()).isNotEmpty().doesNotContain("words of the day");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void tries_again_after_12_with_a_key_of_its_own() throws InterruptedException {
            answers(200, "{\"status\":12}");
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
            server.takeRequest();
            assertThat(Examples.json(server.takeRequest().getBody().utf8())
                            .get("tracking_data")
                            .asText())
                    .isEqualTo("m-1#2");
        }

        @Test
        void pauses_for_whoever_meets_12_again_and_not_for_others() {
            for (int i = 0; i < 3; i++) {
                answers(200, "{\"status\":12}");
            }
            accepts();

            SendResult slowed = clearing.send(news(ANA, "Bonjour"));
            SendResult again = clearing.send(news(ANA, "Bonjour"));
            SendResult other = clearing.send(news(BEA, "Bonjour"));

            assertThat(failureOf(slowed).retryAfter()).contains(Duration.ofSeconds(16));
            assertThat(failureOf(again).providerCode()).isEmpty();
            assertThat(other).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(4);
        }

        @Test
        void gives_up_after_three_times_12() {
            answers(200, "{\"status\":12}");
            answers(200, "{\"status\":12}");
            answers(200, "{\"status\":12}");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(server.getRequestCount()).isEqualTo(3);
        }

        @Test
        void keeps_a_wait_that_the_answer_names() {
            server.enqueue(new MockResponse.Builder()
                    .addHeader("Retry-After", "120")
                    .body("{\"status\":12}")
                    .build());

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).retryAfter()).contains(Duration.ofMinutes(2));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void tries_again_after_429() {
            answers(429, "");
            accepts();

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void records_a_stop_for_this_bot_by_6() {
            answers(200, Examples.text("answer-not-subscribed"));
            send(Content.text("Bonjour"));

            SendResult second = clearing.send(news(ANA, "Encore"));

            assertThat(refusalOf(second).reason()).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void believes_a_status_below_an_http_error() {
            answers(401, "{\"status\":2}");

            assertThat(failureOf(send(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        }

        @Test
        void says_that_the_base_address_is_wrong_by_404() {
            answers(404, "<h1>404 Not Found</h1>");

            SendResult result = send(Content.text("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(failureOf(result).hint()).contains("base address");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200|{}",
                    "200|[]",
                    "200|OK",
                    "200|''",
                    "200|{\"status\":null,\"message_token\":1}",
                    "200|{\"status\":{\"a\":0},\"message_token\":1}",
                    "200|{\"status\":0.5,\"message_token\":1}",
                    "200|{\"status\":0}",
                    "200|{\"status\":0,\"message_token\":null}",
                    "200|{\"status\":0,\"message_token\":5.7e18}",
                    "200|{\"status\":0,\"message_token\":\"\"}",
                    "200|{\"status\":0,\"message_token\":1",
                    "200|{\"status\":0,\"message_token\":1}}",
                    "200|{\"status\":-1}",
                    "200|{\"status\":25}",
                    "200|{\"status\":19}",
                    "301|{\"status\":6}",
                    "400|",
                    "400|{\"status\":0,\"message_token\":1}",
                    "403|<h1>Forbidden</h1>",
                    "408|{\"status\":12}",
                    "500|{\"status\":12}",
                    "500|{\"status\":0,\"message_token\":1}",
                    "502|",
                    "503|{\"status\":6}"
                })
        void is_unconfirmed_and_never_sent_again_if_the_answer_leaves_it_open(int http, String body) {
            answers(http, body == null ? "" : body);
            Message message = news(ANA, "Bonjour");

            SendResult first = clearing.send(message);
            SendResult second = clearing.send(message);

            assertThat(first).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void says_so_if_there_is_no_token() {
            clearing = Clearing.of(
                    clock,
                    ViberTransport.builder("pa:1", () -> " ", "Maison Lumen")
                            .baseUri(server.url("/pa").uri())
                            .build());

            assertThat(failureOf(send(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenItIsBuilt {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "caf\u00e9"})
        void refuses_a_malformed_bot(String bot) {
            assertThatThrownBy(() -> ViberTransport.builder(bot, () -> "t", "Shop"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a name of twenty-nine letters"})
        void refuses_a_name_that_viber_would_not_show(String name) {
            assertThatThrownBy(() -> ViberTransport.builder("pa:1", () -> "t", name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("28");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://cdn.example/a.jpg", "a.jpg", "https:///a.jpg", "data:image/png,"})
        void refuses_a_picture_that_viber_would_not_fetch(String avatar) {
            URI uri = URI.create(avatar);

            assertThatThrownBy(() -> builder().avatar(uri)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takes_a_picture_whose_address_has_2000_characters_and_no_more() {
            String start = "https://cdn.example/";
            URI most = URI.create(start + "x".repeat(2_000 - start.length()));

            assertThat(builder().avatar(most)).isNotNull();
            assertThatThrownBy(() -> builder().avatar(URI.create(most + "x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_plain_http_beyond_loopback() {
            ViberTransport.Builder builder = builder().baseUri(URI.create("http://chatapi.viber.com/pa"));

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_its_sender_only() {
            assertThat(transport).hasToString("ViberTransport[viber:pa:1]");
        }
    }
}
