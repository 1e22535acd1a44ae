package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void a_blank_text_is_refused_by_its_name_alone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.require(" \t", "title"))
                .withMessage("title is blank: give at least one visible character");
    }

    @Test
    void half_a_character_is_refused_without_showing_the_text() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.require(Optional.of("Nadia \uD83C"), "title"))
                .withMessageStartingWith("title has half a character")
                .withMessageNotContaining("Nadia");
    }

    @Test
    void lengths_are_code_points() {
        assertThat(Texts.length(Texts.require("été 🎁", "title"))).isEqualTo(5);
    }

    @Test
    void an_address_is_ascii_with_its_scheme_in_small_letters() {
        assertThat(Texts.address(URI.create("HTTPS://Tea.example/été"))).isEqualTo("https://Tea.example/%C3%A9t%C3%A9");
        assertThat(Texts.address(URI.create("tea"))).isEqualTo("tea");
    }

    @Test
    void a_browser_opens_http_and_https_with_a_host() {
        assertThat(Texts.isWeb(URI.create("HTTP://tea.example"))).isTrue();
        assertThat(Texts.isWeb(URI.create("https://tea.example/a"))).isTrue();
        assertThat(Texts.isWeb(URI.create("tel:+33155000199"))).isFalse();
        assertThat(Texts.isWeb(URI.create("https:/tea"))).isFalse();
        assertThat(Texts.isWeb(URI.create("tea"))).isFalse();
    }
}
