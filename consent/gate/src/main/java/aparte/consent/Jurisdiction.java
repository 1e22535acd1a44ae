package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.LegalBasis;
import java.time.Period;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the law of a place, or its practice, asks of messages, as data. {@link Jurisdictions} holds those that come with the
 * library; a host may change each. Not legal advice. Thread-safe.
 */
public final class Jurisdiction {
    private static final Pattern CODE = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?|\\*");

    private final String code;
    private final boolean doubleOptIn;
    private final Map<LegalBasis, Period> lasting;
    private final Map<String, Period> implied;
    private final OpenHours hours;
    private final Map<String, OpenHours> otherHours;
    private final boolean closedOnHolidays;
    private final boolean nightByConsent;
    private final int ageLine;
    private final boolean explicitForSensitive;
    private final Set<String> bannedSectors;

    private Jurisdiction(Builder builder) {
        this.code = builder.code;
        this.doubleOptIn = builder.doubleOptIn;
        this.lasting = Map.copyOf(builder.lasting);
        this.implied = Map.copyOf(builder.implied);
        this.hours = builder.hours;
        this.otherHours = Map.copyOf(builder.otherHours);
        this.closedOnHolidays = builder.closedOnHolidays;
        this.nightByConsent = builder.nightByConsent;
        this.ageLine = builder.ageLine;
        this.explicitForSensitive = builder.explicitForSensitive;
        this.bannedSectors = Set.copyOf(builder.bannedSectors);
    }

    /**
     * Returns a builder of a place of which nothing is known yet: promotion from 08:00 to 20:00, an agreement lasts 24
     * months, minors are below 16, sensitive purposes need explicit consent, nothing else.
     *
     * @param code ISO 3166 with or without region, such as {@code FR} or {@code US-TX}; {@code *} for every place without
     *     facts of its own; {@code ZZ} where the place is not known
     * @throws IllegalArgumentException if the code is malformed
     */
    public static Builder builder(String code) {
        return new Builder(code);
    }

    /** Returns a builder that starts from this one. */
    public Builder toBuilder() {
        return copy(code);
    }

    /** A builder of another place that starts from this one. */
    Builder copy(String other) {
        Builder builder = new Builder(other);
        builder.doubleOptIn = doubleOptIn;
        builder.lasting.clear();
        builder.lasting.putAll(lasting);
        builder.implied.putAll(implied);
        builder.hours = hours;
        builder.otherHours.putAll(otherHours);
        builder.closedOnHolidays = closedOnHolidays;
        builder.nightByConsent = nightByConsent;
        builder.ageLine = ageLine;
        builder.explicitForSensitive = explicitForSensitive;
        builder.bannedSectors.addAll(bannedSectors);
        return builder;
    }

    /** Returns the place. */
    public String code() {
        return code;
    }

    /** Tells whether an agreement to promotion counts only once it was confirmed. */
    public boolean needsDoubleOptIn() {
        return doubleOptIn;
    }

    /** Returns how long an agreement lasts after the last act of the person; empty: until it is withdrawn. */
    public Optional<Period> lasting(LegalBasis basis) {
        return Optional.ofNullable(lasting.get(requireNonNull(basis, "basis")));
    }

    /**
     * Returns how long an agreement lasts that the law reads into something else; empty if it reads none.
     *
     * @param ground what it is read into, such as {@code purchase}
     */
    public Optional<Period> implied(String ground) {
        return Optional.ofNullable(implied.get(requireNonNull(ground, "ground")));
    }

    /** Returns when promotion may be sent. */
    public OpenHours hours() {
        return hours;
    }

    /** Returns other hours in use there, by name, such as {@code carrier}. */
    public Map<String, OpenHours> otherHours() {
        return otherHours;
    }

    /** Tells whether promotion rests on public holidays. */
    public boolean isClosedOnHolidays() {
        return closedOnHolidays;
    }

    /** Tells whether a separate consent for the night lifts the hours. */
    public boolean opensNightByConsent() {
        return nightByConsent;
    }

    /** Returns the age below which a parent must agree. */
    public int ageLine() {
        return ageLine;
    }

    /** Tells whether a purpose that the host marks as sensitive needs an explicit consent. */
    public boolean needsExplicitForSensitive() {
        return explicitForSensitive;
    }

