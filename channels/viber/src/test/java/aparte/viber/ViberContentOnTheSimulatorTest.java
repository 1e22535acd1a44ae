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
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Preview;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each content through the gate to the simulator, and what the person has on the phone. */
class ViberContentOnTheSimulatorTest {
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
        void pays_on_the_page_behind_a_button_that_says_the_sum() {
            ViberMessage text = shown(new Content.PaymentRequest("o-1", "Une lampe", 1_990, "EUR", Optional.of(PAGE)));

            assertThat(text.type()).isEqualTo("text");
            assertThat(text.text()).isEqualTo("Une lampe\n19.90 EUR");
            assertThat(text.keyboard()).singleElement().satisfies(key -> {
                assertThat(key.text()).isEqualTo("\ud83d\udcb3 19.90 EUR");
                assertThat(key.body()).isEqualTo(PAGE.toString());
                assertThat(key.silent()).isTrue();
            });
        }

        @Test
        void has_a_picture_with_a_smaller_one_before_it() {
            ViberMessage picture = shown(new ViberContent.Picture(
                    PICTURE, Optional.of("La lampe"), Optional.of(URI.create("https://cdn.example/small.jpg"))));

            assertThat(picture.type()).isEqualTo("picture");
            assertThat(picture.text()).isEqualTo("La lampe");
            assertThat(picture.details()).isEqualTo(Map.of("thumbnail", "https://cdn.example/small.jpg"));
        }

        @Test
        void saves_a_keyboard_and_cards_among_favourites() {
            ViberFavorite favorite = ViberFavorite.gif(PAGE).title("Lampe");

            assertThat(shown(new ViberContent.KeyboardMessage(
                                    ViberKeyboard.of(button()).favorite(favorite)))
                            .minApiVersion())
                    .isEqualTo(6);
            assertThat(shown(new ViberContent.RichMedia(
                                    6, 1, Optional.empty(), List.of(button()), "Oui", Optional.of(favorite)))
                            .cards())
                    .hasSize(1);
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
}
