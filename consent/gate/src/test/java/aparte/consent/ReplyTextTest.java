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
    class WhenItHasEmojiAndSigns {
        @ParameterizedTest
        @ValueSource(ints = {0x231A, 0x231B, 0x23E9, 0x23EA, 0x23EC, 0x1F600, 0x1F6D1, 0x1FAFF})
        void loses_emoji_without_a_gap(int emoji) {
            String text = "a" + Character.toString(emoji) + "b";

            assertThat(ReplyText.normalise(text)).isEqualTo("ab");
            assertThat(ReplyText.clauses(text)).isEqualTo("a\nb");
        }

        @ParameterizedTest
        @ValueSource(ints = {0x2319, 0x231C, 0x23ED, 0x2764, 0x1FB00})
        void is_divided_by_signs_that_are_none(int sign) {
            String text = "a" + Character.toString(sign) + "b";

            assertThat(ReplyText.normalise(text)).isEqualTo("a b");
            assertThat(ReplyText.clauses(text)).isEqualTo("a b");
        }

        @Test
        void takes_a_sign_with_a_selector_for_an_emoji() {
            assertThat(ReplyText.clauses("a\u2764\uFE0Fb")).isEqualTo("a\nb");
            assertThat(ReplyText.clauses("1\uFE0F\u20E3 b")).isEqualTo("b");
            assertThat(ReplyText.clauses("a\u2764")).isEqualTo("a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u200B", "\u2060", "\uFE00", "\uFE0E", "\u20E3"})
        void loses_what_nobody_sees_without_a_gap(String invisible) {
            assertThat(ReplyText.normalise("\u0915" + invisible + "\u0915")).isEqualTo("\u0915\u0915");
        }

        @Test
        void is_divided_by_half_a_character() {
            assertThat(ReplyText.normalise("a\uD83Db")).isEqualTo("a b");
        }

        @Test
        void keeps_sixteen_marks_of_a_letter() {
            assertThat(ReplyText.normalise("\u0915" + "\u0902".repeat(40))).isEqualTo("\u0915" + "\u0902".repeat(16));
        }
    }

    @Nested
    class WhenQuotesAndSignaturesAreTakenAway {
        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r"})
        void takes_a_quote_away_whatever_comes_first(String end) {
            assertThat(ReplyText.withoutQuotesAndSignature(end + "Bonjour" + end + "> STOP"))
                    .isEqualTo("\nBonjour");
        }

        @Test
        void keeps_a_line_that_is_too_long_for_a_signature() {
            String line80 = "Sent from my " + "x".repeat(67);

            assertThat(ReplyText.withoutQuotesAndSignature("stop\n" + line80)).isEqualTo("stop");
            assertThat(ReplyText.withoutQuotesAndSignature("stop\n" + line80 + "x"))
                    .isEqualTo("stop\n" + line80 + "x");
        }

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
