package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Conversation;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SenderId;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Viber carries, how it stands in a request, and what is refused with which fix. */
class ViberContentTest {
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final URI PAGE = URI.create("https://shop.example/offer");
    private static final Media FILM = link("https://cdn.example/teaser.mp4");
    private static final Media PICTURE = link("https://cdn.example/lamp.jpg");
    private static final String SENDER = "\"receiver\":\"q2T0rUuJm3gkPnXbYw1ZcA==\",\"tracking_data\":\"k\","
            + "\"sender\":{\"name\":\"Maison Lumen\"}";

    private final Planning planning = new Planning(WireSender.named("Maison Lumen"), true, false);
    private final Planning strict = new Planning(WireSender.named("Maison Lumen"), true, true);

    private static Media link(String uri) {
        return Media.link(URI.create(uri));
    }

    private static Draft draft(Content content) {
        return new Draft(
                Message.of(Recipient.of(ANA), Purpose.NEWS, content), Purpose.NEWS, Conversation.none(), Instant.EPOCH);
    }

    private static Content shown(Planning planning, Content content) {
        return ((Plan.Carry) planning.plan(draft(content))).shown();
    }

    private static Refusal refusal(Planning planning, Content content) {
        return ((Plan.Cannot) planning.plan(draft(content))).because();
    }

    private String request(Content content) {
        String body = new String(
                WireMessage.toOne(WireSender.named("Maison Lumen"), ANA.value(), shown(planning, content), "k"),
                StandardCharsets.UTF_8);
        assertThat(Examples.flaws(body)).isEmpty();
        return body;
    }

    private static Content.Choices question(int options) {
        return new Content.Choices(
                "Quand ?",
                IntStream.range(0, options)
                        .mapToObj(i -> new Content.Choices.Option("id-" + i, "Choix " + i))
                        .toList());
    }

    private static ViberButton button() {
        return ViberButton.reply("YES").text("Oui");
    }

    private static Content with(ViberButton button) {
        return new ViberContent.KeyboardMessage(ViberKeyboard.of(button));
    }

    private static Content rich(int columns, int rows, ViberButton... buttons) {
        return new ViberContent.RichMedia(columns, rows, Optional.empty(), List.of(buttons), "Nos lampes");
    }

    private static Content payment(long amount, String currency) {
        return new ViberContent.Payment(
                ViberContent.Payment.App.APPLE_PAY,
                Optional.empty(),
                amount,
                currency,
                ViberPaymentGateway.iPay("m", PAGE, "s", "a", "b"));
    }

