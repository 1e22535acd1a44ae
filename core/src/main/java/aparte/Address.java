package aparte;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Who, not by which channel: a phone number, an e-mail address, a provider's id of a person or of a group.
 *
 * <p>Two addresses are equal if all their parts are. To find the same person under another spelling (Brazil's ninth
 * digit, Mexico's and Argentina's extra digits) compare {@link #keys()}.
 *
 * @param kind what the value is
 * @param value the address itself, well-formed, not blank, at most 512 characters
 * @param scope where the value means something, such as a Page id for a page-scoped id; empty where the kind has none
 */
public record Address(Kind kind, String value, String scope) {
    /**
     * A kind of address. A value, not an enum: a channel may bring its own.
     *
     * @param name lower-case letters, digits and hyphens, at most 32, the first one a letter
     */
    public record Kind(String name) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

        /** A telephone number in E.164 form. */
        public static final Kind PHONE = new Kind("phone");
        /** An e-mail address. */
        public static final Kind EMAIL = new Kind("email");
        /** WhatsApp's business-scoped user id. */
        public static final Kind WHATSAPP_USER = new Kind("whatsapp-user");
        /** Viber's user id. */
        public static final Kind VIBER_USER = new Kind("viber-user");
        /** Messenger's page-scoped id; its scope is the Page. */
        public static final Kind MESSENGER_PSID = new Kind("messenger-psid");
        /** Instagram's account-scoped id of a person; its scope is the professional account. */
        public static final Kind INSTAGRAM_IGSID = new Kind("instagram-igsid");
        /** A group's id; its scope is the channel. */
        public static final Kind GROUP = new Kind("group");

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if the name is malformed
         */
        public Kind {
            Objects.requireNonNull(name, "name");
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "address kind must be 1 to 32 lower-case letters, digits or hyphens and start with a letter");
            }
        }

        /**
         * Returns the kind of this name.
         *
         * @throws IllegalArgumentException if the name is malformed
         */
        public static Kind of(String name) {
            return new Kind(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the value does not fit its kind
     */
    public Address {
        Objects.requireNonNull(kind, "kind");
        Check.text(value, "address");
        Check.wellFormed(scope, "scope");
        if (value.length() > 512 || scope.length() > 512) {
            throw new IllegalArgumentException("address and scope must have at most 512 characters each");
        }
        if (kind.equals(Kind.PHONE) && !Equivalents.isE164(value)) {
            throw new IllegalArgumentException("phone must be E.164: a plus sign, then 7 to 15 digits that do not start"
                    + " with 0, but " + Equivalents.flaw(value)
                    + "; aparte.consent.PhoneNumbers.parse reads other written forms");
        }
        boolean global = kind.equals(Kind.PHONE) || kind.equals(Kind.EMAIL) || kind.equals(Kind.WHATSAPP_USER);
        if (global && !scope.isEmpty()) {
            throw new IllegalArgumentException(kind + " has no scope: it means the same person everywhere");
        }
        if (kind.equals(Kind.EMAIL) && !Equivalents.looksLikeEmail(value)) {
            throw new IllegalArgumentException("email must have one @ with something on both sides and no blank");
        }
    }

    /**
     * Returns a telephone number.
     *
     * @param e164 a plus sign, then 7 to 15 digits
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Address phone(String e164) {
        return new Address(Kind.PHONE, e164, "");
    }

    /**
     * Returns an e-mail address.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    public static Address email(String address) {
        return new Address(Kind.EMAIL, address, "");
    }

    /**
     * Returns an address without a scope.
     *
     * @throws IllegalArgumentException if the value does not fit the kind
     */
    public static Address of(Kind kind, String value) {
        return new Address(kind, value, "");
    }

    /**
     * Returns every equivalent spelling of this address, the canonical one first, to match or to hash.
     *
     * <p>An opt-out given under one spelling covers them all. Known: Brazil's ninth digit of mobile numbers (landlines
     * have none and are left alone), Mexico's {@code 1} and Argentina's {@code 9} after the country code, the letter
     * case of e-mail addresses.
     */
    public List<Address> keys() {
        return Equivalents.of(this);
    }

    /** Tells whether both are spellings of one address. */
    public boolean isSameAs(Address other) {
        return equals(other)
                || (kind.equals(other.kind) && keys().get(0).equals(other.keys().get(0)));
    }

    Address withValue(String other) {
        return new Address(kind, other, scope);
    }

    static String lower(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    /** Masks the address, so that a recipient can be logged. */
    @Override
    public String toString() {
        return kind.name() + ":" + Masking.lastTwo(value);
    }
}
