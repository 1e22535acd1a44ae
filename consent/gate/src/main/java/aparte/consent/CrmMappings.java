package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.Address;
import aparte.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the rows of known CRMs for {@link CrmImport}: field names and values as their exports have them.
 *
 * <p>A value that is not known is a problem of its row, never guessed: the row's opt-outs count, its agreement does not. A
 * problem names the field and not what it holds. What a CRM holds for e-mail alone opens no messaging, but its opt-outs
 * close messaging too, for a person told one brand to stop; {@link CrmRow.Builder} is there for who decides otherwise.
 *
 * <p>Dates: ISO 8601 with {@code T} or a blank, offsets with or without a colon, milliseconds since 1970. A date without
 * a time is the first second of its day for an agreement, and the last for an opt-out. Thread-safe.
 *
 * <p>Facts as of 2026-11: Salesforce's object reference (ContactPointTypeConsent, ContactPointConsent), HubSpot's public
 * API specifications (Communication Preferences 2026-09), the sources of SuiteCRM 7, EspoCRM 9 and Odoo 19.
 */
public final class CrmMappings {
    /** With or without an offset, and that with or without a colon. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final Set<String> TRUE = Set.of("1", "true", "yes", "y", "on");
    private static final Set<String> FALSE = Set.of("", "0", "false", "no", "n", "off");
    private static final Set<String> CONTACT_POINTS = Set.of("email", "mailingaddress", "phone", "social", "web");
    private static final Set<String> HUBSPOT_BASES = Set.of(
            "LEGITIMATE_INTEREST_PQL",
            "LEGITIMATE_INTEREST_CLIENT",
            "PERFORMANCE_OF_CONTRACT",
            "CONSENT_WITH_NOTICE",
            "NON_GDPR",
            "PROCESS_AND_STORE",
            "LEGITIMATE_INTEREST_OTHER");
    private static final Set<String> SUITECRM_BASES = Set.of(
            "consent",
            "contract",
            "legal_obligation",
            "protection_of_interest",
            "public_interest",
            "legitimate_interest",
            "withdrawn");

    private final String region;
    private final Scope agreedTo;
    private final ZoneId zone;
    private final String wording;
    private final String reference;
    private final String brand;
    private final Map<String, Scope> dataUses;

    private CrmMappings(Builder builder) {
        this.region = builder.region;
        this.agreedTo = builder.agreedTo;
        this.zone = builder.zone;
        this.wording = builder.wording;
        this.reference = builder.reference;
        this.brand = builder.brand;
        this.dataUses = Map.copyOf(builder.dataUses);
    }

    /**
     * Returns a builder.
     *
     * @param region the country of telephone numbers written without a country code, as for {@link PhoneNumbers#parse}
     * @param agreedTo what people agreed to whom the CRM holds for subscribed
     */
    public static Builder builder(String region, Scope agreedTo) {
        return new Builder(region, agreedTo);
    }

    /**
     * Reads a Salesforce {@code ContactPointTypeConsent} or {@code ContactPointConsent}, joined with the
     * {@code TelephoneNumber} and {@code EmailAddress} of the contact points.
     *
     * <p>{@code OptOut} closes what the data use purpose names, or all promotion. {@code OptIn} opens with
     * {@code CaptureDate}, {@code CaptureSource} and a wording, for {@code Phone} and {@code Social}; with a
     * {@code DoubleConsentCaptureDate} it is confirmed. {@code Seen} and {@code NotSeen} say nothing. A record of another
     * {@code BusinessBrandId} is left out.
     */
    public CrmRow salesforce(long number, Map<String, String> fields) {
        Row row = new Row(number, fields);
        String recordBrand = row.text("BusinessBrandId");
        if (!recordBrand.isEmpty() && !recordBrand.equals(brand)) {
            if (brand.isEmpty()) {
                row.problem("BusinessBrandId is set: name yours to CrmMappings.builder(…).brand(…)");
            }
            return row.build();
        }
        row.phone("TelephoneNumber").email("EmailAddress");
        Optional<Scope> dataUse = dataUse(row);
        switch (row.word("PrivacyConsentStatus")) {
            case "optout" -> {
                row.optOut("EffectiveFrom", "CaptureDate");
                dataUse.ifPresent(row.built::optOutScope);
            }
            case "optin" -> salesforceOptIn(row, dataUse.orElse(agreedTo));
            case "", "seen", "notseen" -> {
                // Neither yes nor no.
            }
            default -> row.unknown("PrivacyConsentStatus");
        }
        return row.build();
    }

