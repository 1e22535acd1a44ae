package aparte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
    private static final Media PICTURE = Media.link(URI.create("https://example.org/a.png"));
    private static final URI PAGE = URI.create("https://example.org/");

    /** Every place where a text goes: its name in messages, and how to fill it. */
    static Stream<Arguments> texts() {
        return Stream.of(
                text("text", Content::text),
                text("caption", text -> Content.image(PICTURE, text)),
                text("caption", text -> new Content.Video(PICTURE, Optional.of(text))),
                text("caption", text -> new Content.Document(PICTURE, Optional.empty(), Optional.of(text))),
                text("file name", text -> new Content.Document(PICTURE, Optional.of(text), Optional.empty())),
                text("location name", text -> new Content.Location(0, 0, Optional.of(text), Optional.empty())),
                text("location address", text -> new Content.Location(0, 0, Optional.empty(), Optional.of(text))),
                text("text", Content.LocationRequest::new),
                text("contact name", text -> card(text, "1", "e", "o")),
                text("contact phone", text -> card("n", text, "e", "o")),
                text("contact email", text -> card("n", "1", text, "o")),
                text("contact organisation", text -> card("n", "1", "e", text)),
                text("emoji", text -> new Content.Reaction("p-1", Optional.of(text))),
                text("text", text -> new Content.Choices(text, options(1))),
                text("footer", text -> new Content.Choices("q", options(1), Optional.empty(), Optional.of(text))),
                text("option id", text -> new Content.Choices("q", List.of(new Content.Choices.Option(text, "t")))),
                text("option title", text -> new Content.Choices("q", List.of(new Content.Choices.Option("1", text)))),
                text(
                        "option description",
                        text -> new Content.Choices(
                                "q", List.of(new Content.Choices.Option("1", "t", Optional.of(text))))),
                text("text", text -> new Content.LinkButton(text, "open", PAGE)),
                text("label", text -> new Content.LinkButton("text", text, PAGE)),
                text("text", text -> new Content.Carousel(text, cards(1))),
                text(
                        "card text",
                        text -> new Content.Carousel(
                                "c", List.of(new Content.Carousel.Card(PICTURE, text, Optional.empty())))),
                text("template name", text -> new Content.Template(text, Locale.FRENCH, Map.of())),
                text("template parameter name", text -> new Content.Template("t", Locale.FRENCH, Map.of(text, "v"))),
                text("template parameter", text -> new Content.Template("t", Locale.FRENCH, Map.of("1", text))),
                text("payment reference", text -> payment(text, "d", 1, "EUR")),
                text("payment description", text -> payment("r", text, 1, "EUR")),
                text("native JSON", text -> new Content.Native(ChannelId.VIBER, "rich", text)));
    }

    private static Arguments text(String name, Function<String, Content> of) {
        return arguments(name, of);
    }

    private static Content card(String name, String phone, String email, String organisation) {
        return new Content.ContactCard(name, List.of(phone), List.of(email), Optional.of(organisation));
    }

    private static Content payment(String reference, String description, long amount, String currency) {
        return new Content.PaymentRequest(reference, description, amount, currency, Optional.empty());
    }

    private static List<Content.Choices.Option> options(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Content.Choices.Option("id-" + i, "title"))
                .toList();
    }

    private static List<Content.Carousel.Card> cards(int count) {
        return Collections.nCopies(count, new Content.Carousel.Card(PICTURE, "card", Optional.empty()));
    }

    @Nested
    class WhenATextIsMalformed {
        @ParameterizedTest
        @MethodSource("aparte.ContentTest#texts")
        void refuses_a_blank_one_and_names_it(String name, Function<String, Content> content) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> content.apply(" \u2003"))
                    .withMessage(name + " is blank: give at least one visible character");
        }

        @ParameterizedTest
        @MethodSource("aparte.ContentTest#texts")
        void refuses_half_a_character_at_the_end(String name, Function<String, Content> content) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> content.apply("ab\uD83D"))
                    .withMessageStartingWith(name + " has half a character at UTF-16 index 2");
        }

        @ParameterizedTest
        @MethodSource("aparte.ContentTest#texts")
        void refuses_half_a_character_at_the_start(String name, Function<String, Content> content) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> content.apply("\uDE00\uD83D"))
                    .withMessageStartingWith(name + " has half a character at UTF-16 index 0");
        }

        @ParameterizedTest
        @MethodSource("aparte.ContentTest#texts")
        void takes_a_whole_one(String name, Function<String, Content> content) {
            assertThat(content.apply("\uD83D\uDE00")).as(name).isEqualTo(content.apply("\uD83D\uDE00"));
        }
    }

    @Nested
    class WhenItCounts {
        @ParameterizedTest
        @ValueSource(ints = {1, 100})
        void takes_1_to_100_options(int count) {
            assertThat(new Content.Choices("q", options(count)).options()).hasSize(count);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 101})
        void refuses_another_number_of_options(int count) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.Choices("q", options(count)))
                    .withMessage("options must number 1 to 100, but are " + count);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 100})
        void takes_1_to_100_cards(int count) {
            assertThat(new Content.Carousel("c", cards(count)).cards()).hasSize(count);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 101})
        void refuses_another_number_of_cards(int count) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.Carousel("c", cards(count)))
                    .withMessage("cards must number 1 to 100, but are " + count);
        }

        @Test
        void refuses_two_options_of_one_id() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.Choices(
                            "q",
                            List.of(new Content.Choices.Option("1", "yes"), new Content.Choices.Option("1", "no"))))
                    .withMessage("options must have distinct ids");
        }
    }

    @Nested
    class WhenItIsAPlace {
        @Test
        void takes_the_ends_of_the_earth() {
            assertThat(new Content.Location(-90, 180, Optional.empty(), Optional.empty()).latitude())
                    .isEqualTo(-90);
        }

        static Stream<Arguments> nowhere() {
            return Stream.of(
                    arguments(90.1, 0.0), arguments(-90.1, 0.0), arguments(0.0, 180.1), arguments(Double.NaN, 0.0));
        }

        @ParameterizedTest
        @MethodSource("nowhere")
        void refuses_a_place_that_is_not_on_earth(double latitude, double longitude) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.Location(latitude, longitude, Optional.empty(), Optional.empty()));
        }
    }

    @Nested
    class WhenItIsARequestToPay {
        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void refuses_no_amount(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> payment("r", "d", amount, "EUR"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "EU", "EURO", "eur", "€€€"})
        void refuses_a_malformed_currency(String currency) {
            assertThatIllegalArgumentException().isThrownBy(() -> payment("r", "d", 1, currency));
        }
    }

    @Nested
    class WhenItHasOtherParts {
        @Test
        void shows_no_link_preview_by_default() {
            assertThat(Content.text("see https://example.org").linkPreview()).isFalse();
        }

        @Test
        void has_no_caption_unless_given() {
            assertThat(Content.image(PICTURE).caption()).isEmpty();
        }

        @Test
        void refuses_a_button_to_a_relative_page() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.LinkButton("text", "open", URI.create("/a")));
        }

        @Test
        void refuses_a_reaction_to_a_malformed_id() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Content.Reaction("a b", Optional.empty()));
        }

        @Test
        void refuses_signs_about_a_malformed_id() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Content.ReadMark(""));
            assertThatIllegalArgumentException().isThrownBy(() -> new Content.Typing("a b"));
        }

        @Test
        void takes_a_reaction_back() {
            assertThat(new Content.Reaction("p-1", Optional.empty()).emoji()).isEmpty();
        }

        @Test
        void refuses_native_content_of_a_malformed_type() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Content.Native(ChannelId.VIBER, "rich media", "{}"));
        }
    }

    @Nested
    class WhenItHasMedia {
        private final byte[] bytes = "GIF".getBytes(StandardCharsets.US_ASCII);

        @Test
        void copies_the_bytes_it_is_given() {
            Media.Bytes media = Media.bytes(bytes, "image/gif");

            bytes[0] = 0;

            assertThat(media.bytes()).startsWith('G');
        }

        @Test
        void hands_out_a_copy_of_the_bytes() {
            Media.Bytes media = Media.bytes(bytes, "image/gif");

            media.bytes()[0] = 0;

            assertThat(media.bytes()).startsWith('G');
        }

        @Test
        void equals_by_bytes_and_type() {
            assertThat(Media.bytes(bytes, "image/gif"))
                    .isEqualTo(Media.bytes(bytes, "image/gif"))
                    .hasSameHashCodeAs(Media.bytes(bytes, "image/gif"))
                    .isNotEqualTo(Media.bytes(bytes, "image/png"))
                    .isNotEqualTo(Media.bytes(new byte[] {1}, "image/gif"));
        }

        @Test
        void refuses_no_bytes() {
            assertThatIllegalArgumentException().isThrownBy(() -> Media.bytes(new byte[0], "image/gif"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "gif", "/gif", "image gif", "image/gïf"})
        void refuses_a_malformed_type(String type) {
            assertThatIllegalArgumentException().isThrownBy(() -> Media.bytes(bytes, type));
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://example.org/a", "HTTP://example.org/a"})
        void takes_a_public_address(String uri) {
            assertThat(Media.link(URI.create(uri)).uri()).isEqualTo(URI.create(uri));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a.png", "ftp://example.org/a", "file:///a.png", "data:image/png,x", "https:a"})
        void refuses_an_address_that_a_provider_cannot_fetch(String uri) {
            assertThatIllegalArgumentException().isThrownBy(() -> Media.link(URI.create(uri)));
        }

        @Test
        void refuses_a_handle_with_a_malformed_id() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Media.Stored(Ledger.SHOP, "a b"));
        }

        @Test
        void knows_of_a_handle_no_more_than_the_id() {
            assertThat(new Media.Stored(Ledger.SHOP, "7"))
                    .isEqualTo(new Media.Stored(Ledger.SHOP, "7", Optional.empty(), Optional.empty()));
        }
    }
}
