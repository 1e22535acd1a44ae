package aparte.viber;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Contents of every kind, around Viber's limits and far from them: the same seed gives the same ones. */
final class RandomContents {
    private static final Media PICTURE = Media.link(URI.create("https://cdn.example/lamp.jpg"));

    private static final String[] ODD = {
        "\ud83d\udce6",
        "<b>",
        "<font size=12>",
        "<s>",
        "\u0001",
        "\"",
        "\\",
        "\n",
        "\u2028",
        "replace_me_with_user_name",
        "é"
    };

    private final Random random = new Random();
    private int round;

    RandomContents(long seed) {
        random.setSeed(seed);
    }

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** Around a limit, or far from it. */
    private String text(int limit) {
        int wanted = switch (upTo(9)) {
            case 0 -> limit;
            case 1 -> limit + 1;
            case 2 -> limit * 2;
            default -> 1 + upTo(Math.min(limit, 40));
        };
        StringBuilder text = new StringBuilder("x");
        while (text.length() < wanted) {
            text.append(
                    random.nextInt(4) == 0
                            ? ODD[random.nextInt(ODD.length)]
                            : Character.toString(' ' + random.nextInt(0x7F - ' ')));
        }
        return text.toString();
    }

    private Optional<String> maybe(int limit) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(text(limit));
    }

    private URI uri() {
        List<String> some = List.of(
                "https://a.example/b.jpg",
                "https://a.example/b.mp4",
                "https://a.example/é.png?x=%20",
                "http://a.example/b.pdf",
                "https://a.example/b.exe",
                "https://a.example",
                "HTTPS://A.example/" + "y".repeat(upTo(3_000)) + ".jpeg");
        return URI.create(some.get(random.nextInt(some.size())));
    }

    private URI any() {
        return random.nextInt(5) == 0 ? URI.create("mailto:a@b.example") : uri();
    }

    private Media media() {
        return switch (upTo(7)) {
            case 0 -> Media.bytes(new byte[] {1}, "image/png");
            case 1 -> new Media.Stored(new SenderId(ChannelId.VIBER, "pa:1"), random.nextBoolean() ? "7" : "a");
            default -> Media.link(uri());
        };
    }

    private ViberButton key() {
        ViberButton key = switch (upTo(6)) {
            case 0 -> ViberButton.openUrl(any());
            case 1 -> ViberButton.locationPicker();
            case 2 -> ViberButton.sharePhone();
            case 3 -> ViberButton.openMap(upTo(90), upTo(180));
            case 4 -> ViberButton.none();
            default -> ViberButton.reply(text(60));
        };
        key = random.nextInt(9) == 0 ? key : key.text(text(250));
        for (int more = upTo(2); more > 0; more--) {
            key = switch (upTo(13)) {
                case 0 -> key.size(upTo(7), upTo(3));
                case 1 -> key.paddings(upTo(13), upTo(12), 0, upTo(12));
                case 2 -> key.opacity(upTo(101));
                case 3 -> key.gradient("#102030").align(ViberButton.Vertical.TOP, ViberButton.Horizontal.LEFT);
                case 4 -> key.shrinkText().textSize(ViberButton.TextSize.SMALL);
                case 5 -> key.background(random.nextInt(3) == 0 ? text(7) : "#00aaFF");
                case 6 -> key.backgroundGif(any(), ViberButton.Scale.FIT, random.nextBoolean());
                case 7 -> key.backgroundPicture(any(), ViberButton.Scale.CROP);
                case 8 -> key.picture(any(), ViberButton.Scale.FILL);
                case 9 -> key.silent().external().opens(ViberButton.Opened.GIF);
                case 10 ->
                    key.browser(ViberButton.Browser.ofDefaults()
                            .title(text(15))
                            .sends(any())
                            .action(ViberButton.Browser.Action.SEND_TO_BOT)
                            .replyData(text(20)));
                case 11 -> key.frame(upTo(11), "#000000", upTo(10));
                case 12 -> key.player(text(20), maybe(20), Optional.of(any()), random.nextBoolean());
                default -> key.size(6, 1);
            };
        }
        return key;
    }

    private List<ViberButton> keys(int most) {
        return IntStream.range(0, upTo(most)).mapToObj(i -> key()).toList();
    }

    private ViberKeyboard keyboard() {
        ViberKeyboard keyboard = ViberKeyboard.of(keys(3));
        return switch (upTo(7)) {
            case 0 -> keyboard.height(upTo(100));
            case 1 -> keyboard.rowHeight(upTo(120));
            case 2 -> keyboard.group(1 + upTo(6), 1 + upTo(7));
            case 3 -> keyboard.inputField(ViberKeyboard.InputField.MINIMIZED).defaultHeight();
            case 4 -> keyboard.background("#ffffff");
            case 5 -> keyboard.favorite(favorite());
            default -> keyboard;
        };
    }

    private Content.LinkButton linkButton() {
        return new Content.LinkButton(text(1_000), text(250), any());
    }

    /** One of each kind after the other. */
    Content next() {
        return kinds.get(round++ % kinds.size()).get();
    }

    private Optional<URI> maybeAny() {
        return random.nextInt(3) == 0 ? Optional.of(any()) : Optional.empty();
    }

    private ViberFavorite favorite() {
        ViberFavorite favorite = random.nextBoolean() ? ViberFavorite.link(any()) : ViberFavorite.video(uri());
        return switch (upTo(3)) {
            case 0 -> favorite.title(text(30)).domain(text(20));
            case 1 -> favorite.thumbnail(uri(), 1 + upTo(500), upTo(500));
            case 2 -> favorite.otherwise(any(), text(20));
            default -> favorite;
        };
    }

    private final List<Supplier<Content>> kinds = List.of(
            () -> Content.text(text(7_000)),
            () -> new Content.Image(media(), maybe(768)),
            () -> new Content.Video(media(), maybe(768)),
            () -> new Content.Audio(media(), true),
            () -> new Content.Document(media(), maybe(256), maybe(768)),
            () -> new Content.Sticker(media()),
            () -> new Content.Location(upTo(180) - 90, upTo(360) - 180, maybe(20), maybe(20)),
            () -> new Content.LocationRequest(text(7_000)),
            () -> new Content.ContactCard(
                    text(28),
                    upTo(4) == 0 ? List.of() : List.of(upTo(3) == 0 ? text(18) : "+33 (0)1-23"),
                    List.of(),
                    maybe(20)),
            () -> new Content.Choices(
                    text(7_000),
                    IntStream.rangeClosed(0, upTo(26))
                            .mapToObj(i -> new Content.Choices.Option(i + text(20), text(40), maybe(20)))
                            .toList(),
                    upTo(2) == 0 ? Optional.of(media()) : Optional.empty(),
                    maybe(60)),
            this::linkButton,
            () -> new Content.Carousel(
                    text(200),
                    IntStream.rangeClosed(0, upTo(6))
                            .mapToObj(i -> new Content.Carousel.Card(
                                    upTo(3) == 0 ? media() : PICTURE,
                                    text(80),
                                    random.nextBoolean() ? Optional.empty() : Optional.of(linkButton())))
                            .toList()),
            () -> new Content.PaymentRequest(
                    "o-1",
                    text(100),
                    1 + upTo(9_999),
                    "EUR",
                    random.nextBoolean() ? Optional.empty() : Optional.of(any())),
            () -> new ViberContent.Video(
                    media(),
                    upTo(28 << 20),
                    Optional.of(Duration.ofSeconds(upTo(200))),
                    upTo(3) == 0 ? Optional.of(any()) : Optional.empty(),
                    maybe(768)),
            () -> new ViberContent.File(media(), upTo(51 << 20), text(250) + ".pdf"),
            () -> new ViberContent.Url(any()),
            () -> new ViberContent.Picture(media(), maybe(768), maybeAny()),
            () -> new ViberContent.Payment(
                    ViberContent.Payment.App.APPLE_PAY,
                    maybe(7_000),
                    1 + upTo(9_999),
                    random.nextBoolean() ? "UAH" : "JPY",
                    ViberPaymentGateway.portmone(text(20), uri(), text(20), text(20), text(20))),
            () -> new ViberContent.KeyboardMessage(
                    upTo(2) == 0 ? Optional.empty() : Optional.of(Content.text(text(100))), keyboard()),
            () -> new ViberContent.RichMedia(
                    upTo(1) * 5 + 1,
                    1 + upTo(7),
                    upTo(5) == 0 ? Optional.of(text(7)) : Optional.empty(),
                    keys(4),
                    text(7_000),
                    upTo(5) == 0 ? Optional.of(favorite()) : Optional.empty()));
}
