package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import aparte.Address;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    @Nested
    class AWrittenNumber {
        @ParameterizedTest
        @CsvSource({
            "06 12 34 56 78, FR, +33612345678",
            "06.12.34.56.78, fr, +33612345678",
            "0033612345678, FR, +33612345678",
            "0033612345678, US, +33612345678",
            "+33 (0)6 12 34 56 78, FR, +33612345678",
            "0033 (0)6 12 34 56 78, FR, +33612345678",
            "+33612345678, ZZ, +33612345678",
            "＋33612345678, ZZ, +33612345678",
            "٠٠٣٣٦١٢٣٤٥٦٧٨, US, +33612345678",
            "+0033612345678, FR, +33612345678",
            "33612345678, FR, +33612345678",
            "+491511234567890, ZZ, +491511234567890",
            "tel:+33612345678, ZZ, +33612345678",
            "٠٦١٢٣٤٥٦٧٨, FR, +33612345678",
            "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧, ZZ, +966501234567",
            "+44 (0)20 7946 0018, FR, +442079460018",
            "0049 (0) 30 123456, FR, +4930123456",
            "+39 06 1234567, FR, +39061234567",
            "06 1234567, IT, +39061234567",
            "(202) 555-0123, US, +12025550123",
            "8 900 000 00 00, RU, +79000000000",
        })
        void is_read_in_any_form(String text, String region, String e164) {
            assertThat(PhoneNumbers.parse(text, region)).isEqualTo(Address.phone(e164));
        }

        @ParameterizedTest
        @CsvSource({
            "+52 1 55 1234 5678, MX, +5215512345678",
            "5215512345678, MX, +5215512345678",
            "5216641234567, MX, +5216641234567",
            "5219991234567, MX, +5219991234567",
            "55 1234 5678, MX, +525512345678",
            "+551187654321, BR, +551187654321",
            "+5511987654321, BR, +5511987654321",
            "+33 0 99 99 99 99 9, FR, +33999999999",
            "+1 555 000 0000, FR, +15550000000",
        })
        void is_accepted_as_a_provider_sends_it(String text, String region, String e164) {
            assertThat(PhoneNumbers.parse(text, region)).isEqualTo(Address.phone(e164));
        }
    }

    @Nested
    class WhatIsNoNumber {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "hello|FR|no digits that could be one",
                    "''|FR|no digits that could be one",
                    "+999 1234567|FR|country code is missing or unknown",
                    "0612345678|ZZ|write + and the country code",
                    "06|FR|too short",
                    "+33 1|FR|too short; write all digits",
                    "011 4|US|too short; write all digits",
                    "+52 55 1234 567|MX|too short for its country",
                    "4415512345678|MX|too long for its country",
                    "+376 1234567|FR|no number of its country has this length",
                    "061234567812345678|FR|too long",
                    "0612345678 / 0711223344|FR|one number only",
                    "555-0123|US|area code is missing",
                    "+4915112345678901|DE|more than 15 digits",
                    "0612345678 ext. 5|FR|extension",
                    "0049 30 123456 ext. 78|DE|extension",
                    "0043 1 58858 x12|US|extension",
                    "0612345678|Narnia|ISO 3166",
                    "0612345678|''|ISO 3166",
                })
        void is_refused_with_what_to_do(String text, String region, String reason) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PhoneNumbers.parse(text, region))
                    .withMessageContaining(reason);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"+999 1234567", "061234567812345678", "0612345678 ext. 1234567", "+4915112345671234567"})
        void never_shows_in_the_exception_or_its_causes(String text) {
            StringWriter trace = new StringWriter();
            catchThrowable(() -> PhoneNumbers.parse(text, "FR")).printStackTrace(new PrintWriter(trace, true));

            assertThat(trace.toString()).doesNotContain("1234567");
        }

        @Test
        void is_not_null() {
            assertThatNullPointerException()
                    .isThrownBy(() -> PhoneNumbers.parse(null, "FR"))
                    .withMessage("text");
            assertThatNullPointerException()
                    .isThrownBy(() -> PhoneNumbers.parse("0612345678", null))
                    .withMessage("region");
        }
    }
}
