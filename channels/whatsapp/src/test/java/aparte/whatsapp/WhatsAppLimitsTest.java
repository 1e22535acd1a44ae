package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Choices.Option;
import aparte.Conversation;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Limit;
import aparte.SenderId;
import aparte.consent.Draft;
import aparte.consent.Plan;
import aparte.whatsapp.WhatsAppContent.AddressRequest;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.ButtonMessage.Button;
import aparte.whatsapp.WhatsAppContent.Flow;
import aparte.whatsapp.WhatsAppContent.FlowMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppContent.LinkMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import aparte.whatsapp.WhatsAppContent.OrderUpdate;
import aparte.whatsapp.WhatsAppContent.ProductListMessage;
import aparte.whatsapp.WhatsAppContent.ProductListMessage.ProductSection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before any request, with the limit passed and what to do. */
class WhatsAppLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Address ANA = Address.phone("+33639980001");
    private static final String BOX = "\ud83d\udce6";
    private static final WhatsAppTransport ABROAD = transport().build();
    private static final WhatsAppTransport BRAZIL =
            transport().payments(WhatsAppPayments.brazil()).build();
    private static final WhatsAppTransport INDIA = transport()
            .payments(WhatsAppPayments.india(new WhatsAppInvoice.Payment.Gateway("payu", "shop")))
            .build();

    private record Case(String name, Content content, Optional<Limit> limit, String fix) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static WhatsAppTransport.Builder transport() {
        return WhatsAppTransport.builder(Sample.NUMBER, () -> "secret-token").strict();
    }

    private static Plan plan(WhatsAppTransport transport, Address to, Content content) {
        Message message = Message.of(Recipient.of(to), Purpose.SERVICE, content);
        return transport.plan(
                new Draft(message, Purpose.SERVICE, Conversation.none().heard(NOW), NOW));
    }

    private static void assertThatItIsRefused(Plan plan, Case expected) {
        assertThat(plan).isInstanceOfSatisfying(Plan.Cannot.class, cannot -> {
            assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(cannot.because().limit()).isEqualTo(expected.limit());
            assertThat(cannot.because().detail()).contains(expected.fix());
            assertThat(cannot.because().alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        });
    }

    private static Case tooLong(String name, Content content, int max) {
        return new Case(name, content, Optional.of(new Limit(max, "code points", max + 1L)), "shorten it");
    }

    private static Case tooMany(String what, Content content, int max, int actual) {
        return new Case("too many " + what, content, Optional.of(new Limit(max, what, actual)), "leave some out");
    }

    private static Case refused(String name, Content content, String fix) {
        return new Case(name, content, Optional.empty(), fix);
    }

    private static String over(int max) {
        return BOX.repeat(max + 1);
    }

    private static Optional<String> overIfAny(int max) {
        return Optional.of(over(max));
    }

    private static ListMessage list(String body, String button, ListMessage.Section... sections) {
        return new ListMessage(body, button, List.of(sections), Optional.empty(), Optional.empty());
    }

    private static ListMessage.Section section(String title, Option... rows) {
        return new ListMessage.Section(Optional.of(title), List.of(rows));
    }

    private static Content buttons(Button... buttons) {
        return new ButtonMessage("?", List.of(buttons));
    }

    private static Content flow(String label, Flow flow) {
        return new FlowMessage("?", label, flow, Optional.empty(), Optional.empty());
    }

    private static Content products(ProductSection... sections) {
        return new ProductListMessage("H", "?", "C1", List.of(sections), Optional.empty());
    }

    private static Media bytes(String start, int size) {
        return Media.bytes(Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), size), "image/png");
    }

    private static Media mp3(int size) {
        return bytes("ID3\4", size);
    }

    static Stream<Case> texts() {
        URI page = Sample.SHOP;
        return Stream.of(
                tooLong("text", Content.text(over(4_096)), 4_096),
                tooLong("image caption", new Content.Image(Sample.PICTURE, overIfAny(1_024)), 1_024),
                tooLong("video caption", new Content.Video(Sample.FILM, overIfAny(1_024)), 1_024),
                tooLong(
                        "document caption",
                        new Content.Document(Sample.STORED, Optional.empty(), overIfAny(1_024)),
                        1_024),
                tooLong("file name", new Content.Document(Sample.STORED, overIfAny(240), Optional.empty()), 240),
                tooLong("location request", new Content.LocationRequest(over(1_024)), 1_024),
                tooLong("emoji", new Content.Reaction("w", overIfAny(16)), 16),
                tooLong("button body", new ButtonMessage(over(1_024), Sample.buttons(1)), 1_024),
                tooLong("button id", buttons(new Button(over(256), "A")), 256),
                tooLong("button title", buttons(new Button("a", over(20))), 20),
                tooLong(
                        "header",
                        new ButtonMessage(
                                "?", Sample.buttons(1), Optional.of(new Header.Title(over(60))), Optional.empty()),
                        60),
                tooLong(
                        "button footer",
                        new ButtonMessage("?", Sample.buttons(1), Optional.empty(), overIfAny(60)),
                        60),
                tooLong("list body", list(over(4_096), "B", section("S", new Option("a", "A"))), 4_096),
                tooLong("list button", list("?", over(20), section("S", new Option("a", "A"))), 20),
                tooLong("section title", list("?", "B", section(over(24), new Option("a", "A"))), 24),
                tooLong("row id", list("?", "B", section("S", new Option(over(200), "A"))), 200),
                tooLong("row title", list("?", "B", section("S", new Option("a", over(24)))), 24),
                tooLong("row description", list("?", "B", section("S", new Option("a", "A", overIfAny(72)))), 72),
                tooLong(
                        "list header",
                        new ListMessage(
                                "?", "B", List.of(section("S", new Option("a", "A"))), overIfAny(60), Optional.empty()),
                        60),
                tooLong("link body", new Content.LinkButton(over(1_024), "L", page), 1_024),
                tooLong("link label", new Content.LinkButton("?", over(20), page), 20),
                tooLong("link footer", new LinkMessage("?", "L", page, Optional.empty(), overIfAny(60)), 60),
                tooLong(
                        "carousel body",
                        new Content.Carousel(over(1_024), Collections.nCopies(2, Sample.card(Sample.PICTURE, "A"))),
                        1_024),
                tooLong(
                        "card text",
                        new Content.Carousel("?", Collections.nCopies(2, Sample.card(Sample.PICTURE, over(160)))),
                        160),
                tooLong("flow label", flow(over(30), Flow.ofId("1")), 30),
                tooLong(
                        "product body",
                        new WhatsAppContent.ProductMessage("C", "P", overIfAny(1_024), Optional.empty()),
                        1_024),
                tooLong("product section title", products(new ProductSection(overIfAny(24), List.of("P"))), 24),
                tooLong(
                        "catalogue body",
                        new WhatsAppContent.CatalogueMessage(over(1_024), Optional.empty(), Optional.empty()),
                        1_024),
                tooLong("contact info request", new WhatsAppContent.ContactInfoRequest(over(1_024)), 1_024),
                tooLong("call permission request", new WhatsAppContent.CallPermissionRequest(overIfAny(1_024)), 1_024));
    }

    static Stream<Case> counts() {
        return Stream.of(
                tooMany("buttons", new ButtonMessage("?", Sample.buttons(4)), 3, 4),
                tooMany(
                        "buttons",
                        new Content.Choices("?", Sample.options(4), Optional.of(Sample.PICTURE), Optional.empty()),
                        3,
                        4),
                tooMany("rows", new Content.Choices("?", Sample.options(11)), 10, 11),
                tooMany(
                        "rows",
                        list(
                                "?",
                                "B",
                                new ListMessage.Section(Optional.of("Un"), Sample.options(6)),
                                new ListMessage.Section(Optional.of("Deux"), Sample.options(6))),
                        10,
                        12),
                tooMany(
                        "sections",
                        list(
                                "?",
                                "B",
                                Collections.nCopies(11, section("S", new Option("a", "A")))
                                        .toArray(ListMessage.Section[]::new)),
                        10,
                        11),
                tooMany(
                        "cards",
                        new Content.Carousel("?", Collections.nCopies(11, Sample.card(Sample.PICTURE, "A"))),
                        10,
                        11),
                tooMany(
                        "line breaks in a card",
                        new Content.Carousel("?", Collections.nCopies(2, Sample.card(Sample.PICTURE, "a\n\r\nb\nc"))),
                        2,
                        3),
                tooMany(
                        "products",
                        products(new ProductSection(Optional.empty(), Collections.nCopies(31, "P"))),
                        30,
                        31),
                tooMany(
                        "products",
                        new WhatsAppContent.ProductCarousel("?", "C", Collections.nCopies(11, "P")),
                        10,
                        11),
                tooMany(
                        "contact cards",
                        new WhatsAppContacts(Collections.nCopies(
                                258, Sample.contacts().cards().get(1))),
                        257,
                        258),
                refused("no buttons", new ButtonMessage("?", List.of()), "add some"),
                refused("no sections", list("?", "B"), "add some"),
                refused(
                        "one card",
                        new Content.Carousel("?", List.of(Sample.card(Sample.PICTURE, "A"))),
                        "at least 2 cards"),
                refused("one product", new WhatsAppContent.ProductCarousel("?", "C", List.of("P")), "add some"),
                refused("no contact", new WhatsAppContacts(List.of()), "add some"));
    }

    static Stream<Case> forms() {
        Content.Carousel.Card picture = Sample.card(Sample.PICTURE, "A");
        return Stream.of(
                refused("same button ids", buttons(new Button("a", "A"), new Button("a", "B")), "ids must be distinct"),
                refused("same titles", buttons(new Button("a", "A"), new Button("b", "A")), "titles must be distinct"),
                refused(
                        "choices that look the same",
                        new Content.Choices("?", List.of(new Option("a", "A"), new Option("b", "A"))),
                        "rows must be distinct"),
                refused(
                        "same row ids",
                        list("?", "B", section("S", new Option("a", "A")), section("T", new Option("a", "B"))),
                        "row ids must be distinct"),
                refused(
                        "sections without title",
                        list(
                                "?",
                                "B",
                                section("S", new Option("a", "A")),
                                new ListMessage.Section(Optional.empty(), List.of(new Option("b", "B")))),
                        "needs a title"),
                refused(
                        "an empty section",
                        list("?", "B", section("S", new Option("a", "A")), section("T")),
                        "at least 1 row"),
                refused(
                        "header and descriptions",
                        new Content.Choices(
                                "?",
                                List.of(new Option("a", "A", Optional.of("more"))),
                                Optional.of(Sample.PICTURE),
                                Optional.empty()),
                        "leave one out"),
                refused("a link to mail", new Content.LinkButton("?", "L", URI.create("mailto:a@example.org")), "http"),
                refused("a link without host", new Content.LinkButton("?", "L", URI.create("https:x")), "http"),
                refused(
                        "a card without link",
                        new Content.Carousel(
                                "?",
                                List.of(picture, new Content.Carousel.Card(Sample.PICTURE, "B", Optional.empty()))),
                        "needs a link"),
                refused(
                        "film beside picture",
                        new Content.Carousel("?", List.of(picture, Sample.card(Sample.FILM, "B"))),
                        "pictures all or films all"),
                refused(
                        "a document in a card",
                        new Content.Carousel(
                                "?",
                                List.of(picture, Sample.card(Media.link(URI.create("https://a.example/b.PDF")), "B"))),
                        "not a document"),
                refused("a word as reaction", new Content.Reaction("w", Optional.of("ok")), "one emoji"),
                refused(
                        "screen data that is a list",
                        flow("L", Flow.ofId("1").openingAt(new Flow.Screen("S", Optional.of("[1]")))),
                        "JSON object"),
                refused(
                        "screen data without field",
                        flow("L", Flow.ofId("1").openingAt(new Flow.Screen("S", Optional.of("{}")))),
                        "JSON object"),
                refused(
                        "an empty product section",
                        products(
                                new ProductSection(Optional.of("S"), List.of("P")),
                                new ProductSection(Optional.of("T"), List.of())),
                        "at least 1 product"),
                refused(
                        "product sections without title",
                        products(
                                new ProductSection(Optional.of("S"), List.of("P")),
                                new ProductSection(Optional.empty(), List.of("Q"))),
                        "needs a title"),
                refused(
                        "a card without name",
                        new WhatsAppContacts(
                                List.of(WhatsAppContacts.Card.received().build())),
                        "needs a name"),
                refused("a pin beyond groups", new WhatsAppContent.Pin("w", Optional.of(7)), "in groups only"),
                refused("an address abroad", new AddressRequest("?"), "in India only"),
                refused("another channel's content", (ChannelContent) () -> ChannelId.VIBER, "does not carry"));
    }

    static Stream<Case> natives() {
        return Stream.of(
                refused("template", nativeOf("template", "{}"), "send a Template"),
                refused("unknown type", nativeOf("hologram", "{}"), "fills one of the types"),
                refused("envelope", nativeOf("messaging_product", "{}"), "fills one of the types"),
                refused("list", nativeOf("text", "[]"), "must be one JSON object"),
                refused("contacts as object", nativeOf("contacts", "{}"), "must be one JSON array"),
                refused("two values", nativeOf("text", "{\"body\":\"x\"},\"to\":{}"), "mend it"),
                refused("closing too much", nativeOf("text", "{\"body\":\"x\"}}"), "mend it"),
                refused("unclosed", nativeOf("text", "{\"body\":\"x\""), "mend it"),
                refused("no JSON", nativeOf("text", "{body:x}"), "mend it"),
                refused("too deep", nativeOf("text", "{\"a\":".repeat(300) + "1" + "}".repeat(300)), "mend it"),
                refused("a number out of reach", nativeOf("text", "{\"a\":1e99999999999}"), "mend it"),
                refused("other channel", new Content.Native(ChannelId.VIBER, "text", "{}"), "not for WhatsApp"));
    }

    private static Content nativeOf(String type, String json) {
        return new Content.Native(ChannelId.WHATSAPP, type, json);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"texts", "counts", "forms", "natives"})
    void refuses_with_the_limit_and_the_fix(Case refused) {
        assertThatItIsRefused(plan(ABROAD, ANA, refused.content()), refused);
    }

    @Nested
    class WhenMediaAreBytes {
        static Stream<Case> formats() {
            return Stream.of(
                    refused("image", Content.image(bytes("GIF89a", 10)), "JPEG or PNG"),
                    refused("sticker as image", Content.image(bytes("RIFF\0\0\0\0WEBP", 30)), "JPEG or PNG"),
                    refused("video", new Content.Video(mp3(10), Optional.empty()), "MP4 or 3GPP"),
                    refused("audio", new Content.Audio(bytes("RIFF\0\0\0\0WAVE", 30), false), "Opus in one channel"),
                    refused("voice", new Content.Audio(mp3(10), true), "OGG with Opus"),
                    refused("sticker", new Content.Sticker(bytes("\u0089PNG\r\n\u001a\n", 10)), "WebP"),
                    refused(
                            "document",
                            new Content.Document(mp3(10), Optional.empty(), Optional.empty()),
                            "PDF, Word, Excel, PowerPoint or plain text"));
        }

        static Stream<Case> sizes() {
            int mib = 1_048_576;
            return Stream.of(
                    tooLarge("image", Content.image(bytes("\u0089PNG\r\n\u001a\n", 5 * mib + 1)), 5 * mib),
                    tooLarge("audio", new Content.Audio(mp3(16 * mib + 1), false), 16 * mib),
                    tooLarge(
                            "video",
                            new Content.Video(bytes("\0\0\0\30ftypmp42", 16 * mib + 1), Optional.empty()),
                            16 * mib),
                    tooLarge(
                            "sticker that moves",
                            new Content.Sticker(bytes("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\2", 500 * 1_024 + 1)),
                            500 * 1_024),
                    tooLarge(
                            "sticker that stands still",
                            new Content.Sticker(bytes("RIFF\0\0\0\0WEBPVP8 ", 100 * 1_024 + 1)),
                            100 * 1_024));
        }

        private static Case tooLarge(String name, Content content, int max) {
            return new Case(name, content, Optional.of(new Limit(max, "bytes", max + 1L)), "make it smaller");
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource({"formats", "sizes"})
        void refuses_with_the_limit_and_the_fix(Case refused) {
            assertThatItIsRefused(plan(ABROAD, ANA, refused.content()), refused);
        }

        @Test
        void refuses_a_document_beyond_100_mib() {
            Content document = new Content.Document(bytes("%PDF-", 104_857_601), Optional.empty(), Optional.empty());

            assertThatItIsRefused(
                    plan(ABROAD, ANA, document),
                    new Case(
                            "document",
                            document,
                            Optional.of(new Limit(104_857_600, "bytes", 104_857_601)),
                            "make it smaller"));
        }

        @Test
        void takes_what_fits() {
            assertThat(List.of(
                            new Content.Sticker(bytes("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\2", 500 * 1_024)),
                            new Content.Sticker(bytes("RIFF\0\0\0\0WEBPVP8 ", 100 * 1_024)),
                            new Content.Document(bytes("%PDF-", 10), Optional.empty(), Optional.empty()),
                            new Content.Audio(mp3(10), false),
                            new Content.Video(bytes("\0\0\0\30ftypmp42", 40), Optional.empty())))
                    .allSatisfy(
                            content -> assertThat(plan(ABROAD, ANA, content)).isInstanceOf(Plan.Carry.class));
        }

        @Test
        void refuses_what_another_sender_stored_in_a_header_too() {
            Media foreign = new Media.Stored(new SenderId(ChannelId.WHATSAPP, "9"), "1");
            Content content = new ButtonMessage(
                    "?", Sample.buttons(1), Optional.of(new Header.File(foreign, Optional.empty())), Optional.empty());

            assertThatItIsRefused(
                    plan(ABROAD, ANA, content), refused("stored elsewhere", content, "belongs to another sender"));
        }
    }

    @Nested
    class WhenThereIsSomethingToPay {
        private static WhatsAppInvoice.Builder order(String reference) {
            return WhatsAppInvoice.builder(reference, "BRL", "Yours")
                    .item(new WhatsAppInvoice.Item("P1", "Cake", 100, 1))
                    .payment(new WhatsAppInvoice.Payment.Boleto("1"));
        }

        static Stream<Case> inBrazil() {
            return Stream.of(
                    tooLong("reference", order("x".repeat(61)).build(), 60),
                    tooLong(
                            "item name",
                            order("a")
                                    .item(new WhatsAppInvoice.Item("b", over(60), 1, 1))
                                    .build(),
                            60),
                    tooLong(
                            "expiry",
                            order("a")
                                    .expiry(new WhatsAppInvoice.Expiry(NOW.plusSeconds(300), over(120)))
                                    .build(),
                            120),
                    tooLong("footer", order("a").footer(over(60)).build(), 60),
                    tooLong(
                            "update",
                            new OrderUpdate(
                                    "a",
                                    "?",
                                    OrderUpdate.State.SHIPPED,
                                    overIfAny(120),
                                    Optional.empty(),
                                    Optional.empty()),
                            120),
                    refused("reference with a blank", order("a b").build(), "letters, digits"),
                    refused(
                            "too soon",
                            order("a")
                                    .expiry(new WhatsAppInvoice.Expiry(NOW.plusSeconds(299), "soon"))
                                    .build(),
                            "expire later"),
                    refused(
                            "no item",
                            WhatsAppInvoice.builder("a", "BRL", "?")
                                    .tax(1)
                                    .payment(new WhatsAppInvoice.Payment.Boleto("1"))
                                    .build(),
                            "at least 1 item"),
                    refused(
                            "no way to pay",
                            WhatsAppInvoice.builder("a", "BRL", "?")
                                    .item(new WhatsAppInvoice.Item("P1", "Cake", 100, 1))
                                    .build(),
                            "Pix code"),
                    refused(
                            "rupees",
                            WhatsAppInvoice.builder("a", "INR", "?")
                                    .item(new WhatsAppInvoice.Item("P1", "Cake", 100, 1))
                                    .payment(new WhatsAppInvoice.Payment.Boleto("1"))
                                    .build(),
                            "in BRL"),
                    refused(
                            "a gateway",
                            order("a")
                                    .payment(new WhatsAppInvoice.Payment.Gateway("payu", "b"))
                                    .build(),
                            "change the way to pay"),
                    refused(
                            "a link to mail",
                            order("a")
                                    .payment(new WhatsAppInvoice.Payment.Link(URI.create("mailto:a@example.org")))
                                    .build(),
                            "http or https"),
                    refused(
                            "a request without link",
                            new Content.PaymentRequest("a", "Cake", 100, "BRL", Optional.empty()),
                            "checkout link"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("inBrazil")
        void refuses_with_the_limit_and_the_fix(Case refused) {
            assertThatItIsRefused(plan(BRAZIL, ANA, refused.content()), refused);
        }

        @Test
        void takes_shorter_references_in_india() {
            Content request = new Content.PaymentRequest("x".repeat(36), "Cake", 100, "INR", Optional.empty());

            assertThatItIsRefused(plan(INDIA, ANA, request), tooLong("reference", request, 35));
        }

        @Test
        void offers_a_link_button_where_no_payments_are_taken() {
            Content request = new Content.PaymentRequest("a", "Cake", 100, "EUR", Optional.of(Sample.SHOP));

            assertThatItIsRefused(plan(ABROAD, ANA, request), refused("request", request, "LinkButton"));
            assertThatItIsRefused(plan(ABROAD, ANA, order("a").build()), refused("order", request, "LinkButton"));
        }

        @Test
        void has_no_order_to_speak_of_where_no_payments_are_taken() {
            Content update = new OrderUpdate(
                    "a", "?", OrderUpdate.State.SHIPPED, Optional.empty(), Optional.empty(), Optional.empty());

            assertThatItIsRefused(plan(ABROAD, ANA, update), refused("update", update, "by a text"));
        }
    }

    @Nested
    class WhenTheAddressIsAskedFor {
        @Test
        void asks_in_india_by_phone_or_user_id() {
            assertThat(List.of(Address.phone("+919876543210"), Address.of(Address.Kind.WHATSAPP_USER, "IN.1349")))
                    .allSatisfy(to -> assertThat(plan(ABROAD, to, new AddressRequest("?")))
                            .isInstanceOf(Plan.Carry.class));
        }
    }
}
