package aparte;

import static aparte.ConsentEntry.Kind.CONFIRMED;
import static aparte.ConsentEntry.Kind.ERASED;
import static aparte.ConsentEntry.Kind.EXPIRED;
import static aparte.ConsentEntry.Kind.GRANTED;
import static aparte.ConsentEntry.Kind.HELD;
import static aparte.ConsentEntry.Kind.IMPORTED;
import static aparte.ConsentEntry.Kind.INVALIDATED;
import static aparte.ConsentEntry.Kind.OBJECTED;
import static aparte.ConsentEntry.Kind.PENDING;
import static aparte.ConsentEntry.Kind.PLATFORM_RESUME;
import static aparte.ConsentEntry.Kind.PLATFORM_STOP;
import static aparte.ConsentEntry.Kind.REFUSED;
import static aparte.ConsentEntry.Kind.RELEASED;
import static aparte.ConsentEntry.Kind.REQUESTED;
import static aparte.ConsentEntry.Kind.SUPPRESSED;
import static aparte.ConsentEntry.Kind.UNSUPPRESSED;
import static aparte.ConsentEntry.Kind.WITHDRAWN;
import static aparte.Ledger.BOT;
import static aparte.Ledger.SHOP;
import static aparte.Ledger.agreed;
import static aparte.Ledger.contract;
import static aparte.Ledger.corrected;
import static aparte.Ledger.dated;
import static aparte.Ledger.history;
import static aparte.Ledger.opening;
import static aparte.Ledger.second;
import static aparte.Ledger.undated;
import static aparte.Ledger.withdrew;
import static aparte.Purpose.AUTHENTICATION;
import static aparte.Purpose.CONSENT_CONFIRMATION;
import static aparte.Purpose.CONSENT_REQUEST;
import static aparte.Purpose.MARKETING;
import static aparte.Purpose.NEWS;
import static aparte.Purpose.SERVICE;
import static aparte.Purpose.TRANSACTIONAL;
import static aparte.Refusal.Reason.CONSENT_EXPIRED;
import static aparte.Refusal.Reason.NO_CONSENT;
import static aparte.Refusal.Reason.OPTED_OUT;
import static aparte.Refusal.Reason.OUT_OF_SCOPE;
import static aparte.Refusal.Reason.PENDING_CONFIRMATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification of the fold. Now is second 100, unless a test says otherwise. */
class StandingTest {
    private static final Instant NOW = second(100);
    private static final Scope PROMOTION = Scope.promotional();
    private static final Scope ALL = Scope.everything();
    private static final Scope BARE_STOP = Scope.promotional().and(TRANSACTIONAL, SERVICE, CONSENT_REQUEST);

    static Set<Purpose> promotionalPurposes() {
        return Scope.promotional().purposes();
    }

    static Set<Purpose> contractPurposes() {
        return EnumSet.of(AUTHENTICATION, TRANSACTIONAL, SERVICE);
    }

    static Stream<ConsentEntry.Kind> closingKinds() {
        return Stream.of(ConsentEntry.Kind.values()).filter(ConsentEntry.Kind::isClosing);
    }

    static Stream<ConsentEntry.Kind> openingKinds() {
        return Stream.of(ConsentEntry.Kind.values()).filter(ConsentEntry.Kind::isOpening);
    }

    private static Standing standing(Purpose purpose, ConsentEntry... entries) {
        return Standing.of(history(entries), purpose, SHOP, NOW);
    }

    private static Standing standingAt(Instant now, Purpose purpose, ConsentEntry... entries) {
        return Standing.of(history(entries), purpose, SHOP, now);
    }

    private static Standing standingAfterMessageAt(long second, Purpose purpose, ConsentEntry... entries) {
        return Standing.of(history(entries), purpose, SHOP, Conversation.none().heard(second(second)), NOW);
    }

    private static List<Refusal.Reason> reasons(Standing standing) {
        return standing.refusals().stream().map(Refusal::reason).toList();
    }

    private static Refusal refusal(Refusal.Reason reason, String entry) {
        return Refusal.of(reason).because(EntryId.of(entry));
    }

    @Nested
    class WhenNothingIsKnown {
        @ParameterizedTest
        @EnumSource(Purpose.class)
        void is_closed_without_an_entry_to_name(Purpose purpose) {
            Standing standing = standing(purpose);

            assertThat(standing.refusals()).containsExactly(Refusal.of(NO_CONSENT));
        }

        @Test
        void says_what_was_judged() {
            Standing standing = standing(NEWS);

            assertThat(standing)
                    .returns(NEWS, Standing::purpose)
                    .returns(SHOP, Standing::sender)
                    .returns(false, Standing::isOpen);
        }

        @Test
        void is_opened_and_closed_by_nothing() {
            Standing standing = standing(NEWS);

            assertThat(Stream.of(standing.openedBy(), standing.openedByMessageAt(), standing.closedBy()))
                    .allMatch(Optional::isEmpty);
        }
    }

    @Nested
    class WhenNothingWasSaid {
        @Test
        void is_silent() {
            assertThat(standing(SERVICE).isSilent()).isTrue();
        }

