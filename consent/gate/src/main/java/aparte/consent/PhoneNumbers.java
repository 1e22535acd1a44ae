package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.Address;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;

/**
 * Reads phone numbers as people and systems write them.
 *
 * <p>National and international form, blanks and punctuation, the prefixes {@code +} and {@code 00}, {@code (0)}, and
 * digits of any script. A number is accepted if its length is possible in its country, whether or not its range is in
 * use: ranges open faster than libraries learn of them, and what a provider delivered is a number. Thread-safe.
 */
public final class PhoneNumbers {
    private static final String ANYWHERE = "ZZ";
    private static final int LONGEST_E164 = 16;
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /**
     * The address of a written number.
     *
     * @param text the number; what it holds never shows in an exception
     * @param region ISO 3166 code of the country in which a number without country code was written, such as
     *     {@code FR}; {@code ZZ} if it is not known, which admits international forms only
     * @throws IllegalArgumentException if {@code region} is not such a code, or if {@code text} is no number, is too short
     *     or too long for its country, or has an extension
     */
    public static Address parse(String text, String region) {
        requireNonNull(text, "text");
        String country = requireNonNull(region, "region").toUpperCase(Locale.ROOT);
        if (!country.equals(ANYWHERE) && !UTIL.getSupportedRegions().contains(country)) {
            throw new IllegalArgumentException(
                    "region is not a country with phone numbers; give its ISO 3166 code in two letters, such as FR");
        }
        PhoneNumber number = read(text, country);
        if (number.hasExtension()) {
            throw new IllegalArgumentException(
                    "text is a phone number with an extension, which no channel can reach; give the direct number");
        }
        ValidationResult length = UTIL.isPossibleNumberWithReason(number);
        if (length != ValidationResult.IS_POSSIBLE && !isOldMexican(number)) {
            throw new IllegalArgumentException("text is not a complete phone number: " + explanation(length));
        }
        String e164 = UTIL.format(number, PhoneNumberFormat.E164);
        if (e164.length() > LONGEST_E164) {
            throw new IllegalArgumentException("text is not a phone number: more than 15 digits; check it");
        }
        return Address.phone(e164);
    }

    private static PhoneNumber read(String text, String country) {
        try {
            return UTIL.parse(international(text), country);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException("text is not a phone number: " + explanation(e.getErrorType()), e);
        }
    }

    /** The text, with a plus sign instead of 00, also where another prefix is dialled. */
    private static String international(String text) {
        if (!PhoneNumberUtil.normalizeDigitsOnly(text).startsWith("00")) {
            return text;
        }
        int national = 0;
        for (int zeros = 0; zeros < 2; national++) {
            zeros += Character.isDigit(text.charAt(national)) ? 1 : 0;
        }
        return "+" + text.substring(national);
    }

    /** Mexico dropped the mobile digit 1 in 2019; providers still send it. It stays, and {@link Address#keys} matches. */
    private static boolean isOldMexican(PhoneNumber number) {
        return number.getCountryCode() == 52 && number.getNationalNumber() / 10_000_000_000L == 1;
    }

    private static String explanation(NumberParseException.ErrorType type) {
        return switch (type) {
            case INVALID_COUNTRY_CODE ->
                "its country code is missing or unknown; write + and the country code, or " + "name the region";
            case NOT_A_NUMBER -> "it has no digits that could be one; check it";
            case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "it is too short; write all digits";
            case TOO_LONG -> "it is too long; write one number only";
        };
    }

    private static String explanation(ValidationResult length) {
        return switch (length) {
            case TOO_SHORT -> "it is too short for its country; write all digits, or check the region";
            case TOO_LONG -> "it is too long for its country; check it and the region";
            case IS_POSSIBLE_LOCAL_ONLY -> "the area code is missing; write it";
            default -> "no number of its country has this length; check it and the region";
        };
    }
}
