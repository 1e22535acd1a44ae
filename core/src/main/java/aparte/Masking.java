package aparte;

/** What may be shown of a value that must not be shown. */
final class Masking {
    private Masking() {}

    /** The last two characters, and nothing at all of a short value. */
    static String lastTwo(String value) {
        return value.length() < 6 ? "…" : "…" + value.substring(value.length() - 2);
    }

    /** The length only, in code points. */
    static String length(String value) {
        return value.codePointCount(0, value.length()) + " code points";
    }
}
