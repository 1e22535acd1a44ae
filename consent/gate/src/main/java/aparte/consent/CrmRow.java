package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one row of a CRM's file says of one person, for {@link CrmImport}.
 *
 * <p>Addresses are kept as they are written and read at import, so that one that cannot be read is reported with its row
 * and stops no other. Blank texts count as absent, since files have empty columns. {@code toString} shows the number only.
 * Immutable and thread-safe.
 */
public final class CrmRow {
    /** How far the CRM's own double opt-in came. */
    public enum DoubleOptIn {
        /** The question is out. Opens nothing. */
        PENDING,
        /** The person confirmed. */
        CONFIRMED
    }

    /** An address as it is written. */
    record Written(
            Address.Kind kind,
            String text,
            String region,
            @Nullable Address read,
            boolean invalid) {
        /**
         * Reads it.
         *
         * @throws IllegalArgumentException if it cannot be read
         */
        Address address() {
            if (read != null) {
                return read;
            }
            return kind.equals(Address.Kind.PHONE) ? PhoneNumbers.parse(text, region) : Address.email(text.strip());
        }
    }

    final long number;
    final String reference;
    final List<Written> addresses;
    final boolean optedOut;
    final @Nullable Instant optedOutAt; // null for a flag without a date
    final Scope optOutScope;
    final @Nullable Scope optIn; // null unless the row says yes to something
    final @Nullable Instant optedInAt; // null for a flag without a date
    final @Nullable Instant optInUntil; // null unless the CRM knows an end
    final @Nullable Instant optInFrom; // null unless the CRM knows a later beginning
    final @Nullable DoubleOptIn doubleOptIn; // null without one
    final Address.@Nullable Kind confirms; // null without a double opt-in
    final String source;
    final String wording;
    final String jurisdiction;
    final String evidenceOnly;
    final List<ConsentEntry.Proof> proofs;
    final Map<String, String> details;
    final List<String> problems;

    private CrmRow(Builder builder) {
        this.number = builder.number;
        this.reference = builder.reference;
        this.addresses = List.copyOf(builder.addresses);
        this.optedOut = builder.optedOut;
        this.optedOutAt = builder.optedOutAt;
        this.optOutScope = builder.optOutScope;
        this.optIn = builder.optIn;
        this.optedInAt = builder.optedInAt;
        this.optInUntil = builder.optInUntil;
        this.optInFrom = builder.optInFrom;
        this.doubleOptIn = builder.doubleOptIn;
        this.confirms = builder.confirms;
        this.source = builder.source;
        this.wording = builder.wording;
        this.jurisdiction = builder.jurisdiction;
        this.evidenceOnly = builder.evidenceOnly;
        this.proofs = List.copyOf(builder.proofs);
        this.details = Map.copyOf(builder.details);
        this.problems = List.copyOf(builder.problems);
    }

    /**
     * Returns a builder.
     *
     * @param number where the row stands in its file, to be named in the report
     */
    public static Builder builder(long number) {
        return new Builder(number);
    }

    /** Returns where the row stands in its file. */
    public long number() {
        return number;
    }

    /** Shows the number only. */
    @Override
    public String toString() {
        return "CrmRow[" + number + "]";
    }

    /** Builds a {@link CrmRow}. Not thread-safe. */
    public static final class Builder {
        private final long number;
        private final List<Written> addresses = new ArrayList<>();
        private final List<ConsentEntry.Proof> proofs = new ArrayList<>();
        private final Map<String, String> details = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private String reference = "";
        private boolean optedOut;
        private @Nullable Instant optedOutAt; // undated unless set
        private Scope optOutScope = Scope.promotional();
        private @Nullable Scope optIn; // none unless set
        private @Nullable Instant optedInAt; // undated unless set
        private @Nullable Instant optInUntil; // endless unless set
        private @Nullable Instant optInFrom; // at once unless set
        private @Nullable DoubleOptIn doubleOptIn; // none unless set
        private Address.@Nullable Kind confirms; // set with the double opt-in
        private String source = "";
        private String wording = "";
        private String jurisdiction = "";
        private String evidenceOnly = "";

        private Builder(long number) {
            this.number = number;
        }

        /** Sets the host's stable id of the person, the one that its messages name; none by default. */
        public Builder reference(String value) {
            this.reference = requireNonNull(value, "reference").strip();
            return this;
        }

        /** Adds an address that is read already. */
        public Builder address(Address value) {
            requireNonNull(value, "address");
            addresses.add(new Written(value.kind(), "", "", value, false));
            return this;
        }

        /**
         * Adds a telephone number in any written form.
         *
         * @param region the country of numbers written without a country code, as for {@link PhoneNumbers#parse}
         */
        public Builder phone(String text, String region) {
            return written(Address.Kind.PHONE, text, region, false);
        }

