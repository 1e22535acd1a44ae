package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.Cards;
import aparte.messenger.MessengerContent.QuickReplies;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

/** What each content is in a request, and what is refused. */
class MessengerContentsTest {
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final Media LINK = Media.link(URI.create("https://cdn.example.org/a"));
    private static final URI SHOP = URI.create("https://shop.example.org/\u00e9t\u00e9");
    private static final Media STORED = new Media.Stored(new SenderId(ChannelId.MESSENGER, Examples.PAGE), "1857");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] MP4 = "\0\0\0\20ftypisom\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] AAC = {(byte) 0xFF, (byte) 0xF1, 0, 0};
    private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private Clearing clearing;

    @BeforeEach
    void open() {
        use(builder());
    }

    private void use(MessengerTransport.Builder builder) {
        clearing = Clearing.of(clock, builder.build());
        clearing.hears(ANA);
    }

    private MessengerTransport.Builder builder() {
        return MessengerTransport.builder(Examples.PAGE, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(waits::add).build());
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static Message.Builder message(Content content) {
        return Message.builder(Recipient.of(ANA), Purpose.SERVICE, content).id(MessageId.of("m-1"));
    }

    private SendResult send(Content content) {
        return clearing.send(message(content).build());
    }

    private Refusal refusalOf(Content content) {
        SendResult result = send(content);
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        assertThat(server.getRequestCount()).isZero();
        Refusal refusal = ((SendResult.Refused) result).refusals().get(0);
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        assertThat(refusal.alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        return refusal;
    }

    private void assertThatItLeavesAs(Content content, String fields) throws InterruptedException {
        answers(Examples.text("answer-accepted"));

        SendResult result = send(content);

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo(("{'recipient':{'id':'" + Examples.PSID + "'},'messaging_type':'RESPONSE','message':{"
                                + fields + ",'metadata':'m-1#1'}}")
                        .replace('\'', '"'));
    }

    private static Content.Document document(Media media, String name) {
        return new Content.Document(media, Optional.of(name), Optional.empty());
    }

    private static List<Choices.Option> options(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choices.Option("id-" + i, "Title " + i))
                .toList();
    }

    private static List<Button> buttons(int count) {
        return IntStream.rangeClosed(1, count)
                .<Button>mapToObj(i -> new Button.Postback("Title " + i, "id-" + i))
                .toList();
    }

    private static Cards.Card card(String title, String subtitle, List<Button> buttons) {
        return new Cards.Card(title, Optional.of(subtitle), Optional.empty(), Optional.empty(), buttons);
    }

    private static MessengerContent coupon(String title, String code) {
        return new MessengerContent.Coupon(
                title, Optional.empty(), Optional.of(code), Optional.empty(), Optional.empty());
    }

    private static MessengerContent receipt(int lines) {
        return new MessengerContent.Receipt(
                "Ana",
                "o-1",
                "EUR",
                "Visa",
                BigDecimal.ONE,
                Optional.empty(),
                Optional.empty(),
                Collections.nCopies(
                        lines, new MessengerContent.Receipt.Line("a", 1, BigDecimal.ONE, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.00001", "1000000000000000", "1E+2000000000", "1E-2000000000"})
    void takes_no_absurd_amount(String amount) {
        BigDecimal absurd = new BigDecimal(amount);

        assertThatThrownBy(() -> new MessengerContent.Receipt.Line("a", 1, absurd, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    record Sample(Content content, String fields) {
        @Override
        public String toString() {
            return content.getClass().getSimpleName() + " " + fields.length();
        }
    }

    static List<Sample> samples() {
        String url = "'payload':{'url':'https://cdn.example.org/a'}}";
        String id = "'payload':{'attachment_id':'1857'}}";
        Carousel.Card tea =
                new Carousel.Card(LINK, "Sencha", Optional.of(new Content.LinkButton("unseen", "Acheter", SHOP)));
        return List.of(
                new Sample(new Content.Video(LINK, Optional.empty()), "'attachment':{'type':'video'," + url),
                new Sample(new Content.Audio(LINK, true), "'attachment':{'type':'audio'," + url),
                new Sample(document(LINK, "a.pdf"), "'attachment':{'type':'file'," + url),
                new Sample(new Content.Video(STORED, Optional.empty()), "'attachment':{'type':'video'," + id),
                new Sample(new Content.Audio(STORED, false), "'attachment':{'type':'audio'," + id),
                new Sample(document(STORED, "a.pdf"), "'attachment':{'type':'file'," + id),
                new Sample(new Content.Sticker(STORED), "'sticker_id':'1857'"),
                new Sample(
                        new Choices("Quel th\u00e9 ?", options(2)),
                        "'text':'Quel th\u00e9 ?','quick_replies':[{'content_type':'text','title':'Title 1','payload':'id-1'},"
                                + "{'content_type':'text','title':'Title 2','payload':'id-2'}]"),
                new Sample(
                        new Choices(
                                "Quel th\u00e9 ?",
                                List.of(new Choices.Option("a", "Sencha", Optional.of("vert"))),
                                Optional.empty(),
                                Optional.of("Aujourd\u2019hui")),
                        "'text':'Quel th\u00e9 ?\\nSencha: vert\\nAujourd\u2019hui','quick_replies':["
                                + "{'content_type':'text','title':'Sencha','payload':'a'}]"),
                new Sample(
                        new Choices("Quel th\u00e9 ?", options(1), Optional.of(LINK), Optional.of("Ici")),
                        "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{"
                                + "'title':'Quel th\u00e9 ?','subtitle':'Ici','image_url':'https://cdn.example.org/a',"
                                + "'buttons':[{'type':'postback','title':'Title 1','payload':'id-1'}]}]}}"),
                new Sample(
                        new Content.LinkButton("Ici", "Voir", SHOP),
                        "'attachment':{'type':'template','payload':{'template_type':'button','text':'Ici','buttons':["
                                + "{'type':'web_url','title':'Voir','url':'https://shop.example.org/%C3%A9t%C3%A9'}]}}"),
                new Sample(
                        new Carousel(
                                "Nos th\u00e9s", List.of(tea, new Carousel.Card(LINK, "Oolong", Optional.empty()))),
                        "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{"
                                + "'title':'Sencha','subtitle':'Nos th\u00e9s','image_url':'https://cdn.example.org/a',"
                                + "'buttons':[{'type':'web_url','title':'Acheter','url':'https://shop.example.org/%C3%A9t%C3%A9'}]},"
                                + "{'title':'Oolong','image_url':'https://cdn.example.org/a'}]}}"),
                new Sample(
                        new QuickReplies(
                                "Et vous ?",
                                List.of(
                                        new QuickReplies.Reply.Email(),
                                        new QuickReplies.Reply.Phone(),
                                        new QuickReplies.Reply.Answer("n", "Non", Optional.of(SHOP)))),
                        "'text':'Et vous ?','quick_replies':[{'content_type':'user_email'},{'content_type':'user_phone_number'},"
                                + "{'content_type':'text','title':'Non','payload':'n','image_url':'https://shop.example.org/%C3%A9t%C3%A9'}]"),
                new Sample(
                        new Buttons(
                                "Une question ?",
                                List.of(
                                        new Button.Postback("\u00c9crire", "write"),
                                        new Button.Call("Appeler", "+33639980001"))),
                        "'attachment':{'type':'template','payload':{'template_type':'button','text':'Une question ?','buttons':["
                                + "{'type':'postback','title':'\u00c9crire','payload':'write'},"
                                + "{'type':'phone_number','title':'Appeler','payload':'+33639980001'}]}}"),
                new Sample(
                        new Cards(List.of(new Cards.Card(
                                "Sencha", Optional.empty(), Optional.empty(), Optional.of(SHOP), List.of()))),
                        "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{'title':'Sencha',"
                                + "'default_action':{'type':'web_url','url':'https://shop.example.org/%C3%A9t%C3%A9'}}]}}"),
                new Sample(
                        new MessengerContent.MediaCard(STORED, true, buttons(1)),
                        "'attachment':{'type':'template','payload':{'template_type':'media','elements':[{'media_type':'video',"
                                + "'attachment_id':'1857','buttons':[{'type':'postback','title':'Title 1','payload':'id-1'}]}]}}"),
                new Sample(
                        new MessengerContent.Images(List.of(LINK, STORED)),
                        "'attachments':[{'type':'image'," + url + ",{'type':'image'," + id + "]"),
                new Sample(
                        new MessengerContent.Receipt(
                                "Ana",
                                "o-1",
                                "EUR",
                                "Visa",
                                new BigDecimal("1E+1"),
                                Optional.of(Instant.parse("2026-11-23T09:00:00Z")),
                                Optional.of(URI.create("https://shop.example.org/o-1")),
                                List.of(new MessengerContent.Receipt.Line(
                                        "Sencha", 2, new BigDecimal("5.00"), Optional.empty()))),
                        "'attachment':{'type':'template','payload':{'template_type':'receipt','recipient_name':'Ana',"
                                + "'order_number':'o-1','currency':'EUR','payment_method':'Visa','timestamp':'1795424400',"
                                + "'order_url':'https://shop.example.org/o-1','summary':{'total_cost':10},"
                                + "'elements':[{'title':'Sencha','quantity':2,'price':5.00}]}}"),
                new Sample(
                        new MessengerContent.Coupon(
                                "Dix pour cent",
                                Optional.of("Noël"),
                                Optional.of("DIX"),
                                Optional.empty(),
                                Optional.empty()),
                        "'attachment':{'type':'template','payload':{'template_type':'coupon','title':'Dix pour cent',"
                                + "'subtitle':'Noël','coupon_code':'DIX'}}"),
                new Sample(
                        new Content.Location(48.85, 2.35, Optional.of("Ici"), Optional.empty()),
                        "'text':'Ici\\nhttps://maps.google.com/?q=48.850000,2.350000'"),
                new Sample(new Content.LocationRequest("O\u00f9 ?"), "'text':'O\u00f9 ?'"),
                new Sample(
                        new Content.ContactCard(
                                "Zo\u00e9", List.of("+33 1"), List.of("z@example.org"), Optional.of("Caf\u00e9")),
                        "'text':'Zo\u00e9\\nCaf\u00e9\\n+33 1\\nz@example.org'"),
                new Sample(
                        new Content.PaymentRequest(
                                "o-1", "Th\u00e9", 990, "EUR", Optional.of(URI.create("https://pay.example/1"))),
                        "'text':'Th\u00e9\\n9.90 EUR\\nhttps://pay.example/1'"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void leaves_whole(Sample sample) throws InterruptedException {
        assertThatItLeavesAs(sample.content(), sample.fields());
    }

    @Test
    void previews_what_is_shown_instead() {
        Optional<Content> shown = clearing.gate()
                .preview(message(new Content.LocationRequest("O\u00f9 ?")).build())
                .shown();

        assertThat(shown).contains(Content.text("O\u00f9 ?"));
    }

    @Nested
    class WhenItHoldsTheBytes {
        static List<Content> held() {
            return List.of(
                    new Content.Video(Media.bytes(MP4, "a/b"), Optional.empty()),
                    new Content.Audio(Media.bytes(AAC, "a/b"), true),
                    document(Media.bytes(PDF, "a/b"), "prix \u00e9t\u00e9.pdf"));
        }

        private final List<String> expected = List.of(
                "video filename=\"video.mp4\" Content-Type: video/mp4",
                "audio filename=\"audio.aac\" Content-Type: audio/aac",
                "file filename=\"prix \u00e9t\u00e9.pdf\" Content-Type: application/pdf");

        @Test
        void uploads_each_as_what_it_is() throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                answers("{\"attachment_id\":\"7" + i + "\"}");
                answers(Examples.text("answer-accepted"));

                clearing.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, held().get(i)));

                String upload = server.takeRequest().getBody().utf8();
                String[] words = expected.get(i).split(" ", 2);
                assertThat(upload)
                        .contains("{\"attachment\":{\"type\":\"" + words[0] + "\",\"payload\":{\"is_reusable\":true}}}")
                        .contains(words[1].substring(0, words[1].indexOf(" Content")))
                        .contains(words[1].substring(words[1].indexOf("Content")));
                assertThat(server.takeRequest().getBody().utf8()).contains("\"attachment_id\":\"7" + i + "\"");
            }
        }

        @Test
        void uploads_the_same_bytes_again_as_something_else() throws InterruptedException {
            Media media = Media.bytes(PNG, "image/png");
            for (Content content : List.of(
                    Content.image(media),
                    document(media, "a.png"),
                    document(media, "b.png"),
                    document(media, "b.png"))) {
                answers("{\"attachment_id\":\"7\"}");
                answers(Examples.text("answer-accepted"));

                clearing.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, content));
            }

            assertThat(server.getRequestCount()).isEqualTo(7);
        }
    }

    @Nested
    class WhenItIsASign {
        private String left(Content content) throws InterruptedException {
            answers("{\"recipient_id\":\"" + Examples.PSID + "\"}");
            SendResult result = send(content);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("m_in1"));
            RecordedRequest request = server.takeRequest();
            return request.getBody().utf8().replace('"', '\'').replace("{'recipient':{'id':'24680001357924680'},", "");
        }

        @Test
        void reacts_and_takes_it_back() throws InterruptedException {
            assertThat(left(new Content.Reaction("m_in1", Optional.of("\ud83d\ude0a"))))
                    .isEqualTo("'sender_action':'react','payload':{'message_id':'m_in1','reaction':'\ud83d\ude0a'}}");
        }

        @Test
        void takes_a_reaction_back() throws InterruptedException {
            assertThat(left(new Content.Reaction("m_in1", Optional.empty())))
                    .isEqualTo("'sender_action':'unreact','payload':{'message_id':'m_in1'}}");
        }

        @Test
        void marks_as_read() throws InterruptedException {
            assertThat(left(new Content.ReadMark("m_in1"))).isEqualTo("'sender_action':'mark_seen'}");
        }

        @Test
        void types() throws InterruptedException {
            assertThat(left(new Content.Typing("m_in1"))).isEqualTo("'sender_action':'typing_on'}");
        }

        @Test
        void quotes_nothing() {
            SendResult result = clearing.send(
                    message(new Content.Typing("m_in1")).replyTo("m_in1").build());

            assertThat(((SendResult.Refused) result).refusals().get(0).detail()).contains("leave replyTo out");
        }
    }

    record Limited(Content content, long max, String unit, long actual) {
        @Override
        public String toString() {
            return content + " " + max + " " + unit;
        }
    }

    static List<Limited> beyondLimits() {
        String points = "code points";
        Carousel.Card card = new Carousel.Card(LINK, "a", Optional.empty());
        return List.of(
                new Limited(new Choices("?", options(14)), 13, "quick replies", 14),
                new Limited(new Choices("?", options(4), Optional.of(LINK), Optional.empty()), 3, "buttons", 4),
                new Limited(new Choices("x".repeat(2_000), options(1)), 1_999, points, 2_000),
                new Limited(new Choices("?", List.of(new Choices.Option("a", "x".repeat(21)))), 20, points, 21),
                new Limited(
                        new Choices("?", List.of(new Choices.Option("x".repeat(1_001), "a"))), 1_000, points, 1_001),
                new Limited(new Content.LinkButton("x".repeat(641), "Voir", SHOP), 640, points, 641),
                new Limited(new Content.LinkButton("Ici", "x".repeat(21), SHOP), 20, points, 21),
                new Limited(new Buttons("Ici", buttons(4)), 3, "buttons", 4),
                new Limited(
                        new Carousel("Ici", List.of(card, card, card, card, card, card, card, card, card, card, card)),
                        10,
                        "cards",
                        11),
                new Limited(new Carousel("x".repeat(81), List.of(card)), 80, points, 81),
                new Limited(new Cards(List.of(card("x".repeat(81), "a", List.of()))), 80, points, 81),
                new Limited(new Cards(List.of(card("a", "a", buttons(4)))), 3, "buttons", 4),
                new Limited(new Content.Reaction("m_1", Optional.of("\ud83d\udce6".repeat(17))), 16, points, 17),
                new Limited(
                        new Content.Video(Media.bytes(Arrays.copyOf(MP4, 25_000_001), "a/b"), Optional.empty()),
                        25_000_000,
                        "bytes",
                        25_000_001),
                new Limited(new MessengerContent.Images(Collections.nCopies(31, LINK)), 30, "pictures", 31),
                new Limited(coupon("x".repeat(81), "DIX"), 80, points, 81),
                new Limited(receipt(101), 100, "lines", 101),
                new Limited(document(LINK, "x".repeat(256)), 255, points, 256));
    }

    @ParameterizedTest
    @MethodSource("beyondLimits")
    void refuses_what_is_beyond_a_limit(Limited limited) {
        use(builder().strict());

        assertThat(refusalOf(limited.content()).limit())
                .contains(new Refusal.Limit(limited.max(), limited.unit(), limited.actual()));
    }

    @Test
    void refuses_what_becomes_too_long_a_text() {
        assertThat(refusalOf(new Content.LocationRequest("x".repeat(2_000))).limit())
                .contains(new Refusal.Limit(1_999, "code points", 2_000));
    }

    record Wrong(Content content, String detail) {}

    static List<Wrong> wrong() {
        Media bytes = Media.bytes(PNG, "image/png");
        Optional<String> caption = Optional.of("Ici");
        return List.of(
                new Wrong(new Content.Video(LINK, caption), "a text of its own"),
                new Wrong(new Content.Document(LINK, Optional.empty(), caption), "a text of its own"),
                new Wrong(new Content.Video(bytes, Optional.empty()), "must be MP4"),
                new Wrong(new Content.Audio(bytes, false), "must be AAC"),
                new Wrong(document(Media.bytes(new byte[] {0, 1}, "a/b"), "a"), "of a type that is known"),
                new Wrong(new Content.Sticker(bytes), "catalogue"),
                new Wrong(new Content.Reaction("m_1", Optional.of("ok")), "one emoji"),
                new Wrong(new Choices("?", options(1), Optional.of(bytes), Optional.empty()), "link to a picture"),
                new Wrong(new Content.LinkButton("Ici", "Voir", URI.create("tel:+331")), "http or https"),
                new Wrong(new Carousel("?", List.of(new Carousel.Card(bytes, "a", Optional.empty()))), "by link"),
                new Wrong(new MessengerContent.MediaCard(LINK, false, List.of()), "from Facebook"),
                new Wrong(new MessengerContent.MediaCard(bytes, true, List.of()), "must be MP4"),
                new Wrong(new MessengerContent.Images(List.of()), "at least 1 pictures"),
                new Wrong(coupon("a", "D X"), "no blanks"),
                new Wrong(new Buttons("Ici", List.of()), "at least 1 buttons"),
                new Wrong(new Buttons("Ici", List.of(new Button.Call("a", "0639"))), "3 to 15 digits"),
                new Wrong(new QuickReplies("Ici", List.of()), "at least 1 quick replies"),
                new Wrong(
                        new Cards(List.of(
                                new Cards.Card("a", Optional.empty(), Optional.empty(), Optional.empty(), List.of()))),
                        "beside its title"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refuses_what_cannot_be_shown_and_says_how_to_mend_it(Wrong wrong) {
        use(builder().strict());

        assertThat(refusalOf(wrong.content()).detail()).contains(wrong.detail());
    }

    @Nested
    class WhenItIsStrict {
        static List<Content> lacking() {
            return List.of(
                    new Content.Location(1, 2, Optional.empty(), Optional.empty()),
                    new Content.LocationRequest("O\u00f9 ?"),
                    new Content.ContactCard("Zo\u00e9", List.of(), List.of(), Optional.empty()),
                    new Content.PaymentRequest("o-1", "Th\u00e9", 990, "EUR", Optional.of(SHOP)));
        }

        @ParameterizedTest
        @MethodSource("lacking")
        void refuses_what_messenger_lacks(Content content) {
            use(builder().strict());

            assertThat(refusalOf(content).detail()).contains(content.getClass().getSimpleName());
        }
    }

    @Nested
    class WhenFilmsComeFast {
        private void sendTwice(Content content) {
            for (int i = 0; i < 2; i++) {
                answers(Examples.text("answer-accepted"));
                clearing.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, content));
            }
        }

        @Test
        void keeps_a_pace_of_their_own() {
            use(builder().filmsPerSecond(1));

            sendTwice(new Content.Video(LINK, Optional.empty()));

            assertThat(waits).isNotEmpty();
            assertThat(waits.get(0)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_010));
        }

        @Test
        void keeps_it_in_private_replies_too() {
            use(builder().filmsPerSecond(1));

            for (String id : List.of("5_7", "5_8")) {
                Address comment = MessengerAddresses.comment(Examples.PAGE, id);
                clearing.hears(comment);
                answers(Examples.text("answer-accepted"));
                clearing.send(
                        Message.of(Recipient.of(comment), Purpose.SERVICE, new Content.Video(LINK, Optional.empty())));
            }

            assertThat(waits).isNotEmpty();
            assertThat(waits.get(0)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_010));
        }

        @Test
        void lets_pictures_pass() {
            use(builder().filmsPerSecond(1));

            sendTwice(Content.image(LINK));

            assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(100)) < 0);
        }
    }
}
