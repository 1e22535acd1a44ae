package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Choices.Option;
import aparte.Conversation;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SenderId;
import aparte.consent.Draft;
import aparte.consent.Plan;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.Flow;
import aparte.whatsapp.WhatsAppContent.FlowMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppContent.LinkMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import aparte.whatsapp.WhatsAppContent.ProductListMessage;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a host writes: a request that the schema takes, or a refusal that says why; never an exception. */
class WhatsAppPlanPropertyTest {
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 3_200;
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
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
        "\r\n",
        " ",
        "\u05d0",
        "\ud83d\udc69\u200d\ud83d\ude80",
        "{{1}}",
        "'",
        "</script>",
        "\udbff\udfff"
    };

    private final Random random = new Random(SEED);
    private final List<WhatsAppTransport> transports = List.of(
            WhatsAppTransport.builder(Sample.NUMBER, () -> "t").build(),
            WhatsAppTransport.builder(Sample.NUMBER, () -> "t")
                    .payments(WhatsAppPayments.brazil())
                    .build(),
            WhatsAppTransport.builder(Sample.NUMBER, () -> "t")
                    .payments(WhatsAppPayments.india(new WhatsAppInvoice.Payment.Gateway("upi", "shop")))
                    .listLabel("x".repeat(21))
                    .build());

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** Around a limit, far below or far above. */
    private String text(int limit) {
        int wanted = switch (upTo(9)) {
            case 0 -> limit;
            case 1 -> limit + 1;
            case 2 -> limit * 3;
            default -> 1 + upTo(Math.min(limit, 40));
        };
        StringBuilder text = new StringBuilder("x");
        int length = 1;
        while (length < wanted) {
            String next = random.nextInt(4) == 0
                    ? ODD[random.nextInt(ODD.length)]
                    : Character.toString(' ' + random.nextInt(0x7F - ' '));
            int more = next.codePointCount(0, next.length());
            if (length + more <= wanted) {
                text.append(next);
                length += more;
            }
        }
        return text.toString();
    }

    private Optional<String> maybe(int limit) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(text(limit));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> some(int most, IntFunction<T> each) {
        return IntStream.range(0, upTo(most)).mapToObj(each).toList();
    }

    private <T> List<T> several(int most, IntFunction<T> each) {
        return IntStream.rangeClosed(0, upTo(most - 1)).mapToObj(each).toList();
    }

    private Media media() {
        return switch (upTo(5)) {
            case 0 ->
                new Media.Stored(new SenderId(ChannelId.WHATSAPP, random.nextInt(9) == 0 ? "9" : Sample.NUMBER), "1");
            case 1 -> Sample.FILM;
            case 2 -> Media.link(URI.create("https://a.example/b.pdf"));
            case 3 -> {
                byte[] bytes = new byte[1 + upTo(60)];
                random.nextBytes(bytes);
                yield Media.bytes(bytes, "image/png");
            }
            case 4 -> Media.bytes("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "a/b");
            default -> Sample.PICTURE;
        };
    }

    private Optional<Header> header() {
        return switch (upTo(4)) {
            case 0 -> Optional.of(new Header.Title(text(60)));
            case 1 -> Optional.of(new Header.Picture(media()));
            case 2 -> Optional.of(new Header.Film(media()));
            case 3 -> Optional.of(new Header.File(media(), maybe(240)));
            default -> Optional.empty();
        };
    }

    private Option option(int number) {
        return new Option(
                random.nextInt(9) == 0 ? text(200) : number + text(9),
                text(20),
                random.nextInt(3) == 0 ? maybe(72) : Optional.empty());
    }

    private List<Option> options(int most) {
        List<Option> options = new ArrayList<>();
        for (Option option : several(most, this::option)) {
            if (options.stream().noneMatch(before -> before.id().equals(option.id()))) {
                options.add(option);
            }
        }
        return options;
    }

    private URI uri() {
        return switch (upTo(4)) {
            case 0 -> URI.create("mailto:a@example.org");
            case 1 -> URI.create("HTTP://example.org/\u00e9?q=%20");
            case 2 -> URI.create("https:opaque");
            default -> Sample.SHOP;
        };
    }

    private Content.Carousel.Card card(int number) {
        return new Content.Carousel.Card(
                random.nextInt(3) == 0 ? media() : Sample.PICTURE,
                text(160),
                random.nextInt(9) == 0
                        ? Optional.empty()
                        : Optional.of(new Content.LinkButton("b" + number, text(20), uri())));
    }

    private WhatsAppInvoice order() {
        WhatsAppInvoice.Builder order = WhatsAppInvoice.builder(
                        random.nextInt(3) == 0 ? text(60) : "o-" + upTo(99),
                        random.nextBoolean() ? "BRL" : "INR",
                        text(1_024))
                .tax(1 + upTo(1_000));
        some(4, i -> new WhatsAppInvoice.Item("P" + i, text(60), upTo(1_000_000), 1 + upTo(9)))
                .forEach(order::item);
        if (random.nextBoolean()) {
            order.payment(new WhatsAppInvoice.Payment.Link(uri()));
        }
        if (random.nextInt(3) == 0) {
            order.expiry(new WhatsAppInvoice.Expiry(NOW.plusSeconds(upTo(600)), text(120)));
        }
        header().ifPresent(order::header);
        return order.build();
    }

    private WhatsAppContacts.Card contact(int number) {
        WhatsAppContacts.Card.Builder card = WhatsAppContacts.Card.builder(
                new WhatsAppContacts.Name(text(40), maybe(9), maybe(9), maybe(9), maybe(9), maybe(9)));
        some(3, i -> new WhatsAppContacts.Phone(text(20), maybe(9), maybe(9))).forEach(card::phone);
        some(3, i -> new WhatsAppContacts.Email(text(20) + number, maybe(9))).forEach(card::email);
        some(
                        2,
                        i -> new WhatsAppContacts.PostalAddress(
                                maybe(9), maybe(9), maybe(9), maybe(9), maybe(9), maybe(9), maybe(9)))
                .forEach(card::address);
        return card.build();
    }

    private WhatsAppContent.AddressRequest addressRequest() {
        Map<WhatsAppContent.AddressRequest.Field, String> fields =
                new EnumMap<>(WhatsAppContent.AddressRequest.Field.class);
        some(5, i -> any(WhatsAppContent.AddressRequest.Field.values())).forEach(field -> fields.put(field, text(9)));
        return new WhatsAppContent.AddressRequest(text(1_024), fields, Map.of("a", fields), fields, maybe(60));
    }

    private Flow flow() {
        Flow flow =
                random.nextBoolean() ? Flow.ofId(text(9)) : Flow.ofName(text(9)).token(text(20));
        return switch (upTo(3)) {
            case 0 -> flow.exchangingData();
            case 1 ->
                flow.openingAt(new Flow.Screen(
                        text(9), random.nextBoolean() ? Optional.of("{\"a\":[" + upTo(9) + "]}") : maybe(20)));
            default -> flow;
        };
    }

    private final List<Supplier<Content>> kinds = List.of(
            () -> new Content.Text(text(4_096), random.nextBoolean()),
            () -> new Content.Image(media(), maybe(1_024)),
            () -> new Content.Video(media(), maybe(1_024)),
            () -> new Content.Audio(media(), random.nextBoolean()),
            () -> new Content.Document(media(), maybe(240), maybe(1_024)),
            () -> new Content.Sticker(media()),
            () -> new Content.Location(random.nextDouble() * 180 - 90, random.nextGaussian(), maybe(100), maybe(100)),
            () -> new Content.LocationRequest(text(1_024)),
            () -> new Content.ContactCard(text(60), some(3, i -> text(20)), some(3, i -> text(20)), maybe(20)),
            () -> new Content.Reaction("w", maybe(16)),
            () -> new Content.ReadMark("w"),
            () -> new Content.Typing("w"),
            () -> new Content.Choices(
                    text(1_024),
                    options(random.nextInt(4) == 0 ? 12 : 3),
                    random.nextInt(3) == 0 ? Optional.of(media()) : Optional.empty(),
                    maybe(60)),
            () -> new Content.LinkButton(text(1_024), text(20), uri().isAbsolute() ? uri() : Sample.SHOP),
            () -> new Content.Carousel(text(1_024), several(11, this::card)),
            () -> new Content.PaymentRequest(
                    random.nextBoolean() ? "p-1" : text(60),
                    text(60),
                    1 + upTo(9_999),
                    random.nextBoolean() ? "BRL" : "INR",
                    random.nextBoolean() ? Optional.of(uri()) : Optional.empty()),
            () -> new ButtonMessage(
                    text(1_024), some(4, i -> new ButtonMessage.Button(i + text(250), text(20))), header(), maybe(60)),
            () -> new ListMessage(
                    text(4_096),
                    text(20),
                    some(3, i -> new ListMessage.Section(maybe(24), options(4))),
                    maybe(60),
                    maybe(60)),
            () -> new LinkMessage(text(1_024), text(20), uri(), header(), maybe(60)),
            () -> new FlowMessage(text(1_024), text(30), flow(), header(), maybe(60)),
            () -> new WhatsAppContent.ProductMessage(text(9), text(9), maybe(1_024), maybe(60)),
            () -> new ProductListMessage(
                    text(60),
                    text(1_024),
                    text(9),
                    some(3, i -> new ProductListMessage.ProductSection(maybe(24), some(12, j -> text(9)))),
                    maybe(60)),
            () -> new WhatsAppContent.CatalogueMessage(text(1_024), maybe(9), maybe(60)),
            () -> new WhatsAppContent.ProductCarousel(text(1_024), text(9), some(11, i -> text(9))),
            this::order,
            () -> new WhatsAppContent.OrderUpdate(
                    random.nextBoolean() ? "o-1" : text(60),
                    text(1_024),
                    any(WhatsAppContent.OrderUpdate.State.values()),
                    maybe(120),
                    Optional.empty(),
                    maybe(60)),
            () -> new WhatsAppContent.ContactInfoRequest(text(1_024)),
            () -> new WhatsAppContent.CallPermissionRequest(maybe(1_024)),
            this::addressRequest,
            () -> new WhatsAppContent.Pin("w", random.nextBoolean() ? Optional.empty() : Optional.of(upTo(40) - 2)),
            () -> new WhatsAppContacts(some(4, this::contact)),
            () -> new Content.Native(
                    ChannelId.WHATSAPP,
                    random.nextBoolean() ? "hologram" : "text",
                    random.nextBoolean() ? text(40) : "{\"body\":\"x\"}"));

    private Address to() {
        return switch (upTo(3)) {
            case 0 -> Address.of(Address.Kind.WHATSAPP_USER, "IN." + upTo(1_000_000));
            case 1 -> Address.phone("+91" + (1_000_000_000L + upTo(1_000_000)));
            case 2 -> Address.of(Address.Kind.WHATSAPP_USER, "FR.ENT." + upTo(1_000_000));
            default -> Address.phone("+" + (1_000_000L + upTo(1_000_000_000)));
        };
    }

    @Test
    void plans_what_the_schema_takes_or_says_why_not() throws IOException {
        int carried = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Content content = kinds.get(round % kinds.size()).get();
            Message.Builder message = Message.builder(Recipient.of(to()), Purpose.SERVICE, content);
            if (random.nextInt(5) == 0) {
                message.replyTo("wamid.IN1");
            }
            Message made = message.build();

            Plan plan = transports
                    .get(random.nextInt(transports.size()))
                    .plan(new Draft(made, Purpose.SERVICE, Conversation.none(), NOW));

            String where = "seed " + SEED + ", round " + round + ", " + content;
            if (plan instanceof Plan.Carry carry) {
                carried++;
                assertThat(flaws(carry, made)).as(where).isEmpty();
            } else {
                refused++;
                assertThat(plan).as(where).isInstanceOfSatisfying(Plan.Cannot.class, cannot -> {
                    assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
                    assertThat(cannot.because().detail()).isNotBlank();
                });
            }
        }
        assertThat(carried).as("carried of %s", ROUNDS).isGreaterThan(ROUNDS / 4);
        assertThat(refused).as("refused of %s", ROUNDS).isGreaterThan(ROUNDS / 4);
    }

    private static Set<ValidationMessage> flaws(Plan.Carry carry, Message message) throws IOException {
        WireMedia media = new WireMedia();
        for (Media each : MediaRules.in(carry.shown())) {
            media.uploaded(each, "M1");
        }
        byte[] request = WireMessage.json(carry.to(), message.replyTo(), carry.shown(), "m-1#1", media, null);
        return Examples.flaws("messages-request", new String(request, StandardCharsets.UTF_8));
    }
}
