package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Preview;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each content through the gate to the simulator, and what the person has on the phone. */
class ViberContentOnTheSimulatorTest {
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 1_700;
    private static final Address ANA = person("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final URI PAGE = URI.create("https://shop.example/offer");
    private static final Media PICTURE = link("https://cdn.example/lamp.jpg");

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));

    @AutoClose
    final Simulator simulator = Simulator.builder().clock(clock).start();

    private final ViberPerson ana = simulator.viber().person(ANA.value());
    private Clearing clearing;

    @BeforeEach
    void open() {
        simulator.viber().webhookTo(URI.create("http://127.0.0.1:9/"));
        ana.subscribes();
        clearing = Clearing.of(
                clock,
                ViberTransport.builder(
                                "pa:1", () -> simulator.viber().settings().authToken(), "Maison Lumen")
                        .baseUri(simulator.baseUri().resolve("/pa"))
                        .withoutLimits()
                        .build());
    }

    private static Address person(String id) {
        return Address.of(Address.Kind.VIBER_USER, id);
    }

    private static Media link(String uri) {
        return Media.link(URI.create(uri));
    }

    private SendResult send(Content content) {
        return clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, content));
    }

    /** What Ana has on the phone after this content. */
    private ViberMessage shown(Content content) {
        assertThat(send(content)).isInstanceOf(SendResult.Accepted.class);
        ViberMessage last = ana.screen().get(ana.screen().size() - 1);
        assertThat(last.status()).isEqualTo(ViberMessage.Status.DELIVERED);
        return last;
    }

    private static ViberButton button() {
        return ViberButton.reply("YES").text("Oui");
    }

    private static Content.Carousel cards(int count) {
        return new Content.Carousel(
                "Nos lampes",
                IntStream.range(0, count)
                        .mapToObj(i -> new Content.Carousel.Card(
                                PICTURE,
                                "Lampe " + i,
                                Optional.of(new Content.LinkButton("Lampe", "Voir " + i, URI.create(PAGE + "/" + i)))))
                        .toList());
    }

    @Nested
    class WhenOnePersonGetsIt {
        @Test
        void has_a_film_with_its_size() {
            ViberMessage film = shown(new ViberContent.Video(
                    link("https://cdn.example/a.mp4"),
                    2_400_000,
                    Optional.of(Duration.ofSeconds(14)),
                    Optional.of(URI.create("https://cdn.example/a.jpg")),
                    Optional.of("Bientôt")));

            assertThat(film.type()).isEqualTo("video");
            assertThat(film.text()).isEqualTo("Bientôt");
            assertThat(film.details())
                    .isEqualTo(Map.of("size", "2400000", "duration", "14", "thumbnail", "https://cdn.example/a.jpg"));
        }

        @Test
        void has_a_file_with_its_name() {
            ViberMessage file = shown(new ViberContent.File(link("https://cdn.example/a.pdf"), 7, "Mode d'emploi.pdf"));

            assertThat(file.details()).isEqualTo(Map.of("size", "7", "file_name", "Mode d'emploi.pdf"));
        }

        @Test
        void has_a_contact_a_place_a_sticker_and_an_address() {
            assertThat(shown(new Content.ContactCard("Ana", List.of("+33 1"), List.of(), Optional.empty()))
                            .details())
                    .isEqualTo(Map.of("contact.name", "Ana", "contact.phone_number", "+331"));
            assertThat(shown(new Content.Location(48.5, -2.25, Optional.empty(), Optional.empty()))
                            .details())
                    .isEqualTo(Map.of("location.lat", "48.5", "location.lon", "-2.25"));
            assertThat(shown(new Content.Sticker(new Media.Stored(new SenderId(ChannelId.VIBER, "pa:1"), "46105")))
                            .details())
                    .isEqualTo(Map.of("sticker_id", "46105"));
            assertThat(shown(new ViberContent.Url(PAGE)).media()).contains(PAGE.toString());
        }

        @Test
        void answers_a_question_by_its_id() {
            shown(new Content.Choices(
                    "Quand ?",
                    List.of(new Content.Choices.Option("am", "Matin"), new Content.Choices.Option("pm", "Soir"))));

            ana.tapsButton("Soir");

            assertThat(ana.keyboard()).containsExactly("am", "pm");
            assertThat(ana.screen().get(1).text()).isEqualTo("pm");
        }

        @Test
        void has_24_answers_in_12_rows() {
            ViberMessage asked = shown(new Content.Choices(
                    "Quand ?",
                    IntStream.range(0, 24)
                            .mapToObj(i -> new Content.Choices.Option("id-" + i, "Choix " + i))
                            .toList()));

            assertThat(asked.keyboard()).hasSize(24).allMatch(each -> each.columns() == 3 && each.rows() == 1);
        }

        @Test
        void opens_a_page_without_its_address_in_the_chat() {
            shown(new Content.LinkButton("Nos lampes", "Voir", PAGE));

            ana.tapsButton("Voir");

            assertThat(ana.keyboard()).containsExactly(PAGE.toString());
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void is_asked_where_they_are() {
            ViberMessage asked = shown(new Content.LocationRequest("Où êtes-vous ?"));

            assertThat(asked.keyboard())
                    .singleElement()
                    .satisfies(each -> assertThat(each.action()).isEqualTo("location-picker"));
            assertThat(asked.minApiVersion()).isEqualTo(3);
        }

        @Test
        void has_6_cards_each_with_picture_words_and_button() {
            ViberMessage cards = shown(cards(6));

            assertThat(cards.cards()).hasSize(6).allSatisfy(card -> {
                assertThat(card.stream().mapToInt(ViberMessage.Button::rows).sum())
                        .isEqualTo(7);
                assertThat(card).anyMatch(each -> each.picture().equals(Optional.of("https://cdn.example/lamp.jpg")));
            });
            assertThat(cards.cards().get(0).get(0).text()).isEqualTo("Nos lampes");
            assertThat(cards.cards().get(5).get(2).body()).isEqualTo(PAGE + "/5");
        }

        @Test
        void has_a_keyboard_alone() {
            ViberMessage keyboard = shown(new ViberContent.KeyboardMessage(ViberKeyboard.of(button())));

            assertThat(keyboard.type()).isEqualTo("keyboard");
            assertThat(ana.keyboard()).containsExactly("YES");
        }

        @Test
        void reads_a_text_where_viber_has_nothing_like_it() {
            ViberMessage text = shown(new Content.PaymentRequest("o-1", "Une lampe", 1_990, "EUR", Optional.of(PAGE)));

            assertThat(text.type()).isEqualTo("text");
            assertThat(text.text()).isEqualTo("Une lampe\n19.90 EUR\n" + PAGE);
        }

        @Test
        void would_read_what_the_preview_shows() {
            Content sound = new Content.Audio(link("https://cdn.example/a.mp3"), true);

            Preview preview = clearing.gate().preview(Message.of(Recipient.of(ANA), Purpose.SERVICE, sound));

            assertThat(preview.shown()).contains(new Content.Text("https://cdn.example/a.mp3", true));
            assertThat(shown(sound).text()).isEqualTo("https://cdn.example/a.mp3");
        }

        @Test
        void gets_nothing_if_their_viber_is_older_and_the_result_says_so() {
            ana.hasApiVersion(6);

            SendResult result = send(cards(2));

            assertThat(result).isInstanceOfSatisfying(SendResult.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
                assertThat(failed.failure().providerCode()).isEqualTo("13");
            });
        }
    }

    @Nested
    class WhenManyGetIt {
        @Test
        void has_cards_for_301_people_in_two_requests() {
            List<Message> messages = IntStream.range(0, 301)
                    .mapToObj(i -> person("%022d==".formatted(i)))
                    .peek(each -> simulator.viber().person(each.value()).subscribes())
                    .map(each -> Message.of(Recipient.of(each), Purpose.NEWS, cards(3)))
                    .toList();

            List<SendResult> results = clearing.sendAll(messages);

            assertThat(results).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(simulator.viber().sent())
                    .hasSize(301)
                    .allMatch(each -> each.cards().size() == 3);
            assertThat(simulator.viber().sent().stream()
                            .filter(ViberMessage::broadcast)
                            .count())
                    .isEqualTo(300);
            assertThat(simulator.requests()).hasSize(2);
        }
    }

    /** Where pages of Viber differ, the choice that works by both. */
    @Nested
    class WherePagesDiffer {
        @Test
        void writes_places_as_numbers_and_stickers_as_integers() {
            shown(new Content.Location(1.5, 2, Optional.empty(), Optional.empty()));
            shown(new Content.Sticker(new Media.Stored(new SenderId(ChannelId.VIBER, "pa:1"), "40100")));

            assertThat(Examples.json(bodyOf(0)).at("/location/lat").isNumber()).isTrue();
            assertThat(Examples.json(bodyOf(1)).at("/sticker_id").isIntegralNumber())
                    .isTrue();
        }

        @Test
        void plans_films_of_26_and_not_of_50_megabytes() {
            assertThat(send(new ViberContent.Video(link("https://cdn.example/a.mp4"), 50L << 20)))
                    .isInstanceOf(SendResult.Refused.class);
            assertThat(send(new ViberContent.Video(link("https://cdn.example/a.mp4"), 26L << 20)))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_version_7_rather_than_2_for_cards() {
            assertThat(shown(cards(1)).minApiVersion()).isEqualTo(7);
        }

        @Test
        void gives_a_button_of_a_keyboard_2_rows_rather_than_7() {
            assertThat(send(new ViberContent.KeyboardMessage(ViberKeyboard.of(button().size(6, 3)))))
                    .isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void counts_cards_rather_than_buttons() {
            assertThat(send(cards(7))).isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void writes_captions_of_768_rather_than_120() {
            assertThat(shown(Content.image(PICTURE, "x".repeat(768))).text()).hasSize(768);
        }

        @Test
        void writes_paddings_from_the_top_to_the_right() {
            shown(new ViberContent.KeyboardMessage(ViberKeyboard.of(button().paddings(1, 2, 3, 4))));

            assertThat(Examples.json(bodyOf(0)).at("/keyboard/Buttons/0/TextPaddings"))
                    .isEqualTo(Examples.json("[1,2,3,4]"));
        }

        @Test
        void tracks_by_far_less_than_4000_characters() {
            assertThat(shown(Content.text("Bonjour")).trackingData().orElseThrow())
                    .hasSizeLessThan(100);
        }

        private String bodyOf(int request) {
            return new String(simulator.requests().get(request).body(), StandardCharsets.UTF_8);
        }
    }

    @Nested
    class WhateverItIs {
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

        private final Random random = new Random(SEED);

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
                case 3 ->
                    keyboard.inputField(ViberKeyboard.InputField.MINIMIZED).defaultHeight();
                case 4 -> keyboard.background("#ffffff");
                default -> keyboard;
            };
        }

        private Content.LinkButton linkButton() {
            return new Content.LinkButton(text(1_000), text(250), any());
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
                () -> new ViberContent.KeyboardMessage(
                        upTo(2) == 0 ? Optional.empty() : Optional.of(Content.text(text(100))), keyboard()),
                () -> new ViberContent.RichMedia(upTo(1) * 5 + 1, 1 + upTo(7), Optional.empty(), keys(4), text(7_000)));

        @Test
        void is_on_the_phone_or_refused_with_a_reason_and_never_an_exception() {
            List<SendResult> accepted = new ArrayList<>();
            int refused = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Content content = kinds.get(round % kinds.size()).get();
                String where = "seed " + SEED + ", round " + round + ", " + content;
                ana.writes("Encore");
                int before = simulator.viber().sent().size();

                SendResult result = send(content);

                if (result instanceof SendResult.Accepted) {
                    accepted.add(result);
                    ViberMessage sent = simulator.viber().sent().get(before);
                    assertThat(sent.failure()).as(where).isEmpty();
                    assertThat(sent.status()).as(where).isEqualTo(ViberMessage.Status.DELIVERED);
                } else {
                    refused++;
                    assertThat(result).as(where).isInstanceOfSatisfying(SendResult.Refused.class, no -> {
                        assertThat(no.refusals().get(0).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
                        assertThat(no.refusals().get(0).detail()).isNotBlank();
                    });
                }
            }
            assertThat(accepted).as("accepted of %s", ROUNDS).hasSizeGreaterThan(ROUNDS / 5);
            assertThat(refused).as("refused of %s", ROUNDS).isGreaterThan(ROUNDS / 5);
        }
    }
}
