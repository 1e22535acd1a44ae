package aparte;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The person as the host knows them: reference, addresses in order of preference, language, zone, qualified data.
 *
 * <p>A transport takes the first address that it can reach. Thread-safe.
 */
public final class Recipient {
    private final Identity identity;
    private final @Nullable Locale language; // unknown for most contacts of an old CRM
    private final @Nullable ZoneId zone; // likewise
    private final Map<String, String> attributes;

    private Recipient(Builder builder) {
        this.identity = Identity.of(Optional.ofNullable(builder.reference), builder.addresses);
        this.language = builder.language;
        this.zone = builder.zone;
        this.attributes = Map.copyOf(builder.attributes);
    }

    /**
     * Returns a recipient known by addresses alone, the preferred one first.
     *
     * @throws IllegalArgumentException if there is no address
     */
    public static Recipient of(Address... addresses) {
        return builder(addresses).build();
    }

    /** Returns a builder with these addresses, the preferred one first. */
    public static Builder builder(Address... addresses) {
        return new Builder(Arrays.asList(addresses));
    }

    /** Returns the host's stable id of the person, if known. */
    public Optional<String> reference() {
        return identity.reference();
    }

    /** Returns the addresses, the preferred one first. */
    public List<Address> addresses() {
        return identity.addresses();
    }

    /** Returns the language that the person reads, if known. */
    public Optional<Locale> language() {
        return Optional.ofNullable(language);
    }

    /** Returns the time zone that the person lives in, if known. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** Returns what else the host knows, for its own policies. Never sent, never logged. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns what the ledger is asked about. */
    public Identity identity() {
        return identity;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Recipient that
                && identity.equals(that.identity)
                && Objects.equals(language, that.language)
                && Objects.equals(zone, that.zone)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(identity, language, zone, attributes);
    }

    /** Masks the addresses and hides everything else. */
    @Override
    public String toString() {
        return "Recipient" + identity.addresses();
    }

    /** Builds a {@link Recipient}. Not thread-safe. */
    public static final class Builder {
        private final List<Address> addresses;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private @Nullable String reference; // optional
        private @Nullable Locale language; // optional
        private @Nullable ZoneId zone; // optional

        private Builder(List<Address> addresses) {
            this.addresses = new ArrayList<>(addresses);
        }

        /**
         * Sets the host's stable id of the person; none by default.
         *
         * @throws IllegalArgumentException if it is blank or longer than 256 characters
         */
        public Builder reference(String value) {
            this.reference = Identity.checkReference(value);
            return this;
        }

        /** Sets the language that the person reads; unknown by default. */
        public Builder language(Locale value) {
            this.language = Objects.requireNonNull(value, "language");
            return this;
        }

        /** Sets the time zone that the person lives in; unknown by default. */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /** Adds something that the host's policies want to know, such as a segment or a place; none by default. */
        public Builder attribute(String name, String value) {
            attributes.put(Check.text(name, "attribute name"), Check.wellFormed(value, "attribute value"));
            return this;
        }

        /**
         * Returns the recipient.
         *
         * @throws IllegalArgumentException if there is neither a reference nor an address
         */
        public Recipient build() {
            return new Recipient(this);
        }
    }
}