    /** Returns the sectors that may not promote there. */
    public Set<String> bannedSectors() {
        return bannedSectors;
    }

    @Override
    public String toString() {
        return "Jurisdiction[" + code + "]";
    }

    /** Builds a {@link Jurisdiction}. Not thread-safe. */
    public static final class Builder {
        private static final OpenHours DAYTIME = OpenHours.parse("MON-SUN 08:00-20:00");

        private final String code;
        private final Map<LegalBasis, Period> lasting = new EnumMap<>(Map.of(LegalBasis.CONSENT, Period.ofMonths(24)));
        private final Map<String, Period> implied = new HashMap<>();
        private final Map<String, OpenHours> otherHours = new HashMap<>();
        private final Set<String> bannedSectors = new HashSet<>();
        private OpenHours hours = DAYTIME;
        private boolean doubleOptIn;
        private boolean closedOnHolidays;
        private boolean nightByConsent;
        private int ageLine = 16;
        private boolean explicitForSensitive = true;

        private Builder(String code) {
            this.code = requireNonNull(code, "code");
            if (!CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("a place is two capital letters, with or without a region,"
                        + " such as FR or US-TX; or * for every other place; or ZZ where it is not known");
            }
        }

        /** Sets whether an agreement to promotion counts only once it was confirmed; no by default. */
        public Builder doubleOptIn(boolean value) {
            this.doubleOptIn = value;
            return this;
        }

        /**
         * Sets how long an agreement of this basis lasts; 24 months for consent, without end for others by default.
         *
         * @throws IllegalArgumentException if the length is not positive
         */
        public Builder lasting(LegalBasis basis, Period length) {
            lasting.put(requireNonNull(basis, "basis"), positive(length));
            return this;
        }

        /** Lets agreements of this basis last until they are withdrawn. */
        public Builder endless(LegalBasis basis) {
            lasting.remove(requireNonNull(basis, "basis"));
            return this;
        }

        /**
         * Adds something that the law reads an agreement into; nothing by default.
         *
         * @param ground its name, such as {@code purchase}
         * @throws IllegalArgumentException if the length is not positive
         */
        public Builder implied(String ground, Period length) {
            implied.put(requireNonNull(ground, "ground"), positive(length));
            return this;
        }

        /** Sets when promotion may be sent; every day from 08:00 to 20:00 by default. */
        public Builder hours(OpenHours value) {
            this.hours = requireNonNull(value, "hours");
            return this;
        }

        /**
         * Takes hours that are in use there under this name.
         *
         * @throws IllegalArgumentException if there are none of this name
         */
        public Builder hours(String name) {
            OpenHours other = otherHours.get(requireNonNull(name, "name"));
            if (other == null) {
                throw new IllegalArgumentException(
                        code + " has no hours named " + name + ", but " + otherHours.keySet());
            }
            return hours(other);
        }

        /** Adds hours in use there, by name; none by default. */
        public Builder otherHours(String name, OpenHours value) {
            otherHours.put(requireNonNull(name, "name"), requireNonNull(value, "hours"));
            return this;
        }

        /** Sets whether promotion rests on public holidays; no by default. */
        public Builder closedOnHolidays(boolean value) {
            this.closedOnHolidays = value;
            return this;
        }

        /** Sets whether a separate consent for the night lifts the hours; no by default. */
        public Builder nightByConsent(boolean value) {
            this.nightByConsent = value;
            return this;
        }

        /**
         * Sets the age below which a parent must agree; 16 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder ageLine(int years) {
            if (years < 0) {
                throw new IllegalArgumentException("the age must not be negative");
            }
            this.ageLine = years;
            return this;
        }

        /** Sets whether a purpose that the host marks as sensitive needs an explicit consent; yes by default. */
        public Builder explicitForSensitive(boolean value) {
            this.explicitForSensitive = value;
            return this;
        }

        /** Adds a sector that may not promote there, such as {@link SectorBan#ENERGY_RENOVATION}; none by default. */
        public Builder ban(String sector) {
            bannedSectors.add(requireNonNull(sector, "sector"));
            return this;
        }

        private static Period positive(Period length) {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("an agreement lasts longer than 0");
            }
            return length;
        }

        /** Returns the jurisdiction. */
        public Jurisdiction build() {
            return new Jurisdiction(this);
        }
    }
}
