package aparte.consent.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What ISO/IEC TS 27560 asks of a consent record beyond the act itself, the same for all entries of a storage: who the
 * controller is, how to withdraw, how long and where records are kept and who receives them.
 *
 * <p>It is kept once, by its hash, and every entry names the terms that it was kept under. What is not set reads
 * {@value #NOT_STATED}. No personal data. Thread-safe.
 */
public final class ConsentTerms {
    /** What an export shows where nothing was set. */
    public static final String NOT_STATED = "not stated";

    private final String controllerAddress;
    private final String controllerContact;
    private final String privacyNotice;
    private final String withdrawal;
    private final String retention;
    private final String jurisdiction;
    private final String language;
    private final List<String> storageLocations;
    private final List<String> recipients;

    private ConsentTerms(Builder builder) {
        this.controllerAddress = builder.controllerAddress;
        this.controllerContact = builder.controllerContact;
        this.privacyNotice = builder.privacyNotice;
        this.withdrawal = builder.withdrawal;
        this.retention = builder.retention;
        this.jurisdiction = builder.jurisdiction;
        this.language = builder.language;
        this.storageLocations = List.copyOf(builder.storageLocations);
        this.recipients = List.copyOf(builder.recipients);
    }

    /** Returns a builder in which nothing is stated yet. */
    public static Builder builder() {
        return new Builder();
    }

    String controllerAddress() {
        return controllerAddress;
    }

    String controllerContact() {
        return controllerContact;
    }

    String privacyNotice() {
        return privacyNotice;
    }

    String withdrawal() {
        return withdrawal;
    }

    String retention() {
        return retention;
    }

    String jurisdiction() {
        return jurisdiction;
    }

    String language() {
        return language;
    }

    List<String> storageLocations() {
        return storageLocations;
    }

    List<String> recipients() {
        return recipients;
    }

    /** Builds {@link ConsentTerms}. Not thread-safe. */
    public static final class Builder {
        private final List<String> storageLocations = new ArrayList<>();
        private final List<String> recipients = new ArrayList<>();
        private String controllerAddress = NOT_STATED;
        private String controllerContact = NOT_STATED;
        private String privacyNotice = NOT_STATED;
        private String withdrawal = NOT_STATED;
        private String retention = NOT_STATED;
        private String jurisdiction = NOT_STATED;
        private String language = NOT_STATED;

        private Builder() {}

        /** Sets where the controller sits. */
        public Builder controllerAddress(String value) {
            this.controllerAddress = text(value, "controllerAddress");
            return this;
        }

        /** Sets how to reach the controller about data protection. */
        public Builder controllerContact(String value) {
            this.controllerContact = text(value, "controllerContact");
            return this;
        }

        /** Sets where the privacy notice is. */
        public Builder privacyNotice(String value) {
            this.privacyNotice = text(value, "privacyNotice");
            return this;
        }

        /** Sets how people were told that they can withdraw. */
        public Builder withdrawal(String value) {
            this.withdrawal = text(value, "withdrawal");
            return this;
        }

        /** Sets how long records are kept. */
        public Builder retention(String value) {
            this.retention = text(value, "retention");
            return this;
        }

        /** Sets whose law applies to entries that do not say, ISO 3166 with region. */
        public Builder jurisdiction(String value) {
            this.jurisdiction = text(value, "jurisdiction");
            return this;
        }

        /** Sets the language of entries that show no wording. */
        public Builder language(Locale value) {
            return languageTag(value.toLanguageTag());
        }

        Builder languageTag(String value) {
            this.language = value;
            return this;
        }

        /** Adds a place where records are kept. */
        public Builder storageLocation(String value) {
            this.storageLocations.add(text(value, "storageLocation"));
            return this;
        }

        /** Adds a third party that receives the data, such as the messaging platforms. */
        public Builder recipient(String value) {
            this.recipients.add(text(value, "recipient"));
            return this;
        }

        /** Returns the terms. */
        public ConsentTerms build() {
            return new ConsentTerms(this);
        }

        private static String text(String value, String name) {
            Objects.requireNonNull(value, name);
            if (value.isBlank() || value.length() > 2_000) {
                throw new IllegalArgumentException(name + " must have 1 to 2,000 characters and not be blank");
            }
            return value;
        }
    }
}
