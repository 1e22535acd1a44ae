package aparte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, and the key that travels. */
class IdsTest {
    @Nested
    class WhenItIsAMessageId {
        @Test
        void takes_64_characters() {
            assertThat(MessageId.of("x".repeat(64))).hasToString("x".repeat(64));
        }

        @Test
        void refuses_a_longer_one() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MessageId.of("x".repeat(65)))
                    .withMessage("message id must have 1 to 64 characters, but has 65");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "a\tb", "é", "\uD83D\uDE00", "\u007F"})
        void refuses_what_is_not_visible_ascii(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of(value));
        }

        @Test
        void refuses_the_sign_that_separates_the_attempt() {
            assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of("a#1"));
        }

        @Test
        void is_new_if_random() {
            assertThat(MessageId.random()).isNotEqualTo(MessageId.random());
        }
    }

    @Nested
    class WhenItIsAnEntryId {
        @Test
        void takes_200_characters() {
            assertThat(EntryId.of("#".repeat(200)).value()).hasSize(200);
        }

        @Test
        void refuses_a_longer_one() {
            assertThatIllegalArgumentException().isThrownBy(() -> EntryId.of("x".repeat(201)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "é"})
        void refuses_what_is_not_visible_ascii(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> EntryId.of(value));
        }

        @Test
        void is_new_if_random() {
            assertThat(EntryId.random()).isNotEqualTo(EntryId.random());
        }
    }

    @Nested
    class WhenItIsASender {
        @Test
        void shows_channel_and_value() {
            assertThat(new SenderId(ChannelId.VIBER, "bot")).hasToString("viber:bot");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "é"})
        void refuses_what_is_not_visible_ascii(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SenderId(ChannelId.VIBER, value));
        }

        @Test
        void refuses_more_than_128_characters() {
            assertThatIllegalArgumentException().isThrownBy(() -> new SenderId(ChannelId.VIBER, "x".repeat(129)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "9gag", "WhatsApp", "face book", "-x", "abcdefghijklmnopqrstuvwxyz0123456"})
        void refuses_a_malformed_channel(String name) {
            assertThatIllegalArgumentException().isThrownBy(() -> ChannelId.of(name));
        }

        @Test
        void takes_a_channel_of_a_host() {
            assertThat(ChannelId.of("my-channel-2")).hasToString("my-channel-2");
        }
    }

    @Nested
    class WhenItIsAController {
        @Test
        void refuses_a_malformed_id() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Controller("a b", "Brand"));
        }

        @Test
        void refuses_a_blank_name() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Controller("brand", " "));
        }
    }

    @Nested
    class WhenItIsAWireKey {
        @ParameterizedTest
        @CsvSource({"m, 1", "m-7, 10", "m, 9999", "00000000-0000-0000-0000-000000000000, 42"})
        void comes_back_as_it_went(String message, int attempt) {
            WireKey key = new WireKey(MessageId.of(message), attempt);

            assertThat(WireKey.parse(key.toString())).contains(key);
        }

        @Test
        void travels_as_id_and_number() {
            assertThat(new WireKey(MessageId.of("m-7"), 3)).hasToString("m-7#3");
        }

        @Test
        void has_at_most_69_characters() {
            assertThat(new WireKey(MessageId.of("x".repeat(64)), 9_999).toString())
                    .hasSize(69);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "#",
                    "#1",
                    "m",
                    "m#",
                    "m#0",
                    "m#-1",
                    "m#10000",
                    "m#x",
                    "m#1 ",
                    " m#1",
                    "a b#1",
                    "a#b#1",
                    "m#01",
                    "m#+1",
                    "m#١",
                    "é#1",
                    "{\"m\":1}",
                    "m#1#",
                    "\uD83D#1"
                })
        void is_absent_from_foreign_text(String text) {
            assertThat(WireKey.parse(text)).isEmpty();
        }

        @Test
        void is_absent_from_a_long_text() {
            assertThat(WireKey.parse("x".repeat(65) + "#1")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, 10_000})
        void refuses_an_attempt_out_of_range(int attempt) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WireKey(MessageId.of("m"), attempt))
                    .withMessage("attempts must number 1 to 9999, but are " + attempt);
        }
    }
}
