package aparte;

import java.util.List;

/** The spellings under which providers and CRMs write one and the same address. */
final class Equivalents {
    private Equivalents() {}

    static List<Address> of(Address address) {
        if (address.kind().equals(Address.Kind.PHONE)) {
            return phone(address);
        }
        if (address.kind().equals(Address.Kind.EMAIL)) {
            String canonical = Address.lower(address.value());
            return canonical.equals(address.value())
                    ? List.of(address)
                    : List.of(address.withValue(canonical), address);
        }
        return List.of(address);
    }

    private static List<Address> phone(Address address) {
        String number = address.value();
        // Brazil: +55, area of two digits, then nine digits of a mobile that begin with 9; once eight, beginning 6 to
        // 9.
        if (number.startsWith("+55")) {
            if (number.length() == 14 && number.charAt(5) == '9' && number.charAt(6) >= '6') {
                return List.of(address, address.withValue(number.substring(0, 5) + number.substring(6)));
            }
            if (number.length() == 13 && number.charAt(5) >= '6') {
                return List.of(address.withValue(number.substring(0, 5) + '9' + number.substring(5)), address);
            }
        }
        // Mexico: +52 and ten digits; until 2019 a 1 stood between them for mobiles, and providers still write it.
        if (number.startsWith("+52")) {
            if (number.length() == 14 && number.charAt(3) == '1') {
                return List.of(address.withValue("+52" + number.substring(4)), address);
            }
            if (number.length() == 13) {
                return List.of(address, address.withValue("+521" + number.substring(3)));
            }
        }
        // Argentina: +54, a 9 for mobiles, then ten digits; some write it without the 9.
        if (number.startsWith("+54")) {
            if (number.length() == 14 && number.charAt(3) == '9') {
                return List.of(address, address.withValue("+54" + number.substring(4)));
            }
            if (number.length() == 13) {
                return List.of(address.withValue("+549" + number.substring(3)), address);
            }
        }
        return List.of(address);
    }

    /** A plus sign, then 7 to 15 digits that do not start with 0. By hand, since every number that comes is checked. */
    static boolean isE164(String value) {
        int length = value.length();
        if (length < 8 || length > 16 || value.charAt(0) != '+' || value.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static boolean looksLikeEmail(String value) {
        int at = value.indexOf('@');
        return at > 0
                && at == value.lastIndexOf('@')
                && at < value.length() - 1
                && value.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /** Says what is wrong with a phone number without repeating it. */
    static String flaw(String value) {
        if (!value.startsWith("+")) {
            return "it starts without a plus sign";
        }
        if (value.chars().skip(1).anyMatch(c -> c < '0' || c > '9')) {
            return "it holds something other than digits after the plus sign";
        }
        if (value.length() > 1 && value.charAt(1) == '0') {
            return "its country code starts with 0";
        }
        return "it has " + (value.length() - 1) + " digits";
    }
}
