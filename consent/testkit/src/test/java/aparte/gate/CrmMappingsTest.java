package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.Standing;
import aparte.consent.CrmImport;
import aparte.consent.CrmMappings;
import aparte.consent.CrmRow;
import aparte.consent.ImportReport;
import aparte.consent.ImportReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrmMappingsTest {
    private static final Address EMAIL = Address.email("ana@example.org");
    private static final String NATIONAL = "06 39 98 00 01";

    private final Fixture fixture = new Fixture();
    private final CrmMappings mappings = CrmMappings.builder("FR", Scope.of(Purpose.NEWS))
            .zone(ZoneId.of("Europe/Paris"))
            .wording("v3")
            .reference("PartyId")
            .brand("0bB1")
            .dataUse("0ZW1", Scope.of(Purpose.MARKETING))
            .build();

    private ImportReport run(CrmRow row) {
        return CrmImport.builder(fixture.gate, "crm", "sixteen random bytes or more".getBytes(StandardCharsets.UTF_8))
                .wording(new ConsentEntry.Wording("v3", Locale.FRENCH, "Oui, écrivez-moi par messagerie."))
                .build()
                .run(List.of(row));
    }

    private ConsentEntry only(Address address) {
        List<ConsentEntry> entries = fixture.ledger.read(Identity.of(address)).entries();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private boolean isMailOpen() {
        return Standing.of(fixture.ledger.read(Identity.of(EMAIL)), Purpose.NEWS, SENDER, NOON)
                .isOpen();
    }

    private List<Refusal.Reason> marketing() {
        return reasons(fixture.gate.send(
                Message.of(Recipient.builder(PHONE).reference("0PK1").build(), Purpose.MARKETING, TEXT)));
    }

    private static Map<String, String> with(Map<String, String> row, String... changes) {
        Map<String, String> changed = new HashMap<>(row);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put(changes[i], changes[i + 1]);
        }
        return changed;
    }

    @Nested
    class Salesforce {
        private final Map<String, String> optIn = Map.ofEntries(
                entry("Id", "0ZY1"),
                entry("PartyId", "0PK1"),
                entry("ContactPointType", "Phone"),
                entry("TelephoneNumber", NATIONAL),
                entry("DataUsePurposeId", "0ZW1"),
                entry("BusinessBrandId", "0bB1"),
                entry("PrivacyConsentStatus", "OptIn"),
                entry("CaptureContactPointType", "Web"),
                entry("CaptureDate", "2026-03-01T10:00:00.000+0000"),
                entry("CaptureSource", "https://example.org/form"));

        @Test
        void opens_by_an_opt_in_with_date_source_and_wording() {
            ImportReport report = run(mappings.salesforce(1, optIn));

            assertThat(report.counts()).containsExactly(entry(Outcome.GRANTED, 1L));
            assertThat(only(PHONE).effectiveAt()).contains(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(only(PHONE).scope()).isEqualTo(Scope.of(Purpose.MARKETING));
            assertThat(marketing()).isEmpty();
        }

        @Test
        void confirms_by_a_double_consent() {
            ImportReport report = run(
                    mappings.salesforce(1, with(optIn, "DoubleConsentCaptureDate", "2026-03-02T10:00:00.000+0000")));

            assertThat(report.counts()).containsExactly(entry(Outcome.CONFIRMED, 1L));
            assertThat(only(PHONE).effectiveAt()).contains(Instant.parse("2026-03-02T10:00:00Z"));
        }

        @ParameterizedTest
        @CsvSource({
            "2026-03-01T10:00:00.000+0200, 2026-03-01T08:00:00Z",
            "2026-03-01T10:00:00+02:00, 2026-03-01T08:00:00Z",
            "2026-03-01T10:00-05:00, 2026-03-01T15:00:00Z",
            "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00, 2026-03-01T09:00:00Z",
            "2026-03-01 10:00, 2026-03-01T09:00:00Z",
            "2026-03-01, 2026-02-28T23:00:00Z",
            "100000000000, 1973-03-03T09:46:40Z"
        })
        void reads_dates_with_an_offset_or_else_in_the_zone_of_the_crm(String written, Instant at) {
            run(mappings.salesforce(1, with(optIn, "CaptureDate", written)));

            assertThat(only(PHONE).effectiveAt()).contains(at);
        }

        @Test
        void keeps_the_reference_of_the_person() {
            run(mappings.salesforce(1, optIn));

            assertThat(only(PHONE).person().reference()).contains("0PK1");
        }

        @Test
        void closes_what_the_opt_out_names() {
            run(mappings.salesforce(1, with(optIn, "PrivacyConsentStatus", "OptOut")));

            assertThat(only(PHONE).scope()).isEqualTo(Scope.of(Purpose.MARKETING));
        }

        @Test
        void closes_by_an_opt_out_at_the_later_of_its_dates() {
            run(mappings.salesforce(
                    1, with(optIn, "PrivacyConsentStatus", "OptOut", "EffectiveFrom", "2026-04-01T00:00:00.000+0000")));

            assertThat(only(PHONE).kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
            assertThat(only(PHONE).effectiveAt()).contains(Instant.parse("2026-04-01T00:00:00Z"));
            assertThat(marketing()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Seen", "NotSeen", ""})
        void hears_neither_yes_nor_no_in(String status) {
            assertThat(run(mappings.salesforce(1, with(optIn, "PrivacyConsentStatus", status)))
                            .counts())
                    .containsExactly(entry(Outcome.SAYS_NOTHING, 1L));
        }

        @ParameterizedTest
        @CsvSource({
            "PrivacyConsentStatus, OptInMaybe",
            "ContactPointType, Pigeon",
            "DataUsePurposeId, 0ZW9",
            "CaptureDate, 03/01/2026",
            "EffectiveTo, soon"
        })
        void reports_a_value_that_it_does_not_know(String field, String value) {
            ImportReport report = run(mappings.salesforce(7, with(optIn, field, value)));

            assertThat(report.counts()).containsExactly(entry(Outcome.MALFORMED, 1L));
            assertThat(report.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.text()).contains(field).doesNotContain(value));
        }

        @Test
        void still_closes_where_the_purpose_is_not_known() {
            run(mappings.salesforce(1, with(optIn, "PrivacyConsentStatus", "OptOut", "DataUsePurposeId", "0ZW9")));

            assertThat(only(PHONE).scope()).isEqualTo(Scope.promotional());
        }

        @ParameterizedTest
        @ValueSource(strings = {"Email", "MailingAddress", "Web"})
        void opens_no_messaging_by_the_contact_point(String type) {
            ImportReport report = run(mappings.salesforce(1, with(optIn, "ContactPointType", type)));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(marketing()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void ends_with_the_consent() {
            run(mappings.salesforce(1, with(optIn, "EffectiveTo", "2026-06-01T00:00:00.000+0000")));

            assertThat(marketing()).containsExactly(Refusal.Reason.CONSENT_EXPIRED);
        }

        @Test
        void waits_until_the_consent_takes_effect() {
            assertThat(run(mappings.salesforce(1, with(optIn, "EffectiveFrom", "2027-01-01T00:00:00.000+0000")))
                            .counts())
                    .containsExactly(entry(Outcome.MALFORMED, 1L));
        }

        @Test
        void leaves_another_brand_alone() {
            assertThat(run(mappings.salesforce(1, with(optIn, "BusinessBrandId", "0bB2")))
                            .counts())
                    .containsExactly(entry(Outcome.SAYS_NOTHING, 1L));
        }

        @Test
        void asks_for_the_brand_where_records_name_one() {
            CrmMappings brandless =
                    CrmMappings.builder("FR", Scope.of(Purpose.NEWS)).build();

            assertThat(run(brandless.salesforce(1, optIn)).lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.text()).contains("brand(…)"));
        }
    }

    @Nested
    class HubSpot {
        private final Map<String, String> subscribed = Map.of(
                "subscriberIdString", "Ana@Example.org",
                "mobilephone", NATIONAL,
                "channel", "EMAIL",
                "status", "SUBSCRIBED",
                "legalBasis", "CONSENT_WITH_NOTICE",
                "legalBasisExplanation", "form",
                "source", "Form submission",
                "timestamp", "2026-03-01T10:00:00Z");

        @Test
        void opens_no_messaging_whatever_the_legal_basis() {
            ImportReport report = run(mappings.hubSpot(1, subscribed));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(only(PHONE).details()).containsEntry("legalBasis", "CONSENT_WITH_NOTICE");
            assertThat(only(PHONE).effectiveAt()).contains(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void closes_messaging_by_an_unsubscription() {
            fixture.gate
                    .desk()
                    .record(granted(Purpose.NEWS).effectiveAt(Instant.EPOCH).build());

            run(mappings.hubSpot(1, with(subscribed, "status", "UNSUBSCRIBED", "timestamp", "1772359200000")));

            assertThat(only(EMAIL).effectiveAt()).contains(Instant.ofEpochMilli(1_772_359_200_000L));
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void hears_neither_yes_nor_no_in_not_specified() {
            assertThat(run(mappings.hubSpot(1, with(subscribed, "status", "NOT_SPECIFIED")))
                            .counts())
                    .containsExactly(entry(Outcome.SAYS_NOTHING, 1L));
        }

        @ParameterizedTest
        @CsvSource({"status, PAUSED", "channel, WHATSAPP", "legalBasis, BECAUSE"})
        void reports_a_value_that_it_does_not_know(String field, String value) {
            assertThat(run(mappings.hubSpot(1, with(subscribed, field, value))).lines())
                    .extracting(ImportReport.Line::text)
                    .containsExactly(field + " has a value that is not known");
        }
    }

    @Nested
    class SuiteCrm {
        private final Map<String, String> person = Map.of(
                "phone_mobile", NATIONAL,
                "email_address", "ana@example.org",
                "opt_out", "0",
                "invalid_email", "0",
                "do_not_call", "0",
                "confirm_opt_in", "not-opt-in",
                "lawful_basis", "");

        @ParameterizedTest
        @CsvSource({"opt_out, 1", "do_not_call, 1", "lawful_basis, '^contract^,^withdrawn^'"})
        void closes_everything_promotional_by(String field, String value) {
            run(mappings.suiteCrm(1, with(person, field, value)));

            assertThat(only(PHONE).kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
            assertThat(only(EMAIL).effectiveAt()).contains(NOON);
        }

        @Test
        void suppresses_an_invalid_email_and_leaves_the_telephone() {
            run(mappings.suiteCrm(1, with(person, "invalid_email", "1")));

            assertThat(only(EMAIL).kind()).isEqualTo(ConsentEntry.Kind.SUPPRESSED);
            assertThat(fixture.ledger.read(Identity.of(PHONE)).entries()).isEmpty();
        }

        @Test
        void confirms_the_email_address_alone() {
            ImportReport report = run(mappings.suiteCrm(
                    1,
                    with(person, "confirm_opt_in", "confirmed-opt-in", "confirm_opt_in_date", "2026-03-01 10:00:00")));

            assertThat(report.counts()).containsExactly(entry(Outcome.CONFIRMED, 1L));
            assertThat(only(EMAIL).effectiveAt()).contains(Instant.parse("2026-03-01T09:00:00Z"));
            assertThat(isMailOpen()).isTrue();
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void waits_while_the_question_is_out() {
            ImportReport report = run(mappings.suiteCrm(
                    1, with(person, "confirm_opt_in", "opt-in", "confirm_opt_in_sent_date", "2026-03-01 10:00:00")));

            assertThat(report.counts()).containsExactly(entry(Outcome.PENDING, 1L));
            assertThat(isMailOpen()).isFalse();
        }

        @Test
        void does_not_wait_for_a_question_that_never_left() {
            ImportReport report = run(mappings.suiteCrm(
                    1,
                    with(
                            person,
                            "confirm_opt_in",
                            "opt-in",
                            "confirm_opt_in_sent_date",
                            "2026-03-01 10:00:00",
                            "confirm_opt_in_fail_date",
                            "2026-03-01 10:00:01")));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
        }

        @Test
        void opens_nothing_by_a_lawful_basis() {
            ImportReport report = run(mappings.suiteCrm(
                    1,
                    with(
                            person,
                            "lawful_basis",
                            "^consent^",
                            "lawful_basis_source",
                            "website",
                            "date_reviewed",
                            "2026-03-01")));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @ParameterizedTest
        @CsvSource({"confirm_opt_in, maybe", "lawful_basis, ^whim^", "opt_out, perhaps"})
        void reports_a_value_that_it_does_not_know(String field, String value) {
            assertThat(run(mappings.suiteCrm(1, with(person, field, value))).lines())
                    .extracting(ImportReport.Line::text)
                    .containsExactly(field + " has a value that is not known");
        }
    }

    @Nested
    class EspoCrm {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "optOut",
                    "optedOut",
                    "doNotCall",
                    "emailAddressIsOptedOut",
                    "phoneNumberIsOptedOut",
                    "targetListIsOptedOut"
                })
        void closes_by(String flag) {
            run(mappings.espoCrm(1, Map.of("phoneNumber", NATIONAL, "emailAddress", "ana@example.org", flag, "true")));

            assertThat(only(PHONE).kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
        }

        @Test
        void suppresses_an_invalid_number() {
            run(mappings.espoCrm(1, Map.of("phoneNumber", NATIONAL, "phoneNumberIsInvalid", "1")));

            assertThat(only(PHONE).kind()).isEqualTo(ConsentEntry.Kind.SUPPRESSED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"emailAddressIsInvalid", "invalid"})
        void suppresses_an_invalid_email(String flag) {
            run(mappings.espoCrm(1, Map.of("emailAddress", "ana@example.org", flag, "1")));

            assertThat(only(EMAIL).kind()).isEqualTo(ConsentEntry.Kind.SUPPRESSED);
        }

        @Test
        void suppresses_no_email_that_is_not() {
            run(mappings.espoCrm(1, Map.of("emailAddress", "ana@example.org", "optOut", "1")));

            assertThat(only(EMAIL).kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
        }

        @Test
        void opens_nothing_ever() {
            assertThat(run(mappings.espoCrm(1, Map.of("phoneNumber", NATIONAL, "doNotCall", "false")))
                            .counts())
                    .containsExactly(entry(Outcome.SAYS_NOTHING, 1L));
        }
    }

    @Nested
    class Odoo {
        private final Map<String, String> subscription = Map.of(
                "contact_id", "7",
                "list_id", "3",
                "email", "ana@example.org",
                "phone", NATIONAL,
                "mobile", "False",
                "opt_out", "False",
                "opt_out_datetime", "False",
                "is_blacklisted", "False");

        @Test
        void closes_by_an_opt_out_at_its_time() {
            run(mappings.odoo(1, with(subscription, "opt_out", "True", "opt_out_datetime", "2026-03-01")));

            assertThat(only(PHONE).effectiveAt())
                    .as("the last second of the day in Paris")
                    .contains(Instant.parse("2026-03-01T22:59:59Z"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"is_blacklisted", "phone_blacklisted", "mobile_blacklisted", "phone_sanitized_blacklisted"})
        void closes_by_the_blacklist(String flag) {
            run(mappings.odoo(1, with(subscription, flag, "True")));

            assertThat(only(PHONE).kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
        }

        @Test
        void keeps_a_subscription_as_evidence_only() {
            assertThat(run(mappings.odoo(1, subscription)).counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
        }
    }
}
