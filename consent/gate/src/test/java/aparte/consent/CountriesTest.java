package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountriesTest {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    private final Countries countries = new Countries();

    @ParameterizedTest
    @CsvSource({
        "+33639980001, FR",
        "+4915112345678, DE",
        "+12125550123, US",
        "+14165550123, CA",
        "+17875550123, PR",
        "+79161234567, RU",
        "+77011234567, KZ",
        "+447700900123, GB",
        "+447781123456, GG",
        "+262692123456, RE",
        "+390612345678, IT",
        "+15550001111, US"
    })
    void are_read_from_phone_numbers(String number, String country) {
        assertThat(countries.of(Address.phone(number))).isEqualTo(country);
    }

    @Test
    void are_those_of_the_library_for_every_example_number_also_when_asked_again() {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (int round = 0; round < 2; round++) {
            for (String region : UTIL.getSupportedRegions()) {
                for (PhoneNumberType type : List.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)) {
                    PhoneNumber number = UTIL.getExampleNumberForType(region, type);
                    if (number != null && number.getNationalNumber() > 999_999) {
                        String text = UTIL.format(number, PhoneNumberFormat.E164);
                        String country = countries.of(Address.phone(text));
                        asked++;
                        if (!UTIL.getRegionCodeForNumber(number).equals(country)) {
                            wrong.add(region + " " + text + " " + country);
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(800);
    }

    @Test
    void are_none_for_numbers_of_no_country_and_for_other_addresses() {
        assertThat(countries.of(Address.phone("+870773111632"))).isNull();
        assertThat(countries.of(Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==")))
                .isNull();
    }

    @Test
    void have_clocks_wherever_a_phone_rings() {
        assertThat(UTIL.getSupportedRegions()).allMatch(Countries::isKnown);
    }
}