        /** Adds a telephone number that the CRM marks as invalid: it is suppressed. */
        public Builder invalidPhone(String text, String region) {
            return written(Address.Kind.PHONE, text, region, true);
        }

        /** Adds an e-mail address. */
        public Builder email(String text) {
            return written(Address.Kind.EMAIL, text, "", false);
        }

        /** Adds an e-mail address that bounced or that the CRM marks as invalid: it is suppressed. */
        public Builder invalidEmail(String text) {
            return written(Address.Kind.EMAIL, text, "", true);
        }

        private Builder written(Address.Kind kind, String text, String region, boolean invalid) {
            requireNonNull(region, "region");
            if (!requireNonNull(text, "text").isBlank()) {
                addresses.add(new Written(kind, text, region, null, invalid));
            }
            return this;
        }

        /** Says that the person opted out, at a time that the CRM does not know. */
        public Builder optOut() {
            this.optedOut = true;
            return this;
        }

        /** Says that the person opted out then. */
        public Builder optOut(Instant at) {
            this.optedOutAt = requireNonNull(at, "at");
            return optOut();
        }

        /** Sets what an opt-out closes; {@link Scope#promotional()} by default. */
        public Builder optOutScope(Scope value) {
            this.optOutScope = requireNonNull(value, "optOutScope");
            return this;
        }

        /**
         * Says that the CRM holds the person for one who agreed, or for a customer. By itself that opens nothing: it takes
         * a date, a {@linkplain #source source} and a known {@linkplain #wording wording} too.
         *
         * @param scope what the person agreed to
         */
        public Builder optIn(Scope scope) {
            this.optIn = requireNonNull(scope, "scope");
            return this;
        }

        /** Sets when the person agreed; unknown by default. */
        public Builder optedInAt(Instant value) {
            this.optedInAt = requireNonNull(value, "optedInAt");
            return this;
        }

        /** Sets from when on the agreement holds, if that is later than it was given; it is not taken before. */
        public Builder optInFrom(Instant value) {
            this.optInFrom = requireNonNull(value, "optInFrom");
            return this;
        }

        /** Sets when the agreement ends; never by default. */
        public Builder optInUntil(Instant value) {
            this.optInUntil = requireNonNull(value, "optInUntil");
            return this;
        }

        /** Sets where the agreement was given, such as a form's address; unknown by default. */
        public Builder source(String value) {
            this.source = requireNonNull(value, "source").strip();
            return this;
        }

        /** Sets the version of the text that the person saw, as {@link CrmImport.Builder#wording} knows it. */
        public Builder wording(String version) {
            this.wording = requireNonNull(version, "version").strip();
            return this;
        }

        /** Adds something that proves the agreement; the row's own hash is added anyway. */
        public Builder proof(ConsentEntry.Proof value) {
            proofs.add(requireNonNull(value, "proof"));
            return this;
        }

        /**
         * Sets how far the CRM's own double opt-in came; {@link #optedInAt} is when it came there.
         *
         * @param under the kind of the address that was asked: the row must have exactly one of it, and nothing opens for
         *     another
         */
        public Builder doubleOptIn(DoubleOptIn state, Address.Kind under) {
            this.doubleOptIn = requireNonNull(state, "state");
            this.confirms = requireNonNull(under, "under");
            return this;
        }

        /** Sets the place whose law applies, such as {@code FR} or {@code US-TX}; unknown by default. */
        public Builder jurisdiction(String value) {
            this.jurisdiction = requireNonNull(value, "jurisdiction").strip();
            return this;
        }

        /**
         * Says that the agreement is kept as evidence and opens nothing, such as one given for e-mail.
         *
         * @param why the reason, not blank, no personal data
         */
        public Builder evidenceOnly(String why) {
            if (why.isBlank()) {
                throw new IllegalArgumentException("why is blank: say why the agreement opens nothing");
            }
            this.evidenceOnly = why;
            return this;
        }

        /** Adds further evidence by name, such as what the CRM says beside. Blank values are left out. */
        public Builder detail(String name, String value) {
            if (!requireNonNull(value, "value").isBlank()) {
                details.put(requireNonNull(name, "name"), value);
            }
            return this;
        }

        /**
         * Says that something in the row is not understood. It goes into the report, and no agreement is taken from the
         * row; an opt-out is.
         *
         * @param text which field and what to do, no personal data: not the value
         */
        public Builder problem(String text) {
            problems.add(requireNonNull(text, "text"));
            return this;
        }

        /** Returns the row. */
        public CrmRow build() {
            return new CrmRow(this);
        }
    }
}