    static List<Arguments> carried() {
        return List.of(
                Arguments.of(
                        new ViberContent.Video(
                                FILM,
                                2_400_000,
                                Optional.of(Duration.ofSeconds(14)),
                                Optional.of(URI.create("https://cdn.example/teaser.jpg")),
                                Optional.of("Bientôt")),
                        """
                        "type":"video","media":"https://cdn.example/teaser.mp4","size":2400000,"duration":14,
                        "thumbnail":"https://cdn.example/teaser.jpg","text":"Bientôt\""""),
                Arguments.of(new ViberContent.Video(FILM, 1), """
                        "type":"video","media":"https://cdn.example/teaser.mp4","size":1"""),
                Arguments.of(
                        new ViberContent.File(link("https://cdn.example/a.pdf"), 52_428_800, "Mode d'emploi.pdf"), """
                        "type":"file","media":"https://cdn.example/a.pdf","size":52428800,"file_name":"Mode d'emploi.pdf\""""),
                Arguments.of(
                        new Content.ContactCard(
                                "Ana",
                                List.of("+33 (0)1.23-45", "+44 1"),
                                List.of("a@b.example"),
                                Optional.of("Lumen")),
                        """
                        "type":"contact","contact":{"name":"Ana","phone_number":"+33012345"}"""),
                Arguments.of(new Content.Location(48.8566, -2.5, Optional.of("Lumen"), Optional.empty()), """
                        "type":"location","location":{"lat":48.8566,"lon":-2.5}"""),
                Arguments.of(
                        new Content.Sticker(new Media.Stored(new SenderId(ChannelId.VIBER, "pa:1"), "46105")), """
                        "type":"sticker","sticker_id":46105"""),
                Arguments.of(new ViberContent.Url(URI.create("HTTPS://shop.example/é")), """
                        "type":"url","media":"https://shop.example/%C3%A9\""""),
                Arguments.of(new Content.LinkButton("Nos lampes", "Voir", PAGE), """
                        "type":"text","text":"Nos lampes","keyboard":{"Type":"keyboard","Buttons":[
                        {"ActionType":"open-url","ActionBody":"https://shop.example/offer","Text":"Voir","Silent":true}]}"""),
                Arguments.of(
                        new ViberContent.Picture(
                                PICTURE, Optional.empty(), Optional.of(URI.create("https://cdn.example/small.png"))),
                        """
                        "type":"picture","text":"","media":"https://cdn.example/lamp.jpg",
                        "thumbnail":"https://cdn.example/small.png\""""),
                Arguments.of(new Content.PaymentRequest("o-1", "Une\nlampe", 1_990, "EUR", Optional.of(PAGE)), """
                        "type":"text","text":"Une\\nlampe\\n19.90 EUR","keyboard":{"Type":"keyboard","Buttons":[
                        {"ActionType":"open-url","ActionBody":"https://shop.example/offer","Text":"💳 19.90 EUR","Silent":true}]}"""),
                Arguments.of(
                        new ViberContent.Payment(
                                ViberContent.Payment.App.GOOGLE_PAY,
                                Optional.of("Une lampe"),
                                1_990,
                                "UAH",
                                ViberPaymentGateway.liqPay("m", URI.create("https://pay.example/"), "d", "s", "p")),
                        """
                        "min_api_version":10,"type":"payment","payment":{"type":"GooglePay","description":"Une lampe",
                        "total_price":19.90,"currency_code":"UAH","payment_parameters":[
                        {"key":"gateway","value":"liqpay"},{"key":"gatewayMerchantId","value":"m"},
                        {"key":"url","value":"https://pay.example/"},{"key":"data","value":"d"},
                        {"key":"signature","value":"s"},{"key":"payeeId","value":"p"}]}"""),
                Arguments.of(
                        new ViberContent.Payment(
                                ViberContent.Payment.App.APPLE_PAY,
                                Optional.empty(),
                                7,
                                "JPY",
                                ViberPaymentGateway.portmone("m", URI.create("https://pay.example/"), "l", "w", "p")),
                        """
                        "min_api_version":10,"type":"payment","payment":{"type":"ApplePay","total_price":7,
                        "currency_code":"JPY","payment_parameters":[
                        {"key":"gateway","value":"portmonecom"},{"key":"gatewayMerchantId","value":"m"},
                        {"key":"url","value":"https://pay.example/"},{"key":"login","value":"l"},
                        {"key":"password","value":"w"},{"key":"payeeId","value":"p"}]}"""),
                Arguments.of(
                        new ViberContent.RichMedia(
                                6,
                                1,
                                Optional.of("#112233"),
                                List.of(button()),
                                "Oui",
                                Optional.of(ViberFavorite.video(PAGE)
                                        .title("Lampe")
                                        .thumbnail(URI.create("https://cdn.example/t.jpg"), 400, 300)
                                        .domain("shop.example")
                                        .otherwise(PAGE, "Voir"))),
                        """
                        "min_api_version":7,"type":"rich_media","alt_text":"Oui","rich_media":{"Type":"rich_media",
                        "ButtonsGroupColumns":6,"ButtonsGroupRows":1,"BgColor":"#112233","FavoritesMetadata":{"type":"video",
                        "url":"https://shop.example/offer","title":"Lampe","thumbnail":"https://cdn.example/t.jpg","width":400,
                        "height":300,"domain":"shop.example","alternativeUrl":"https://shop.example/offer",
                        "alternativeText":"Voir"},"Buttons":[
                        {"ActionType":"reply","ActionBody":"YES","Text":"Oui"}]}"""),
                Arguments.of(new Content.LocationRequest("Où ?"), """
                        "min_api_version":3,"type":"text","text":"Où ?","keyboard":{"Type":"keyboard","Buttons":[
                        {"ActionType":"location-picker","ActionBody":"location","Text":"📍"}]}"""),
                Arguments.of(
                        new Content.Choices(
                                "Quand ?",
                                List.of(
                                        new Content.Choices.Option("am", "Matin"),
                                        new Content.Choices.Option("pm", "Soir", Optional.of("après 14 h"))),
                                Optional.of(PICTURE),
                                Optional.of("Gratuit")),
                        """
                        "type":"picture","text":"Quand ?\\nGratuit","media":"https://cdn.example/lamp.jpg",
                        "keyboard":{"Type":"keyboard","Buttons":[
                        {"ActionType":"reply","ActionBody":"am","Text":"Matin","Columns":6,"Rows":1},
                        {"ActionType":"reply","ActionBody":"pm","Text":"Soir (après 14 h)","Columns":6,"Rows":1}]}"""),
                Arguments.of(
                        new Content.Carousel(
                                "Nos lampes",
                                List.of(
                                        new Content.Carousel.Card(
                                                PICTURE,
                                                "Rouge",
                                                Optional.of(new Content.LinkButton("Rouge", "Voir", PAGE))),
                                        new Content.Carousel.Card(PICTURE, "Bleue", Optional.empty()))),
                        """
                        "min_api_version":7,"type":"rich_media",
                        "alt_text":"Nos lampes\\n\\nRouge\\nVoir: https://shop.example/offer\\n\\nBleue",
                        "rich_media":{"Type":"rich_media","ButtonsGroupColumns":6,"ButtonsGroupRows":7,"Buttons":[
                        {"ActionType":"none","ActionBody":"none","Text":"Nos lampes","Columns":6,"Rows":1,"TextShouldFit":true},
                        {"ActionType":"none","ActionBody":"none","Image":"https://cdn.example/lamp.jpg","ImageScaleType":"fit",
                        "Columns":6,"Rows":3},
                        {"ActionType":"none","ActionBody":"none","Text":"Rouge","Columns":6,"Rows":2,"TextShouldFit":true},
                        {"ActionType":"open-url","ActionBody":"https://shop.example/offer","Text":"Voir","Silent":true,
                        "Columns":6,"Rows":1},
                        {"ActionType":"none","ActionBody":"none","Image":"https://cdn.example/lamp.jpg","ImageScaleType":"fit",
                        "Columns":6,"Rows":5},
                        {"ActionType":"none","ActionBody":"none","Text":"Bleue","Columns":6,"Rows":2,"TextShouldFit":true}]}"""),
                Arguments.of(
                        new ViberContent.KeyboardMessage(ViberKeyboard.of(
                                        button().size(3, 2)
                                                .textSize(ViberButton.TextSize.LARGE)
                                                .align(ViberButton.Vertical.TOP, ViberButton.Horizontal.LEFT)
                                                .paddings(1, 2, 3, 4)
                                                .opacity(60)
                                                .gradient("#102030")
                                                .shrinkText()
                                                .background("#ffffff")
                                                .backgroundGif(
                                                        URI.create("https://cdn.example/a.gif"),
                                                        ViberButton.Scale.FILL,
                                                        false)
                                                .picture(
                                                        URI.create("https://cdn.example/a.png"), ViberButton.Scale.CROP)
                                                .silent()
                                                .frame(1, "#000000", 10),
                                        ViberButton.openUrl(PAGE)
                                                .text("Voir")
                                                .size(3, 2)
                                                .external()
                                                .opens(ViberButton.Opened.VIDEO)
                                                .browser(ViberButton.Browser.ofDefaults()
                                                        .action(ViberButton.Browser.Action.SEND_TO_BOT)
                                                        .sends(PAGE)
                                                        .replyData("seen")
                                                        .pageTitle(false)
                                                        .title("Lumen")
                                                        .mode(ViberButton.Browser.Mode.PARTIAL_SIZE)
                                                        .withoutFooter())
                                                .player(
                                                        "Titre",
                                                        Optional.of("Suite"),
                                                        Optional.of(URI.create("https://cdn.example/t.jpg")),
                                                        true),
                                        ViberButton.sharePhone().text("Mon numéro"),
                                        ViberButton.openMap(48.5, 2.25)
                                                .backgroundPicture(
                                                        URI.create("https://cdn.example/m.png"), ViberButton.Scale.FIT))
                                .background("#112233")
                                .defaultHeight()
                                .height(50)
                                .rowHeight(80)
                                .group(6, 2)
                                .inputField(ViberKeyboard.InputField.HIDDEN)),
                        """
                        "min_api_version":6,"keyboard":{"Type":"keyboard","BgColor":"#112233","DefaultHeight":true,
                        "CustomDefaultHeight":50,"HeightScale":80,"ButtonsGroupColumns":6,"ButtonsGroupRows":2,
                        "InputFieldState":"hidden","Buttons":[
                        {"ActionType":"reply","ActionBody":"YES","Text":"Oui","Columns":3,"Rows":2,"TextSize":"large",
                        "TextVAlign":"top","TextHAlign":"left","TextPaddings":[1,2,3,4],"TextOpacity":60,
                        "TextBgGradientColor":"#102030","TextShouldFit":true,"BgColor":"#ffffff",
                        "BgMedia":"https://cdn.example/a.gif","BgMediaType":"gif","BgMediaScaleType":"fill","BgLoop":false,
                        "Image":"https://cdn.example/a.png","ImageScaleType":"crop","Silent":true,
                        "Frame":{"BorderWidth":1,"BorderColor":"#000000","CornerRadius":10}},
                        {"ActionType":"open-url","ActionBody":"https://shop.example/offer","Text":"Voir","Columns":3,"Rows":2,
                        "OpenURLType":"external","OpenURLMediaType":"video","InternalBrowser":{"ActionButton":"send-to-bot",
                        "ActionPredefinedURL":"https://shop.example/offer","ActionReplyData":"seen","TitleType":"domain",
                        "CustomTitle":"Lumen","Mode":"partial-size","FooterType":"hidden"},"MediaPlayer":{"Title":"Titre",
                        "Subtitle":"Suite","ThumbnailURL":"https://cdn.example/t.jpg","Loop":true}},
                        {"ActionType":"share-phone","ActionBody":"phone","Text":"Mon numéro"},
                        {"ActionType":"open-map","ActionBody":"map","Map":{"Latitude":"48.500000","Longitude":"2.250000"},
                        "BgMedia":"https://cdn.example/m.png","BgMediaType":"picture","BgMediaScaleType":"fit"}]}"""),
                Arguments.of(
                        new ViberContent.KeyboardMessage(Content.text("Bonjour"), ViberKeyboard.of(button())), """
                        "type":"text","text":"Bonjour","keyboard":{"Type":"keyboard","Buttons":[
                        {"ActionType":"reply","ActionBody":"YES","Text":"Oui"}]}"""));
    }