        @Test
        void is_silent_in_spite_of_evidence_that_opens_nothing() {
            assertThat(standing(SERVICE, dated(IMPORTED, "flag", ALL, 10).build())
                            .isSilent())
                    .isTrue();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void is_silent_no_more_once_something_closed(ConsentEntry.Kind kind) {
            assertThat(standing(SERVICE, dated(kind, "no", ALL, 10).build()).isSilent())
                    .isFalse();
        }

        @Test
        void is_silent_no_more_once_the_person_agreed_or_was_asked_or_wrote() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build()).isSilent())
                    .isFalse();
            assertThat(standing(NEWS, dated(PENDING, "asked", PROMOTION, 10).build())
                            .isSilent())
                    .isFalse();
            assertThat(standingAfterMessageAt(10, SERVICE).isSilent()).isFalse();
        }
    }

    @Nested
    class WhenThePersonAgreed {
        @ParameterizedTest
        @MethodSource("aparte.StandingTest#promotionalPurposes")
        void opens_the_promotion_agreed_to(Purpose purpose) {
            assertThat(standing(purpose, agreed("yes", Scope.of(purpose), 10).build())
                            .isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#openingKinds")
        void opens_by_every_kind_of_agreement(ConsentEntry.Kind kind) {
            ConsentEntry entry =
                    opening(kind, "yes", PROMOTION).effectiveAt(second(10)).build();

            assertThat(standing(NEWS, entry).isOpen()).isTrue();
        }

        @Test
        void gives_no_reason_against_it() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build()).refusals())
                    .isEmpty();
        }

        @Test
        void names_the_latest_agreement() {
            ConsentEntry first = agreed("first", PROMOTION, 10).build();
            ConsentEntry latest = agreed("latest", PROMOTION, 20).build();

            assertThat(standing(NEWS, latest, first).openedBy()).contains(latest);
        }

        @Test
        void opens_service() {
            assertThat(standing(SERVICE, agreed("yes", Scope.of(SERVICE), 10).build())
                            .isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource(names = {"AUTHENTICATION", "TRANSACTIONAL", "CONSENT_REQUEST", "CONSENT_CONFIRMATION"})
        void never_opens_what_needs_more_than_consent(Purpose purpose) {
            ConsentEntry entry = agreed("yes", Scope.of(purpose), 10).build();

            assertThat(reasons(standing(purpose, entry))).containsExactly(NO_CONSENT);
        }

        @Test
        void is_out_of_scope_for_another_promotion() {
            ConsentEntry entry = agreed("yes", Scope.of(NEWS), 10).build();

            assertThat(standing(MARKETING, entry).refusals()).containsExactly(refusal(OUT_OF_SCOPE, "yes"));
        }

        @Test
        void is_out_of_scope_on_another_sender() {
            ConsentEntry entry = agreed("yes", PROMOTION.only(BOT), 10).build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(OUT_OF_SCOPE, "yes"));
        }

        @Test
        void opens_on_the_sender_agreed_to() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION.only(SHOP), 10).build())
                            .isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource(names = {"AUTHENTICATION", "TRANSACTIONAL", "SERVICE"})
        void is_no_consent_rather_than_out_of_scope_for_what_is_no_promotion(Purpose purpose) {
            assertThat(reasons(standing(purpose, agreed("yes", PROMOTION, 10).build())))
                    .containsExactly(NO_CONSENT);
        }
    }

    @Nested
    class WhenThereIsAContract {
        @ParameterizedTest
        @MethodSource("aparte.StandingTest#contractPurposes")
        void opens_what_the_contract_needs(Purpose purpose) {
            ConsentEntry entry = contract("order", Scope.of(purpose), 10).build();

            assertThat(standing(purpose, entry).openedBy()).contains(entry);
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#promotionalPurposes")
        void never_opens_promotion(Purpose purpose) {
            ConsentEntry entry = contract("order", Scope.of(purpose), 10).build();

            assertThat(standing(purpose, entry).refusals()).containsExactly(refusal(OUT_OF_SCOPE, "order"));
        }

        @Test
        void opens_nothing_without_a_source() {
            ConsentEntry entry =
                    contract("order", Scope.of(TRANSACTIONAL), 10).source("").build();

            assertThat(standing(TRANSACTIONAL, entry).refusals()).containsExactly(refusal(NO_CONSENT, "order"));
        }
    }

    @Nested
    class WhenTheBasisOpensNothingByItself {
        @ParameterizedTest
        @EnumSource(names = {"SOFT_OPT_IN", "LEGITIMATE_INTEREST", "LEGAL_OBLIGATION"})
        void opens_no_promotion(LegalBasis basis) {
            ConsentEntry entry = agreed("basis", PROMOTION, 10).basis(basis).build();

            assertThat(reasons(standing(NEWS, entry))).containsExactly(OUT_OF_SCOPE);
        }

        @ParameterizedTest
        @EnumSource(names = {"SOFT_OPT_IN", "LEGITIMATE_INTEREST", "LEGAL_OBLIGATION"})
        void opens_no_transaction(LegalBasis basis) {
            ConsentEntry entry =
                    agreed("basis", Scope.of(TRANSACTIONAL), 10).basis(basis).build();

            assertThat(reasons(standing(TRANSACTIONAL, entry))).containsExactly(NO_CONSENT);
        }
    }

    @Nested
    class WhenNobodyCouldDemonstrateTheAgreement {
        @ParameterizedTest
        @EnumSource(names = {"PLATFORM_SIGNAL", "IMPORT", "API"})
        void opens_nothing_if_it_was_no_act_of_the_person(ConsentEntry.Method method) {
            ConsentEntry entry = agreed("claim", PROMOTION, 10).method(method).build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(NO_CONSENT, "claim"));
        }

        @Test
        void opens_nothing_without_a_source() {
            ConsentEntry entry = agreed("claim", PROMOTION, 10).source("").build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(NO_CONSENT, "claim"));
        }

        @Test
        void opens_nothing_with_a_blank_source() {
            ConsentEntry entry = agreed("claim", PROMOTION, 10).source(" ").build();

            assertThat(standing(NEWS, entry).isOpen()).isFalse();
        }

        @Test
        void opens_nothing_without_a_date() {
            ConsentEntry entry = opening(GRANTED, "claim", PROMOTION).build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(NO_CONSENT, "claim"));
        }

        @Test
        void opens_nothing_without_a_method() {
            ConsentEntry entry =
                    dated(GRANTED, "claim", PROMOTION, 10).source("old system").build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(NO_CONSENT, "claim"));
        }

        @Test
        void opens_nothing_by_an_import_even_one_that_lacks_nothing() {
            ConsentEntry entry = opening(IMPORTED, "claim", PROMOTION)
                    .effectiveAt(second(10))
                    .build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(refusal(NO_CONSENT, "claim"));
        }

        @Test
        void opens_by_a_grant_imported_with_proof_and_wording() {
            ConsentEntry entry = importedGrant()
                    .proof(new ConsentEntry.Proof("row", "crm/7", "0".repeat(64)))
                    .wording(new ConsentEntry.Wording("3", Locale.FRENCH, "J’accepte."))
                    .build();

            assertThat(standing(NEWS, entry).isOpen()).isTrue();
        }

        @Test
        void opens_nothing_by_a_grant_imported_without_proof() {
            ConsentEntry entry = importedGrant()
                    .wording(new ConsentEntry.Wording("3", Locale.FRENCH, "J’accepte."))
                    .build();

            assertThat(standing(NEWS, entry).isOpen()).isFalse();
        }

        @Test
        void opens_nothing_by_a_grant_imported_without_wording() {
            ConsentEntry entry = importedGrant()
                    .proof(new ConsentEntry.Proof("row", "crm/7", "0".repeat(64)))
                    .build();

            assertThat(standing(NEWS, entry).isOpen()).isFalse();
        }

        @Test
        void does_not_reopen_after_a_withdrawal() {
            ConsentEntry claim = agreed("claim", PROMOTION, 20).source("").build();

            assertThat(reasons(standing(NEWS, withdrew("no", PROMOTION, 10), claim)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void leaves_a_demonstrable_agreement_open() {
            ConsentEntry claim = agreed("claim", PROMOTION, 20).source("").build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), claim)
                            .isOpen())
                    .isTrue();
        }

        private ConsentEntry.Builder importedGrant() {
            return agreed("row-7", PROMOTION, 10).method(ConsentEntry.Method.IMPORT);
        }
    }

    @Nested
    class WhenTheAgreementIsDatedAhead {
        @Test
        void does_not_open_yet() {
            ConsentEntry entry = agreed("yes", PROMOTION, 101).build();

            assertThat(standing(NEWS, entry).refusals()).containsExactly(Refusal.of(NO_CONSENT));
        }

        @Test
        void opens_in_its_second() {
            ConsentEntry entry = agreed("yes", PROMOTION, 101).build();

            assertThat(standingAt(second(101), NEWS, entry).isOpen()).isTrue();
        }

        @Test
        void does_not_lift_a_withdrawal_yet() {
            ConsentEntry entry = agreed("yes", PROMOTION, 101).build();

            assertThat(reasons(standing(NEWS, withdrew("no", PROMOTION, 10), entry)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_open_yet_by_contract() {
            ConsentEntry entry = contract("order", Scope.of(TRANSACTIONAL), 101).build();

            assertThat(reasons(standing(TRANSACTIONAL, entry))).containsExactly(NO_CONSENT);
        }
    }

    @Nested
    class WhenTheAgreementEnds {
        private final ConsentEntry untilSecond50 =
                agreed("yes", PROMOTION, 10).expiresAt(second(50)).build();

        @Test
        void is_open_until_then() {
            assertThat(standingAt(second(50).minusNanos(1), NEWS, untilSecond50).isOpen())
                    .isTrue();
        }

        @Test
        void has_expired_at_that_instant() {
            assertThat(standingAt(second(50), NEWS, untilSecond50).refusals())
                    .containsExactly(refusal(CONSENT_EXPIRED, "yes"));
        }

        @Test
        void has_expired_by_an_entry_that_says_so() {
            ConsentEntry end = dated(EXPIRED, "end", PROMOTION, 20).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), end).refusals())
                    .containsExactly(refusal(CONSENT_EXPIRED, "end"));
        }

        @Test
        void reopens_by_a_renewal() {
            ConsentEntry renewal = opening(ConsentEntry.Kind.RENEWED, "again", PROMOTION)
                    .effectiveAt(second(60))
                    .build();

            assertThat(standing(NEWS, untilSecond50, renewal).openedBy()).contains(renewal);
        }

        @Test
        void stays_open_by_another_agreement_without_end() {
            ConsentEntry endless = agreed("endless", PROMOTION, 5).build();

            assertThat(standing(NEWS, untilSecond50, endless).openedBy()).contains(endless);
        }

        @Test
        void is_no_consent_if_the_agreement_proved_worthless() {
            ConsentEntry worthless =
                    dated(INVALIDATED, "worthless", PROMOTION, 20).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), worthless)
                            .refusals())
                    .containsExactly(refusal(NO_CONSENT, "worthless"));
        }

        @Test
        void is_no_consent_if_the_person_then_said_no_to_a_question() {
            ConsentEntry no = dated(REFUSED, "no", PROMOTION, 20).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), no).refusals())
                    .containsExactly(refusal(NO_CONSENT, "no"));
        }

        @ParameterizedTest
        @EnumSource(names = {"EXPIRED", "INVALIDATED", "REFUSED"})
        void reopens_by_a_later_agreement(ConsentEntry.Kind end) {
            ConsentEntry entry = dated(end, "end", PROMOTION, 20).build();

            assertThat(standing(NEWS, entry, agreed("yes", PROMOTION, 21).build())
                            .isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource(names = {"EXPIRED", "INVALIDATED", "REFUSED"})
        void ends_a_contract_too(ConsentEntry.Kind end) {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 10).build();
            ConsentEntry entry = dated(end, "end", ALL, 20).build();

            assertThat(standing(TRANSACTIONAL, order, entry).isOpen()).isFalse();
        }

        @Test
        void names_an_agreement_that_expired_after_the_end_of_another() {
            ConsentEntry end = dated(INVALIDATED, "end", PROMOTION, 5).build();

            assertThat(standing(NEWS, end, untilSecond50).refusals()).containsExactly(refusal(CONSENT_EXPIRED, "yes"));
        }

        @Test
        void tells_expiry_rather_than_the_withdrawal_it_had_lifted() {
            assertThat(standing(NEWS, withdrew("no", PROMOTION, 5), untilSecond50)
                            .refusals())
                    .containsExactly(refusal(CONSENT_EXPIRED, "yes"));
        }

        @Test
        void tells_a_withdrawal_rather_than_the_expiry_before_it() {
            assertThat(standing(NEWS, untilSecond50, withdrew("no", PROMOTION, 20))
                            .refusals())
                    .containsExactly(refusal(OPTED_OUT, "no"));
        }
    }

    @Nested
    class WhenAConfirmationIsAwaited {
        private final ConsentEntry question =
                dated(PENDING, "question", PROMOTION, 10).build();

        @ParameterizedTest
        @EnumSource(names = {"REQUESTED", "PENDING"})
        void is_pending(ConsentEntry.Kind kind) {
            assertThat(standing(NEWS, dated(kind, "question", PROMOTION, 10).build())
                            .refusals())
                    .containsExactly(refusal(PENDING_CONFIRMATION, "question"));
        }

        @Test
        void opens_by_the_confirmation() {
            ConsentEntry confirmation = opening(CONFIRMED, "confirmed", PROMOTION)
                    .effectiveAt(second(20))
                    .build();

            assertThat(standing(NEWS, question, confirmation).openedBy()).contains(confirmation);
        }

        @Test
        void leaves_an_earlier_agreement_open() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 5).build(), question)
                            .isOpen())
                    .isTrue();
        }

        @Test
        void is_no_longer_pending_once_the_person_said_no() {
            ConsentEntry no = dated(REFUSED, "no", PROMOTION, 20).build();

            assertThat(standing(NEWS, question, no).refusals()).containsExactly(refusal(NO_CONSENT, "no"));
        }

        @Test
        void is_no_longer_pending_once_the_question_expired() {
            ConsentEntry end = dated(EXPIRED, "end", PROMOTION, 20).build();

            assertThat(standing(NEWS, question, end).refusals()).containsExactly(refusal(CONSENT_EXPIRED, "end"));
        }

        @Test
        void is_no_longer_pending_once_the_confirmation_expired() {
            ConsentEntry confirmation = opening(CONFIRMED, "confirmed", PROMOTION)
                    .effectiveAt(second(20))
                    .expiresAt(second(50))
                    .build();

            assertThat(standing(NEWS, question, confirmation).refusals())
                    .containsExactly(refusal(CONSENT_EXPIRED, "confirmed"));
        }

        @Test
        void is_pending_again_once_asked_again() {
            ConsentEntry no = dated(REFUSED, "no", PROMOTION, 5).build();

            assertThat(standing(NEWS, no, question).refusals())
                    .containsExactly(refusal(PENDING_CONFIRMATION, "question"));
        }

        @Test
        void does_not_hide_a_withdrawal() {
            assertThat(standing(NEWS, withdrew("no", PROMOTION, 5), question).refusals())
                    .containsExactly(refusal(OPTED_OUT, "no"));
        }
    }

    @Nested
    class WhenThePersonWithdrew {
        private final ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
        private final ConsentEntry no = withdrew("no", PROMOTION, 20);

        @Test
        void is_opted_out_and_names_the_withdrawal() {
            assertThat(standing(NEWS, yes, no).refusals()).containsExactly(refusal(OPTED_OUT, "no"));
        }

        @Test
        void is_closed_by_the_withdrawal() {
            assertThat(standing(NEWS, yes, no).closedBy()).contains(no);
        }

        @Test
        void is_opened_by_nothing() {
            assertThat(standing(NEWS, yes, no).openedBy()).isEmpty();
        }

        @Test
        void names_the_latest_withdrawal() {
            ConsentEntry again = withdrew("again", PROMOTION, 30);

            assertThat(standing(NEWS, again, yes, no).closedBy()).contains(again);
        }

        @Test
        void is_opted_out_even_if_they_never_agreed() {
            assertThat(reasons(standing(NEWS, no))).containsExactly(OPTED_OUT);
        }

        @Test
        void reopens_by_an_agreement_in_a_later_second() {
            ConsentEntry again = agreed("again", PROMOTION, 21).build();

            assertThat(standing(NEWS, yes, no, again).openedBy()).contains(again);
        }

        @Test
        void is_closed_by_nothing_once_it_reopened() {
            ConsentEntry again = agreed("again", PROMOTION, 21).build();

            assertThat(standing(NEWS, yes, no, again).closedBy()).isEmpty();
        }

        @Test
        void stays_closed_if_an_earlier_agreement_arrives_late() {
            assertThat(reasons(standing(NEWS, no, yes))).containsExactly(OPTED_OUT);
        }

        @Test
        void stays_closed_if_a_contract_follows() {
            ConsentEntry order = contract("order", PROMOTION, 30).build();

            assertThat(reasons(standing(NEWS, yes, no, order))).containsExactly(OPTED_OUT);
        }

        @Test
        void stays_closed_if_an_agreement_to_something_else_follows() {
            ConsentEntry other = agreed("other", Scope.of(MARKETING), 30).build();

            assertThat(reasons(standing(NEWS, yes, no, other))).containsExactly(OPTED_OUT);
        }

        @Test
        void leaves_other_purposes_open() {
            assertThat(standing(MARKETING, yes, withdrew("no", Scope.of(NEWS), 20))
                            .isOpen())
                    .isTrue();
        }

        @Test
        void leaves_other_senders_open_if_one_was_named() {
            assertThat(standing(NEWS, yes, withdrew("no", PROMOTION.only(BOT), 20))
                            .isOpen())
                    .isTrue();
        }

        @Test
        void closes_on_every_sender_if_none_was_named() {
            Standing onTheBot = Standing.of(history(yes, no), NEWS, BOT, NOW);

            assertThat(reasons(onTheBot)).containsExactly(OPTED_OUT);
        }

        @Test
        void closes_a_contract_that_it_covers() {
            ConsentEntry order = contract("order", Scope.of(AUTHENTICATION), 10).build();

            assertThat(reasons(standing(AUTHENTICATION, order, withdrew("no", ALL, 20))))
                    .containsExactly(OPTED_OUT);
        }
    }

    @Nested
    class WhenBothComeInOneSecond {
        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void the_closing_wins_if_it_was_kept_last(ConsentEntry.Kind kind) {
            ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
            ConsentEntry no = dated(kind, "no", PROMOTION, 10).build();

            assertThat(standing(NEWS, yes, no).isOpen()).isFalse();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void the_closing_wins_if_it_was_kept_first(ConsentEntry.Kind kind) {
            ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
            ConsentEntry no = dated(kind, "no", PROMOTION, 10).build();

            assertThat(standing(NEWS, no, yes).isOpen()).isFalse();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void the_closing_wins_if_the_agreement_came_a_fraction_later(ConsentEntry.Kind kind) {
            ConsentEntry yes = agreed("yes", PROMOTION, 10)
                    .effectiveAt(second(10).plusNanos(999_999_999))
                    .build();
            ConsentEntry no = dated(kind, "no", PROMOTION, 10).build();

            assertThat(standing(NEWS, no, yes).isOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"WITHDRAWN", "OBJECTED", "PLATFORM_STOP", "REFUSED", "EXPIRED", "INVALIDATED"})
        void the_agreement_is_named_no_more(ConsentEntry.Kind kind) {
            ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
            ConsentEntry no = dated(kind, "no", PROMOTION, 10).build();

            assertThat(standing(NEWS, yes, no).openedBy()).isEmpty();
        }

        @Test
        void the_agreement_wins_a_nanosecond_later_in_the_next_second() {
            ConsentEntry yes = agreed("yes", PROMOTION, 11).build();
            ConsentEntry no = dated(WITHDRAWN, "no", PROMOTION, 10)
                    .effectiveAt(second(11).minusNanos(1))
                    .build();

            assertThat(standing(NEWS, no, yes).isOpen()).isTrue();
        }

        @Test
        void the_greater_id_is_named_whatever_the_order() {
            ConsentEntry a = withdrew("a", PROMOTION, 10);
            ConsentEntry b = withdrew("b", PROMOTION, 10);

            assertThat(List.of(
                            standing(NEWS, a, b).closedBy(),
                            standing(NEWS, b, a).closedBy()))
                    .containsOnly(Optional.of(b));
        }

        @Test
        void seconds_before_the_epoch_are_told_apart() {
            ConsentEntry no = dated(WITHDRAWN, "no", PROMOTION, 0)
                    .effectiveAt(Instant.EPOCH.minusMillis(1))
                    .build();

            assertThat(standing(NEWS, no, agreed("yes", PROMOTION, 0).build()).isOpen())
                    .isTrue();
        }
    }

    @Nested
    class WhenTheOptOutHasNoDate {
        private final ConsentEntry flag =
                undated(WITHDRAWN, "flag", PROMOTION).source("old CRM").build();

        @Test
        void is_opted_out_whatever_came_later() {
            assertThat(standing(NEWS, flag, agreed("yes", PROMOTION, 99).build())
                            .refusals())
                    .containsExactly(refusal(OPTED_OUT, "flag"));
        }

        @Test
        void opens_once_the_flag_is_gone_from_the_history() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 99).build()).isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void closes_by_every_kind(ConsentEntry.Kind kind) {
            ConsentEntry closing = undated(kind, "flag", PROMOTION).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 99).build(), closing)
                            .isOpen())
                    .isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"UNSUPPRESSED", "RELEASED", "PLATFORM_RESUME"})
        void is_not_lifted_by_an_undated_end(ConsentEntry.Kind end) {
            ConsentEntry yes = agreed("yes", PROMOTION, 10).build();

            assertThat(standing(
                                    NEWS,
                                    yes,
                                    closingOf(end, 5),
                                    undated(end, "end", PROMOTION).build())
                            .isOpen())
                    .isFalse();
        }
    }

    @Nested
    class WhenTheClosingIsDatedAhead {
        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void counts_at_once(ConsentEntry.Kind kind) {
            ConsentEntry ahead = dated(kind, "ahead", PROMOTION, 500).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), ahead)
                            .isOpen())
                    .isFalse();
        }

        @Test
        void holds_against_an_agreement_before_its_date() {
            ConsentEntry ahead = withdrew("ahead", PROMOTION, 500);

            assertThat(standingAt(
                                    second(450),
                                    NEWS,
                                    ahead,
                                    agreed("yes", PROMOTION, 400).build())
                            .isOpen())
                    .isFalse();
        }
    }

    @Nested
    class WhenTheEndOfAClosingIsDatedAhead {
        @ParameterizedTest
        @EnumSource(names = {"UNSUPPRESSED", "RELEASED", "PLATFORM_RESUME"})
        void does_not_lift_it_yet(ConsentEntry.Kind end) {
            ConsentEntry ahead = dated(end, "end", PROMOTION, 101).build();

            assertThat(standing(
                                    NEWS,
                                    closingOf(end, 5),
                                    agreed("yes", PROMOTION, 10).build(),
                                    ahead)
                            .isOpen())
                    .isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"UNSUPPRESSED", "RELEASED", "PLATFORM_RESUME"})
        void lifts_it_in_its_second(ConsentEntry.Kind end) {
            ConsentEntry ahead = dated(end, "end", PROMOTION, 101).build();
            ConsentEntry yes = agreed("yes", PROMOTION, 10).build();

            assertThat(standingAt(second(101), NEWS, closingOf(end, 5), yes, ahead)
                            .isOpen())
                    .isTrue();
        }
    }

    private static ConsentEntry closingOf(ConsentEntry.Kind end, long second) {
        return dated(
                        switch (end) {
                            case UNSUPPRESSED -> SUPPRESSED;
                            case RELEASED -> HELD;
                            case PLATFORM_RESUME -> PLATFORM_STOP;
                            default -> throw new IllegalArgumentException(end + " ends nothing");
                        },
                        "closing",
                        PROMOTION,
                        second)
                .build();
    }

    @Nested
    class WhenThePersonObjected {
        private final ConsentEntry objection =
                dated(OBJECTED, "objection", Scope.of(NEWS).only(BOT), 20).build();

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#promotionalPurposes")
        void closes_all_promotion_on_every_sender_whatever_its_scope(Purpose purpose) {
            assertThat(standing(purpose, agreed("yes", PROMOTION, 10).build(), objection)
                            .refusals())
                    .containsExactly(refusal(OPTED_OUT, "objection"));
        }

        @Test
        void closes_all_promotion_even_if_its_scope_names_none() {
            ConsentEntry narrow =
                    dated(OBJECTED, "objection", Scope.of(SERVICE), 20).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), narrow)
                            .isOpen())
                    .isFalse();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#contractPurposes")
        void leaves_what_is_no_promotion_open(Purpose purpose) {
            assertThat(standing(
                                    purpose,
                                    contract("order", Scope.of(purpose), 10).build(),
                                    objection)
                            .isOpen())
                    .isTrue();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#contractPurposes")
        void closes_what_is_no_promotion_if_its_scope_names_it(Purpose purpose) {
            ConsentEntry wide = dated(OBJECTED, "objection", ALL, 20).build();

            assertThat(reasons(standing(
                            purpose, contract("order", Scope.of(purpose), 10).build(), wide)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void reopens_by_a_later_agreement() {
            assertThat(standing(NEWS, objection, agreed("yes", PROMOTION, 21).build())
                            .isOpen())
                    .isTrue();
        }
    }

    @Nested
    class WhenSomethingUnclearWasSaid {
        private final ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
        private final ConsentEntry hold = dated(HELD, "hold", PROMOTION, 20).build();

        @Test
        void is_held() {
            assertThat(standing(NEWS, yes, hold).refusals()).containsExactly(refusal(Refusal.Reason.HELD, "hold"));
        }

        @Test
        void stays_held_if_an_agreement_follows() {
            assertThat(reasons(
                            standing(NEWS, hold, agreed("again", PROMOTION, 30).build())))
                    .containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void opens_once_a_human_released_it() {
            ConsentEntry release = dated(RELEASED, "release", PROMOTION, 21).build();

            assertThat(standing(NEWS, yes, hold, release).openedBy()).contains(yes);
        }

        @Test
        void stays_held_if_it_was_released_in_the_same_second() {
            ConsentEntry release = dated(RELEASED, "release", PROMOTION, 20).build();

            assertThat(reasons(standing(NEWS, yes, release, hold))).containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void leaves_what_it_does_not_cover_open() {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 10).build();

            assertThat(standing(TRANSACTIONAL, order, hold).isOpen()).isTrue();
        }

        @Test
        void tells_also_what_is_missing() {
            assertThat(reasons(standing(NEWS, hold))).containsExactly(Refusal.Reason.HELD, NO_CONSENT);
        }
    }

    @Nested
    class WhenThePlatformStoppedUs {
        private final ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
        private final ConsentEntry stop =
                dated(PLATFORM_STOP, "stop", PROMOTION, 20).build();
        private final ConsentEntry resume =
                dated(PLATFORM_RESUME, "resume", PROMOTION, 30).build();

        @Test
        void is_stopped() {
            assertThat(standing(NEWS, yes, stop).refusals())
                    .containsExactly(refusal(Refusal.Reason.PLATFORM_STOP, "stop"));
        }

        @Test
        void is_closed_by_the_stop() {
            assertThat(standing(NEWS, yes, stop).closedBy()).contains(stop);
        }

        @Test
        void stays_stopped_if_an_agreement_follows_while_the_stop_lasts() {
            assertThat(reasons(
                            standing(NEWS, stop, agreed("again", PROMOTION, 25).build())))
                    .containsExactly(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void is_opted_out_by_the_stop_once_it_ended() {
            assertThat(standing(NEWS, yes, stop, resume).refusals()).containsExactly(refusal(OPTED_OUT, "stop"));
        }

        @Test
        void opens_by_an_agreement_after_its_end() {
            ConsentEntry again = agreed("again", PROMOTION, 31).build();

            assertThat(standing(NEWS, yes, stop, resume, again).openedBy()).contains(again);
        }

        @Test
        void opens_at_its_end_by_an_agreement_given_while_it_lasted() {
            ConsentEntry again = agreed("again", PROMOTION, 25).build();

            assertThat(standing(NEWS, yes, stop, again, resume).openedBy()).contains(again);
        }

        @Test
        void stays_stopped_if_it_ended_in_the_same_second() {
            ConsentEntry atOnce =
                    dated(PLATFORM_RESUME, "resume", PROMOTION, 20).build();

            assertThat(reasons(standing(NEWS, yes, atOnce, stop))).containsExactly(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void is_stopped_again_by_a_later_stop() {
            ConsentEntry again = dated(PLATFORM_STOP, "again", PROMOTION, 40).build();

            assertThat(standing(NEWS, yes, stop, resume, again).refusals())
                    .containsExactly(refusal(Refusal.Reason.PLATFORM_STOP, "again"));
        }

        @Test
        void tells_also_the_withdrawal() {
            assertThat(standing(NEWS, withdrew("no", PROMOTION, 15), stop).refusals())
                    .containsExactly(refusal(OPTED_OUT, "no"), refusal(Refusal.Reason.PLATFORM_STOP, "stop"));
        }

        @Test
        void leaves_another_sender_open() {
            ConsentEntry onTheBot =
                    dated(PLATFORM_STOP, "stop", PROMOTION.only(BOT), 20).build();

            assertThat(standing(NEWS, yes, onTheBot).isOpen()).isTrue();
        }

        @Test
        void closes_service_that_it_covers_even_if_the_person_writes_while_it_lasts() {
            ConsentEntry wide = dated(PLATFORM_STOP, "stop", ALL, 20).build();

            assertThat(reasons(standingAfterMessageAt(25, SERVICE, wide)))
                    .containsExactly(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void reopens_service_by_a_message_once_it_ended() {
            ConsentEntry wide = dated(PLATFORM_STOP, "stop", ALL, 20).build();
            ConsentEntry end = dated(PLATFORM_RESUME, "resume", ALL, 30).build();

            assertThat(standingAfterMessageAt(40, SERVICE, wide, end).isOpen()).isTrue();
        }
    }

    @Nested
    class WhenThePersonIsSuppressed {
        private final ConsentEntry yes = agreed("yes", PROMOTION, 10).build();
        private final ConsentEntry suppression =
                dated(SUPPRESSED, "never", ALL, 20).build();

        @Test
        void is_suppressed_and_names_the_entry() {
            assertThat(standing(NEWS, yes, suppression).refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "never"));
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#contractPurposes")
        void beats_every_contract(Purpose purpose) {
            ConsentEntry order = contract("order", Scope.of(purpose), 30).build();

            assertThat(reasons(standing(purpose, suppression, order))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void beats_every_later_agreement() {
            assertThat(reasons(standing(
                            NEWS, suppression, agreed("again", PROMOTION, 30).build())))
                    .containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void beats_a_message_of_the_person() {
            assertThat(reasons(standingAfterMessageAt(30, SERVICE, suppression)))
                    .containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void beats_the_confirmation_of_an_opt_out() {
            ConsentEntry stop = dated(WITHDRAWN, "stop", BARE_STOP, 90)
                    .method(ConsentEntry.Method.REPLY_KEYWORD)
                    .build();

            assertThat(reasons(standing(CONSENT_CONFIRMATION, suppression, stop)))
                    .containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void is_no_longer_suppressed_once_lifted_in_a_later_second() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 21).build();

            assertThat(standing(NEWS, yes, suppression, lift).openedBy()).contains(yes);
        }

        @Test
        void stays_suppressed_if_lifted_in_the_same_second() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 20).build();

            assertThat(reasons(standing(NEWS, yes, lift, suppression))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void is_suppressed_again_by_a_later_suppression() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 21).build();
            ConsentEntry again = dated(SUPPRESSED, "again", ALL, 22).build();

            assertThat(standing(NEWS, yes, suppression, lift, again).refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "again"));
        }

        @Test
        void stays_suppressed_where_the_lift_does_not_reach() {
            ConsentEntry lift =
                    dated(UNSUPPRESSED, "lift", Scope.of(MARKETING), 21).build();

            assertThat(reasons(standing(NEWS, yes, suppression, lift))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void the_lift_opens_nothing_by_itself() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 21).build();

            assertThat(reasons(standing(NEWS, suppression, lift))).containsExactly(NO_CONSENT);
        }

        @Test
        void the_lift_leaves_a_withdrawal_in_force() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 21).build();

            assertThat(reasons(standing(NEWS, yes, withdrew("no", PROMOTION, 15), suppression, lift)))
                    .containsExactly(OPTED_OUT);
        }
    }

    @Nested
    class WhenThePersonWasErased {
        private final ConsentEntry erasure = dated(ERASED, "erased", ALL, 20).build();

        @Test
        void is_suppressed() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), erasure)
                            .refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "erased"));
        }

        @Test
        void opens_by_a_later_agreement() {
            assertThat(standing(NEWS, erasure, agreed("again", PROMOTION, 21).build())
                            .isOpen())
                    .isTrue();
        }

        @Test
        void stays_suppressed_if_a_later_agreement_cannot_be_demonstrated() {
            ConsentEntry claim = agreed("claim", PROMOTION, 30).source("").build();

            assertThat(reasons(standing(NEWS, erasure, claim))).containsExactly(Refusal.Reason.SUPPRESSED, NO_CONSENT);
        }

        @Test
        void stays_suppressed_if_a_suppression_was_kept() {
            ConsentEntry suppression = dated(SUPPRESSED, "never", ALL, 20).build();
            ConsentEntry again = agreed("again", PROMOTION, 30).build();

            assertThat(standing(NEWS, erasure, suppression, again).refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "never"));
        }

        @Test
        void is_not_lifted_by_the_end_of_a_suppression() {
            ConsentEntry lift = dated(UNSUPPRESSED, "lift", ALL, 30).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), erasure, lift)
                            .isOpen())
                    .isFalse();
        }

        @Test
        void reopens_service_by_a_later_message() {
            assertThat(standingAfterMessageAt(21, SERVICE, erasure).isOpen()).isTrue();
        }

        @Test
        void does_not_reopen_service_by_a_message_in_the_same_second() {
            assertThat(reasons(standingAfterMessageAt(20, SERVICE, erasure)))
                    .containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void does_not_reopen_news_by_a_later_message() {
            assertThat(standingAfterMessageAt(
                                    30,
                                    NEWS,
                                    erasure,
                                    agreed("yes", PROMOTION, 10).build())
                            .isOpen())
                    .isFalse();
        }
    }

    @Nested
    class WhenAnEntryWasAMistake {
        private final ConsentEntry yes = agreed("yes", PROMOTION, 10).build();

        @Test
        void a_corrected_withdrawal_counts_no_more() {
            assertThat(standing(NEWS, yes, withdrew("no", PROMOTION, 20), corrected("oops", "no", 30))
                            .openedBy())
                    .contains(yes);
        }

        @Test
        void a_corrected_undated_opt_out_counts_no_more() {
            ConsentEntry flag = undated(WITHDRAWN, "flag", PROMOTION).build();

            assertThat(standing(NEWS, yes, flag, corrected("oops", "flag", 30)).isOpen())
                    .isTrue();
        }

        @Test
        void a_corrected_agreement_counts_no_more() {
            assertThat(standing(NEWS, yes, corrected("oops", "yes", 30)).refusals())
                    .containsExactly(Refusal.of(NO_CONSENT));
        }

        @Test
        void another_withdrawal_still_counts() {
            ConsentEntry no = withdrew("no", PROMOTION, 20);

            assertThat(standing(NEWS, yes, no, withdrew("also-no", PROMOTION, 15), corrected("oops", "no", 30))
                            .refusals())
                    .containsExactly(refusal(OPTED_OUT, "also-no"));
        }

        @Test
        void a_suppression_is_never_corrected() {
            ConsentEntry suppression = dated(SUPPRESSED, "never", ALL, 20).build();

            assertThat(reasons(standing(NEWS, yes, suppression, corrected("oops", "never", 30))))
                    .containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void a_stop_that_the_platform_reported_is_never_corrected() {
            ConsentEntry stop = dated(PLATFORM_STOP, "stop", PROMOTION, 20).build();

            assertThat(standing(NEWS, yes, stop, corrected("oops", "stop", 30)).refusals())
                    .containsExactly(refusal(Refusal.Reason.PLATFORM_STOP, "stop"));
        }

        @Test
        void an_erasure_is_never_corrected() {
            ConsentEntry erasure = dated(ERASED, "erased", ALL, 20).build();

            assertThat(standing(NEWS, yes, erasure, corrected("oops", "erased", 30))
                            .refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "erased"));
        }

        @Test
        void the_correction_counts_wherever_it_stands() {
            assertThat(standing(NEWS, corrected("oops", "no", 30), withdrew("no", PROMOTION, 20), yes)
                            .isOpen())
                    .isTrue();
        }

        @Test
        void a_correction_of_an_unknown_entry_changes_nothing() {
            assertThat(standing(NEWS, yes, corrected("oops", "elsewhere", 30)).isOpen())
                    .isTrue();
        }
    }

    @Nested
    class WhenThePersonWroteToUs {
        @Test
        void opens_service() {
            assertThat(standingAfterMessageAt(50, SERVICE).isOpen()).isTrue();
        }

        @Test
        void tells_when_they_wrote() {
            assertThat(standingAfterMessageAt(50, SERVICE).openedByMessageAt()).contains(second(50));
        }

        @Test
        void names_no_entry() {
            assertThat(standingAfterMessageAt(50, SERVICE).openedBy()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
        void opens_nothing_else(Purpose purpose) {
            assertThat(reasons(standingAfterMessageAt(50, purpose))).containsExactly(NO_CONSENT);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
        void is_no_message_to_tell_of_elsewhere(Purpose purpose) {
            assertThat(standingAfterMessageAt(50, purpose).openedByMessageAt()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"REFUSED", "EXPIRED", "INVALIDATED"})
        void opens_service_after_an_agreement_to_it_ended(ConsentEntry.Kind end) {
            ConsentEntry entry = dated(end, "end", Scope.of(SERVICE), 49).build();

            assertThat(standingAfterMessageAt(50, SERVICE, entry).isOpen()).isTrue();
        }

        @ParameterizedTest
        @EnumSource(names = {"REFUSED", "EXPIRED", "INVALIDATED"})
        void does_not_open_service_that_ended_since(ConsentEntry.Kind end) {
            ConsentEntry entry = dated(end, "end", Scope.of(SERVICE), 50).build();

            assertThat(standingAfterMessageAt(50, SERVICE, entry).isOpen()).isFalse();
        }

        @Test
        void does_not_open_service_that_is_held() {
            ConsentEntry hold = dated(HELD, "hold", Scope.of(SERVICE), 20).build();

            assertThat(reasons(standingAfterMessageAt(50, SERVICE, hold))).containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void we_wrote_is_not_they_wrote() {
            Conversation onlyOurs = Conversation.none().wrote(second(50));

            assertThat(Standing.of(history(), SERVICE, SHOP, onlyOurs, NOW).isOpen())
                    .isFalse();
        }
    }

    @Nested
    class WhenThePersonSentABareStop {
        private final ConsentEntry stop = withdrew("stop", BARE_STOP, 20);

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#promotionalPurposes")
        void closes_promotion(Purpose purpose) {
            assertThat(reasons(standing(purpose, agreed("yes", PROMOTION, 10).build(), stop)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void closes_consent_requests() {
            assertThat(reasons(standing(CONSENT_REQUEST, stop))).containsExactly(OPTED_OUT);
        }

        @Test
        void never_closes_authentication() {
            ConsentEntry account =
                    contract("account", Scope.of(AUTHENTICATION), 10).build();

            assertThat(standing(AUTHENTICATION, account, stop).isOpen()).isTrue();
        }

        @Test
        void closes_service_in_a_conversation() {
            assertThat(standingAfterMessageAt(15, SERVICE, stop).refusals())
                    .containsExactly(refusal(OPTED_OUT, "stop"));
        }

        @Test
        void closes_service_by_an_agreement() {
            ConsentEntry yes = agreed("yes", Scope.of(SERVICE), 10).build();

            assertThat(reasons(standing(SERVICE, yes, stop))).containsExactly(OPTED_OUT);
        }

        @Test
        void reopens_service_by_a_later_message() {
            assertThat(standingAfterMessageAt(21, SERVICE, stop).openedByMessageAt())
                    .contains(second(21));
        }

        @Test
        void does_not_reopen_service_by_the_message_itself() {
            assertThat(reasons(standingAfterMessageAt(20, SERVICE, stop))).containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_reopen_service_by_a_message_in_the_same_second() {
            Conversation fraction = Conversation.none().heard(second(20).plusMillis(999));

            assertThat(reasons(Standing.of(history(stop), SERVICE, SHOP, fraction, NOW)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_reopen_service_by_a_later_agreement() {
            ConsentEntry yes = agreed("yes", Scope.of(SERVICE), 30).build();

            assertThat(reasons(standing(SERVICE, stop, yes))).containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_reopen_service_by_a_later_contract() {
            ConsentEntry order = contract("order", Scope.of(SERVICE), 30).build();

            assertThat(reasons(standing(SERVICE, stop, order))).containsExactly(OPTED_OUT);
        }

        @Test
        void reopens_promotion_by_no_message() {
            assertThat(reasons(standingAfterMessageAt(
                            30, NEWS, agreed("yes", PROMOTION, 10).build(), stop)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void closes_transactional() {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 10).build();

            assertThat(reasons(standing(TRANSACTIONAL, order, stop))).containsExactly(OPTED_OUT);
        }

        @Test
        void reopens_transactional_by_a_later_contract() {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 21).build();

            assertThat(standing(TRANSACTIONAL, stop, order).openedBy()).contains(order);
        }

        @Test
        void does_not_reopen_transactional_by_a_contract_in_the_same_second() {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 20).build();

            assertThat(reasons(standing(TRANSACTIONAL, stop, order))).containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_reopen_transactional_by_a_later_message() {
            ConsentEntry order = contract("order", Scope.of(TRANSACTIONAL), 10).build();

            assertThat(reasons(standingAfterMessageAt(30, TRANSACTIONAL, order, stop)))
                    .containsExactly(OPTED_OUT);
        }

        @Test
        void does_not_reopen_transactional_by_a_later_agreement() {
            ConsentEntry yes = agreed("yes", Scope.of(TRANSACTIONAL), 30).build();

            assertThat(reasons(standing(TRANSACTIONAL, stop, yes))).containsExactly(OPTED_OUT);
        }
    }

    @Nested
    class WhenAnOptOutIsToBeConfirmed {
        private final ConsentEntry stop = dated(WITHDRAWN, "stop", BARE_STOP, 100)
                .method(ConsentEntry.Method.REPLY_KEYWORD)
                .build();

        @Test
        void opens_for_the_confirmation_by_the_opt_out_itself() {
            assertThat(standing(CONSENT_CONFIRMATION, stop).openedBy()).contains(stop);
        }

        @Test
        void is_open_within_five_minutes() {
            Instant last = second(100).plus(Duration.ofMinutes(5)).minusNanos(1);

            assertThat(standingAt(last, CONSENT_CONFIRMATION, stop).isOpen()).isTrue();
        }

        @Test
        void is_closed_after_five_minutes() {
            Instant over = second(100).plus(Duration.ofMinutes(5));

            assertThat(reasons(standingAt(over, CONSENT_CONFIRMATION, stop))).containsExactly(NO_CONSENT);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REPLY_KEYWORD")
        void is_closed_if_the_opt_out_was_no_reply(ConsentEntry.Method method) {
            ConsentEntry form = stop.toBuilder().method(method).build();

            assertThat(reasons(standing(CONSENT_CONFIRMATION, form))).containsExactly(NO_CONSENT);
        }

        @Test
        void is_closed_if_nobody_knows_how_the_opt_out_was_given() {
            assertThat(standing(CONSENT_CONFIRMATION, withdrew("no", BARE_STOP, 100))
                            .isOpen())
                    .isFalse();
        }

        @Test
        void is_closed_if_the_opt_out_has_no_date() {
            ConsentEntry flag = undated(WITHDRAWN, "flag", BARE_STOP)
                    .method(ConsentEntry.Method.REPLY_KEYWORD)
                    .build();

            assertThat(standing(CONSENT_CONFIRMATION, flag).isOpen()).isFalse();
        }

        @Test
        void is_closed_until_the_date_of_the_opt_out() {
            assertThat(standingAt(second(99), CONSENT_CONFIRMATION, stop).isOpen())
                    .isFalse();
        }

        @Test
        void is_closed_if_the_opt_out_covers_the_confirmation_too() {
            ConsentEntry everything = dated(WITHDRAWN, "stop", ALL, 100)
                    .method(ConsentEntry.Method.REPLY_KEYWORD)
                    .build();

            assertThat(reasons(standing(CONSENT_CONFIRMATION, everything))).containsExactly(OPTED_OUT);
        }

        @ParameterizedTest
        @EnumSource(names = {"OBJECTED", "REFUSED", "PLATFORM_STOP"})
        void is_closed_for_every_other_kind_of_no(ConsentEntry.Kind kind) {
            ConsentEntry no = dated(kind, "no", BARE_STOP, 100)
                    .method(ConsentEntry.Method.REPLY_KEYWORD)
                    .build();

            assertThat(standing(CONSENT_CONFIRMATION, no).isOpen()).isFalse();
        }

        @Test
        void is_closed_once_the_opt_out_proved_a_mistake() {
            assertThat(standing(CONSENT_CONFIRMATION, stop, corrected("oops", "stop", 100))
                            .isOpen())
                    .isFalse();
        }
    }

    @Nested
    class WhenTheQuestionOfADoubleOptInIsToBeAsked {
        private final ConsentEntry request = requested("asked-for", Scope.of(NEWS), 50);

        private ConsentEntry requested(String id, Scope scope, long second) {
            return opening(REQUESTED, id, scope)
                    .effectiveAt(second(second))
                    .wording(new ConsentEntry.Wording("1", Locale.ENGLISH, "Send me the news."))
                    .build();
        }

        private ConsentEntry question(String id, long second) {
            return dated(PENDING, id, Scope.of(NEWS).only(SHOP), second)
                    .expiresAt(second(second + 60))
                    .build();
        }

        @Test
        void opens_by_the_request_of_the_person() {
            assertThat(standing(CONSENT_REQUEST, request).openedBy()).contains(request);
        }

        @Test
        void opens_nothing_but_the_question() {
            assertThat(Stream.of(Purpose.values())
                            .filter(purpose -> standing(purpose, request).isOpen()))
                    .containsExactly(CONSENT_REQUEST);
        }

        @Test
        void opens_on_the_senders_asked_for_alone() {
            ConsentEntry elsewhere = requested("asked-for", Scope.of(NEWS).only(BOT), 50);

            assertThat(standing(CONSENT_REQUEST, elsewhere).refusals()).containsExactly(Refusal.of(NO_CONSENT));
        }

        @ParameterizedTest
        @EnumSource(names = {"PLATFORM_SIGNAL", "IMPORT", "API"})
        void stays_closed_without_an_act_of_the_person(ConsentEntry.Method method) {
            ConsentEntry entry = request.toBuilder()
                    .method(method)
                    .proof(new ConsentEntry.Proof("form", "crm/7", "0".repeat(64)))
                    .build();

            assertThat(standing(CONSENT_REQUEST, entry).refusals()).containsExactly(refusal(NO_CONSENT, "asked-for"));
        }

        @Test
        void stays_closed_without_the_wording_shown() {
            ConsentEntry entry = opening(REQUESTED, "bare", PROMOTION)
                    .effectiveAt(second(50))
                    .build();

            assertThat(standing(CONSENT_REQUEST, entry).refusals()).containsExactly(refusal(NO_CONSENT, "bare"));
        }

        @Test
        void stays_closed_without_a_method() {
            ConsentEntry entry = dated(REQUESTED, "bare", PROMOTION, 50)
                    .source("form")
                    .wording(request.wording().orElseThrow())
                    .build();

            assertThat(standing(CONSENT_REQUEST, entry).isOpen()).isFalse();
        }

        @Test
        void stays_closed_without_a_source() {
            assertThat(standing(CONSENT_REQUEST, request.toBuilder().source(" ").build())
                            .isOpen())
                    .isFalse();
        }

        @Test
        void stays_closed_without_a_date() {
            ConsentEntry entry = opening(REQUESTED, "bare", PROMOTION)
                    .wording(request.wording().orElseThrow())
                    .build();

            assertThat(standing(CONSENT_REQUEST, entry).isOpen()).isFalse();
        }

        @Test
        void stays_closed_for_what_consent_cannot_open() {
            assertThat(standing(CONSENT_REQUEST, requested("codes", Scope.of(AUTHENTICATION, TRANSACTIONAL), 50))
                            .isOpen())
                    .isFalse();
        }

        @Test
        void stays_closed_for_what_does_not_rest_on_consent() {
            ConsentEntry entry = request.toBuilder().basis(LegalBasis.CONTRACT).build();

            assertThat(standing(CONSENT_REQUEST, entry).isOpen()).isFalse();
        }

        @Test
        void stays_closed_until_the_date_of_the_request() {
            assertThat(standingAt(second(49), CONSENT_REQUEST, request).refusals())
                    .containsExactly(Refusal.of(NO_CONSENT));
        }

        @Test
        void stays_closed_once_the_request_is_too_old() {
            ConsentEntry old = request.toBuilder().expiresAt(NOW).build();

            assertThat(standing(CONSENT_REQUEST, old).refusals())
                    .containsExactly(refusal(CONSENT_EXPIRED, "asked-for"));
        }

        @Test
        void opens_by_no_agreement() {
            assertThat(standing(CONSENT_REQUEST, agreed("yes", PROMOTION, 50).build())
                            .isOpen())
                    .isFalse();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void is_closed_by_all_that_closes_the_question(ConsentEntry.Kind kind) {
            ConsentEntry no = dated(kind, "no", Scope.of(CONSENT_REQUEST), 50).build();

            assertThat(standing(CONSENT_REQUEST, request, no).isOpen()).isFalse();
        }

        @ParameterizedTest
        @MethodSource("aparte.StandingTest#closingKinds")
        void is_closed_by_all_that_closes_what_is_asked_for(ConsentEntry.Kind kind) {
            ConsentEntry no = dated(kind, "no", Scope.of(NEWS), 50).build();

            assertThat(standing(CONSENT_REQUEST, no, request).isOpen()).isFalse();
        }

        @Test
        void is_closed_by_a_stop_for_part_of_what_is_asked_for() {
            ConsentEntry both = requested("both", Scope.of(NEWS, MARKETING), 50);

            assertThat(standing(CONSENT_REQUEST, both, withdrew("no", Scope.of(MARKETING), 60))
                            .refusals())
                    .containsExactly(refusal(OPTED_OUT, "no"));
        }

        @Test
        void is_left_open_by_what_closes_something_else() {
            assertThat(standing(CONSENT_REQUEST, request, withdrew("no", Scope.of(MARKETING), 60))
                            .isOpen())
                    .isTrue();
        }

        @Test
        void reopens_by_a_new_request_after_an_opt_out() {
            ConsentEntry anew = requested("anew", Scope.of(NEWS), 61);

            assertThat(standing(CONSENT_REQUEST, request, withdrew("no", BARE_STOP, 60), anew)
                            .openedBy())
                    .contains(anew);
        }

        @ParameterizedTest
        @EnumSource(names = {"REFUSED", "EXPIRED", "INVALIDATED"})
        void reopens_by_a_new_request_alone_once_a_question_ended(ConsentEntry.Kind end) {
            ConsentEntry ended = dated(end, "end", Scope.of(NEWS), 60).build();

            assertThat(standing(CONSENT_REQUEST, request, question("q", 55), ended)
                            .isOpen())
                    .isFalse();
            assertThat(standing(CONSENT_REQUEST, question("q", 55), ended, requested("anew", Scope.of(NEWS), 61))
                            .isOpen())
                    .isTrue();
        }

        @Test
        void never_lifts_a_suppression() {
            ConsentEntry never = dated(SUPPRESSED, "never", Scope.of(NEWS), 10).build();

            assertThat(standing(CONSENT_REQUEST, never, request).refusals())
                    .containsExactly(refusal(Refusal.Reason.SUPPRESSED, "never"));
        }

        @Test
        void never_lifts_a_hold_nor_a_stop_on_the_platform() {
            ConsentEntry hold = dated(HELD, "hold", PROMOTION, 10).build();
            ConsentEntry stop =
                    dated(PLATFORM_STOP, "stop", PROMOTION.only(SHOP), 10).build();

            assertThat(standing(CONSENT_REQUEST, hold, stop, request).refusals())
                    .containsExactly(
                            refusal(Refusal.Reason.HELD, "hold"), refusal(Refusal.Reason.PLATFORM_STOP, "stop"));
        }

        @Test
        void is_asked_once() {
            assertThat(standing(CONSENT_REQUEST, request, question("q", 50)).refusals())
                    .containsExactly(refusal(PENDING_CONFIRMATION, "q"));
        }

        @Test
        void is_not_asked_again_when_nobody_answered_in_time() {
            assertThat(standing(CONSENT_REQUEST, request, question("q", 60)).isOpen())
                    .isFalse();
            assertThat(standingAt(second(120), CONSENT_REQUEST, request, question("q", 60))
                            .refusals())
                    .containsExactly(refusal(NO_CONSENT, "q"));
        }

        @Test
        void is_not_asked_twice_for_two_things_requested_before_one_question() {
            ConsentEntry other = requested("other", Scope.of(MARKETING), 51);

            assertThat(standing(CONSENT_REQUEST, request, other, question("q", 52))
                            .isOpen())
                    .isFalse();
        }

        @Test
        void may_be_asked_on_another_sender_too() {
            assertThat(Standing.of(history(request, question("q", 60)), CONSENT_REQUEST, BOT, NOW)
                            .isOpen())
                    .isTrue();
        }

        @Test
        void leaves_news_pending_no_longer_than_the_question_lasts() {
            assertThat(standingAt(second(119), NEWS, question("q", 60)).refusals())
                    .containsExactly(refusal(PENDING_CONFIRMATION, "q"));
            assertThat(standingAt(second(120), NEWS, question("q", 60)).refusals())
                    .containsExactly(refusal(NO_CONSENT, "q"));
        }
    }

    @Nested
    class WhenAnEntryOpensNothingByItself {
        @ParameterizedTest
        @EnumSource(
                names = {
                    "REQUESTED",
                    "PENDING",
                    "RELEASED",
                    "PLATFORM_RESUME",
                    "UNSUPPRESSED",
                    "IMPORTED",
                    "LINKED",
                    "UNLINKED",
                    "USED"
                })
        void leaves_news_closed(ConsentEntry.Kind kind) {
            ConsentEntry entry =
                    opening(kind, "entry", PROMOTION).effectiveAt(second(10)).build();

            assertThat(standing(NEWS, entry).isOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                names = {
                    "REQUESTED",
                    "PENDING",
                    "RELEASED",
                    "PLATFORM_RESUME",
                    "UNSUPPRESSED",
                    "IMPORTED",
                    "LINKED",
                    "UNLINKED",
                    "USED"
                })
        void leaves_a_withdrawal_in_force(ConsentEntry.Kind kind) {
            ConsentEntry entry =
                    opening(kind, "entry", PROMOTION).effectiveAt(second(30)).build();

            assertThat(reasons(standing(NEWS, withdrew("no", PROMOTION, 20), entry)))
                    .containsExactly(OPTED_OUT);
        }

        @ParameterizedTest
        @EnumSource(
                names = {
                    "REQUESTED",
                    "PENDING",
                    "RELEASED",
                    "PLATFORM_RESUME",
                    "UNSUPPRESSED",
                    "IMPORTED",
                    "LINKED",
                    "UNLINKED",
                    "USED"
                })
        void leaves_an_agreement_open(ConsentEntry.Kind kind) {
            ConsentEntry entry =
                    opening(kind, "entry", PROMOTION).effectiveAt(second(30)).build();

            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build(), entry)
                            .isOpen())
                    .isTrue();
        }
    }

    @Nested
    class WhenSeveralReasonsHold {
        private final Standing standing = standing(
                NEWS,
                dated(PLATFORM_STOP, "stop", ALL, 1).build(),
                dated(HELD, "hold", ALL, 2).build(),
                withdrew("no", ALL, 3),
                dated(SUPPRESSED, "never", ALL, 4).build());

        @Test
        void tells_all_of_them_the_weightiest_first() {
            assertThat(standing.refusals())
                    .containsExactly(
                            refusal(Refusal.Reason.SUPPRESSED, "never"),
                            refusal(OPTED_OUT, "no"),
                            refusal(Refusal.Reason.HELD, "hold"),
                            refusal(Refusal.Reason.PLATFORM_STOP, "stop"));
        }

        @Test
        void is_closed_by_the_opt_out_rather_than_the_stop() {
            assertThat(standing.closedBy().map(ConsentEntry::id)).contains(EntryId.of("no"));
        }

        @Test
        void shows_them() {
            assertThat(standing)
                    .hasToString("Standing[NEWS, whatsapp:shop, [SUPPRESSED by [never], OPTED_OUT by [no],"
                            + " HELD by [hold], PLATFORM_STOP by [stop]]]");
        }
    }

    @Nested
    class WhenItIsOpen {
        @Test
        void shows_that() {
            assertThat(standing(NEWS, agreed("yes", PROMOTION, 10).build()))
                    .hasToString("Standing[NEWS, whatsapp:shop, open]");
        }
    }
}
