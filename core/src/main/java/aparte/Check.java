package aparte;

import java.util.Objects;

/** The checks that hold for every channel. Messages name the part, never its value. */
final class Check {
    private Check() {}

    /** Not null, not blank, well-formed UTF-16. */
    static String text(String value, String name) {
        wellFormed(value, name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank: give at least one visible character");
        }
        return value;
    }

    /** Not null, well-formed UTF-16. */
    static String wellFormed(String value, String name) {
        Objects.requireNonNull(value, name);
        int all = 0;
        for (int i = 0; i < value.length(); i++) {
            all |= value.charAt(i); // without a branch: most texts hold no character so high
        }
        return all < Character.MIN_SURROGATE ? value : paired(value, name);
    }

    private static String paired(String value, String name) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        name + " has half a character at UTF-16 index " + i + ": a surrogate must come in pairs");
            }
        }
        return value;
    }

    /** A token of visible ASCII, at most {@code max} characters. */
    static String token(String value, String name, int max) {
        Objects.requireNonNull(value, name);
        if (value.isEmpty() || value.length() > max) {
            throw new IllegalArgumentException(
                    name + " must have 1 to " + max + " characters, but has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        name + " must be visible ASCII without blanks, but is not at index " + i);
            }
        }
        return value;
    }

    static void count(int actual, int min, int max, String name) {
        if (actual < min || actual > max) {
            throw new IllegalArgumentException(name + " must number " + min + " to " + max + ", but are " + actual);
        }
    }
}
