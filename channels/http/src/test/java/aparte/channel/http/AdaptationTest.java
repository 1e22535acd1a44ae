package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person reads where their app has no buttons, cards or maps. */
class AdaptationTest {
    private static final URI PAGE = URI.create("https://shop.example/offer");
    private static final Media PICTURE = Media.link(URI.create("https://shop.example/lamp.jpg"));

    private static String shown(Content content) {
        return Adaptation.text(content).orElseThrow().body();
    }

    @Test
    void numbers_the_answers_of_a_question() {
        Content.Choices question = new Content.Choices(
                "When?",
                List.of(
                        new Content.Choices.Option("am", "Morning"),
                        new Content.Choices.Option("pm", "Afternoon", Optional.of("after two"))),
                Optional.of(PICTURE),
                Optional.of("Free of charge"));

        assertThat(shown(question)).isEqualTo("""
                        https://shop.example/lamp.jpg
                        When?
                        1. Morning
                        2. Afternoon (after two)
                        Free of charge""");
    }

    @Test
    void writes_a_button_as_its_label_and_its_link() {
        Content.Text text = Adaptation.text(new Content.LinkButton("Our lamps", "Look", PAGE))
                .orElseThrow();

        assertThat(text.body()).isEqualTo("Our lamps\nLook: https://shop.example/offer");
        assertThat(text.linkPreview()).isTrue();
    }

    @Test
    void writes_cards_one_below_the_other() {
        Content.Carousel cards = new Content.Carousel(
                "Two lamps",
                List.of(
                        new Content.Carousel.Card(
                                PICTURE, "Red", Optional.of(new Content.LinkButton("Red", "Buy", PAGE))),
                        new Content.Carousel.Card(PICTURE, "Blue", Optional.empty())));

        assertThat(shown(cards)).isEqualTo("Two lamps\n\nRed\nBuy: https://shop.example/offer\n\nBlue");
    }

    @Test
    void links_a_place_to_a_map_in_every_language_of_the_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(shown(new Content.Location(48.8566, -0.00000012, Optional.of("Shop"), Optional.empty())))
                    .isEqualTo("Shop\nhttps://maps.google.com/?q=48.856600,-0.000000");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writes_a_contact_as_lines() {
        assertThat(shown(new Content.ContactCard(
                        "Ana", List.of("+33 1 23"), List.of("ana@shop.example"), Optional.of("Shop"))))
                .isEqualTo("Ana\nShop\n+33 1 23\nana@shop.example");
    }

    @Test
    void writes_an_amount_as_its_currency_counts_it() {
        assertThat(shown(new Content.PaymentRequest("o-1", "A lamp", 1_990, "EUR", Optional.of(PAGE))))
                .isEqualTo("A lamp\n19.90 EUR\nhttps://shop.example/offer");
        assertThat(shown(new Content.PaymentRequest("o-1", "A lamp", 1_990, "JPY", Optional.of(PAGE))))
                .contains("1990 JPY");
    }

    @Test
    void links_to_media_that_anybody_can_fetch() {
        assertThat(shown(new Content.Document(PICTURE, Optional.of("lamp.pdf"), Optional.of("The manual"))))
                .isEqualTo("The manual\nlamp.pdf: https://shop.example/lamp.jpg");
        assertThat(shown(new Content.Audio(PICTURE, true))).isEqualTo("https://shop.example/lamp.jpg");
    }

    @Test
    void has_no_words_for_what_cannot_be_said() {
        Media held = Media.bytes(new byte[] {1}, "image/png");
        Media stored = new Media.Stored(new SenderId(ChannelId.VIBER, "bot"), "1");

        assertThat(Adaptation.text(Content.image(held, "caption"))).isEmpty();
        assertThat(Adaptation.text(new Content.Sticker(stored))).isEmpty();
        assertThat(Adaptation.text(new Content.Reaction("m-1", Optional.of("👍"))))
                .isEmpty();
        assertThat(Adaptation.text(new Content.PaymentRequest("o-1", "A lamp", 1, "EUR", Optional.empty())))
                .isEmpty();
        assertThat(Adaptation.text(new Content.Template("t", Locale.FRENCH, Map.of())))
                .isEmpty();
    }
}
