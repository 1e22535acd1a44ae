package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class TextResourceTest {
    @Test
    void gives_the_lines_without_blank_ones_and_comments() {
        assertThat(TextResource.lines("jurisdictions.txt"))
                .isNotEmpty()
                .noneMatch(String::isBlank)
                .noneMatch(line -> line.startsWith("#"))
                .anyMatch(line -> line.startsWith("FR|"));
    }

    @Test
    void says_what_to_do_if_the_jar_was_repackaged_without_it() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TextResource.lines("gone.txt"))
                .withMessageContaining("gone.txt is missing")
                .withMessageContaining("keep it when the jar is repackaged");
    }
}
