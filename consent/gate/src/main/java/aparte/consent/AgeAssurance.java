package aparte.consent;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * What the host knows of a person's age.
 *
 * @param kind adult, minor, or not known
 * @param years how old a minor is, if that is known
 */
public record AgeAssurance(Kind kind, Optional<Integer> years) {
    private static final AgeAssurance UNKNOWN = new AgeAssurance(Kind.UNKNOWN, Optional.empty());
    private static final AgeAssurance ADULT = new AgeAssurance(Kind.ADULT, Optional.empty());
    private static final AgeAssurance MINOR = new AgeAssurance(Kind.MINOR, Optional.empty());

    /** How sure the host is. */
    public enum Kind {
        /** Nobody knows. */
        UNKNOWN,
        /** Of age. */
        ADULT,
        /** Not of age. */
        MINOR
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if years are given of somebody who is no minor, or are negative
     */
    public AgeAssurance {
        requireNonNull(kind, "kind");
        if (years.isPresent() && (kind != Kind.MINOR || years.get() < 0)) {
            throw new IllegalArgumentException("years are those of a minor, and not negative");
        }
    }

    /** Returns that nobody knows. */
    public static AgeAssurance unknown() {
        return UNKNOWN;
    }

    /** Returns that the person is of age. */
    public static AgeAssurance adult() {
        return ADULT;
    }

    /** Returns that the person is not of age, and nobody knows more. */
    public static AgeAssurance minor() {
        return MINOR;
    }

    /**
     * Returns that the person is not of age.
     *
     * @throws IllegalArgumentException if the years are negative
     */
    public static AgeAssurance minor(int years) {
        return new AgeAssurance(Kind.MINOR, Optional.of(years));
    }

    /**
     * Reads {@code UNKNOWN}, {@code ADULT}, {@code MINOR}, or {@code MINOR:14} with years.
     *
     * @throws IllegalArgumentException if the text is written otherwise; its message does not repeat the text
     */
    public static AgeAssurance parse(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "UNKNOWN" -> UNKNOWN;
            case "ADULT" -> ADULT;
            case "MINOR" -> MINOR;
            default -> withYears(text.strip().toUpperCase(Locale.ROOT));
        };
    }

    private static AgeAssurance withYears(String text) {
        if (!text.matches("MINOR:[0-9]{1,2}")) {
            throw new IllegalArgumentException("an age must look like UNKNOWN, ADULT, MINOR or MINOR:14");
        }
        return minor(Integer.parseInt(text.substring("MINOR:".length())));
    }

    /** Hides the years. */
    @Override
    public String toString() {
        return "AgeAssurance[" + kind + "]";
    }
}
