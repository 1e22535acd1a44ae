package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyWordsTest {
    private static InputStream lines(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class WhenALanguageIsNamed {
        @ParameterizedTest
        @CsvSource({"iw, he", "he, he", "in, id", "id, id", "nb, no", "nn, no", "fr, fr"})
        void is_found_under_the_code_of_today(String code, String today) {
            assertThat(ReplyWords.today(code)).isEqualTo(today);
        }

        @ParameterizedTest
        @CsvSource({"iw-IL, he", "nb-NO, no", "fr-CA, fr"})
        void is_found_without_its_country(String tag, String language) {
            assertThat(ReplyWords.language(Locale.forLanguageTag(tag))).isEqualTo(language);
        }
    }

    @Nested
    class WhenAListIsRead {
        @Test
        void passes_over_comments_and_empty_lines() {
            assertThat(ReplyWords.read(lines("# words", "", "fr|optOut|STOP||sourced")))
                    .containsOnlyKeys("fr");
        }

        @ParameterizedTest
        @ValueSource(strings = {"fr|optOut|STOP|", "fr|optOut|STOP||sourced|more"})
        void refuses_a_line_that_is_cut_or_too_long(String line) {
            assertThatThrownBy(() -> ReplyWords.read(lines(line)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("without five parts: " + line);
        }

        @Test
        void refuses_a_kind_that_it_does_not_know() {
            assertThatThrownBy(() -> ReplyWords.read(lines("fr|optout|STOP||sourced")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unknown kind: optout");
        }

        @Test
        void says_what_to_do_if_the_list_is_missing() {
            assertThatThrownBy(() -> ReplyWords.read(null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keep it when the jar is repackaged");
        }

        @Test
        void keeps_the_cause_if_it_cannot_be_read() {
            IOException torn = new IOException("torn");

            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw torn;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    throw torn;
                }
            };

            assertThatThrownBy(() -> ReplyWords.read(broken))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(torn);
        }
    }
}
