package aparte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final Address.Kind FAX = Address.Kind.of("fax");

    @Nested
    class WhenItIsAPhone {
        @ParameterizedTest
        @ValueSource(strings = {"+1234567", "+33612345678", "+123456789012345"})
        void takes_seven_to_fifteen_digits_after_a_plus_sign(String number) {
            assertThat(Address.phone(number)).returns(number, Address::value).returns("", Address::scope);
        }

        @ParameterizedTest
        @CsvSource({
            "33612345678, it starts without a plus sign",
            "0612345678, it starts without a plus sign",
            "+33 612345678, it holds something other than digits after the plus sign",
            "+33-612345678, it holds something other than digits after the plus sign",
            "+٣٣612345678, it holds something other than digits after the plus sign",
            "++33612345678, it holds something other than digits after the plus sign",
            "+0612345678, its country code starts with 0",
            "+336123, it has 6 digits",
            "+1234567890123456, it has 16 digits",
            "+, it has 0 digits"
        })
        void says_what_is_wrong(String number, String flaw) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.phone(number))
                    .withMessageContaining(flaw);
        }

        @ParameterizedTest
        @ValueSource(strings = {"33612345678", "+33 612345678", "+0612345678", "+1234567890123456"})
        void does_not_repeat_the_number_in_the_message(String number) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.phone(number))
                    .satisfies(problem -> assertThat(problem.getMessage())
                            .doesNotContain(number)
                            .doesNotContain("612345678")
                            .doesNotContain("234567890"));
        }

        @Test
        void names_the_reader_of_other_written_forms() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.phone("06 12 34 56 78"))
                    .withMessageContaining("aparte.consent.PhoneNumbers.parse");
        }
    }

    @Nested
    class WhenItIsAnEmail {
        @ParameterizedTest
        @ValueSource(strings = {"anna@example.org", "a@b", "Anna.Lévy+news@exämple.org"})
        void takes_what_can_be_one(String email) {
            assertThat(Address.email(email).value()).isEqualTo(email);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"anna", "@example.org", "anna@", "anna@lev@example.org", "an na@example.org", "a@b\u0000"})
        void refuses_what_cannot_be_one_without_repeating_it(String email) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.email(email))
                    .withMessage("email must have one @ with something on both sides and no blank");
        }
    }

    @Nested
    class WhenItIsMalformed {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
        void refuses_a_blank_value(String blank) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.of(FAX, blank))
                    .withMessageStartingWith("address is blank");
        }

        @ParameterizedTest
        @ValueSource(chars = {'\uD83D', '\uDE00'})
        void refuses_half_a_character(char half) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.of(FAX, "ab" + half + "c"))
                    .withMessageStartingWith("address has half a character at UTF-16 index 2");
        }

        @Test
        void refuses_half_a_character_in_the_scope() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Address(FAX, "7", "\uD83D"))
                    .withMessageStartingWith("scope has half a character");
        }

        @Test
        void takes_whole_characters_outside_the_basic_plane() {
            assertThat(Address.of(FAX, "\uD83D\uDE00").value()).isEqualTo("\uD83D\uDE00");
        }

        @Test
        void takes_512_characters() {
            assertThat(Address.of(FAX, "x".repeat(512)).value()).hasSize(512);
        }

        @Test
        void refuses_a_longer_value() {
            assertThatIllegalArgumentException().isThrownBy(() -> Address.of(FAX, "x".repeat(513)));
        }

        @Test
        void refuses_a_longer_scope() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Address(FAX, "7", "x".repeat(513)));
        }

        @Test
        void names_the_part_that_is_null() {
            assertThatNullPointerException()
                    .isThrownBy(() -> Address.of(FAX, null))
                    .withMessage("address");
        }
    }

    @Nested
    class WhenItsKindIsNamed {
        @ParameterizedTest
        @ValueSource(strings = {"a", "whatsapp-user", "x9", "abcdefghijklmnopqrstuvwxyz012345"})
        void takes_lower_case_letters_digits_and_hyphens(String name) {
            assertThat(Address.Kind.of(name)).hasToString(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "9x", "-x", "Phone", "e mail", "é", "abcdefghijklmnopqrstuvwxyz0123456"})
        void refuses_everything_else(String name) {
            assertThatIllegalArgumentException().isThrownBy(() -> Address.Kind.of(name));
        }

        @Test
        void equals_the_kind_of_the_same_name() {
            assertThat(Address.Kind.of("phone")).isEqualTo(Address.Kind.PHONE);
        }
    }

    @Nested
    class WhenItHasOtherSpellings {
        @ParameterizedTest
        @CsvSource({
            // Brazil: a mobile with and without the ninth digit.
            "+5511987654321, +5511987654321, +551187654321",
            "+551187654321, +5511987654321, +551187654321",
            "+5511967654321, +5511967654321, +551167654321",
            "+551167654321, +5511967654321, +551167654321",
            // Mexico: with and without the 1.
            "+525512345678, +525512345678, +5215512345678",
            "+5215512345678, +525512345678, +5215512345678",
            // Argentina: with and without the 9.
            "+5491123456789, +5491123456789, +541123456789",
            "+541123456789, +5491123456789, +541123456789"
        })
        void lists_the_canonical_one_first(String number, String canonical, String other) {
            assertThat(Address.phone(number).keys()).containsExactly(Address.phone(canonical), Address.phone(other));
        }

        @ParameterizedTest
        @CsvSource({
            "+551131234567, a landline of Brazil",
            "+551151234567, a landline of Brazil that starts with 5",
            "+5511951234567, a mobile of Brazil that never had eight digits",
            "+55119876543210, too long for Brazil",
            "+5255123456, too short for Mexico",
            "+54112345678, too short for Argentina",
            "+33612345678, France",
            "+15551234567, the United States"
        })
        void leaves_other_numbers_alone(String number, String why) {
            assertThat(Address.phone(number).keys()).as(why).containsExactly(Address.phone(number));
        }

        @Test
        void lists_an_email_in_lower_case_first() {
            Address written = Address.email("Anna.Levy@Example.ORG");

            assertThat(written.keys()).containsExactly(Address.email("anna.levy@example.org"), written);
        }

        @Test
        void lists_an_email_in_lower_case_alone() {
            Address written = Address.email("anna@example.org");

            assertThat(written.keys()).containsExactly(written);
        }

        @Test
        void leaves_ids_alone() {
            Address id = new Address(Address.Kind.MESSENGER_PSID, "AbC", "page");

            assertThat(id.keys()).containsExactly(id);
        }
    }

    @Nested
    class WhenItIsCompared {
        @ParameterizedTest
        @CsvSource({
            "+5511987654321, +551187654321",
            "+551187654321, +5511987654321",
            "+525512345678, +5215512345678",
            "+541123456789, +5491123456789",
            "+33612345678, +33612345678"
        })
        void is_the_same_under_another_spelling(String one, String other) {
            assertThat(Address.phone(one).isSameAs(Address.phone(other))).isTrue();
        }

        @Test
        void is_the_same_email_in_another_case() {
            assertThat(Address.email("ANNA@example.org").isSameAs(Address.email("anna@EXAMPLE.org")))
                    .isTrue();
        }

        @Test
        void is_another_person_by_another_number() {
            assertThat(Address.phone("+33612345678").isSameAs(Address.phone("+33612345679")))
                    .isFalse();
        }

        @Test
        void is_another_person_by_the_same_value_of_another_kind() {
            assertThat(Address.of(Address.Kind.VIBER_USER, "7").isSameAs(Address.of(Address.Kind.WHATSAPP_USER, "7")))
                    .isFalse();
        }

        @Test
        void is_another_person_in_another_scope() {
            Address onOnePage = new Address(Address.Kind.MESSENGER_PSID, "7", "page-1");

            assertThat(onOnePage.isSameAs(new Address(Address.Kind.MESSENGER_PSID, "7", "page-2")))
                    .isFalse();
        }

        @Test
        void keeps_the_case_of_an_id() {
            assertThat(Address.of(Address.Kind.VIBER_USER, "Ab").isSameAs(Address.of(Address.Kind.VIBER_USER, "aB")))
                    .isFalse();
        }

        @Test
        void equals_only_the_same_spelling() {
            assertThat(Address.phone("+5511987654321")).isNotEqualTo(Address.phone("+551187654321"));
        }
    }

    @Nested
    class WhenItIsShown {
        @Test
        void keeps_the_last_two_characters() {
            assertThat(Address.phone("+33612345678")).hasToString("phone:…78");
        }

        @Test
        void keeps_nothing_of_a_short_value() {
            assertThat(Address.of(FAX, "12345")).hasToString("fax:…");
        }
    }
}
