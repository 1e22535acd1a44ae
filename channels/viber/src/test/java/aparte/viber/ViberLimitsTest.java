package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Choices.Option;
import aparte.Conversation;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Limit;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.Draft;
import aparte.consent.Plan;
import aparte.simulator.ViberMessage;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import aparte.viber.ViberButton.Scale;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of Viber with the settings that a host starts with: what is just within is shown, one more is refused with the fix. */
class ViberLimitsTest {
    private static final Address ANA = person("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String BOX = "\ud83d\udce6";
    private static final URI PAGE = URI.create("https://shop.example/offer");
    private static final Media PICTURE = link("https://cdn.example/lamp.jpg");
    private static final Media FILM = link("https://cdn.example/a.mp4");
    private static final Media PDF = link("https://cdn.example/a.pdf");
    private static final ViberPaymentGateway GATEWAY =
            ViberPaymentGateway.iPay("m", URI.create("https://pay.example/"), "s", "a", "b");

    private static final String FORBIDDEN =
            "action apk app bat bin cmd com command cpl csh exe gadget inf1 ins inx ipa isu job jse ksh lnk msc msi msp mst osx"
                    + " out paf pif ps1 reg rgs run sct shb shs u3p vb vbe vbs vbscript workflow ws wsf";

    private static Address person(String id) {
        return Address.of(Address.Kind.VIBER_USER, id);
    }

    private static Media link(String uri) {
        return Media.link(URI.create(uri));
    }

    /** Something that is fine at a limit and refused beyond it. */
    private record Case(String name, Content edge, Content over, Optional<Limit> limit) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case most(String name, int max, String unit, IntFunction<Content> of) {
        return new Case(name, of.apply(max), of.apply(max + 1), Optional.of(new Limit(max, unit, max + 1L)));
    }

    /** The limit that is named is the upper one, whichever is passed. */
    private static Case least(String name, int min, int max, String unit, IntFunction<Content> of) {
        return new Case(name, of.apply(min), of.apply(min - 1), Optional.of(new Limit(max, unit, min - 1L)));
    }

    private static Case form(String name, Content edge, Content over) {
        return new Case(name, edge, over, Optional.empty());
    }

    private static Case text(String name, int max, Function<String, Content> of) {
        return most(name, max, "code points", length -> of.apply(BOX.repeat(length)));
    }

    private static URI address(int length) {
        String start = "https://cdn.example/";
        String end = ".jpg";
        return URI.create(start + "x".repeat(length - start.length() - end.length()) + end);
    }

    private static Case link(String name, Function<URI, Content> of) {
        return most(name, 2_000, "characters", length -> of.apply(address(length)));
    }

    private static ViberButton button() {
        return ViberButton.reply("YES").text("Oui");
    }

    private static Content key(ViberButton button) {
        return keys(ViberKeyboard.of(button));
    }

    private static Content keys(ViberKeyboard keyboard) {
        return new ViberContent.KeyboardMessage(keyboard);
    }

    private static Content card(int columns, int rows, ViberButton button) {
        return new ViberContent.RichMedia(columns, rows, Optional.empty(), List.of(button), "Oui");
    }

    private static Content.Carousel carousel(int cards) {
        return new Content.Carousel(
                "Nos lampes",
                Collections.nCopies(cards, new Content.Carousel.Card(PICTURE, "Lampe", Optional.empty())));
    }

    private static Content.Choices question(int options) {
        return new Content.Choices(
                "Quand ?",
                IntStream.range(0, options)
                        .mapToObj(i -> new Option("id-" + i, "Choix " + i))
                        .toList());
    }

    private static Content contact(String name, String phone) {
        return new Content.ContactCard(name, List.of(phone), List.of(), Optional.empty());
    }

    private static Content film(long size, int seconds) {
        return new ViberContent.Video(
                FILM, size, Optional.of(Duration.ofSeconds(seconds)), Optional.empty(), Optional.empty());
    }

    private static Content before(String thumbnail) {
        return new ViberContent.Video(FILM, 1, Optional.empty(), Optional.of(URI.create(thumbnail)), Optional.empty());
    }

    static Stream<Case> texts() {
        return Stream.of(
                text("text", 7_000, Content::text),
                text("caption of a picture", 768, text -> Content.image(PICTURE, text)),
                text(
                        "caption of a picture with a thumbnail",
                        768,
                        text -> new ViberContent.Picture(PICTURE, Optional.of(text), Optional.empty())),
                text(
                        "caption of a film",
                        768,
                        text -> new ViberContent.Video(FILM, 1, Optional.empty(), Optional.empty(), Optional.of(text))),
                most(
                        "file name",
                        256,
                        "code points",
                        length -> new ViberContent.File(PDF, 1, BOX.repeat(length - 4) + ".pdf")),
                text("contact's name", 28, name -> contact(name, "+331")),
                most("contact's number", 18, "code points", length -> contact("Ana", "+" + "1".repeat(length - 1))),
                most("contact's number without +", 18, "code points", length -> contact("Ana", "1".repeat(length))),
                text("question", 7_000, text -> new Content.Choices(text, List.of(new Option("a", "A")))),
                text("answer", 250, text -> new Content.Choices("?", List.of(new Option("a", text)))),
                text("link button's body", 7_000, text -> new Content.LinkButton(text, "b", PAGE)),
                text("link button's label", 250, text -> new Content.LinkButton("a", text, PAGE)),
                text("question where", 7_000, Content.LocationRequest::new),
                text("button", 250, text -> key(ViberButton.reply("a").text(text))),
                text(
                        "button of a card",
                        250,
                        text -> card(6, 7, ViberButton.reply("a").text(text))),
                text(
                        "browser's title",
                        15,
                        text -> key(button().browser(
                                        ViberButton.Browser.ofDefaults().title(text)))),
                text(
                        "plain text of cards",
                        7_000,
                        text -> new ViberContent.RichMedia(6, 7, Optional.empty(), List.of(button()), text)),
                text(
                        "description of a payment",
                        7_000,
                        text -> new ViberContent.Payment(
                                ViberContent.Payment.App.GOOGLE_PAY, Optional.of(text), 1, "UAH", GATEWAY)));
    }

    static Stream<Case> links() {
        return Stream.of(
                link("picture", uri -> Content.image(Media.link(uri))),
                link(
                        "thumbnail of a picture",
                        uri -> new ViberContent.Picture(PICTURE, Optional.empty(), Optional.of(uri))),
                link(
                        "thumbnail of a film",
                        uri -> new ViberContent.Video(FILM, 1, Optional.empty(), Optional.of(uri), Optional.empty())),
                link("file", uri -> new ViberContent.File(Media.link(uri), 1, "a.jpg")),
                link("address", ViberContent.Url::new),
                link("link button", uri -> new Content.LinkButton("a", "b", uri)),
                link("page to pay on", uri -> new Content.PaymentRequest("o", "a", 1, "EUR", Optional.of(uri))),
                link("page behind a button", uri -> key(ViberButton.openUrl(uri).text("a"))),
                link("picture of a button", uri -> key(button().picture(uri, Scale.FIT))),
                link("background of a button", uri -> key(button().backgroundPicture(uri, Scale.FIT))),
                link(
                        "page that a browser sends",
                        uri -> key(button().browser(
                                        ViberButton.Browser.ofDefaults().sends(uri)))),
                link(
                        "thumbnail of a player",
                        uri -> key(button().player("a", Optional.empty(), Optional.of(uri), false))),
                link("favourite", uri -> keys(ViberKeyboard.of(button()).favorite(ViberFavorite.link(uri)))),
                link(
                        "favourite's picture",
                        uri -> keys(ViberKeyboard.of(button())
                                .favorite(ViberFavorite.link(PAGE).thumbnail(uri, 1, 1)))));
    }

    static Stream<Case> numbers() {
        return Stream.of(
                most("bytes of a film", 27_262_976, "bytes", size -> film(size, 1)),
                least("bytes of a film at least", 1, 27_262_976, "bytes", size -> film(size, 1)),
                most("seconds of a film", 180, "seconds", seconds -> film(1, seconds)),
                most("bytes of a file", 52_428_800, "bytes", size -> new ViberContent.File(PDF, size, "a.pdf")),
                least(
                        "bytes of a file at least",
                        1,
                        52_428_800,
                        "bytes",
                        size -> new ViberContent.File(PDF, size, "a.pdf")),
                most("answers", 24, "options", ViberLimitsTest::question),
                most("cards", 6, "cards", ViberLimitsTest::carousel),
                most(
                        "cards of buttons",
                        6,
                        "cards",
                        count -> new ViberContent.RichMedia(
                                6, 7, Optional.empty(), Collections.nCopies(count, button().size(6, 7)), "Oui")),
                most(
                        "rows of a keyboard",
                        12,
                        "rows",
                        count -> keys(ViberKeyboard.of(Collections.nCopies(count, button().size(6, 1))))),
                most("columns of a key", 6, "columns", count -> key(button().size(count, 1))),
                least("columns of a key at least", 1, 6, "columns", count -> key(button().size(count, 1))),
                most("rows of a key", 2, "rows", count -> key(button().size(6, count))),
                least("rows of a key at least", 1, 2, "rows", count -> key(button().size(6, count))),
                most("columns of a button", 6, "columns", count -> card(6, 7, button().size(count, 1))),
                most("rows of a button", 7, "rows", count -> card(6, 7, button().size(6, count))),
                most("columns of a narrow card", 3, "columns", count -> card(3, 7, button().size(count, 1))),
                most("rows of a low card", 2, "rows", count -> card(6, 2, button().size(6, count))),
                most("columns of a card", 6, "columns", count -> card(count, 7, button().size(1, 1))),
                least("columns of a card at least", 1, 6, "columns", count -> card(count, 7, button().size(1, 1))),
                most("rows of a card", 7, "rows", count -> card(6, count, button().size(1, 1))),
                least("rows of a card at least", 1, 7, "rows", count -> card(6, count, button().size(1, 1))),
                most(
                        "columns of a keyboard's group",
                        6,
                        "columns",
                        count -> keys(ViberKeyboard.of(button().size(1, 1)).group(count, 1))),
                least(
                        "columns of a keyboard's group at least",
                        1,
                        6,
                        "columns",
                        count -> keys(ViberKeyboard.of(button().size(1, 1)).group(count, 1))),
                most(
                        "rows of a keyboard's group",
                        7,
                        "rows",
                        count -> keys(ViberKeyboard.of(button().size(1, 1)).group(6, count))),
                least(
                        "rows of a keyboard's group at least",
                        1,
                        7,
                        "rows",
                        count -> keys(ViberKeyboard.of(button().size(1, 1)).group(6, count))),
                most(
                        "height of a keyboard",
                        70,
                        "percent",
                        count -> keys(ViberKeyboard.of(button()).height(count))),
                least(
                        "height of a keyboard at least",
                        40,
                        70,
                        "percent",
                        count -> keys(ViberKeyboard.of(button()).height(count))),
                most(
                        "height of a row",
                        100,
                        "percent",
                        count -> keys(ViberKeyboard.of(button()).rowHeight(count))),
                least(
                        "height of a row at least",
                        20,
                        100,
                        "percent",
                        count -> keys(ViberKeyboard.of(button()).rowHeight(count))),
                most("opacity", 100, "percent", count -> key(button().opacity(count))),
                least("opacity at least", 0, 100, "percent", count -> key(button().opacity(count))),
                most("padding at the top", 12, "pixels", count -> key(button().paddings(count, 0, 0, 0))),
                most("padding on the right", 12, "pixels", count -> key(button().paddings(0, count, 0, 0))),
                most("padding at the bottom", 12, "pixels", count -> key(button().paddings(0, 0, count, 0))),
                most("padding on the left", 12, "pixels", count -> key(button().paddings(0, 0, 0, count))),
                least("padding at least", 0, 12, "pixels", count -> key(button().paddings(count, 0, 0, 0))),
                most("width of a frame", 10, "pixels", count -> key(button().frame(count, "#000000", 0))),
                least("width of a frame at least", 0, 10, "pixels", count -> key(button().frame(count, "#000000", 0))),
                most("radius of a frame", 10, "pixels", count -> key(button().frame(0, "#000000", count))),
                least(
                        "radius of a frame at least",
                        0,
                        10,
                        "pixels",
                        count -> key(button().frame(0, "#000000", count))));
    }

    static Stream<Case> forms() {
        SenderId viber = new SenderId(ChannelId.VIBER, "pa:1");
        return Stream.of(
                form("extension of a film", new ViberContent.Video(FILM, 1), new ViberContent.Video(PDF, 1)),
                form("extension of a picture", Content.image(link("https://a.example/b.gif")), Content.image(PDF)),
                form(
                        "extension of a film's thumbnail",
                        before("https://a.example/b.jpeg"),
                        before("https://a.example/b.png")),
                form(
                        "extension in a file's name",
                        new ViberContent.File(PDF, 1, "a.b"),
                        new ViberContent.File(PDF, 1, "a")),
                form(
                        "extension in a file's link",
                        new ViberContent.File(PDF, 1, "a.pdf"),
                        new ViberContent.File(link("https://a.example/b"), 1, "a.pdf")),
                form("digits of a number", contact("Ana", "+33 (0)1"), contact("Ana", "+33 x")),
                form(
                        "number of a sticker",
                        new Content.Sticker(new Media.Stored(viber, "46105")),
                        new Content.Sticker(new Media.Stored(viber, "-1"))),
                form(
                        "something to see on a button",
                        key(ViberButton.reply("a").background("#ffffff")),
                        key(ViberButton.reply("a"))),
                form("a button on a keyboard", key(button()), keys(ViberKeyboard.of())),
                form(
                        "a button on a card",
                        card(6, 7, button()),
                        new ViberContent.RichMedia(6, 7, Optional.empty(), List.of(), "Oui")),
                form("a colour", key(button().background("#0aF102")), key(button().background("#0aF10"))),
                form(
                        "a text at an edge before a gradient",
                        key(button().gradient("#102030")
                                .align(ViberButton.Vertical.BOTTOM, ViberButton.Horizontal.LEFT)),
                        key(button().gradient("#102030"))),
                form(
                        "no phone number on a card",
                        card(6, 7, button()),
                        card(6, 7, ViberButton.sharePhone().text("a"))),
                form(
                        "no place on a card",
                        card(6, 7, button()),
                        card(6, 7, ViberButton.locationPicker().text("a"))),
                form(
                        "one keyboard a message",
                        new ViberContent.KeyboardMessage(Content.text("a"), ViberKeyboard.of(button())),
                        new ViberContent.KeyboardMessage(question(1), ViberKeyboard.of(button()))));
    }

    static Stream<Case> all() {
        return Stream.of(texts(), links(), numbers(), forms()).flatMap(Function.identity());
    }

    @Nested
    class OfAContent {
        @AutoClose
        private final ViberHouse house = new ViberHouse();

        private final Clearing clearing = Clearing.of(house.simulator.clock(), house.transport);

        private SendResult send(Content content) {
            return clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, content));
        }