    private Optional<Scope> dataUse(Row row) {
        String id = row.text("DataUsePurposeId");
        Scope scope = dataUses.get(id);
        if (!id.isEmpty() && scope == null) {
            row.problem("DataUsePurposeId is not known: say to CrmMappings.builder(…).dataUse(…) what it is for");
        }
        return Optional.ofNullable(scope);
    }

    private void salesforceOptIn(Row row, Scope scope) {
        row.built.optIn(scope).source(row.text("CaptureSource")).wording(wording);
        row.date("CaptureDate", false, row.built::optedInAt);
        row.date("EffectiveFrom", false, row.built::optInFrom);
        row.date("EffectiveTo", false, row.built::optInUntil);
        if (!row.text("DoubleConsentCaptureDate").isEmpty()) {
            boolean phone = !row.text("TelephoneNumber").isEmpty();
            row.built.doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, phone ? Address.Kind.PHONE : Address.Kind.EMAIL);
            row.date("DoubleConsentCaptureDate", false, row.built::optedInAt);
        }
        row.detail("CaptureContactPointType");
        String type = row.word("ContactPointType");
        if (!type.isEmpty() && !CONTACT_POINTS.contains(type)) {
            row.unknown("ContactPointType");
        } else if (!type.isEmpty() && !type.equals("phone") && !type.equals("social")) {
            row.built.evidenceOnly("the agreement is for the contact point " + type);
        }
    }

    /**
     * Reads a HubSpot subscription status, joined with the {@code phone} and {@code mobilephone} of the contact.
     *
     * <p>{@code UNSUBSCRIBED} closes all promotion at its {@code timestamp}. {@code SUBSCRIBED} is for e-mail, whatever its
     * {@code legalBasis}: it is kept as evidence and opens no messaging. {@code NOT_SPECIFIED} says nothing.
     */
    public CrmRow hubSpot(long number, Map<String, String> fields) {
        Row row = new Row(number, fields);
        row.email("subscriberIdString").phone("phone").phone("mobilephone");
        if (!Set.of("", "email").contains(row.word("channel"))) {
            row.unknown("channel");
        }
        if (!row.text("legalBasis").isEmpty() && !HUBSPOT_BASES.contains(row.text("legalBasis"))) {
            row.unknown("legalBasis");
        }
        row.detail("legalBasis").detail("legalBasisExplanation").detail("subscriptionId");
        switch (row.word("status")) {
            case "unsubscribed" -> row.optOut("timestamp");
            case "subscribed" -> {
                row.built
                        .optIn(agreedTo)
                        .source(row.text("source"))
                        .evidenceOnly("HubSpot's subscriptions are for e-mail");
                row.date("timestamp", false, row.built::optedInAt);
            }
            case "", "not_specified" -> {
                // Neither yes nor no.
            }
            default -> row.unknown("status");
        }
        return row.build();
    }

    /**
     * Reads a SuiteCRM person, joined with the flags of the {@code email_address}.
     *
     * <p>{@code opt_out}, {@code do_not_call} and the lawful basis {@code withdrawn} close all promotion; SuiteCRM does not
     * keep their dates. {@code invalid_email} suppresses the address. {@code confirm_opt_in} concerns the e-mail address
     * alone: {@code confirmed-opt-in} is confirmed for it at {@code confirm_opt_in_date}, {@code opt-in} waits if
     * {@code confirm_opt_in_sent_date} is set and {@code confirm_opt_in_fail_date} is not. The lawful basis
     * {@code consent} is kept as evidence.
     */
    public CrmRow suiteCrm(long number, Map<String, String> fields) {
        Row row = new Row(number, fields);
        row.email("email_address", row.flag("invalid_email"));
        for (String phone : List.of("phone_mobile", "phone_home", "phone_work", "phone_other")) {
            row.phone(phone);
        }
        boolean optOut = row.flag("opt_out");
        boolean doNotCall = row.flag("do_not_call");
        Set<String> bases = new HashSet<>(
                List.of(row.text("lawful_basis").replace("^", "").strip().split("\\s*,\\s*")));
        if (!bases.stream().allMatch(basis -> basis.isEmpty() || SUITECRM_BASES.contains(basis))) {
            row.unknown("lawful_basis");
        }
        if (optOut || doNotCall || bases.contains("withdrawn")) {
            row.built.optOut();
        }
        row.detail("lawful_basis").detail("lawful_basis_source").detail("date_reviewed");
        switch (row.word("confirm_opt_in")) {
            case "confirmed-opt-in" -> {
                row.built
                        .optIn(agreedTo)
                        .source("SuiteCRM: confirm_opt_in")
                        .wording(wording)
                        .doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, Address.Kind.EMAIL);
                row.date("confirm_opt_in_date", false, row.built::optedInAt);
            }
            case "opt-in" -> {
                row.built.optIn(agreedTo);
                if (!row.text("confirm_opt_in_sent_date").isEmpty()
                        && row.text("confirm_opt_in_fail_date").isEmpty()) {
                    row.built.doubleOptIn(CrmRow.DoubleOptIn.PENDING, Address.Kind.EMAIL);
                    row.date("confirm_opt_in_sent_date", false, row.built::optedInAt);
                }
            }
            case "", "not-opt-in" -> {
                if (bases.contains("consent")) {
                    row.built.optIn(agreedTo).evidenceOnly("a lawful basis names neither channel nor wording");
                }
            }
            default -> row.unknown("confirm_opt_in");
        }
        return row.build();
    }

    /**
     * Reads an EspoCRM person, e-mail address, telephone number or member of a target list.
     *
     * <p>It can only close: {@code optOut}, {@code emailAddressIsOptedOut}, {@code phoneNumberIsOptedOut},
     * {@code targetListIsOptedOut}, {@code optedOut} and {@code doNotCall} close all promotion, without dates, since
     * EspoCRM keeps none; {@code invalid}, {@code emailAddressIsInvalid} and {@code phoneNumberIsInvalid} suppress.
     */
    public CrmRow espoCrm(long number, Map<String, String> fields) {
        Row row = new Row(number, fields);
        boolean invalid = row.flag("invalid");
        row.email("emailAddress", row.flag("emailAddressIsInvalid") || invalid);
        row.phone("phoneNumber", row.flag("phoneNumberIsInvalid") || invalid);
        boolean out = false;
        for (String flag : List.of(
                "optOut",
                "optedOut",
                "doNotCall",
                "emailAddressIsOptedOut",
                "phoneNumberIsOptedOut",
                "targetListIsOptedOut")) {
            out |= row.flag(flag);
        }
        if (out) {
            row.built.optOut();
        }
        return row.build();
    }

    /**
     * Reads an Odoo {@code mailing.subscription}, mailing contact or partner, with {@code email}, {@code phone} and
     * {@code mobile}.
     *
     * <p>{@code opt_out} closes all promotion at {@code opt_out_datetime}; {@code is_blacklisted},
     * {@code phone_blacklisted}, {@code mobile_blacklisted} and {@code phone_sanitized_blacklisted} close it without a
     * date. A subscription that is not opted out is for e-mail: it is kept as evidence.
     */
    public CrmRow odoo(long number, Map<String, String> fields) {
        Row row = new Row(number, fields);
        row.email("email").phone("phone").phone("mobile");
        boolean blacklisted = false;
        for (String flag :
                List.of("is_blacklisted", "phone_blacklisted", "mobile_blacklisted", "phone_sanitized_blacklisted")) {
            blacklisted |= row.flag(flag);
        }
        boolean optOut = row.flag("opt_out");
        if (blacklisted) {
            row.built.optOut();
        } else if (optOut) {
            row.optOut("opt_out_datetime");
            row.detail("opt_out_reason_id");
        } else if (!row.text("list_id").isEmpty()) {
            row.built.optIn(agreedTo).evidenceOnly("Odoo's mailing lists are for e-mail");
        }
        return row.build();
    }

    /** One row while it is read. */
    private final class Row {
        private final Map<String, String> fields;
        private final CrmRow.Builder built;

        Row(long number, Map<String, String> fields) {
            this.fields = requireNonNull(fields, "fields");
            this.built = CrmRow.builder(number);
            if (!reference.isEmpty()) {
                built.reference(text(reference));
            }
        }

        /** The field; empty if it is missing, and for Odoo's and others' way to write so. */
        String text(String field) {
            String value = fields.getOrDefault(field, "").strip();
            return value.equalsIgnoreCase("false") || value.equalsIgnoreCase("null") ? "" : value;
        }

        /** The field in small letters, without blanks. */
        String word(String field) {
            return text(field).toLowerCase(Locale.ROOT).replace(" ", "");
        }

        boolean flag(String field) {
            String value = text(field).toLowerCase(Locale.ROOT);
            if (!TRUE.contains(value) && !FALSE.contains(value)) {
                unknown(field);
            }
            return TRUE.contains(value);
        }

        Row phone(String field) {
            return phone(field, false);
        }

        Row phone(String field, boolean invalid) {
            if (invalid) {
                built.invalidPhone(text(field), region);
            } else {
                built.phone(text(field), region);
            }
            return this;
        }

        Row email(String field) {
            return email(field, false);
        }

        Row email(String field, boolean invalid) {
            if (invalid) {
                built.invalidEmail(text(field));
            } else {
                built.email(text(field));
            }
            return this;
        }

        Row detail(String field) {
            built.detail(field, text(field));
            return this;
        }

        /** Opted out at the latest of these dates; without one, or with one that cannot be read, at an unknown time. */
        void optOut(String... dates) {
            built.optOut();
            Instant[] latest = {Instant.MIN};
            for (String field : dates) {
                date(field, true, at -> latest[0] = at.isAfter(latest[0]) ? at : latest[0]);
            }
            if (latest[0].isAfter(Instant.MIN)) {
                built.optOut(latest[0]);
            }
        }

        void date(String field, boolean closing, Consumer<Instant> then) {
            String value = text(field);
            if (!value.isEmpty()) {
                Optional<Instant> at = instant(value, closing);
                at.ifPresentOrElse(then, () -> problem(field + " is not a date that can be read: write ISO 8601"));
            }
        }

        void unknown(String field) {
            problem(field + " has a value that is not known");
        }

        void problem(String text) {
            built.problem(text);
        }

        CrmRow build() {
            return built.build();
        }
    }

    private Optional<Instant> instant(String value, boolean closing) {
        String iso = value.indexOf(' ') == 10 ? value.substring(0, 10) + "T" + value.substring(11) : value;
        try {
            if (value.length() >= 12 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(value)));
            }
            if (iso.length() == 10) {
                LocalDate day = LocalDate.parse(iso);
                return Optional.of((closing ? day.atTime(LocalTime.of(23, 59, 59)) : day.atStartOfDay())
                        .atZone(zone)
                        .toInstant());
            }
            TemporalAccessor read = DATE.parseBest(iso, Instant::from, LocalDateTime::from);
            return Optional.of(
                    read instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(read));
        } catch (DateTimeParseException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** Builds {@link CrmMappings}. Not thread-safe. */
    public static final class Builder {
        private final String region;
        private final Scope agreedTo;
        private final Map<String, Scope> dataUses = new HashMap<>();
        private ZoneId zone = ZoneOffset.UTC;
        private String wording = "";
        private String reference = "";
        private String brand = "";

        private Builder(String region, Scope agreedTo) {
            this.region = requireNonNull(region, "region");
            this.agreedTo = requireNonNull(agreedTo, "agreedTo");
        }

        /** Sets the zone of dates that name none; UTC by default. */
        public Builder zone(ZoneId value) {
            this.zone = requireNonNull(value, "zone");
            return this;
        }

        /** Sets the version of the text that people saw when they agreed; unknown by default, and then nothing opens. */
        public Builder wording(String version) {
            this.wording = requireNonNull(version, "version");
            return this;
        }

        /**
         * Sets the field that holds the host's stable id of the person, such as Salesforce's {@code PartyId}; none by
         * default.
         */
        public Builder reference(String field) {
            this.reference = requireNonNull(field, "field");
            return this;
        }

        /** Sets the Salesforce business brand whose gate this is; none by default. */
        public Builder brand(String id) {
            this.brand = requireNonNull(id, "id");
            return this;
        }

        /** Says what a Salesforce data use purpose is for. */
        public Builder dataUse(String id, Scope scope) {
            dataUses.put(requireNonNull(id, "id"), requireNonNull(scope, "scope"));
            return this;
        }

        /** Returns the mappings. */
        public CrmMappings build() {
            return new CrmMappings(this);
        }
    }
}
