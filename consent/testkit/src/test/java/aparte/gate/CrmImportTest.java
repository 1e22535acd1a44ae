package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.History;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.CrmImport;
import aparte.consent.CrmRow;
import aparte.consent.ImportReport;
import aparte.consent.ImportReport.Outcome;
import aparte.consent.LedgerUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CrmImportTest {
    private static final byte[] SECRET = "sixteen or more random bytes".getBytes(StandardCharsets.UTF_8);
    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant SUMMER = Instant.parse("2026-07-01T10:00:00Z");
    private static final String NATIONAL = "06 39 98 00 01";
    private static final String FORM = "https://lumiere.example/form";
    private static final ConsentEntry.Wording WORDING =
            new ConsentEntry.Wording("v3", Locale.FRENCH, "Oui, Éditions Lumière peut m’écrire par messagerie.");

    private final Fixture fixture = new Fixture();

    private CrmImport.Builder builder() {
        return CrmImport.builder(fixture.gate, "old-crm", SECRET).wording(WORDING);
    }

    private ImportReport run(CrmRow... rows) {
        return builder().build().run(List.of(rows));
    }

    private static CrmRow.Builder row() {
        return CrmRow.builder(7).phone(NATIONAL, "FR");
    }

    private static CrmRow.Builder agreed() {
        return row().optIn(Scope.of(Purpose.NEWS))
                .optedInAt(SPRING)
                .source(FORM)
                .wording("v3");
    }

    private List<ConsentEntry> kept(Address... addresses) {
        return fixture.ledger.read(Identity.of(addresses)).entries();
    }

    private ConsentEntry onlyEntry() {
        assertThat(kept(PHONE)).hasSize(1);
        return kept(PHONE).get(0);
    }

    private List<Refusal.Reason> news() {
        return reasons(fixture.gate.send(Fixture.news()));
    }

    /** The table of what a CRM holds and what it becomes. */
    @Nested
    class WhenTheCrmHolds {
        @Test
        void an_opt_out_flag_with_a_date_it_becomes_withdrawn_at_that_date() {
            ImportReport report = run(row().optOut(SPRING).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
            assertThat(onlyEntry().effectiveAt()).contains(SPRING);
            assertThat(onlyEntry().method()).contains(ConsentEntry.Method.IMPORT);
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void an_opt_out_flag_without_a_date_it_becomes_withdrawn_now() {
            ImportReport report = run(row().optOut().build());

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L));
            assertThat(onlyEntry().effectiveAt()).contains(NOON);
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void an_invalid_address_it_becomes_suppressed() {
            ImportReport report =
                    run(CrmRow.builder(7).invalidPhone(NATIONAL, "FR").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.SUPPRESSED, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.SUPPRESSED);
            assertThat(onlyEntry().reason()).isEqualTo("INVALID");
            assertThat(news()).startsWith(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void an_opt_in_with_date_source_and_wording_it_becomes_granted_and_opens() {
            ImportReport report = run(agreed().build());

            assertThat(report.counts()).containsExactly(entry(Outcome.GRANTED, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.GRANTED);
            assertThat(onlyEntry().method()).contains(ConsentEntry.Method.IMPORT);
            assertThat(onlyEntry().wording()).contains(WORDING);
            assertThat(onlyEntry().proofs()).singleElement().satisfies(proof -> {
                assertThat(proof.type()).isEqualTo("crm-row");
                assertThat(proof.sha256()).isEqualTo(onlyEntry().details().get("row"));
            });
            assertThat(news()).isEmpty();
        }

        @Test
        void a_reference_it_is_that_of_the_agreement() {
            run(agreed().reference("crm-1").build());

            assertThat(onlyEntry().person().reference()).contains("crm-1");
        }

        @Test
        void a_place_proofs_and_further_fields_they_are_kept() {
            ConsentEntry.Proof form = new ConsentEntry.Proof("form", "crm/7", "a".repeat(64));

            run(agreed().jurisdiction("FR").proof(form).detail("list", "3").build());

            assertThat(onlyEntry().jurisdiction()).isEqualTo("FR");
            assertThat(onlyEntry().proofs()).contains(form);
            assertThat(onlyEntry().details()).containsEntry("list", "3").doesNotContainKey("wording");
        }

        @Test
        void further_fields_of_an_opt_out_they_are_kept_and_the_source_is_the_crm() {
            run(row().optOut(SPRING).source(FORM).detail("list", "3").build());

            assertThat(onlyEntry().details()).containsEntry("list", "3");
            assertThat(onlyEntry().source()).isEqualTo("crm:old-crm");
        }

        @Test
        void a_source_of_an_opt_in_it_is_kept_and_else_it_is_the_crm() {
            run(agreed().build());
            assertThat(onlyEntry().source()).isEqualTo(FORM);

            run(CrmRow.builder(8)
                    .email("ana@example.org")
                    .optIn(Scope.of(Purpose.NEWS))
                    .build());
            assertThat(kept(Address.email("ana@example.org")))
                    .extracting(ConsentEntry::source)
                    .containsExactly("crm:old-crm");
        }

        @Test
        void an_opt_in_with_a_date_only_it_becomes_unverified_and_opens_nothing() {
            ImportReport report =
                    run(row().optIn(Scope.of(Purpose.NEWS)).optedInAt(SPRING).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.IMPORTED);
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void an_opt_in_flag_only_or_a_customer_it_becomes_unverified_and_opens_nothing() {
            ImportReport report = run(
                    row().optIn(Scope.promotional()).detail("type", "customer").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.IMPORTED);
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void a_double_opt_in_that_waits_it_becomes_pending_and_opens_nothing() {
            ImportReport report = run(agreed().doubleOptIn(CrmRow.DoubleOptIn.PENDING, Address.Kind.PHONE)
                    .build());

            assertThat(report.counts()).containsExactly(entry(Outcome.PENDING, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.PENDING);
            assertThat(onlyEntry().expiresAt()).contains(SPRING.plus(Duration.ofDays(7)));
            // Nobody answered in spring, and the seven days are over.
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void a_double_opt_in_that_was_confirmed_it_becomes_confirmed_and_opens() {
            ImportReport report = run(agreed().doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, Address.Kind.PHONE)
                    .build());

            assertThat(report.counts()).containsExactly(entry(Outcome.CONFIRMED, 1L));
            assertThat(onlyEntry().kind()).isEqualTo(ConsentEntry.Kind.CONFIRMED);
            assertThat(news()).isEmpty();
        }
    }

    @Nested
    class WhenAnAgreementCannotBeDemonstrated {
        @Test
        void reports_a_wording_whose_text_nobody_gave() {
            ImportReport report = run(agreed().wording("v9").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(report.lines()).singleElement().satisfies(line -> {
                assertThat(line.row()).isEqualTo(7);
                assertThat(line.text()).contains("CrmImport.builder(…).wording(…)");
            });
            assertThat(onlyEntry().details()).containsEntry("wording", "v9");
        }

        @Test
        void opens_once_the_text_of_the_wording_is_given() {
            CrmRow row = agreed().build();
            CrmImport.builder(fixture.gate, "old-crm", SECRET).build().run(List.of(row));

            ImportReport report = run(row);

            assertThat(report.counts()).containsExactly(entry(Outcome.GRANTED, 1L));
            assertThat(news()).isEmpty();
        }

        @Test
        void opens_nothing_without_a_source() {
            run(agreed().source(" ").build());

            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_nothing_that_the_rule_of_the_host_refuses() {
            CrmImport strict = builder()
                    .grantOnlyIf(one -> one.effectiveAt().orElseThrow().isAfter(SUMMER))
                    .build();

            ImportReport report = strict.run(List.of(agreed().build()));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_nothing_that_was_given_for_something_else() {
            ImportReport report = run(agreed().evidenceOnly("given for e-mail").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(onlyEntry().reason()).isEqualTo("given for e-mail");
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_no_telephone_by_an_agreement_of_a_row_that_has_only_an_email_address() {
            run(CrmRow.builder(1)
                    .reference("crm-1")
                    .email("ana@example.org")
                    .optIn(Scope.of(Purpose.NEWS))
                    .optedInAt(SPRING)
                    .source(FORM)
                    .wording("v3")
                    .build());

            Recipient ana = Recipient.builder(PHONE).reference("crm-1").build();
            assertThat(reasons(fixture.gate.send(Message.of(ana, Purpose.NEWS, Fixture.TEXT))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_no_other_address_than_the_one_that_confirmed() {
            run(agreed().reference("crm-1")
                    .email("ana@example.org")
                    .doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, Address.Kind.EMAIL)
                    .build());

            Recipient ana = Recipient.builder(PHONE).reference("crm-1").build();
            assertThat(reasons(fixture.gate.send(Message.of(ana, Purpose.NEWS, Fixture.TEXT))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_nothing_if_it_is_not_known_which_address_confirmed() {
            ImportReport report = run(agreed().phone("06 39 98 00 02", "FR")
                    .doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, Address.Kind.PHONE)
                    .build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_nothing_by_an_agreement_that_has_ended() {
            ImportReport report = run(agreed().optInUntil(SUMMER).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.STAYS_CLOSED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.CONSENT_EXPIRED);
        }
    }

    @Nested
    class WhenARowCannotBeUnderstood {
        @Test
        void names_it_without_personal_data_and_imports_the_others() {
            ImportReport report = run(
                    CrmRow.builder(1).phone("0639980001 ext. 5", "FR").optOut().build(),
                    CrmRow.builder(2).phone("call Ana", "FR").optOut().build(),
                    row().optOut().build());

            assertThat(report.count(Outcome.WITHDRAWN)).isEqualTo(1);
            assertThat(report.lines()).extracting(ImportReport.Line::row).contains(1L, 2L);
            assertThat(report.lines())
                    .allSatisfy(line -> assertThat(line.text()).doesNotContain("0639980001", "Ana"));
        }

        @Test
        void takes_its_opt_out_and_not_its_opt_in() {
            ImportReport out = run(row().phone("06", "FR").optOut(SPRING).build());
            ImportReport in = run(agreed().optedInAt(SUMMER).phone("06", "FR").build());

            assertThat(out.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L), entry(Outcome.MALFORMED, 1L));
            assertThat(in.counts()).containsExactly(entry(Outcome.MALFORMED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void takes_no_agreement_from_a_row_whose_mapping_found_a_problem() {
            ImportReport report = run(agreed().problem("Status is not known").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.MALFORMED, 1L));
            assertThat(report.lines())
                    .containsExactly(new ImportReport.Line(7, Outcome.MALFORMED, "Status is not known"));
            assertThat(kept(PHONE)).isEmpty();
        }

        @Test
        void reports_a_row_that_names_nobody() {
            ImportReport report = run(CrmRow.builder(3).optOut().build());

            assertThat(report.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.text()).contains("names nobody"));
        }

        @Test
        void reports_an_agreement_that_is_still_to_come() {
            ImportReport report = run(
                    agreed().optedInAt(NOON.plusSeconds(3_600)).build(),
                    agreed().optInFrom(NOON.plusSeconds(3_600)).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.MALFORMED, 2L));
        }

        @Test
        void reports_an_agreement_to_everything() {
            ImportReport report = run(agreed().optIn(Scope.everything()).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.MALFORMED, 1L));
        }

        @Test
        void closes_by_an_opt_out_that_is_dated_ahead() {
            run(row().optOut(NOON.plus(Duration.ofDays(30))).build());

            assertThat(onlyEntry().effectiveAt()).contains(NOON);
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void counts_a_row_that_says_neither_yes_nor_no() {
            assertThat(run(row().build()).counts()).containsExactly(entry(Outcome.SAYS_NOTHING, 1L));
        }

        @Test
        void keeps_the_first_thousand_lines() {
            List<CrmRow> rows = IntStream.range(0, 1_200)
                    .mapToObj(number -> CrmRow.builder(number).phone("06", "FR").build())
                    .toList();

            ImportReport report = builder().build().run(rows);

            assertThat(report.lines()).hasSize(1_000);
            assertThat(report.furtherLines()).isEqualTo(200);
            assertThat(report.count(Outcome.MALFORMED)).isEqualTo(1_200);
        }
    }

    @Nested
    class WhenARowSaysBoth {
        @Test
        void closes_whatever_the_order_of_the_rows() {
            ImportReport report = run(agreed().build(), row().optOut(SUMMER).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L), entry(Outcome.STAYS_CLOSED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void records_the_opt_outs_of_the_whole_file_before_its_first_opt_in() {
            List<ConsentEntry.Kind> order = new ArrayList<>();
            ConsentGate watched = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public boolean append(ConsentEntry one) {
                            order.add(one.kind());
                            return super.append(one);
                        }
                    })
                    .build();
            List<CrmRow> rows = new ArrayList<>(List.of(agreed().build()));
            IntStream.range(0, 600)
                    .mapToObj(number -> CrmRow.builder(number)
                            .phone("+3363998" + (1_000 + number), "FR")
                            .optOut(SPRING)
                            .build())
                    .forEach(rows::add);

            CrmImport.builder(watched, "old-crm", SECRET)
                    .wording(WORDING)
                    .build()
                    .run(rows);

            assertThat(order).hasSize(601);
            assertThat(order.subList(0, 600)).containsOnly(ConsentEntry.Kind.WITHDRAWN);
            assertThat(order.get(600)).isEqualTo(ConsentEntry.Kind.GRANTED);
        }

        @Test
        void reopens_by_an_agreement_later_than_the_opt_out() {
            run(agreed().optOut(SPRING).optedInAt(SUMMER).build());

            assertThat(news()).isEmpty();
        }

        @Test
        void closes_if_both_are_of_the_same_second() {
            run(agreed().optOut(SPRING).build());

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_every_address_of_the_row_and_the_reference() {
            run(row().reference("crm-1").email("ana@example.org").optOut(SPRING).build());

            assertThat(kept(Address.email("ANA@example.org"))).hasSize(1);
            assertThat(fixture.ledger.read(Identity.of("crm-1", List.of())).entries())
                    .hasSize(1);
        }
    }

    @Nested
    class WhenTheSameFileIsImportedAgain {
        private final CrmRow[] file = {
            row().optOut().build(),
            CrmRow.builder(8)
                    .phone("06 39 98 00 02", "FR")
                    .optIn(Scope.of(Purpose.NEWS))
                    .build(),
            CrmRow.builder(9).invalidEmail("gone@example.org").build()
        };

        @Test
        void changes_nothing() {
            run(file);
            History before = fixture.ledger.read(ANA.identity());
            fixture.clock.advance(Duration.ofDays(1));

            ImportReport report = run(file);

            assertThat(report.counts()).containsExactly(entry(Outcome.UNCHANGED, 3L));
            assertThat(fixture.ledger.read(ANA.identity())).isEqualTo(before);
        }

        @Test
        void counts_nothing_of_somebody_who_was_forgotten_since() {
            run(agreed().build());
            fixture.gate.desk().erase(ANA.identity(), false);

            ImportReport report = run(agreed().build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNCHANGED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void tells_rows_apart_whose_fields_read_the_same_in_a_row() {
            run(row().optIn(Scope.of(Purpose.NEWS)).source("form1").wording("2").build());

            ImportReport report = run(row().optIn(Scope.of(Purpose.NEWS))
                    .source("form")
                    .wording("12")
                    .build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNVERIFIED, 1L));
            assertThat(kept(PHONE)).hasSize(2);
        }

        @Test
        void knows_a_row_under_another_number_and_another_spelling() {
            run(row().optOut(SPRING).build());

            ImportReport report = run(CrmRow.builder(4_711)
                    .phone("0033 (0)6.39.98.00.01", "FR")
                    .optOut(SPRING)
                    .build());

            assertThat(report.counts()).containsExactly(entry(Outcome.UNCHANGED, 1L));
        }

        @Test
        void closes_by_a_newer_opt_out() {
            run(row().optOut(SPRING).build());
            fixture.gate.desk().record(granted(Purpose.NEWS).effectiveAt(SUMMER).build());

            ImportReport report = run(row().optOut(SUMMER.plusSeconds(9)).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void never_reopens_by_an_opt_in_older_than_an_opt_out_that_is_known() {
            fixture.gate.desk().record(stop().effectiveAt(SUMMER).build());

            ImportReport report = run(agreed().build());

            assertThat(report.counts()).containsExactly(entry(Outcome.STAYS_CLOSED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_again_whoever_agreed_while_the_undated_flag_stays() {
            run(row().optOut().build());
            fixture.clock.advance(Duration.ofDays(1));
            fixture.gate.desk().record(granted(Purpose.NEWS).build());
            fixture.clock.advance(Duration.ofDays(1));

            ImportReport report = run(row().optOut().build());

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void leaves_whoever_agreed_after_the_file_was_made() {
            CrmImport dated = builder().asOf(SUMMER).build();
            dated.run(List.of(row().optOut().build()));
            fixture.gate.desk().record(granted(Purpose.NEWS).build());

            ImportReport report = dated.run(List.of(row().optOut().build()));

            assertThat(report.counts()).containsExactly(entry(Outcome.UNCHANGED, 1L));
            assertThat(news()).isEmpty();
        }

        @Test
        void closes_by_the_undated_flag_of_a_file_made_after_the_agreement() {
            builder().asOf(SPRING).build().run(List.of(row().optOut().build()));
            fixture.gate.desk().record(granted(Purpose.NEWS).effectiveAt(SUMMER).build());
            CrmImport newer = builder().asOf(SUMMER.plusSeconds(60)).build();

            newer.run(List.of(row().optOut().build()));
            ImportReport again = newer.run(List.of(row().optOut().build()));

            assertThat(again.counts()).containsExactly(entry(Outcome.UNCHANGED, 1L));
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void goes_on_where_it_stopped() {
            List<CrmRow> rows = IntStream.range(0, 1_200)
                    .mapToObj(number -> CrmRow.builder(number)
                            .phone("+3363998" + (1_000 + number), "FR")
                            .optOut(SPRING)
                            .build())
                    .toList();
            AtomicInteger left = new AtomicInteger(700);
            ConsentGate failing = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public boolean append(ConsentEntry one) {
                            if (left.getAndDecrement() == 0) {
                                throw new IllegalStateException("disk full");
                            }
                            return super.append(one);
                        }
                    })
                    .build();
            CrmImport crm = CrmImport.builder(failing, "old-crm", SECRET).build();

            assertThatThrownBy(() -> crm.run(rows))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("row 700")
                    .hasMessageContaining("run it again");
            ImportReport report = crm.run(rows);

            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 500L), entry(Outcome.UNCHANGED, 700L));
        }
    }

    @Nested
    class WhenThePersonIsSuppressedOrErased {
        @Test
        void grants_nothing_and_says_so_in_a_line() {
            fixture.gate.desk().erase(ANA.identity(), true);

            ImportReport report = run(agreed().optedInAt(NOON).build());

            assertThat(report.counts()).containsExactly(entry(Outcome.MET_SUPPRESSION, 1L));
            assertThat(report.lines()).singleElement().satisfies(line -> {
                assertThat(line.row()).isEqualTo(7);
                assertThat(line.outcome()).isEqualTo(Outcome.MET_SUPPRESSION);
            });
            assertThat(kept(PHONE)).extracting(ConsentEntry::kind).containsOnly(ConsentEntry.Kind.SUPPRESSED);
        }

        @Test
        void keeps_neither_evidence_nor_opt_out_of_somebody_erased_after_an_opt_out() {
            CrmRow[] file = {row().optOut(SPRING).build(), agreed().build()};
            run(file);
            fixture.gate.desk().erase(ANA.identity(), false);

            ImportReport report = run(file);

            assertThat(report.counts()).containsExactly(entry(Outcome.MET_SUPPRESSION, 2L));
            assertThat(kept(PHONE)).extracting(ConsentEntry::kind).containsOnly(ConsentEntry.Kind.SUPPRESSED);
        }

        @Test
        void keeps_once_an_opt_out_that_goes_beyond_the_suppression() {
            CrmRow wide = row().optOut(SPRING).optOutScope(Scope.everything()).build();
            run(row().optOut(SPRING).build(), wide);
            fixture.gate.desk().erase(ANA.identity(), false);

            run(wide);
            ImportReport again = run(wide);

            assertThat(again.counts()).containsExactly(entry(Outcome.UNCHANGED, 1L));
        }

        @Test
        void keeps_the_opt_out_of_somebody_whose_address_is_out_of_order() {
            run(CrmRow.builder(1).invalidPhone(NATIONAL, "FR").optOut(SPRING).build());

            fixture.clock.advance(Duration.ofDays(1));
            fixture.gate
                    .desk()
                    .record(ConsentEntry.builder(ConsentEntry.Kind.UNSUPPRESSED, ANA.identity(), Scope.everything())
                            .actor(ConsentEntry.Actor.AGENT)
                            .source("the number works again")
                            .build());
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void opens_the_valid_telephone_of_somebody_whose_email_bounced() {
            ImportReport report = run(agreed().invalidEmail("gone@example.org").build());

            assertThat(report.counts()).containsExactly(entry(Outcome.SUPPRESSED, 1L), entry(Outcome.GRANTED, 1L));
            assertThat(news()).isEmpty();
        }

        @Test
        void grants_nothing_where_one_sender_is_suppressed() {
            fixture.ledger.append(ConsentEntry.builder(
                            ConsentEntry.Kind.SUPPRESSED,
                            ANA.identity(),
                            Scope.promotional().only(OTHER))
                    .effectiveAt(SPRING)
                    .build());

            assertThat(run(agreed().build()).counts()).containsExactly(entry(Outcome.MET_SUPPRESSION, 1L));
            assertThat(run(agreed().optIn(Scope.of(Purpose.NEWS).only(SENDER)).build())
                            .counts())
                    .containsExactly(entry(Outcome.GRANTED, 1L));
        }
    }

    @Nested
    class WhenItIsRunDry {
        @Test
        void writes_nothing_and_counts_as_the_run_does() {
            CrmRow[] file = {
                agreed().build(),
                agreed().build(),
                row().optOut(SUMMER).build(),
                CrmRow.builder(1).invalidEmail("gone@example.org").build(),
                CrmRow.builder(2)
                        .email("GONE@example.org")
                        .optIn(Scope.of(Purpose.NEWS))
                        .build()
            };

            ImportReport dry = builder().build().dryRun(List.of(file));

            assertThat(kept(PHONE)).isEmpty();
            assertThat(dry.isDryRun()).isTrue();
            assertThat(dry.counts())
                    .containsExactly(
                            entry(Outcome.WITHDRAWN, 1L),
                            entry(Outcome.SUPPRESSED, 1L),
                            entry(Outcome.STAYS_CLOSED, 1L),
                            entry(Outcome.UNCHANGED, 1L),
                            entry(Outcome.MET_SUPPRESSION, 1L));
            assertThat(run(file).counts()).isEqualTo(dry.counts());
        }
    }

    @Nested
    class WhenADryRunMeetsARowThatAnEarlierOneClosed {
        private void assertCountsAsTheRunDoes(CrmRow... rows) {
            ImportReport dry = builder().build().dryRun(List.of(rows));

            ImportReport run = run(rows);
            assertThat(run.counts()).isEqualTo(dry.counts());
            assertThat(dry.isDryRun()).isTrue();
            assertThat(run.isDryRun()).isFalse();
        }

        @Test
        void counts_as_the_run_does_under_a_reference_alone() {
            assertCountsAsTheRunDoes(
                    CrmRow.builder(1).reference("crm-1").optOut(SUMMER).build(),
                    agreed().reference("crm-1").build());
        }

        @Test
        void counts_as_the_run_does_by_each_of_several_scopes() {
            assertCountsAsTheRunDoes(
                    row().optOut(SUMMER).optOutScope(Scope.of(Purpose.NEWS)).build(),
                    row().optOut(SPRING)
                            .optOutScope(Scope.of(Purpose.MARKETING))
                            .build(),
                    agreed().build());
        }

        @Test
        void counts_as_the_run_does_by_an_invalid_address_and_an_opt_out() {
            assertCountsAsTheRunDoes(
                    CrmRow.builder(1).invalidPhone(NATIONAL, "FR").build(),
                    row().optOut(SPRING).optOutScope(Scope.everything()).build(),
                    agreed().build());
        }
    }

    @Nested
    class WhenMessagesAreOnTheirWay {
        @Test
        void names_those_that_an_opt_out_of_the_file_covers() {
            fixture.gate.desk().record(granted(Purpose.NEWS).build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            Message message = Message.of(ANA, Purpose.NEWS, Content.text("on its way"));
            assertThat(fixture.gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);

            ImportReport report = run(row().optOut().build());

            assertThat(report.inFlight()).extracting(Claim::message).containsExactly(message.id());
        }

        @Test
        void sends_nothing_itself() {
            run(
                    agreed().build(),
                    row().optIn(Scope.promotional()).build(),
                    row().optOut().build());

            assertThat(fixture.transport.deliveries()).isEmpty();
        }
    }

    @Nested
    class WhenTheFileIsLong {
        @Test
        void streams_it_and_reads_the_ledger_by_the_page() {
            AtomicLong pages = new AtomicLong();
            AtomicLong singles = new AtomicLong();
            ConsentGate counting = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public History read(Identity person) {
                            singles.incrementAndGet();
                            return super.read(person);
                        }

                        @Override
                        public List<History> readAll(List<Identity> people) {
                            pages.incrementAndGet();
                            assertThat(people).hasSizeLessThanOrEqualTo(500);
                            return super.readAll(people);
                        }
                    })
                    .build();
            AtomicInteger passes = new AtomicInteger();
            Iterable<CrmRow> rows = () -> {
                passes.incrementAndGet();
                return numbered(20_000);
            };

            ImportReport report =
                    CrmImport.builder(counting, "old-crm", SECRET).build().run(rows);

            assertThat(report.rows()).isEqualTo(20_000);
            assertThat(report.count(Outcome.UNVERIFIED)).isEqualTo(20_000);
            assertThat(passes).hasValue(2);
            assertThat(pages).hasValue(40);
            assertThat(singles).hasValue(0);
        }

        private Iterator<CrmRow> numbered(int size) {
            return IntStream.range(0, size)
                    .mapToObj(number -> CrmRow.builder(number)
                            .address(Address.phone("+336" + (10_000_000 + number)))
                            .optIn(Scope.of(Purpose.NEWS))
                            .build())
                    .iterator();
        }
    }

    @Nested
    class WhenTheLedgerFails {
        @Test
        void stops_and_says_at_which_row() {
            ConsentGate down = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public List<History> readAll(List<Identity> people) {
                            throw new IllegalStateException("down");
                        }
                    })
                    .build();

            assertThatThrownBy(() -> CrmImport.builder(down, "old-crm", SECRET)
                            .build()
                            .dryRun(List.of(row().optOut().build())))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("row 7");
        }

        @Test
        void stops_if_it_does_not_answer_for_everybody() {
            ConsentGate forgetful = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public List<History> readAll(List<Identity> people) {
                            return List.of();
                        }
                    })
                    .build();

            assertThatThrownBy(() -> CrmImport.builder(forgetful, "old-crm", SECRET)
                            .build()
                            .run(List.of(row().optOut().build())))
                    .isInstanceOf(LedgerUnavailableException.class);
        }
    }

    @Nested
    class WhenTheLedgerAnswersForSomebodyElse {
        @Test
        void stops() {
            ConsentGate confused = fixture.gate(new Delegate(fixture.ledger) {
                        @Override
                        public List<History> readAll(List<Identity> people) {
                            return List.of(History.empty(Identity.of(Address.phone("+33639980009"))));
                        }
                    })
                    .build();

            assertThatThrownBy(() -> CrmImport.builder(confused, "old-crm", SECRET)
                            .build()
                            .run(List.of(row().optOut().build())))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("row 7");
            assertThat(kept(PHONE)).isEmpty();
        }
    }

    @Nested
    class WhatItRefusesAndHides {
        @Test
        void refuses_a_short_secret_and_a_nameless_crm() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CrmImport.builder(fixture.gate, "crm", new byte[15]))
                    .withMessageContaining("16");
            assertThat(CrmImport.builder(fixture.gate, "crm", new byte[16]).build())
                    .hasToString("CrmImport[crm]");
            assertThatIllegalArgumentException().isThrownBy(() -> CrmImport.builder(fixture.gate, " ", SECRET));
            assertThatIllegalArgumentException().isThrownBy(() -> row().evidenceOnly(" "));
        }

        @Test
        void names_entries_by_a_hash_that_needs_the_secret() {
            run(row().optOut(SPRING).build());
            ConsentEntry first = onlyEntry();

            ImportReport report = CrmImport.builder(
                            fixture.gate, "old-crm", "another secret of the host".getBytes(StandardCharsets.UTF_8))
                    .build()
                    .run(List.of(row().optOut(SPRING).build()));

            assertThat(first.id().value()).matches("import:[0-9a-f]{40}");
            assertThat(report.counts()).containsExactly(entry(Outcome.WITHDRAWN, 1L));
        }

        @Test
        void shows_neither_address_nor_secret() {
            assertThat(agreed().reference("crm-1").build())
                    .hasToString("CrmRow[7]")
                    .returns(7L, CrmRow::number);
            assertThat(builder().build()).hasToString("CrmImport[old-crm]");
            assertThat(run(row().optOut().build())).hasToString("ImportReport[1 rows, {WITHDRAWN=1}]");
        }
    }

    /** A ledger that a test changes in one respect. */
    private abstract static class Delegate implements ConsentLedger {
        private final ConsentLedger ledger;

        Delegate(ConsentLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public History read(Identity person) {
            return ledger.read(person);
        }

        @Override
        public List<History> readAll(List<Identity> people) {
            return ledger.readAll(people);
        }

        @Override
        public boolean append(ConsentEntry one) {
            return ledger.append(one);
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            ledger.erase(person, suppress);
        }
    }
}