        @Test
        void shows_all_that_is_just_within() {
            house.person(ANA).subscribes();

            assertThat(all()).allSatisfy(each -> {
                house.person(ANA).writes("Encore");
                assertThat(send(each.edge())).as(each.name()).isInstanceOf(SendResult.Accepted.class);
                assertThat(house.simulator.viber().sent())
                        .last()
                        .satisfies(sent -> assertThat(sent.status())
                                .as(each.name() + " " + sent.failure())
                                .isEqualTo(ViberMessage.Status.DELIVERED));
            });
        }
    }

    @Nested
    class OfOnePerson {
        @AutoClose
        private final ViberHouse house = new ViberHouse();

        private SendResult next() {
            return house.send(ANA, Purpose.NEWS, Content.text("Le journal"));
        }

        @Test
        void gets_100_messages_an_hour_without_an_answer_and_the_next_one_later() {
            house.person(ANA).subscribes();
            house.agreesToNews(ANA);
            for (int i = 0; i < 100; i++) {
                assertThat(next()).as("message " + i).isInstanceOf(SendResult.Accepted.class);
            }

            SendResult one = next();

            assertThat(ViberHouse.failureOf(one).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(ViberHouse.failureOf(one).retryAfter()).isPresent();
            assertThat(house.person(ANA).screen()).hasSize(100);
            assertThat(house.posts("/send_message")).isEqualTo(103); // three tries, each with another key
        }
    }

    private static Plan plan(Content content) {
        return ViberTransport.builder("pa:1", () -> "t", "Maison Lumen")
                .strict()
                .build()
                .plan(new Draft(
                        Message.of(Recipient.of(ANA), Purpose.NEWS, content), Purpose.NEWS, Conversation.none(), NOW));
    }

    @ParameterizedTest
    @MethodSource("all")
    void refuses_one_more_and_names_the_limit(Case each) {
        assertThat(plan(each.over())).isInstanceOfSatisfying(Plan.Cannot.class, cannot -> {
            assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(cannot.because().limit()).isEqualTo(each.limit());
            assertThat(cannot.because().detail()).isNotBlank();
            assertThat(cannot.because().alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        });
    }

    @Test
    void refuses_each_extension_that_viber_forbids_in_a_name_and_in_a_link() {
        assertThat(FORBIDDEN.split(" ")).hasSize(44).allSatisfy(extension -> {
            assertThat(plan(new ViberContent.File(PDF, 1, "a." + extension))).isInstanceOf(Plan.Cannot.class);
            assertThat(plan(new ViberContent.File(link("https://a.example/b." + extension), 1, "a.pdf")))
                    .isInstanceOf(Plan.Cannot.class);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {30_720, 30_721})
    void takes_30_kilobytes_and_not_a_byte_more(int size) {
        ViberButton large = ViberButton.reply("x".repeat(6_000)).text("a").size(6, 1);
        List<ViberButton> buttons = new ArrayList<>(Collections.nCopies(4, large));
        buttons.add(ViberButton.reply("x").text("a"));
        int rest = size - bytes(buttons);
        buttons.set(4, ViberButton.reply("x".repeat(1 + rest)).text("a"));

        Plan plan = plan(new ViberContent.KeyboardMessage(ViberKeyboard.of(buttons)));

        assertThat(bytes(buttons)).isEqualTo(size);
        assertThat(plan).isInstanceOf(size == 30_720 ? Plan.Carry.class : Plan.Cannot.class);
    }

    /** With the longest key that may track it. */
    private static int bytes(List<ViberButton> buttons) {
        return WireMessage.toOne(
                        WireSender.named("Maison Lumen"),
                        ANA.value(),
                        new ViberContent.KeyboardMessage(ViberKeyboard.of(buttons)),
                        "x".repeat(64) + "#9999")
                .length;
    }

    @Nested
    class OfManyPeople {
        private final MutableClock clock = MutableClock.at(NOW);

        @AutoClose
        private final MockWebServer server = started();

        private final List<Instant> left = new ArrayList<>();

        private MockWebServer started() {
            MockWebServer server = new MockWebServer();
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    left.add(clock.instant());
                    return new MockResponse.Builder()
                            .body("{\"status\":0,\"message_token\":1,\"failed_list\":[]}")
                            .build();
                }
            });
            try {
                server.start();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return server;
        }

        /** Time passes by waiting only. */
        private final class Passing implements HttpSettings.Waiting {
            @Override
            public void await(Duration duration) {
                clock.advance(duration);
            }

            @Override
            public long nanoTime() {
                return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
            }
        }

        private final Clearing clearing = Clearing.of(
                clock,
                ViberTransport.builder("pa:1", () -> Examples.TOKEN, "Maison Lumen")
                        .baseUri(server.url("/pa").uri())
                        .http(HttpSettings.builder()
                                .clock(clock)
                                .waiting(new Passing())
                                .turnWithin(Duration.ofMinutes(1))
                                .build())
                        .build());

        @Test
        void lets_broadcasts_leave_evenly_at_99_percent_of_500_in_10_seconds_and_never_faster() {
            for (int i = 0; i < 60; i++) {
                clearing.sendAll(Stream.of(ANA, person("b"))
                        .map(to -> Message.of(Recipient.of(to), Purpose.NEWS, Content.text("a")))
                        .toList());
            }

            assertThat(left).hasSize(60);
            assertThat(IntStream.range(1, 60).mapToObj(i -> Duration.between(left.get(i - 1), left.get(i))))
                    .allSatisfy(gap -> assertThat(gap)
                            .isBetween(
                                    Duration.ofMillis(20),
                                    Duration.ofSeconds(10).dividedBy(495)));
        }

        @Test
        void reaches_300_people_by_a_broadcast_and_the_301st_by_another_request() throws InterruptedException {
            clearing.sendAll(IntStream.range(0, 301)
                    .mapToObj(i ->
                            Message.of(Recipient.of(person("%022d==".formatted(i))), Purpose.NEWS, Content.text("a")))
                    .toList());

            assertThat(left).hasSize(2);
            assertThat(Examples.json(server.takeRequest().getBody().utf8()).get("broadcast_list"))
                    .hasSize(300);
        }
    }

    @Nested
    class OfTheLevels {
        /** The level that a content asks for, in its request. */
        private static int level(Content content) {
            String body = new String(
                    WireMessage.toOne(WireSender.named("a"), ANA.value(), content, "k"), StandardCharsets.UTF_8);
            return Examples.json(body).path("min_api_version").asInt(1);
        }

        private record Level(int level, Content content) {}

        static Stream<Level> levels() {
            ViberButton.Browser browser = ViberButton.Browser.ofDefaults();
            return Stream.of(
                    new Level(1, key(button().size(6, 1).silent().external().background("#ffffff"))),
                    new Level(3, key(ViberButton.sharePhone().text("a"))),
                    new Level(3, key(ViberButton.locationPicker().text("a"))),
                    new Level(3, key(button().browser(browser.title("a")))),
                    new Level(3, keys(ViberKeyboard.of(button()).height(50))),
                    new Level(3, keys(ViberKeyboard.of(button()).rowHeight(50))),
                    new Level(4, keys(ViberKeyboard.of(button()).group(6, 1))),
                    new Level(4, keys(ViberKeyboard.of(button()).inputField(ViberKeyboard.InputField.HIDDEN))),
                    new Level(4, key(button().paddings(1, 1, 1, 1))),
                    new Level(4, key(button().text("<s>a</s>"))),
                    new Level(4, key(button().text("<FONT color=\"#fff\" SIZE=\"12\">a</FONT>"))),
                    new Level(6, key(button().shrinkText())),
                    new Level(6, key(button().frame(1, "#000000", 1))),
                    new Level(6, key(button().player("a", Optional.empty(), Optional.empty(), true))),
                    new Level(6, key(ViberButton.openMap(1, 2).text("a"))),
                    new Level(6, key(button().browser(browser.replyData("a")))),
                    new Level(6, key(button().browser(browser.action(ViberButton.Browser.Action.SEND_TO_BOT)))),
                    new Level(6, keys(ViberKeyboard.of(button()).favorite(ViberFavorite.link(PAGE)))),
                    new Level(7, card(6, 7, button())),
                    new Level(
                            10,
                            new ViberContent.Payment(
                                    ViberContent.Payment.App.GOOGLE_PAY, Optional.empty(), 1, "UAH", GATEWAY)),
                    new Level(
                            10,
                            new ViberContent.KeyboardMessage(
                                    new ViberContent.Payment(
                                            ViberContent.Payment.App.GOOGLE_PAY, Optional.empty(), 1, "UAH", GATEWAY),
                                    ViberKeyboard.of(button().shrinkText()))));
        }

        @ParameterizedTest
        @MethodSource("levels")
        void asks_for_the_lowest_that_knows_what_it_uses(Level each) {
            assertThat(level(each.content())).isEqualTo(each.level());
        }
    }

    @Test
    void names_the_sender_in_1_to_28_characters() {
        assertThat(Arrays.asList(1, 28))
                .allSatisfy(length -> assertThat(ViberTransport.builder("pa:1", () -> "t", "x".repeat(length)))
                        .isNotNull());
        assertThat(Arrays.asList(0, 29))
                .allSatisfy(length -> assertThat(org.assertj.core.api.Assertions.catchThrowable(
                                () -> ViberTransport.builder("pa:1", () -> "t", "x".repeat(length))))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
