package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
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
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberBusinessTransportTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Media LAMP = link("https://cdn.example/lamp.jpg");
    private static final URI PAGE = URI.create("https://shop.example/y");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private ViberBusinessTransport transport;
    private Clearing clearing;

    @BeforeEach
    void open() {
        clear(builder());
    }

    private void clear(ViberBusinessTransport.Builder builder) {
        transport = builder.build();
        clearing = Clearing.of(clock, transport);
    }

    private ViberBusinessTransport.Builder builder() {
        return ViberBusinessTransport.builder("20001", () -> "token-1")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(waits::add).build())
                .welcomedElsewhere();
    }

    private static Media link(String uri) {
        return Media.link(URI.create(uri));
    }

    private static Message.Builder message(Purpose purpose, Content content) {
        return Message.builder(Recipient.of(ANA), purpose, content).id(MessageId.of("m-1"));
    }

    private SendResult send(Purpose purpose, Content content) {
        return clearing.send(message(purpose, content).build());
    }

    private SendResult order(Content content) {
        return send(Purpose.TRANSACTIONAL, content);
    }

    private SendResult news(Content content) {
        return send(Purpose.NEWS, content);
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void accepts() {
        answers(202, Examples.text("bm-answer-accepted"));
    }

    private static String problem(String code) {
        return "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + code
                + "\",\"title\":\"words\",\"detail\":\"33639980001\",\"instance\":\"1\"}";
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    private static Refusal refusalOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0);
    }

    /** What the one request that was made shows, as a text. */
    private String textSent() throws InterruptedException {
        return Examples.json(server.takeRequest().getBody().utf8()).get("text").asText();
    }

    private void assertThatItWas(String example) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(Examples.json(request.getBody().utf8())).isEqualTo(Examples.json(Examples.text(example)));
    }

    private static ViberContent.Video film(long bytes, Duration length) {
        return new ViberContent.Video(
                link("https://cdn.example/lamp.mp4"),
                bytes,
                Optional.of(length),
                Optional.of(URI.create("https://cdn.example/lamp.png")),
                Optional.of("La lampe"));
    }

    @Nested
    class WhenItWrites {
        @Test
        void a_text() throws InterruptedException {
            accepts();

            SendResult result = order(Content.text("Votre colis est arriv\u00e9 \ud83d\udce6"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId())
                                    .isEqualTo("aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"));
            assertThatItWas("bm-send-text");
        }

        @Test
        void a_text_of_a_template() throws InterruptedException {
            accepts();

            send(Purpose.AUTHENTICATION, new ViberBusinessContent.TemplateText("Votre code : 123 456"));

            assertThatItWas("bm-send-template");
        }

        @Test
        void a_text_with_a_button_and_a_time_to_live() throws InterruptedException {
            accepts();

            clearing.send(message(Purpose.MARKETING, new Content.LinkButton("Moins vingt pour cent", "Voir", PAGE))
                    .expiresAt(clock.instant().plusMillis(600_999))
                    .build());

            assertThatItWas("bm-send-button");
        }

        @Test
        void a_picture() throws InterruptedException {
            accepts();

            news(Content.image(LAMP));

            assertThatItWas("bm-send-image");
        }

        @Test
        void a_picture_with_a_button() throws InterruptedException {
            accepts();

            news(new ViberBusinessContent.ImageButton(LAMP, "Acheter", URI.create("https://shop.example/lamp")));

            assertThatItWas("bm-send-image-button");
        }

        @Test
        void a_film_in_seconds_and_megabytes_begun() throws InterruptedException {
            accepts();

            news(film(2_000_001, Duration.ofMillis(14_200)));

            assertThatItWas("bm-send-video");
        }

        @Test
        void a_file_by_either_type() throws InterruptedException {
            accepts();
            accepts();

            order(new Content.Document(
                    link("https://cdn.example/1.pdf"), Optional.of("facture.pdf"), Optional.empty()));
            clear(builder());
            order(new ViberContent.File(link("https://cdn.example/1.pdf"), 5_000, "facture.pdf"));

            assertThatItWas("bm-send-file");
            assertThatItWas("bm-send-file");
        }

        @Test
        void a_picture_in_answer_to_whoever_just_wrote() throws InterruptedException {
            accepts();
            clearing.hears(ANA);

            send(Purpose.SERVICE, Content.image(LAMP));

            String body = server.takeRequest().getBody().utf8();
            assertThat(Examples.json(body).get("message_type").asText()).isEqualTo("image");
            assertThat(Examples.json(body).at("/viber_service/category").asText())
                    .isEqualTo("transaction");
        }

        @Test
        void a_text_of_a_template_in_answer_to_whoever_just_wrote() throws InterruptedException {
            accepts();
            clear(builder().strict());
            clearing.hears(ANA);

            send(Purpose.SERVICE, new ViberBusinessContent.TemplateText("Votre code : 123 456"));

            assertThatItWas("bm-send-template");
        }

        @Test
        void with_key_and_secret_where_the_account_has_no_application() throws InterruptedException {
            accepts();
            clear(ViberBusinessTransport.builder("20001", () -> "a1b2c3d4:s\u00e9same".replace("\u00e9", "e"))
                    .baseUri(server.url("/").uri())
                    .basic());

            order(Content.text("Bonjour"));

            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic YTFiMmMzZDQ6c2VzYW1l");
        }
    }

    @Nested
    class WhenThePurposeMakesTheCategory {
        @ParameterizedTest
        @CsvSource({
            "AUTHENTICATION, transaction",
            "TRANSACTIONAL, transaction",
            "SERVICE, transaction",
            "NEWS, promotion",
            "MARKETING, promotion",
            "ENGAGEMENT, promotion"
        })
        void names_the_one_that_belongs_to_it(Purpose purpose, String category) throws InterruptedException {
            accepts();
            clearing.hears(ANA);

            assertThat(send(purpose, Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);

            assertThat(Examples.json(server.takeRequest().getBody().utf8())
                            .at("/viber_service/category")
                            .asText())
                    .isEqualTo(category);
        }

        @Test
        void has_lanes_of_which_none_admits_both_kinds() {
            for (BusinessLane lane : BusinessLane.values()) {
                assertThat(lane.lane().admits().stream()
                                .map(Purpose::isPromotional)
                                .distinct())
                        .as(lane.name())
                        .hasSize(1)
                        .containsOnly(lane.category().equals("promotion"));
            }
        }

        @Test
        void has_a_lane_for_every_purpose() {
            for (Purpose purpose : Purpose.values()) {
                assertThat(BusinessLane.of(purpose, aparte.Conversation.none(), clock.instant(), true)
                                .lane()
                                .admits())
                        .contains(purpose);
            }
        }
    }

    @Nested
    class WhenALimitIsNear {
        private void assertThatItTakes(Purpose purpose, Content content) {
            accepts();
            clear(builder());
            assertThat(send(purpose, content)).isInstanceOf(SendResult.Accepted.class);
        }

        private void assertThatItRefuses(Purpose purpose, Content content, Limit limit) {
            clear(builder());
            assertThat(refusalOf(send(purpose, content)).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(send(purpose, content)).limit()).contains(limit);
            assertThat(refusalOf(send(purpose, content)).alternatives()).isNotEmpty();
        }

        @Test
        void takes_a_text_of_1000_and_no_more() {
            assertThatItTakes(Purpose.TRANSACTIONAL, Content.text("x".repeat(1_000)));
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL, Content.text("x".repeat(1_001)), new Limit(1_000, "UTF-16 units", 1_001));
            assertThatItRefuses(
                    Purpose.AUTHENTICATION,
                    new ViberBusinessContent.TemplateText("x".repeat(1_001)),
                    new Limit(1_000, "UTF-16 units", 1_001));
            assertThatItRefuses(
                    Purpose.NEWS,
                    new Content.LinkButton("x".repeat(1_001), "Voir", PAGE),
                    new Limit(1_000, "UTF-16 units", 1_001));
        }

        @Test
        void counts_as_the_partners_own_client_does() {
            assertThatItTakes(Purpose.NEWS, Content.text("\ud83d\udce6".repeat(500)));
            assertThatItRefuses(
                    Purpose.NEWS,
                    Content.text("\ud83d\udce6".repeat(500) + "!"),
                    new Limit(1_000, "UTF-16 units", 1_001));
        }

        @Test
        void takes_a_label_of_30_and_no_more() {
            assertThatItTakes(Purpose.NEWS, new Content.LinkButton("x", "x".repeat(30), PAGE));
            assertThatItTakes(Purpose.NEWS, new ViberBusinessContent.ImageButton(LAMP, "x".repeat(30), PAGE));
            assertThatItRefuses(
                    Purpose.NEWS, new Content.LinkButton("x", "x".repeat(31), PAGE), new Limit(30, "UTF-16 units", 31));
            assertThatItRefuses(
                    Purpose.NEWS,
                    new ViberBusinessContent.ImageButton(LAMP, "x".repeat(31), PAGE),
                    new Limit(30, "UTF-16 units", 31));
        }

        @Test
        void takes_a_film_of_200_megabytes_and_600_seconds_and_no_more() {
            assertThatItTakes(Purpose.NEWS, film(200_000_000, Duration.ofMinutes(10)));
            assertThatItTakes(Purpose.NEWS, film(1, Duration.ofMillis(1)));
            assertThatItRefuses(
                    Purpose.NEWS,
                    film(200_000_001, Duration.ofSeconds(1)),
                    new Limit(200_000_000, "bytes", 200_000_001));
            assertThatItRefuses(Purpose.NEWS, film(0, Duration.ofSeconds(1)), new Limit(200_000_000, "bytes", 0));
            assertThatItRefuses(Purpose.NEWS, film(1, Duration.ofMillis(600_001)), new Limit(600, "seconds", 601));
            assertThatItRefuses(Purpose.NEWS, film(1, Duration.ZERO), new Limit(600, "seconds", 0));
        }

        @Test
        void takes_a_file_of_200_megabytes_whose_name_has_25_and_no_more() {
            Media pdf = link("https://cdn.example/1.pdf");
            String name = "x".repeat(21) + ".pdf";

            assertThatItTakes(Purpose.TRANSACTIONAL, new ViberContent.File(pdf, 200_000_000, name));
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL,
                    new ViberContent.File(pdf, 200_000_001, name),
                    new Limit(200_000_000, "bytes", 200_000_001));
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL,
                    new ViberContent.File(pdf, 1, "x" + name),
                    new Limit(25, "UTF-16 units", 26));
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL,
                    new Content.Document(pdf, Optional.of("x" + name), Optional.empty()),
                    new Limit(25, "UTF-16 units", 26));
        }

        @Test
        void takes_a_link_of_2000_and_no_more() {
            String path = "https://a.example/" + "x".repeat(1_978);

            assertThatItTakes(Purpose.NEWS, Content.image(link(path + ".png")));
            assertThatItRefuses(
                    Purpose.NEWS, Content.image(link(path + "x.png")), new Limit(2_000, "characters", 2_001));
        }

        @ParameterizedTest
        @CsvSource({"30, 30", "259200, 259200", "259201, 259200", "99999999, 259200"})
        void lives_until_it_expires_for_3_days_at_most(long left, long ttl) throws InterruptedException {
            accepts();

            clearing.send(message(Purpose.NEWS, Content.text("Bonjour"))
                    .expiresAt(clock.instant().plusSeconds(left))
                    .build());

            assertThat(Examples.json(server.takeRequest().getBody().utf8())
                            .at("/viber_service/ttl")
                            .asLong())
                    .isEqualTo(ttl);
        }

        @Test
        void is_refused_if_it_expires_sooner_than_viber_lets_go_of_it() {
            SendResult result = clearing.send(message(Purpose.NEWS, Content.text("Bonjour"))
                    .expiresAt(clock.instant().plusMillis(29_999))
                    .build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("30 s", "29 s");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void is_not_sent_if_the_wait_for_another_try_left_less() {
            answers(429, "");
            clear(builder()
                    .http(HttpSettings.builder()
                            .waiting(wait -> clock.advance(Duration.ofSeconds(1)))
                            .build()));

            SendResult result = clearing.send(message(Purpose.NEWS, Content.text("Bonjour"))
                    .expiresAt(clock.instant().plusSeconds(30))
                    .build());

            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void is_not_sent_if_the_transports_own_clock_leaves_less() {
            clear(builder().clock(MutableClock.at(clock.instant().plusSeconds(1))));

            SendResult result = clearing.send(message(Purpose.NEWS, Content.text("Bonjour"))
                    .expiresAt(clock.instant().plusSeconds(30))
                    .build());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(server.getRequestCount()).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 50})
        void takes_a_service_of_50_characters(int length) {
            assertThat(ViberBusinessTransport.senderId("x".repeat(length)).value())
                    .isEqualTo("bm:" + "x".repeat(length));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Maison Lumen", "012345678901234567890123456789012345678901234567890"})
        void takes_no_other_service(String service) {
            assertThatThrownBy(() -> ViberBusinessTransport.builder(service, () -> "t"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenMediaAreNotTaken {
        private void assertThatItRefuses(Purpose purpose, Content content, String fix) {
            SendResult result = send(purpose, content);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains(fix).doesNotContain("example");
            assertThat(server.getRequestCount()).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://a.example/b.png",
                    "https://a.example/b.gif",
                    "https://a.example/b.webp",
                    "https://a.example/b"
                })
        void refuses_a_picture_that_is_no_public_jpeg_or_png(String uri) {
            assertThatItRefuses(Purpose.NEWS, Content.image(link(uri)), "link must");
            assertThatItRefuses(
                    Purpose.NEWS, new ViberBusinessContent.ImageButton(link(uri), "Voir", PAGE), "link must");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://a.example/b.mov", "https://a.example/b.m4v", "https://a.example/b.3gp"})
        void refuses_a_film_that_only_one_of_the_documents_takes(String uri) {
            assertThatItRefuses(
                    Purpose.NEWS,
                    new ViberContent.Video(
                            link(uri),
                            1,
                            Optional.of(Duration.ofSeconds(1)),
                            Optional.of(URI.create("https://a.example/b.png")),
                            Optional.empty()),
                    ".3gpp");
        }

        @Test
        void refuses_a_film_without_length_or_first_picture() {
            assertThatItRefuses(
                    Purpose.NEWS, new ViberContent.Video(link("https://a.example/b.mp4"), 1), "add its duration");
            assertThatItRefuses(
                    Purpose.NEWS,
                    new ViberContent.Video(
                            link("https://a.example/b.mp4"),
                            1,
                            Optional.of(Duration.ofSeconds(1)),
                            Optional.empty(),
                            Optional.empty()),
                    "add its thumbnail");
            assertThatItRefuses(
                    Purpose.NEWS,
                    new Content.Video(link("https://a.example/b.mp4"), Optional.empty()),
                    "ViberContent.Video");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "doc", "docx", "rtf", "dot", "dotx", "odt", "odf", "fodt", "txt", "info", "pdf", "xps", "pdax",
                    "eps", "xls", "xlsx", "ods", "fods", "csv", "xlsm", "xltx", "PDF"
                })
        void takes_files_with_each_of_the_extensions(String extension) {
            accepts();

            assertThat(order(new ViberContent.File(link("https://a.example/b." + extension), 1, "b." + extension)))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @CsvSource({"b.exe, b.pdf", "b.pdf, b.exe", "b.zip, b.zip", "pdf, b.pdf", "b.pdf, pdf", "b.pdf, .pdf"})
        void refuses_files_with_others(String path, String name) {
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL,
                    new ViberContent.File(link("https://a.example/" + path), 1, name),
                    "extension");
        }

        @Test
        void refuses_bytes_and_names_the_fix() {
            Media bytes = Media.bytes(new byte[] {1}, "image/png");

            assertThatItRefuses(Purpose.NEWS, Content.image(bytes), "Media.link");
            assertThatItRefuses(
                    Purpose.TRANSACTIONAL,
                    new Content.Document(bytes, Optional.empty(), Optional.empty()),
                    "Media.link");
            assertThatItRefuses(Purpose.NEWS, new ViberBusinessContent.ImageButton(bytes, "Voir", PAGE), "Media.link");
        }

        @Test
        void refuses_a_button_that_opens_no_page() {
            assertThatItRefuses(
                    Purpose.NEWS, new Content.LinkButton("x", "Appeler", URI.create("tel:+331")), "http or https");
        }
    }

    @Nested
    class WhenViberLacksTheContent {
        static List<Content> withWords() {
            return List.of(
                    new Content.Choices("Quel jour ?", List.of(new Content.Choices.Option("1", "Lundi"))),
                    new Content.Location(48.5, -2.25, Optional.of("Ici"), Optional.empty()),
                    new Content.LocationRequest("O\u00f9 ?"),
                    new Content.ContactCard("Ana", List.of("+33 1"), List.of(), Optional.empty()),
                    new Content.Carousel(
                            "Nos lampes", List.of(new Content.Carousel.Card(LAMP, "Une", Optional.empty()))),
                    new Content.Audio(link("https://a.example/b.mp3"), false),
                    new Content.PaymentRequest("o-1", "Lampe", 500, "EUR", Optional.of(PAGE)),
                    Content.image(LAMP, "La lampe"),
                    new ViberContent.Url(PAGE),
                    new ViberContent.RichMedia(
                            6,
                            7,
                            Optional.empty(),
                            List.of(ViberButton.reply("a").text("A")),
                            "Nos lampes"));
        }

        static List<Content> withoutWords() {
            return List.of(
                    new Content.Sticker(LAMP),
                    new Content.Reaction("1", Optional.empty()),
                    new Content.ReadMark("1"),
                    new Content.Template("colis", Locale.FRENCH, Map.of()),
                    new Content.Native(ChannelId.VIBER, "text", "{}"),
                    new ViberContent.KeyboardMessage(
                            Content.text("x"),
                            ViberKeyboard.of(ViberButton.reply("a").text("A"))));
        }

        @ParameterizedTest
        @MethodSource("withWords")
        void says_the_same_in_a_text(Content content) throws InterruptedException {
            accepts();

            assertThat(news(content)).isInstanceOf(SendResult.Accepted.class);

            assertThat(textSent()).isNotBlank();
        }

        @ParameterizedTest
        @MethodSource("withWords")
        void refuses_it_where_it_is_strict(Content content) {
            clear(builder().strict());

            SendResult result = news(content);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains(content.getClass().getSimpleName());
            assertThat(server.getRequestCount()).isZero();
        }

        @ParameterizedTest
        @MethodSource("withoutWords")
        void refuses_what_has_no_words(Content content) {
            SendResult result = news(content);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains(content.getClass().getSimpleName());
            assertThat(refusalOf(result).alternatives()).isNotEmpty();
        }

        @Test
        void shows_beforehand_what_the_person_will_see() {
            assertThat(clearing.gate()
                            .preview(message(Purpose.NEWS, Content.image(LAMP, "La lampe"))
                                    .build())
                            .shown())
                    .contains(new Content.Text("La lampe\nhttps://cdn.example/lamp.jpg", true));
        }
    }

    @Nested
    class WhenATransactionIsTextOrAFile {
        @Test
        void becomes_a_text_with_the_link_of_a_button() throws InterruptedException {
            accepts();

            order(new Content.LinkButton("Votre colis", "Suivre", PAGE));

            assertThat(textSent()).isEqualTo("Votre colis\nSuivre: https://shop.example/y");
        }

        @Test
        void becomes_a_text_with_the_link_of_a_picture_or_a_film() throws InterruptedException {
            accepts();
            accepts();
            accepts();

            order(Content.image(LAMP));
            clear(builder());
            order(new ViberBusinessContent.ImageButton(LAMP, "Suivre", PAGE));
            clear(builder());
            order(film(1, Duration.ofSeconds(1)));

            assertThat(textSent()).isEqualTo("https://cdn.example/lamp.jpg");
            assertThat(textSent()).isEqualTo("https://cdn.example/lamp.jpg\nSuivre: https://shop.example/y");
            assertThat(textSent()).isEqualTo("La lampe\nhttps://cdn.example/lamp.mp4");
        }

        @Test
        void leaves_files_and_templates_out_of_promotion() throws InterruptedException {
            accepts();
            accepts();

            news(new ViberContent.File(link("https://cdn.example/1.pdf"), 5_000, "offres.pdf"));
            clear(builder());
            news(new ViberBusinessContent.TemplateText("Bonjour"));

            assertThat(textSent()).isEqualTo("offres.pdf: https://cdn.example/1.pdf");
            assertThat(Examples.json(server.takeRequest().getBody().utf8())
                            .at("/viber_service/type")
                            .isMissingNode())
                    .isTrue();
        }

        @Test
        void is_refused_where_it_is_strict() {
            clear(builder().strict());

            assertThat(refusalOf(order(Content.image(LAMP))).detail()).contains("transaction", "Image");
        }
    }

    @Nested
    class WhenItHasNoRoute {
        @Test
        void to_a_bots_user_id() {
            SendResult result = clearing.send(Message.of(
                    Recipient.of(Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==")),
                    Purpose.NEWS,
                    Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).detail()).contains("phone number");
        }

        @Test
        void to_a_group() {
            SendResult result = clearing.send(Message.of(
                    Recipient.of(new Address(Address.Kind.GROUP, "g", "viber")),
                    Purpose.NEWS,
                    Content.text("Bonjour")));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).alternatives()).containsExactly(Refusal.Alternative.WRITE_TO_EACH);
        }
    }

    @Nested
    class WhenVonageRefuses {
        @ParameterizedTest
        @CsvSource({
            "1010, INVALID_REQUEST",
            "1020, INVALID_REQUEST",
            "1022, INVALID_REQUEST",
            "1040, INVALID_REQUEST",
            "1050, PERSON_LEFT",
            "1060, ACCOUNT",
            "1070, ACCOUNT",
            "1130, INVALID_REQUEST",
            "1140, ACCOUNT",
            "1190, UNDELIVERABLE",
            "1240, PERSON_LEFT",
            "1260, UNDELIVERABLE",
            "1300, UNDELIVERABLE",
            "1310, UNDELIVERABLE",
            "1340, WINDOW_CLOSED",
            "1360, UNDELIVERABLE",
            "1380, INVALID_REQUEST",
            "1381, INVALID_REQUEST",
            "1382, INVALID_REQUEST",
            "1999, UNKNOWN"
        })
        void fails_by_the_number_at_the_end_of_the_type(String code, DeliveryFailure.Kind kind) {
            answers(422, problem(code));

            DeliveryFailure failure = failureOf(news(Content.text("Bonjour")));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).isEqualTo(code);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.hint()).isNotEmpty().doesNotContain("33639980001", "words");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({
            "1000, THROTTLED",
            "1030, TEMPORARY",
            "1100, TEMPORARY",
            "1180, TEMPORARY",
            "1220, TEMPORARY",
            "1230, TEMPORARY",
            "1331, TEMPORARY"
        })
        void tries_again_by_a_number_that_passes(String code, DeliveryFailure.Kind kind) throws InterruptedException {
            answers(422, problem(code));
            accepts();

            assertThat(news(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);

            assertThat(VonageErrors.failure(code).kind()).isEqualTo(kind);
            server.takeRequest();
            assertThat(Examples.json(server.takeRequest().getBody().utf8())
                            .get("client_ref")
                            .asText())
                    .isEqualTo("m-1#2");
        }

        @ParameterizedTest
        @CsvSource({
            "401, UNAUTHORIZED",
            "402, ACCOUNT",
            "403, UNAUTHORIZED",
            "404, INVALID_REQUEST",
            "422, INVALID_REQUEST"
        })
        void fails_by_the_status_where_there_is_no_number(int status, DeliveryFailure.Kind kind) {
            answers(status, "");

            DeliveryFailure failure = failureOf(news(Content.text("Bonjour")));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).isEqualTo("HTTP " + status);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void takes_a_refusal_without_a_number_for_one_that_it_does_not_know() {
            answers(400, "{\"type\":\"https://developer.vonage.com/api-errors#odd\",\"title\":\"Odd\"}");

            assertThat(failureOf(news(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.UNKNOWN);
        }

        @Test
        void tries_again_after_429_and_keeps_the_wait_that_it_names() {
            server.enqueue(new MockResponse.Builder()
                    .code(429)
                    .addHeader("Retry-After", "3")
                    .build());
            accepts();

            assertThat(news(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
            assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(3)));
        }

        @Test
        void records_a_stop_of_this_service_by_1240() {
            answers(422, problem("1240"));
            news(Content.text("Bonjour"));

            SendResult second =
                    clearing.send(Message.of(Recipient.of(ANA), Purpose.TRANSACTIONAL, Content.text("Encore")));

            assertThat(refusalOf(second).reason()).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheAnswerLeavesItOpen {
        private void assertThatItIsUnconfirmed() {
            assertThat(news(Content.text("Bonjour"))).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(news(Content.text("Bonjour"))).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 307, 400, 408, 410, 500, 502, 503})
        void is_unconfirmed_by_a_status_alone(int status) {
            answers(status, "");

            assertThatItIsUnconfirmed();
        }

        @Test
        void is_unconfirmed_by_500_though_its_number_says_to_try_again() {
            answers(500, problem("1030"));

            assertThatItIsUnconfirmed();
        }

        @Test
        void is_unconfirmed_by_1320_since_an_earlier_one_must_have_been_taken() {
            answers(422, problem("1320"));

            assertThatItIsUnconfirmed();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{\"message_uuid\":\"\"}",
                    "{\"message_uuid\":null}",
                    "{\"message_uuid\":\"a\"",
                    "{\"message_uuid\":\"a\"}x"
                })
        void is_unconfirmed_by_a_success_without_an_id(String body) {
            answers(202, body);

            assertThatItIsUnconfirmed();
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void is_another_sender_than_a_bot_of_the_same_name() {
            assertThat(transport.sender()).isEqualTo(new SenderId(ChannelId.VIBER, "bm:20001"));
            assertThat(ViberTransport.builder("20001", () -> "t", "Maison Lumen")
                            .build()
                            .sender())
                    .isNotEqualTo(transport.sender());
        }

        @Test
        void goes_to_the_partner_unless_told_otherwise_and_never_in_plain_beyond_loopback() {
            assertThat(ViberBusinessTransport.VONAGE).isEqualTo(URI.create("https://api.nexmo.com"));
            assertThatThrownBy(() ->
                            builder().baseUri(URI.create("http://api.example")).build())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void fails_without_a_token_and_sends_nothing() {
            clear(ViberBusinessTransport.builder("20001", () -> "")
                    .baseUri(server.url("/").uri()));

            assertThat(failureOf(order(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void shows_the_sender_alone() {
            assertThat(transport).hasToString("ViberBusinessTransport[viber:bm:20001]");
            assertThat(new ViberBusinessContent.TemplateText("secret").toString())
                    .doesNotContain("secret");
            assertThat(new ViberBusinessContent.ImageButton(LAMP, "secret", PAGE).toString())
                    .doesNotContain("secret", "shop");
        }

        @Test
        void has_contents_that_a_bot_refuses() {
            Clearing bot = Clearing.of(
                    clock,
                    ViberTransport.builder("pa:1", () -> "t", "Maison Lumen")
                            .baseUri(server.url("/pa").uri())
                            .build());

            SendResult result = bot.send(Message.of(
                    Recipient.of(Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==")),
                    Purpose.NEWS,
                    new ViberBusinessContent.ImageButton(LAMP, "Voir", PAGE)));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        }
    }
}
