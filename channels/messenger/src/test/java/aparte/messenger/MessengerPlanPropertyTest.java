package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.Cards;
import aparte.messenger.MessengerContent.ImageGrid;
import aparte.messenger.MessengerContent.QuickReplies;
import aparte.simulator.MessengerMessage;
import aparte.simulator.Simulator;
import aparte.testkit.Clearing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a host writes: a request that Messenger takes, or a refusal that says why; never an exception. */
class MessengerPlanPropertyTest {
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 1_400;
    private static final String PSID = "24680001357924680";
    private static final List<MessengerForm.Feedback.Scale> SCALES = List.of(MessengerForm.Feedback.Scale.values());
    private static final String[] ODD = {
        "\ud83d\udce6",
        "\u202e",
        "\u200d",
        "\u0301",
        "\ufeff",
        "\u0000",
        "\u2028",
        "\"",
        "\\",
        "\n",
        " ",
        "\u05d0",
        "{{1}}",
        "'",
        "</script>"
    };

    private final Random random = new Random(SEED);

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** Around a limit, or far below. */
    private String text(int limit) {
        int wanted = switch (upTo(11)) {
            case 0 -> limit;
            case 1 -> limit + 1;
            default -> 1 + upTo(Math.min(limit, 30) - 1);
        };
        StringBuilder text = new StringBuilder("x");
        while (text.codePointCount(0, text.length()) < wanted) {
            String next = random.nextInt(4) == 0
                    ? ODD[random.nextInt(ODD.length)]
                    : Character.toString(' ' + random.nextInt(0x7F - ' '));
            if (text.codePointCount(0, text.length()) + next.codePointCount(0, next.length()) <= wanted) {
                text.append(next);
            }
        }
        return text.toString();
    }

