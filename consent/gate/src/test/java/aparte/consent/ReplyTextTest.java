package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTextTest {
    @Nested
    class WhenItIsNormalised {
        @ParameterizedTest
        @CsvSource({
            "SCHLIESSEN, schliessen",
            "schließen, schliessen",
            "SCHLIEẞEN, schliessen",
            "DIŞI, disi",
            "dışı, disi",
        })
        void spells_a_word_the_same_in_capitals_and_without(String text, String normalised) {
            assertThat(ReplyText.normalise(text)).isEqualTo(normalised);
        }

        @ParameterizedTest
        @ValueSource(strings = {"stop_all", "stop@all", "stop`all", "stop[all", "stop{all", "stop/all"})
        void divides_words_by_what_is_no_letter_or_digit(String text) {
            assertThat(ReplyText.normalise(text)).isEqualTo("stop all");
        }
    }

    @Nested
    class WhenQuotesAndSignaturesAreTakenAway {
        @Test
        void takes_a_quote_away_whatever_ends_the_lines() {
            assertThat(ReplyText.withoutQuotesAndSignature("Bonjour\r> STOP")).isEqualTo("Bonjour");
        }

        @Test
        void takes_the_line_away_that_announces_a_quote() {
            assertThat(ReplyText.withoutQuotesAndSignature("Bonjour\nLe 3 mai, Ana a écrit :\n> STOP"))
                    .isEqualTo("Bonjour");
        }

        @Test
        void keeps_a_line_that_announces_what_the_person_wrote() {
            assertThat(ReplyText.withoutQuotesAndSignature("Please:\nstop")).isEqualTo("Please:\nstop");
        }

        @Test
        void keeps_a_last_line_that_announces_nothing() {
            assertThat(ReplyText.withoutQuotesAndSignature("stop\nthanks:")).isEqualTo("stop\nthanks:");
        }

        @Test
        void takes_the_signature_of_a_german_telephone_away() {
            assertThat(ReplyText.withoutQuotesAndSignature("stopp\nVon meinem iPhone gesendet"))
                    .isEqualTo("stopp");
        }

        @Test
        void keeps_a_german_sentence_that_only_begins_like_one() {
            assertThat(ReplyText.withoutQuotesAndSignature("stopp\nvon meinem Vater"))
                    .isEqualTo("stopp\nvon meinem Vater");
        }
    }
}