    @ParameterizedTest
    @MethodSource("carried")
    void stands_in_a_request_as_documented(Content content, String fields) {
        assertThat(Examples.json(request(content))).isEqualTo(Examples.json("{" + SENDER + "," + fields + "}"));
    }

    static Stream<Arguments> carriedToMany() {
        return carried().stream().filter(each -> !isOrder(each.get()[0]));
    }

    private static boolean isOrder(Object content) {
        return content instanceof Content.PaymentRequest || content instanceof ViberContent.Payment;
    }

    @ParameterizedTest
    @MethodSource("carriedToMany")
    void reaches_many_people_in_one_request(Content content, String fields) {
        Content shown = shown(planning, content);
        int people = planning.receivers(shown);
        List<String> ids =
                IntStream.range(0, people).mapToObj("%022d=="::formatted).toList();

        byte[] body = WireMessage.toMany(WireSender.named("Maison Lumen"), ids, shown);

        assertThat(people).as(fields).isEqualTo(300);
        assertThat(body.length).isLessThanOrEqualTo(30_720);
        assertThat(Examples.flaws(new String(body, StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void asks_each_person_alone_for_the_money_of_their_own_order() {
        Content payment = payment(1, "UAH");

        assertThat(planning.receivers(payment)).isEqualTo(1);
        assertThat(planning.receivers(new ViberContent.KeyboardMessage(payment, ViberKeyboard.of(button()))))
                .isEqualTo(1);
        assertThat(planning.receivers(new Content.PaymentRequest("o", "a", 1, "EUR", Optional.of(PAGE))))
                .isEqualTo(1);
    }

    @Nested
    class WhenViberLacksIt {
        private final Content sound = new Content.Audio(link("https://cdn.example/a.mp3"), true);
        private final Content payment = new Content.PaymentRequest("o-1", "Une lampe", 1_990, "EUR", Optional.of(PAGE));
        private final Content place = new Content.Location(1, 2, Optional.of("Lumen"), Optional.empty());

        @Test
        void shows_a_sound_as_its_link() {
            assertThat(shown(planning, sound)).isEqualTo(new Content.Text("https://cdn.example/a.mp3", true));
        }

        @Test
        void has_no_payment_without_a_page_to_pay_on() {
            assertThat(refusal(planning, new Content.PaymentRequest("o-1", "Une lampe", 1_990, "EUR", Optional.empty()))
                            .detail())
                    .contains("PaymentRequest");
        }

        @Test
        void shows_a_contact_without_a_number_as_a_text() {
            assertThat(shown(
                            planning,
                            new Content.ContactCard("Ana", List.of(), List.of("a@b.example"), Optional.empty())))
                    .isEqualTo(Content.text("Ana\na@b.example"));
        }

        @Test
        void plans_what_is_left_of_a_contact_and_of_a_place() {
            assertThat(shown(
                            planning,
                            new Content.ContactCard("Ana", List.of("+1", "+2"), List.of(), Optional.of("Lumen"))))
                    .isEqualTo(new Content.ContactCard("Ana", List.of("+1"), List.of(), Optional.empty()));
            assertThat(shown(planning, place))
                    .isEqualTo(new Content.Location(1, 2, Optional.empty(), Optional.empty()));
        }

        @Test
        void refuses_all_that_if_it_is_strict() {
            for (Content content : List.of(sound, place)) {
                assertThat(refusal(strict, content).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
                assertThat(refusal(strict, content).detail()).contains("text");
            }
            assertThat(shown(strict, question(2))).isEqualTo(question(2));
            assertThat(shown(strict, payment)).isEqualTo(payment);
        }

        @Test
        void says_which_content_has_the_size_of_a_film_or_a_file() {
            assertThat(refusal(strict, new Content.Video(FILM, Optional.empty()))
                            .detail())
                    .contains("ViberContent.Video");
            assertThat(refusal(strict, new Content.Document(PICTURE, Optional.empty(), Optional.empty()))
                            .detail())
                    .contains("ViberContent.File");
        }
    }

    static List<Arguments> unfit() {
        Media pdf = link("https://cdn.example/a.pdf");
        Media held = Media.bytes(new byte[] {1}, "video/mp4");
        SenderId other = new SenderId(ChannelId.WHATSAPP, "1");
        return List.of(
                Arguments.of(new ViberContent.Video(held, 1), "Media.link"),
                Arguments.of(new ViberContent.Video(pdf, 1), ".mp4"),
                Arguments.of(new ViberContent.Video(link("http://cdn.example/a.mp4"), 1), "https"),
                Arguments.of(
                        new ViberContent.Video(
                                FILM,
                                1,
                                Optional.empty(),
                                Optional.of(URI.create("https://cdn.example/t.png")),
                                Optional.empty()),
                        ".jpg"),
                Arguments.of(new ViberContent.File(pdf, 1, "manual"), "extension"),
                Arguments.of(new ViberContent.File(pdf, 1, "tool.EXE"), "forbids"),
                Arguments.of(new ViberContent.File(link("https://cdn.example/a.apk"), 1, "a.pdf"), "forbids"),
                Arguments.of(new ViberContent.File(link("https://cdn.example/a"), 1, "a.pdf"), "extension"),
                Arguments.of(
                        new Content.ContactCard("Ana", List.of("reception"), List.of(), Optional.empty()), "digits"),
                Arguments.of(new ViberContent.Url(URI.create("mailto:a@b.example")), "http or https"),
                Arguments.of(new Content.LinkButton("a", "b", URI.create("tel:1")), "http or https"),
                Arguments.of(new Content.Sticker(new Media.Stored(other, "46105")), "Media.Stored"),
                Arguments.of(
                        new Content.Sticker(new Media.Stored(new SenderId(ChannelId.VIBER, "pa:1"), "wave")), "number"),
                Arguments.of(
                        new Content.Choices(
                                "?",
                                List.of(new Content.Choices.Option("a", "A")),
                                Optional.of(held),
                                Optional.empty()),
                        "Media.link"),
                Arguments.of(
                        new Content.Carousel("?", List.of(new Content.Carousel.Card(FILM, "a", Optional.empty()))),
                        ".png"),
                Arguments.of(
                        new Content.Carousel("?", List.of(new Content.Carousel.Card(held, "a", Optional.empty()))),
                        "Media.link"),
                Arguments.of(new ViberContent.KeyboardMessage(ViberKeyboard.of()), "add one"),
                Arguments.of(rich(6, 7), "add one"),
                Arguments.of(with(ViberButton.reply("YES")), "shows nothing"),
                Arguments.of(with(button().background("white")), "#102030"),
                Arguments.of(with(button().frame(1, "red", 1)), "#102030"),
                Arguments.of(with(button().gradient("#102030")), "align"),
                Arguments.of(
                        with(button().picture(URI.create("http://cdn.example/a.png"), ViberButton.Scale.FIT)), "https"),
                Arguments.of(rich(6, 7, ViberButton.sharePhone().text("a")), "keyboard"),
                Arguments.of(rich(6, 7, ViberButton.locationPicker().text("a")), "keyboard"),
                Arguments.of(
                        new ViberContent.KeyboardMessage(question(1), ViberKeyboard.of(button())),
                        "buttons of its own"),
                Arguments.of(
                        new ViberContent.KeyboardMessage(with(button()), ViberKeyboard.of(button())),
                        "buttons of its own"),
                Arguments.of(
                        new ViberContent.KeyboardMessage(
                                new Content.Video(FILM, Optional.empty()), ViberKeyboard.of(button())),
                        "ViberContent.Video"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void refuses_what_does_not_fit_and_names_the_fix(Content content, String fix) {
        Refusal refusal = refusal(planning, content);

        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        assertThat(refusal.detail()).contains(fix);
        assertThat(planning.receivers(content)).isEqualTo(1);
    }

    @Test
    void refuses_a_request_of_more_than_30_kilobytes() {
        ViberButton large = ViberButton.reply("x".repeat(6_000)).text("a").size(6, 1);

        Refusal refusal =
                refusal(planning, new ViberContent.KeyboardMessage(ViberKeyboard.of(Collections.nCopies(6, large))));

        assertThat(refusal.limit().orElseThrow().max()).isEqualTo(30_720);
    }

    @Test
    void writes_to_each_person_alone_if_viber_would_replace_words_of_a_button() {
        assertThat(planning.receivers(
                        with(ViberButton.reply("replace_me_with_receiver_id").text("a"))))
                .isEqualTo(1);
    }

    @Test
    void shows_neither_words_nor_addresses_in_a_log() {
        List<Content> contents = List.of(
                new ViberContent.Video(
                        link("https://cdn.example/secret.mp4"),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("secret")),
                new ViberContent.File(link("https://cdn.example/secret.pdf"), 1, "secret.pdf"),
                new ViberContent.Url(URI.create("https://cdn.example/secret")),
                new ViberContent.KeyboardMessage(
                        Content.text("secret"),
                        ViberKeyboard.of(ViberButton.reply("secret").text("secret"))),
                new ViberContent.Picture(
                        link("https://cdn.example/secret.jpg"),
                        Optional.of("secret"),
                        Optional.of(URI.create("https://cdn.example/secret.jpg"))),
                new ViberContent.Payment(
                        ViberContent.Payment.App.APPLE_PAY,
                        Optional.of("secret"),
                        1,
                        "UAH",
                        ViberPaymentGateway.iPay(
                                "secret", URI.create("https://pay.example/secret"), "secret", "secret", "secret")),
                new ViberContent.RichMedia(6, 7, Optional.empty(), List.of(ViberButton.reply("secret")), "secret"));

        assertThat(contents)
                .allSatisfy(content -> assertThat(content.toString()).doesNotContain("secret"));
        assertThat(ViberButton.reply("secret").text("secret").toString()).isEqualTo("ViberButton[reply]");
        assertThat(ViberFavorite.gif(URI.create("https://cdn.example/secret"))
                        .title("secret")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void is_equal_to_what_has_the_same_parts() {
        assertThat(with(button())).isEqualTo(with(button())).hasSameHashCodeAs(with(button()));
        assertThat(with(button())).isNotEqualTo(with(button().silent()));
        assertThat(ViberKeyboard.of(button()))
                .isNotEqualTo(ViberKeyboard.of(button()).defaultHeight());
        assertThat(ViberButton.Browser.ofDefaults().title("a"))
                .isEqualTo(ViberButton.Browser.ofDefaults().title("a"))
                .isNotEqualTo(ViberButton.Browser.ofDefaults());
    }

    @Test
    void refuses_a_blank_word_half_a_character_and_a_place_off_the_earth_at_once() {
        assertThatThrownBy(() -> ViberButton.reply(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> button().text("\ud83d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViberButton.openUrl(URI.create("offer"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViberButton.openMap(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rich(6, 7, button().text(""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViberFavorite.link(PAGE).title(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViberPaymentGateway.iPay(" ", PAGE, "s", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        for (String currency : List.of("uah", "XXY", "UA", "XXX")) {
            assertThatThrownBy(() -> payment(1, currency)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> payment(0, "UAH")).isInstanceOf(IllegalArgumentException.class);
    }
}
