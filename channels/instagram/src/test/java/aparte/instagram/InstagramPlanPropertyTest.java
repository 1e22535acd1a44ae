package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;

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
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.instagram.InstagramContent.Cards;
import aparte.instagram.InstagramContent.QuickReplies;
import aparte.simulator.Simulator;
import aparte.testkit.Clearing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a host writes: a request that Instagram takes, or a refusal that says why; never an exception. */
class InstagramPlanPropertyTest {
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 600;
    private static final String IGSID = "8000000000000001";
    private static final String[] ODD = {
        "\ud83d\udce6", "\u202e", "\u200d", "\u0301", "\ufeff", "\u0000", "\u2028", "\"", "\\", "\n", " ", "\u05d0", "'"
    };

    private final Random random = new Random(SEED);

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** Around a limit, or far below; for a limit of bytes some are below it in code points alone. */
    private String text(int limit) {
        int wanted = switch (upTo(11)) {
            case 0 -> limit;
            case 1 -> limit + 1;
            default -> 1 + upTo(Math.min(limit, 30) - 1);
        };
        boolean plain = random.nextBoolean();
        StringBuilder text = new StringBuilder("x");
        while (text.codePointCount(0, text.length()) < wanted) {
            text.append(
                    plain || random.nextInt(4) > 0
                            ? Character.toString(' ' + random.nextInt(0x7F - ' '))
                            : ODD[random.nextInt(ODD.length)]);
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
                ? new Media.Stored(new SenderId(ChannelId.INSTAGRAM, "9"), "1")
                : Media.link(URI.create("https://a.example/b"));
    }

    private Button button() {
        return random.nextBoolean() ? new Button.Link(text(20), uri()) : new Button.Postback(text(20), text(1_000));
    }

    private Content any(String written) {
        return switch (upTo(13)) {
            case 0 -> Content.text(text(1_000));
            case 1 ->
                new Choices(
                        text(900),
                        some(1, 15, i -> new Choices.Option(i + text(998), text(20), maybe(9))),
                        random.nextInt(3) == 0 ? Optional.of(media()) : Optional.empty(),
                        maybe(80));
            case 2 -> new Content.LinkButton(text(640), text(20), uri());
            case 3 ->
                new Carousel(
                        text(80),
                        some(
                                1,
                                12,
                                i -> new Carousel.Card(
                                        media(),
                                        text(80),
                                        random.nextBoolean()
                                                ? Optional.empty()
                                                : Optional.of(new Content.LinkButton("x", text(20), uri())))));
            case 4 -> new QuickReplies(text(1_000), some(0, 20, i -> new QuickReplies.Reply(text(1_000), text(20))));
            case 5 -> new Buttons(text(640), some(0, 4, i -> button()));
            case 6 ->
                new Cards(some(
                        0,
                        14,
                        i -> new Cards.Card(text(80), maybe(80), maybeUri(), maybeUri(), some(0, 3, j -> button()))));
            case 7 -> new InstagramContent.Images(some(0, 11, i -> media()));
            case 8 -> new InstagramContent.Products(some(0, 11, i -> text(20)));
            case 9 -> new InstagramContent.PostShare(random.nextBoolean() ? "18000000000000001" : text(9));
            case 10 -> new Content.Document(media(), maybe(255), maybe(9));
            case 11 -> new Content.ContactCard(text(900), some(0, 3, i -> text(20)), List.of(), maybe(99));
            case 12 -> new Content.Reaction(written, Optional.of(random.nextBoolean() ? "\u2764" : text(4)));
            default -> new InstagramContent.Heart();
        };
    }

    private static Address comment(Simulator simulator) {
        return InstagramAddresses.comment(
                simulator.instagram().settings().accountId(),
                simulator.instagram().person(IGSID).comments("Il en reste ?"));
    }

    @Test
    void leaves_so_that_instagram_takes_it_or_is_refused_with_the_reason() {
        try (Simulator simulator = Simulator.start()) {
            String account = simulator.instagram().settings().accountId();
            Address zoe = new Address(Address.Kind.INSTAGRAM_IGSID, IGSID, account);
            Clearing clearing = Clearing.of(
                    simulator.clock(),
                    InstagramTransport.builder(account, simulator.instagram().settings()::accessToken)
                            .throughPage(simulator.instagram().settings().pageId())
                            .baseUri(simulator.baseUri())
                            .clock(simulator.clock())
                            .withoutLimits()
                            .http(HttpSettings.builder().waiting(wait -> {}).build())
                            .build());
            String written = simulator.instagram().person(IGSID).writes("Bonjour");
            clearing.hears(zoe);
            int taken = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Content content = any(written);
                Address to = random.nextInt(8) > 0 || content instanceof Content.Reaction ? zoe : comment(simulator);
                clearing.hears(to);
                String where = "seed " + SEED + ", round " + round + ", " + content;

                SendResult result = clearing.send(Message.of(Recipient.of(to), Purpose.SERVICE, content));

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
}
