package aparte.simulator;

import static java.util.Objects.requireNonNull;

/**
 * A business phone number.
 *
 * @param id what stands in the path of a send
 * @param phone its digits, country code first, as in {@code display_phone_number}
 * @param countryCode the calling code that is put before a {@code to} written without {@code +}
 */
public record WhatsAppNumber(String id, String phone, String countryCode) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is not made of digits, or the phone does not begin with the country code
     */
    public WhatsAppNumber {
        digits("id", id);
        digits("phone", phone);
        digits("countryCode", countryCode);
        if (!phone.startsWith(countryCode)) {
            throw new IllegalArgumentException("phone does not begin with the country code");
        }
    }

    private static void digits(String name, String value) {
        if (!requireNonNull(value, name).matches("[0-9]+")) {
            throw new IllegalArgumentException(name + " is not made of digits");
        }
    }

    /** The id, without the phone number. */
    @Override
    public String toString() {
        return "WhatsAppNumber[" + id + "]";
    }
}
