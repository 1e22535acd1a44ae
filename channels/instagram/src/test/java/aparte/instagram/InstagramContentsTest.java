package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Limit;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.Preview;
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.instagram.InstagramContent.Cards;
import aparte.instagram.InstagramContent.Images;
import aparte.instagram.InstagramContent.QuickReplies;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each content is in a request, and what is refused. */
class InstagramContentsTest {
    private static final Address ZOE = new Address(Address.Kind.INSTAGRAM_IGSID, Examples.IGSID, Examples.ACCOUNT);
    private static final Media LINK = Media.link(URI.create("https://cdn.example.org/a"));
    private static final URI SHOP = URI.create("HTTPS://shop.example.org/\u00e9t\u00e9");
    private static final Media STORED = new Media.Stored(new SenderId(ChannelId.INSTAGRAM, Examples.ACCOUNT), "1857");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] MP4 = "\0\0\0\20ftypisom\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] AAC = {(byte) 0xFF, (byte) 0xF1, 0, 0};
    private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private Clearing clearing;

    @BeforeEach
    void open() {
        use(builder());
    }

    private void use(InstagramTransport.Builder builder) {
        clearing = Clearing.of(clock, builder.build());
        clearing.hears(ZOE);
    }

    private InstagramTransport.Builder builder() {
        return InstagramTransport.builder(Examples.ACCOUNT, () -> "secret-token")
                .throughPage("300000000000002")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .withoutLimits()
                .http(HttpSettings.builder().waiting(wait -> {}).build());
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static Message.Builder message(Content content) {
        return Message.builder(Recipient.of(ZOE), Purpose.SERVICE, content);
    }

    private Refusal refusalOf(Content content) {
        SendResult result = clearing.send(message(content).build());
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        assertThat(server.getRequestCount()).isZero();
        Refusal refusal = ((SendResult.Refused) result).refusals().get(0);
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        assertThat(refusal.alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        return refusal;
    }

    private void assertThatItLeavesAs(Content content, String fields) throws InterruptedException {
        answers(Examples.text("answer-accepted"));

        SendResult result = clearing.send(message(content).build());

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo(("{'recipient':{'id':'" + Examples.IGSID + "'},'messaging_type':'RESPONSE','message':{"
                                + fields + "}}")
                        .replace('\'', '"'));
    }

    private void assertThatItIsSentAs(Content content, String action) throws InterruptedException {
        answers(Examples.text("answer-acted"));

        SendResult result = clearing.send(message(content).build());

        assertThat(((SendResult.Accepted) result).providerId()).isEqualTo("in1");
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo(("{'recipient':{'id':'" + Examples.IGSID + "'}," + action + "}").replace('\'', '"'));
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

    private static Cards.Card card(String title, Optional<String> subtitle, List<Button> buttons) {
        return new Cards.Card(title, subtitle, Optional.empty(), Optional.empty(), buttons);
    }

    private static Carousel.Card tea(int number) {
        return new Carousel.Card(LINK, "Th\u00e9 " + number, Optional.empty());
    }

    private String textOf(Content content) {
        Preview preview = clearing.gate().preview(message(content).build());
        return ((Content.Text) preview.shown().orElseThrow()).body();
    }

    @Nested
    class WhenItSends {
        @Test
        void text() throws InterruptedException {
            assertThatItLeavesAs(Content.text("Voil\u00e0 \ud83d\udce6"), "'text':'Voil\u00e0 \ud83d\udce6'");
        }

        @Test
        void media_by_link_and_by_id() throws InterruptedException {
            assertThatItLeavesAs(
                    Content.image(LINK), "'attachment':{'type':'image','payload':{'url':'https://cdn.example.org/a'}}");
            assertThatItLeavesAs(
                    new Content.Video(STORED, Optional.empty()),
                    "'attachment':{'type':'video','payload':{'attachment_id':'1857'}}");
            assertThatItLeavesAs(
                    new Content.Audio(LINK, true),
                    "'attachment':{'type':'audio','payload':{'url':'https://cdn.example.org/a'}}");
            assertThatItLeavesAs(
                    new Content.Document(LINK, Optional.empty(), Optional.empty()),
                    "'attachment':{'type':'file','payload':{'url':'https://cdn.example.org/a'}}");
        }

        @Test
        void several_images_of_links_and_ids() throws InterruptedException {
            assertThatItLeavesAs(
                    new Images(List.of(LINK, STORED)),
                    "'attachments':[{'type':'image','payload':{'url':'https://cdn.example.org/a'}},"
                            + "{'type':'image','payload':{'attachment_id':'1857'}}]");
        }

        @Test
        void the_heart() throws InterruptedException {
            assertThatItLeavesAs(new InstagramContent.Heart(), "'attachment':{'type':'like_heart'}");
        }

        @Test
        void a_post_of_its_own() throws InterruptedException {
            assertThatItLeavesAs(
                    new InstagramContent.PostShare("18000000000000001"),
                    "'attachment':{'type':'MEDIA_SHARE','payload':{'id':'18000000000000001'}}");
        }

        @Test
        void choices_as_quick_replies() throws InterruptedException {
            Choices choices = new Choices(
                    "Quand ?",
                    List.of(new Choices.Option("a", "Mardi", Optional.of("le matin")), new Choices.Option("b", "Non")),
                    Optional.empty(),
                    Optional.of("Merci"));

            assertThatItLeavesAs(
                    choices,
                    "'text':'Quand ?\\nMardi: le matin\\nMerci','quick_replies':["
                            + "{'content_type':'text','title':'Mardi','payload':'a'},"
                            + "{'content_type':'text','title':'Non','payload':'b'}]");
        }

        @Test
        void choices_below_a_picture_as_a_card() throws InterruptedException {
            assertThatItLeavesAs(
                    new Choices("Quand ?", options(1), Optional.of(LINK), Optional.of("Merci")),
                    "'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                            + "{'title':'Quand ?','subtitle':'Merci','image_url':'https://cdn.example.org/a','buttons':["
                            + "{'type':'postback','title':'Title 1','payload':'id-1'}]}]}}");
        }

        @Test
        void a_link_button() throws InterruptedException {
            assertThatItLeavesAs(
                    new Content.LinkButton("La boutique", "Voir", SHOP),
                    "'attachment':{'type':'template','payload':{'template_type':'button','text':'La boutique','buttons':["
                            + "{'type':'web_url','title':'Voir','url':'https://shop.example.org/%C3%A9t%C3%A9'}]}}");
        }

        @Test
        void a_carousel_as_cards() throws InterruptedException {
            assertThatItLeavesAs(
                    new Carousel("Nos th\u00e9s", List.of(tea(1), tea(2))),
                    "'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                            + "{'title':'Th\u00e9 1','subtitle':'Nos th\u00e9s','image_url':'https://cdn.example.org/a'},"
                            + "{'title':'Th\u00e9 2','image_url':'https://cdn.example.org/a'}]}}");
        }

        @Test
        void a_card_that_opens_a_page() throws InterruptedException {
            assertThatItLeavesAs(
                    new Cards(List.of(new Cards.Card(
                            "Sencha", Optional.empty(), Optional.empty(), Optional.of(SHOP), List.of()))),
                    "'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                            + "{'title':'Sencha','default_action':{'type':'web_url',"
                            + "'url':'https://shop.example.org/%C3%A9t%C3%A9'}}]}}");
        }

        @Test
        void products() throws InterruptedException {
            assertThatItLeavesAs(
                    new InstagramContent.Products(List.of("sku-1", "sku-2")),
                    "'attachment':{'type':'template','payload':{'template_type':'product','elements':["
                            + "{'id':'sku-1'},{'id':'sku-2'}]}}");
        }

        @Test
        void signs() throws InterruptedException {
            assertThatItIsSentAs(new Content.Typing("in1"), "'sender_action':'typing_on'");
        }

        @Test
        void read_marks() throws InterruptedException {
            assertThatItIsSentAs(new Content.ReadMark("in1"), "'sender_action':'mark_seen'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u2764", "\u2764\ufe0f"})
        void hearts_as_love(String heart) throws InterruptedException {
            assertThatItIsSentAs(
                    new Content.Reaction("in1", Optional.of(heart)),
                    "'sender_action':'react','payload':{'message_id':'in1','reaction':'love'}");
        }

        @Test
        void a_reaction_taken_back() throws InterruptedException {
            assertThatItIsSentAs(
                    new Content.Reaction("in1", Optional.empty()),
                    "'sender_action':'unreact','payload':{'message_id':'in1'}");
        }

        @Test
        void a_private_reply_to_the_comment() throws InterruptedException {
            answers(Examples.text("answer-accepted"));
            Address comment = InstagramAddresses.comment(Examples.ACCOUNT, "17950000000000009");
            clearing.hears(comment);

            SendResult result =
                    clearing.send(Message.of(Recipient.of(comment), Purpose.SERVICE, Content.text("Oui, il en reste")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8())
                    .isEqualTo("{\"recipient\":{\"comment_id\":\"17950000000000009\"},\"messaging_type\":\"RESPONSE\","
                            + "\"message\":{\"text\":\"Oui, il en reste\"}}");
        }
    }

    @Nested
    class WhenALimitIsReached {
        private final String euros = "\u20ac".repeat(333);

        List<Content> atTheEdge() {
            String id = "i".repeat(1_000);
            return List.of(
                    Content.text("x".repeat(1_000)),
                    Content.text(euros + "x"),
                    new QuickReplies(euros + "x", List.of(new QuickReplies.Reply(id, "t".repeat(20)))),
                    new QuickReplies("?", Collections.nCopies(40, new QuickReplies.Reply("a", "b"))),
                    new Buttons("x".repeat(640), buttons(3)),
                    new Buttons("x", List.of(new Button.Postback("t".repeat(20), id))),
                    new Cards(List.of(card("t".repeat(80), Optional.of("s".repeat(80)), buttons(3)))),
                    new Cards(Collections.nCopies(25, card("t", Optional.of("s"), List.of()))),
                    new InstagramContent.Products(Collections.nCopies(10, "sku")),
                    new Images(Collections.nCopies(10, LINK)),
                    Content.image(Media.bytes(Arrays.copyOf(PNG, 8_000_000), "image/png")));
        }

        @Test
        void takes_as_much_as_instagram_does() {
            for (Content content : atTheEdge()) {
                if (content instanceof Content.Image) {
                    answers(Examples.text("answer-uploaded"));
                }
                answers(Examples.text("answer-accepted"));

                SendResult result = clearing.send(Message.of(Recipient.of(ZOE), Purpose.SERVICE, content));

                assertThat(result).as(content.toString()).isInstanceOf(SendResult.Accepted.class);
            }
        }

        @Test
        void counts_a_text_by_its_bytes() {
            assertThat(refusalOf(Content.text("x".repeat(1_001))).limit()).contains(new Limit(1_000, "bytes", 1_001));
            assertThat(refusalOf(Content.text(euros + "xx")).limit()).contains(new Limit(1_000, "bytes", 1_001));
            assertThat(refusalOf(Content.text("\ud83d\udce6".repeat(251))).limit())
                    .contains(new Limit(1_000, "bytes", 1_004));
            assertThat(refusalOf(new QuickReplies(euros + "xx", List.of(new QuickReplies.Reply("a", "b"))))
                            .limit())
                    .contains(new Limit(1_000, "bytes", 1_001));
        }

        @Test
        void refuses_one_more() {
            String long20 = "t".repeat(21);
            assertThat(refusalOf(new QuickReplies("?", List.of(new QuickReplies.Reply("a", long20))))
                            .limit())
                    .contains(new Limit(20, "code points", 21));
            assertThat(refusalOf(new QuickReplies("?", List.of(new QuickReplies.Reply("i".repeat(1_001), "b"))))
                            .limit())
                    .contains(new Limit(1_000, "code points", 1_001));
            assertThat(refusalOf(new QuickReplies("?", List.of())).detail()).contains("at least 1");
            assertThat(refusalOf(new Buttons("x".repeat(641), buttons(1))).limit())
                    .contains(new Limit(640, "code points", 641));
            assertThat(refusalOf(new Buttons("x", buttons(4))).limit()).contains(new Limit(3, "buttons", 4));
            assertThat(refusalOf(new Buttons("x", List.of())).detail()).contains("at least 1");
            assertThat(refusalOf(new Buttons("x", List.of(new Button.Link(long20, SHOP))))
                            .limit())
                    .contains(new Limit(20, "code points", 21));
            assertThat(refusalOf(new Cards(List.of())).detail()).contains("at least 1");
            assertThat(refusalOf(new Cards(List.of(card("t".repeat(81), Optional.of("s"), List.of()))))
                            .limit())
                    .contains(new Limit(80, "code points", 81));
            assertThat(refusalOf(new Cards(List.of(card("t", Optional.of("s".repeat(81)), List.of()))))
                            .limit())
                    .contains(new Limit(80, "code points", 81));
            assertThat(refusalOf(new InstagramContent.Products(Collections.nCopies(11, "sku")))
                            .limit())
                    .contains(new Limit(10, "products", 11));
            assertThat(refusalOf(new Images(Collections.nCopies(11, LINK))).limit())
                    .contains(new Limit(10, "pictures", 11));
        }

        @Test
        void refuses_larger_media() {
            assertThat(refusalOf(Content.image(Media.bytes(Arrays.copyOf(PNG, 8_000_001), "image/png")))
                            .limit())
                    .contains(new Limit(8_000_000, "bytes", 8_000_001));
            assertThat(refusalOf(new Content.Video(
                                    Media.bytes(Arrays.copyOf(MP4, 25_000_001), "video/mp4"), Optional.empty()))
                            .limit())
                    .contains(new Limit(25_000_000, "bytes", 25_000_001));
            assertThat(refusalOf(new Content.Audio(Media.bytes(Arrays.copyOf(AAC, 25_000_001), "a/b"), false))
                            .limit())
                    .contains(new Limit(25_000_000, "bytes", 25_000_001));
            assertThat(refusalOf(new Content.Document(
                                    Media.bytes(Arrays.copyOf(PDF, 25_000_001), "a/b"),
                                    Optional.empty(),
                                    Optional.empty()))
                            .limit())
                    .contains(new Limit(25_000_000, "bytes", 25_000_001));
        }
    }

    @Nested
    class WhenInstagramLacksIt {
        @Test
        void says_it_in_a_text() {
            assertThat(textOf(new Content.Location(48.85, 2.35, Optional.of("Chez Zo\u00e9"), Optional.empty())))
                    .isEqualTo("Chez Zo\u00e9\nhttps://maps.google.com/?q=48.850000,2.350000");
            assertThat(textOf(new Content.ContactCard("Zo\u00e9", List.of("+33 1"), List.of(), Optional.empty())))
                    .isEqualTo("Zo\u00e9\n+33 1");
            assertThat(textOf(new Content.LocationRequest("O\u00f9 ?"))).isEqualTo("O\u00f9 ?");
            assertThat(textOf(new Content.PaymentRequest("o-1", "Th\u00e9", 990, "EUR", Optional.of(SHOP))))
                    .startsWith("Th\u00e9\n9.90 EUR\n");
        }

        @Test
        void numbers_more_choices_than_it_is_said_to_take() {
            assertThat(textOf(new Choices("Quand ?", options(14)))).contains("1. Title 1", "14. Title 14");
            assertThat(textOf(new Choices("Quand ?", options(4), Optional.of(LINK), Optional.empty())))
                    .contains("https://cdn.example.org/a", "4. Title 4");
            assertThat(textOf(new Carousel(
                            "Nos th\u00e9s",
                            IntStream.range(0, 11)
                                    .mapToObj(InstagramContentsTest::tea)
                                    .toList())))
                    .contains("Th\u00e9 10");
            assertThat(textOf(new Choices(
                            "Quand ?",
                            List.of(new Choices.Option("a", "Mardi", Optional.of("le matin"))),
                            Optional.of(LINK),
                            Optional.empty())))
                    .contains("1. Mardi (le matin)");
        }

        @Test
        void refuses_it_if_it_is_strict() {
            use(builder().strict());

            refusalOf(new Content.Location(48.85, 2.35, Optional.empty(), Optional.empty()));
            refusalOf(new Content.ContactCard("Zo\u00e9", List.of("+33 1"), List.of(), Optional.empty()));
            refusalOf(new Content.PaymentRequest("o-1", "Th\u00e9", 990, "EUR", Optional.of(SHOP)));
            refusalOf(new Choices("Quand ?", options(2), Optional.of(STORED), Optional.empty()));
            refusalOf(new Choices("Quand ?", options(4), Optional.of(LINK), Optional.empty()));
            refusalOf(new Carousel("x", List.of(new Carousel.Card(STORED, "a", Optional.empty()))));
        }

        @Test
        void leaves_the_number_of_choices_to_the_platform_if_it_is_strict() throws InterruptedException {
            use(builder().strict());
            answers(Examples.text("answer-accepted"));

            clearing.send(message(new Choices("Quand ?", options(14))).build());

            assertThat(server.takeRequest().getBody().utf8()).contains("\"payload\":\"id-14\"");
        }
    }

    @Nested
    class WhenItCannotCarry {
        static List<Content> unsupported() {
            return List.of(
                    new Content.Sticker(LINK),
                    new Content.PaymentRequest("o-1", "Th\u00e9", 990, "EUR", Optional.empty()),
                    new Content.Template("colis", Locale.FRENCH, Map.of()),
                    new Content.Native(ChannelId.INSTAGRAM, "text", "{}"),
                    new Content.Reaction("in1", Optional.of("\ud83d\udc4d")),
                    new InstagramContent.Unsupported(),
                    new InstagramContent.Shared("reel", Optional.empty(), Optional.empty(), Optional.empty()),
                    new InstagramContent.PostShare("my-post"),
                    new Cards(List.of(card("t", Optional.empty(), List.of()))),
                    new Content.LinkButton("x", "y", URI.create("mailto:a@b.example")),
                    Content.image(Media.bytes(PNG, "image/png"), "Ici"),
                    Content.image(new Media.Stored(new SenderId(ChannelId.INSTAGRAM, "9"), "1")),
                    Content.image(Media.bytes(MP4, "image/png")),
                    new Content.Audio(Media.bytes(PNG, "audio/aac"), false),
                    new Content.Document(
                            Media.bytes("prix".getBytes(StandardCharsets.US_ASCII), "application/pdf"),
                            Optional.empty(),
                            Optional.empty()));
        }

        @ParameterizedTest
        @MethodSource("unsupported")
        void refuses_the_content_and_says_what_to_do(Content unsupported) {
            assertThat(refusalOf(unsupported).detail()).hasSizeGreaterThan(20);
        }

        @Test
        void says_why_no_template_helps() {
            assertThat(refusalOf(new Content.Template("colis", Locale.FRENCH, Map.of()))
                            .detail())
                    .contains("no utility template", "no marketing message", "no one-time notification");
        }

        @Test
        void refuses_a_sign_that_quotes() {
            SendResult result = clearing.send(
                    message(new Content.Typing("in1")).replyTo("in1").build());

            assertThat(((SendResult.Refused) result).refusals().get(0).detail()).contains("leave replyTo out");
        }
    }

    @Nested
    class WhenAValueIsMalformed {
        @Test
        void is_not_made() {
            assertThatThrownBy(() -> new QuickReplies(" ", List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new QuickReplies.Reply("a", "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Button.Postback("\ud83d", "a")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new InstagramContent.PostShare("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> InstagramAddresses.comment(Examples.ACCOUNT, "a comment"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> InstagramAddresses.person("@me", "1"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new InstagramContent.Products(List.of("")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shows_none_of_its_words() {
            List<Object> values = List.of(
                    new QuickReplies("SECRET", List.of(new QuickReplies.Reply("SECRET", "SECRET"))),
                    new QuickReplies.Reply("SECRET", "SECRET"),
                    new Buttons("SECRET", List.of(new Button.Postback("SECRET", "SECRET"))),
                    new Button.Postback("SECRET", "SECRET"),
                    new Button.Link("SECRET", URI.create("https://SECRET.example")),
                    new Cards(List.of(card("SECRET", Optional.of("SECRET"), List.of()))),
                    card("SECRET", Optional.of("SECRET"), List.of()),
                    new Images(List.of(Media.link(URI.create("https://a.example/SECRET")))),
                    new InstagramContent.Products(List.of("SECRET")),
                    new InstagramContent.PostShare("SECRET"),
                    new InstagramContent.Shared("x", Optional.of("SECRET"), Optional.empty(), Optional.of("SECRET")),
                    new InstagramAccount.Profile(Optional.of("SECRET"), Optional.of("SECRET"), Optional.empty()));

            assertThat(values).allSatisfy(value -> assertThat(value.toString()).doesNotContain("SECRET"));
        }
    }

    @Test
    void names_its_channel() {
        assertThat(new InstagramContent.Heart().channel()).isEqualTo(ChannelId.INSTAGRAM);
    }
}