    private Optional<String> maybe(int limit) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(text(limit));
    }

    private <T> List<T> some(int least, int most, IntFunction<T> each) {
        return IntStream.range(0, least + upTo(most - least)).mapToObj(each).toList();
    }

    private URI uri() {
        return URI.create(
                switch (upTo(9)) {
                    case 0 -> "tel:+331";
                    case 1 -> "HTTPS://a.example/\u00e9t\u00e9?q=%20#x";
                    case 2 -> "http:opaque";
                    default -> "https://a.example/b";
                });
    }

    private Optional<URI> maybeUri() {
        return random.nextBoolean() ? Optional.empty() : Optional.of(uri());
    }

    private Media media() {
        if (random.nextInt(5) == 0) {
            byte[] bytes = new byte[1 + upTo(60)];
            random.nextBytes(bytes);
            return Media.bytes(bytes, "image/png");
        }
        return random.nextInt(9) == 0
                ? new Media.Stored(new SenderId(ChannelId.MESSENGER, "9"), "1")
                : Media.link(URI.create("https://a.example/b"));
    }

    private Button button() {
        return switch (upTo(2)) {
            case 0 -> new Button.Link(text(20), uri());
            case 1 -> new Button.Postback(text(20), text(1_000));
            default -> new Button.Call(text(20), random.nextBoolean() ? "+33639980001" : text(9));
        };
    }

    /** A topic that nobody was asked about yet. */
    private String topic() {
        return String.format("%020d", random.nextLong() >>> 1) + text(980);
    }

    private ImageGrid.Picture picture() {
        return new ImageGrid.Picture(
                uri(), random.nextInt(4) == 0, random.nextBoolean() ? Optional.empty() : Optional.of(button()));
    }

    private Content asking() {
        return switch (upTo(3)) {
            case 0 ->
                new MessengerForm.Feedback(
                        text(65),
                        text(80),
                        text(20),
                        new MessengerForm.Feedback.Question(
                                random.nextInt(5) == 0 ? text(80) : "q_" + upTo(99),
                                SCALES.get(upTo(3)),
                                random.nextBoolean() ? Optional.empty() : Optional.of("Alors ?" + text(78)),
                                maybe(65)),
                        uri(),
                        1 + upTo(7));
            case 1 ->
                new MessengerForm.Shipping(random.nextInt(6) == 0 ? List.of() : List.of("FR", "BE"), uri(), upTo(7));
            case 2 -> new MessengerForm.Notifications(topic(), maybe(65), maybeUri(), Optional.empty());
            default -> new MessengerForm.OneNotification(topic(), text(65));
        };
    }

    private MessengerTemplate utility() {
        boolean named = random.nextBoolean();
        IntFunction<MessengerTemplate.Blank> blank = i -> new MessengerTemplate.Blank(
                text(100), named != (random.nextInt(12) == 0) ? Optional.of("n" + i) : Optional.empty());
        return new MessengerTemplate(
                text(30),
                random.nextBoolean() ? "fr" : "en_US",
                some(0, 1, blank),
                some(0, 3, blank),
                some(
                        0,
                        2,
                        i -> random.nextBoolean()
                                ? new MessengerTemplate.ButtonBlank.Postback(text(1_000))
                                : new MessengerTemplate.ButtonBlank.Link(text(50))));
    }

    private Content any(String written) {
        return switch (upTo(18)) {
            case 14 -> new ImageGrid(maybe(45), maybe(80), some(1, 7, i -> picture()), some(0, 4, i -> button()));
            case 15 -> new MessengerContent.Products(some(0, 11, i -> random.nextInt(30) == 0 ? text(9) : "7" + i));
            case 16 -> asking();
            case 17 -> utility();
            case 18 -> new MessengerContent.AsPersona(random.nextInt(5) == 0 ? text(9) : "500" + upTo(9), any(written));
            case 0 -> Content.text(text(1_999));
            case 1 ->
                new Choices(
                        text(1_999),
                        some(1, 15, i -> new Choices.Option(i + text(998), text(20), maybe(99))),
                        random.nextInt(3) == 0 ? Optional.of(media()) : Optional.empty(),
                        maybe(80));
            case 2 -> new Content.LinkButton(text(640), text(20), uri());
            case 3 ->
                new Carousel(
                        text(80),
                        some(
                                1,
                                11,
                                i -> new Carousel.Card(
                                        media(),
                                        text(80),
                                        random.nextBoolean()
                                                ? Optional.empty()
                                                : Optional.of(new Content.LinkButton("x", text(20), uri())))));
            case 4 ->
                new QuickReplies(
                        text(1_999),
                        some(
                                0,
                                14,
                                i -> i % 5 == 4
                                        ? new QuickReplies.Reply.Email()
                                        : new QuickReplies.Reply.Answer(text(1_000), text(20), maybeUri())));
            case 5 -> new Buttons(text(640), some(0, 4, i -> button()));
            case 6 ->
                new Cards(some(
                        0,
                        11,
                        i -> new Cards.Card(text(80), maybe(80), maybeUri(), maybeUri(), some(0, 4, j -> button()))));
            case 7 -> new MessengerContent.Images(some(0, 31, i -> media()));
            case 8 -> new MessengerContent.MediaCard(media(), random.nextBoolean(), some(0, 4, i -> button()));
            case 9 -> new MessengerContent.Coupon(text(80), maybe(80), maybe(20), maybeUri(), maybeUri());
            case 10 -> new Content.Document(media(), maybe(255), maybe(9));
            case 11 -> new Content.ContactCard(text(1_999), some(0, 3, i -> text(20)), List.of(), maybe(99));
            case 12 -> new Content.PaymentRequest(text(9), text(1_999), 1 + upTo(999), "EUR", maybeUri());
            default -> new Content.Reaction(written, Optional.of(text(16)));
        };
    }

    @Test
    void leaves_so_that_messenger_takes_it_or_is_refused_with_the_reason() {
        try (Simulator simulator = Simulator.start()) {
            String page = simulator.messenger().settings().pageId();
            Address ana = new Address(Address.Kind.MESSENGER_PSID, PSID, page);
            MessengerTransport transport = MessengerTransport.builder(
                            page, simulator.messenger().settings()::accessToken)
                    .baseUri(simulator.baseUri())
                    .clock(simulator.clock())
                    .withoutLimits()
                    .http(HttpSettings.builder().waiting(wait -> {}).build())
                    .build();
            Clearing clearing = Clearing.of(simulator.clock(), transport);
            String written = simulator.messenger().person(PSID).writes("Bonjour");
            clearing.hears(ana);
            int taken = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Content content = any(written);
                String where = "seed " + SEED + ", round " + round + ", " + content;

                SendResult result = clearing.send(Message.of(Recipient.of(ana), Purpose.SERVICE, content));

                if (result instanceof SendResult.Refused refused) {
                    Refusal refusal = refused.refusals().get(0);
                    assertThat(refusal.reason()).as(where).isEqualTo(Refusal.Reason.UNSUPPORTED);
                    assertThat(refusal.detail()).as(where).isNotBlank();
                } else {
                    assertThat(result).as(where).isInstanceOf(SendResult.Accepted.class);
                    taken++;
                }
            }
            assertThat(taken).as("taken of " + ROUNDS).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
        }
    }

    @Test
    void no_message_can_bear_a_tag_but_that_of_a_human_agent() {
        try (Simulator simulator = Simulator.start()) {
            String page = simulator.messenger().settings().pageId();
            Address ana = new Address(Address.Kind.MESSENGER_PSID, PSID, page);
            Clearing clearing = Clearing.of(
                    simulator.clock(),
                    MessengerTransport.builder(page, simulator.messenger().settings()::accessToken)
                            .baseUri(simulator.baseUri())
                            .clock(simulator.clock())
                            .build());
            simulator.messenger().person(PSID).writes("Bonjour");
            clearing.hears(ana);
            clearing.agrees(ana);
            for (Duration later : List.of(Duration.ZERO, Duration.ofHours(30))) {
                simulator.advance(later);
                for (Purpose purpose : Purpose.values()) {
                    if (purpose.isInternal()) {
                        continue;
                    }
                    for (Author author : Author.values()) {
                        clearing.send(Message.builder(Recipient.of(ana), purpose, Content.text("Bonjour"))
                                .author(author)
                                .build());
                    }
                }
            }

            assertThat(simulator.messenger().sent())
                    .extracting(MessengerMessage::tag)
                    .isSubsetOf(Set.of(Optional.empty(), Optional.of("HUMAN_AGENT")))
                    .contains(Optional.of("HUMAN_AGENT"));
        }
    }
}
