package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each policy objects to, and that it is silent about everything else. */
class PoliciesTest {
    private static final Jurisdictions SHIPPED = Jurisdictions.shipped();

    private static UnaryOperator<ConsentEntry.Builder> detail(String name, String value) {
        return entry -> entry.detail(name, value);
    }

    @Nested
    class DoubleOptInTest {
        private final ConfirmedOptIn policy = ConfirmedOptIn.ofDefaults();
        private final Case german = Case.to(Case.GERMAN).agreed();

        private Case confirmed(Case one, UnaryOperator<ConsentEntry.Builder> more) {
            return one.with(
                    ConsentEntry.Kind.CONFIRMED,
                    "2026-11-02T12:00:00Z",
                    entry -> more.apply(entry.method(ConsentEntry.Method.DOUBLE_OPT_IN_REPLY)
                            .via(Case.WHATSAPP)));
        }

        @Test
        void waits_for_the_confirmation_and_names_the_agreement() {
            assertThat(german.judgedBy(policy)).get().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.PENDING_CONFIRMATION);
                assertThat(refusal.entries()).containsExactly(EntryId.of("entry-1"));
                assertThat(refusal.notBefore()).isEmpty();
            });
        }

        @Test
        void is_content_once_it_was_confirmed_there() {
            assertThat(confirmed(german, entry -> entry).judgedBy(policy)).isEmpty();
        }

        @Test
        void takes_a_confirmation_on_another_channel_for_none() {
            assertThat(confirmed(german, entry -> entry).from(Case.VIBER).reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
            assertThat(confirmed(german, entry -> entry.via(Case.VIBER)).reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void takes_a_confirmation_from_another_address_for_none() {
            assertThat(confirmed(
                                    Case.to(Recipient.of(Address.phone(Case.GERMAN), Address.email("ana@example.org")))
                                            .agreed(),
                                    entry -> entry.person(Identity.of(Address.email("ana@example.org"))))
                            .reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void takes_a_confirmation_that_says_not_where_for_none() {
            Case silent = german.with(
                    ConsentEntry.Kind.CONFIRMED,
                    "2026-11-02T12:00:00Z",
                    entry -> entry.method(ConsentEntry.Method.DOUBLE_OPT_IN_REPLY));

            assertThat(silent.reason(policy)).contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void takes_a_word_that_the_person_wrote_there_for_a_confirmation() {
            Case start = Case.to(Case.GERMAN)
                    .agreed(entry ->
                            entry.method(ConsentEntry.Method.REPLY_KEYWORD).via(Case.WHATSAPP));

            assertThat(start.judgedBy(policy)).isEmpty();
            assertThat(start.from(Case.VIBER).reason(policy)).contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @ParameterizedTest
        @CsvSource({
            "REPLY_KEYWORD, SUBJECT, true",
            "BUTTON, SUBJECT, true",
            "DOUBLE_OPT_IN_REPLY, SUBJECT, true",
            "CHECKBOX, SUBJECT, false",
            "PAPER, SUBJECT, false",
            "REPLY_KEYWORD, SYSTEM, false"
        })
        void takes_only_what_the_person_did_there_for_a_confirmation(
                ConsentEntry.Method method, ConsentEntry.Actor actor, boolean confirmed) {
            Case there = Case.to(Case.GERMAN)
                    .agreed(entry -> entry.method(method).actor(actor).via(Case.WHATSAPP));

            assertThat(there.judgedBy(policy).isEmpty()).isEqualTo(confirmed);
        }

        @Test
        void takes_the_word_of_the_ledger_for_a_confirmation_however_it_was_given() {
            assertThat(confirmed(german, entry -> entry.method(ConsentEntry.Method.CHECKBOX))
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void keeps_the_confirmation_when_the_agreement_is_renewed_even_after_it_ended() {
            Case renewed = confirmed(german, entry -> entry.expiresAt(Instant.parse("2026-11-10T12:00:00Z")))
                    .with(ConsentEntry.Kind.RENEWED, "2026-11-20T12:00:00Z", entry -> entry);

            assertThat(renewed.proposal().standing().isOpen()).isTrue();
            assertThat(renewed.judgedBy(policy)).isEmpty();
        }

        @Test
        void forgets_the_confirmation_with_the_withdrawal() {
            Case again = confirmed(german, entry -> entry)
                    .with(ConsentEntry.Kind.WITHDRAWN, "2026-11-03T12:00:00Z", entry -> entry)
                    .with(ConsentEntry.Kind.GRANTED, "2026-11-04T12:00:00Z", entry -> entry);

            assertThat(again.reason(policy)).contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void asks_nothing_where_the_place_does_not() {
            assertThat(Case.to(Case.FRENCH).agreed().judgedBy(policy)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"+436601234567", "+41791234567", "+870773111632"})
        void asks_in_austria_switzerland_and_where_the_number_says_nothing(String phone) {
            assertThat(Case.to(phone).agreed().reason(policy)).contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void asks_nobody_whose_id_a_platform_made_unless_the_place_is_known() {
            Case psid = Case.to(Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA=="));

            assertThat(psid.agreed().judgedBy(policy)).isEmpty();
            assertThat(psid.agreed(entry -> entry.jurisdiction("DE")).reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void asks_everywhere_if_somebody_else_typed_the_address() {
            Case french = Case.to(Case.FRENCH);

            assertThat(french.agreed(entry -> entry.actor(ConsentEntry.Actor.AGENT))
                            .reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
            assertThat(french.agreed(entry -> entry.method(ConsentEntry.Method.VERBAL))
                            .reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
            assertThat(french.agreed(entry -> entry.method(ConsentEntry.Method.PAPER))
                            .judgedBy(policy))
                    .isEmpty();
            assertThat(confirmed(french.agreed(entry -> entry.actor(ConsentEntry.Actor.AGENT)), entry -> entry)
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void lets_an_agreement_of_the_person_stand_beside_one_that_an_agent_typed() {
            Case both = Case.to(Case.FRENCH)
                    .agreed()
                    .with(
                            ConsentEntry.Kind.GRANTED,
                            "2026-11-05T12:00:00Z",
                            entry -> entry.actor(ConsentEntry.Actor.AGENT));

            assertThat(both.judgedBy(policy)).isEmpty();
        }

        @Test
        void leaves_what_is_no_promotion_and_who_never_agreed_to_the_floor() {
            assertThat(german.purpose(Purpose.SERVICE).judgedBy(policy)).isEmpty();
            assertThat(Case.to(Case.GERMAN).judgedBy(policy)).isEmpty();
        }

        @Test
        void asks_the_member_in_a_group() {
            Case group = Case.to(new Address(Address.Kind.GROUP, "g1", "whatsapp"));
            UnaryOperator<ConsentEntry.Builder> member = entry -> entry.person(Identity.of(Address.phone(Case.GERMAN)));

            assertThat(group.agreed(member).reason(policy)).contains(Refusal.Reason.PENDING_CONFIRMATION);
            assertThat(confirmed(group.agreed(member), member).judgedBy(policy)).isEmpty();
            assertThat(confirmed(group.agreed(member), entry -> entry.person(Identity.of(Address.phone(Case.FRENCH))))
                            .reason(policy))
                    .contains(Refusal.Reason.PENDING_CONFIRMATION);
        }
    }

    @Nested
    class ConsentExpiryTest {
        private final ConsentExpiry policy = ConsentExpiry.ofDefaults();

        private Case agreed(String at, UnaryOperator<ConsentEntry.Builder> more) {
            return Case.to(Case.FRENCH).with(ConsentEntry.Kind.GRANTED, at, more);
        }

        @ParameterizedTest
        @CsvSource({
            "2024-11-23T12:00:01Z, false",
            "2024-11-23T12:00:00Z, true",
            "2024-11-01T12:00:00Z, true",
            "2026-11-01T12:00:00Z, false"
        })
        void ends_an_agreement_24_months_after_it_was_given(String at, boolean expired) {
            assertThat(agreed(at, entry -> entry).reason(policy).isPresent()).isEqualTo(expired);
        }

        @Test
        void names_the_agreement() {
            assertThat(agreed("2020-01-01T12:00:00Z", entry -> entry).judgedBy(policy))
                    .get()
                    .satisfies(refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CONSENT_EXPIRED);
                        assertThat(refusal.entries()).containsExactly(EntryId.of("entry-1"));
                        assertThat(refusal.alternatives()).containsExactly(Refusal.Alternative.ASK_FOR_CONSENT);
                    });
        }

        @ParameterizedTest
        @EnumSource(names = {"GRANTED", "CONFIRMED", "RENEWED"})
        void counts_from_the_last_act_of_the_person(ConsentEntry.Kind kind) {
            assertThat(agreed("2020-01-01T12:00:00Z", entry -> entry)
                            .with(kind, "2025-01-01T12:00:00Z", entry -> entry)
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void takes_use_for_no_renewal() {
            assertThat(agreed("2020-01-01T12:00:00Z", entry -> entry)
                            .with(ConsentEntry.Kind.USED, "2026-11-01T12:00:00Z", entry -> entry)
                            .reason(policy))
                    .contains(Refusal.Reason.CONSENT_EXPIRED);
        }

        @Test
        void lets_the_host_change_it_by_basis() {
            Case old = agreed("2025-01-01T12:00:00Z", entry -> entry);

            assertThat(old.reason(policy.lasting(LegalBasis.CONSENT, Period.ofMonths(12))))
                    .contains(Refusal.Reason.CONSENT_EXPIRED);
            assertThat(agreed("1999-01-01T12:00:00Z", entry -> entry).judgedBy(policy.endless(LegalBasis.CONSENT)))
                    .isEmpty();
            assertThat(old.reason(policy.lasting(LegalBasis.CONSENT, Period.ofMonths(12))
                            .endless(LegalBasis.CONTRACT)))
                    .contains(Refusal.Reason.CONSENT_EXPIRED);
            assertThatIllegalArgumentException().isThrownBy(() -> policy.lasting(LegalBasis.CONSENT, Period.ZERO));
        }

        @Test
        void lets_the_host_change_it_by_place() {
            Jurisdictions yearly = SHIPPED.with(SHIPPED.find("FR").toBuilder()
                    .lasting(LegalBasis.CONSENT, Period.ofYears(1))
                    .build());

            assertThat(agreed("2025-01-01T12:00:00Z", entry -> entry).reason(ConsentExpiry.of(yearly)))
                    .contains(Refusal.Reason.CONSENT_EXPIRED);
        }

        @Test
        void ends_no_contract() {
            Case contract = Case.to(Case.FRENCH)
                    .purpose(Purpose.TRANSACTIONAL)
                    .with(
                            ConsentEntry.Kind.GRANTED,
                            "1999-01-01T12:00:00Z",
                            entry -> ConsentEntry.builder(
                                            ConsentEntry.Kind.GRANTED,
                                            Identity.of(Address.phone(Case.FRENCH)),
                                            Scope.of(Purpose.TRANSACTIONAL))
                                    .basis(LegalBasis.CONTRACT)
                                    .source("order 7")
                                    .effectiveAt(Instant.parse("1999-01-01T12:00:00Z")));

            assertThat(contract.proposal().standing().isOpen()).isTrue();
            assertThat(contract.judgedBy(policy)).isEmpty();
            assertThat(contract.reason(policy.lasting(LegalBasis.CONTRACT, Period.ofYears(10))))
                    .contains(Refusal.Reason.CONSENT_EXPIRED);
        }

        @Test
        void leaves_a_conversation_that_the_person_started_alone() {
            Case old = Case.to(Case.FRENCH)
                    .purpose(Purpose.SERVICE)
                    .with(
                            ConsentEntry.Kind.GRANTED,
                            "2020-01-01T12:00:00Z",
                            entry -> ConsentEntry.granted(
                                            Identity.of(Address.phone(Case.FRENCH)),
                                            Scope.of(Purpose.SERVICE),
                                            ConsentEntry.Method.CHECKBOX,
                                            "form")
                                    .effectiveAt(Instant.parse("2020-01-01T12:00:00Z")));
            Proposal silent = old.proposal();
            Proposal talking = Proposal.builder(
                            silent.message(),
                            silent.from(),
                            silent.to(),
                            silent.lane(),
                            silent.history(),
                            Conversation.none().heard(Case.NOON.minusSeconds(60)),
                            Case.NOON)
                    .build();

            assertThat(policy.objectionTo(silent)).isPresent();
            assertThat(policy.objectionTo(talking)).isEmpty();
        }

        @Nested
        class WhenItIsImplied {
            private Case canadian(String at, String ground) {
                return Case.to("+14165550123")
                        .with(ConsentEntry.Kind.GRANTED, at, detail(ConsentExpiry.IMPLIED, ground));
            }

            @ParameterizedTest
            @CsvSource({
                "2026-05-24T12:00:00Z, inquiry, false",
                "2026-05-23T12:00:00Z, inquiry, true",
                "2024-11-24T12:00:00Z, purchase, false",
                "2024-11-23T12:00:00Z, purchase, true"
            })
            void ends_after_6_months_for_an_inquiry_and_24_for_a_purchase(String at, String ground, boolean expired) {
                assertThat(canadian(at, ground).reason(policy))
                        .isEqualTo(expired ? Optional.of(Refusal.Reason.CONSENT_EXPIRED) : Optional.empty());
            }

            @Test
            void is_not_made_longer_by_the_hosts_word_for_consent() {
                assertThat(canadian("2026-01-01T12:00:00Z", "inquiry").reason(policy.endless(LegalBasis.CONSENT)))
                        .contains(Refusal.Reason.CONSENT_EXPIRED);
            }

            @Test
            void is_none_for_another_ground_or_in_another_place() {
                assertThat(canadian("2026-11-01T12:00:00Z", "visit").reason(policy))
                        .contains(Refusal.Reason.NO_CONSENT);
                assertThat(Case.to(Case.FRENCH)
                                .agreed(detail(ConsentExpiry.IMPLIED, "purchase"))
                                .reason(policy))
                        .contains(Refusal.Reason.NO_CONSENT);
            }

            @Test
            void does_not_weaken_an_agreement_that_was_given() {
                assertThat(Case.to(Case.FRENCH)
                                .agreed()
                                .with(
                                        ConsentEntry.Kind.GRANTED,
                                        "2026-11-10T12:00:00Z",
                                        detail(ConsentExpiry.IMPLIED, "purchase"))
                                .judgedBy(policy))
                        .isEmpty();
            }
        }
    }

    @Nested
    class WordingInForceTest {
        private final WordingInForce policy = WordingInForce.without("v1", "v2");

        private UnaryOperator<ConsentEntry.Builder> shown(String version) {
            return entry -> entry.wording(new ConsentEntry.Wording(version, Locale.FRENCH, "J’accepte."));
        }

        @Test
        void refuses_an_agreement_to_a_wording_that_was_withdrawn() {
            assertThat(Case.to(Case.FRENCH).agreed(shown("v1")).judgedBy(policy))
                    .get()
                    .satisfies(refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.WORDING_OUTDATED);
                        assertThat(refusal.entries()).containsExactly(EntryId.of("entry-1"));
                    });
        }

        @Test
        void leaves_other_wordings_and_entries_without_one_alone() {
            assertThat(Case.to(Case.FRENCH).agreed(shown("v3")).judgedBy(policy))
                    .isEmpty();
            assertThat(Case.to(Case.FRENCH).agreed().judgedBy(policy)).isEmpty();
            assertThat(Case.to(Case.FRENCH).agreed(shown("v1")).judgedBy(WordingInForce.without()))
                    .isEmpty();
        }

        @Test
        void takes_the_wording_of_the_question_for_that_of_the_answer() {
            Case confirmed = Case.to(Case.FRENCH)
                    .agreed(shown("v1"))
                    .with(ConsentEntry.Kind.CONFIRMED, "2026-11-02T12:00:00Z", entry -> entry);
            Case asked = Case.to(Case.FRENCH)
                    .with(ConsentEntry.Kind.PENDING, "2026-11-01T12:00:00Z", shown("v3"))
                    .with(ConsentEntry.Kind.CONFIRMED, "2026-11-02T12:00:00Z", entry -> entry);

            assertThat(confirmed.reason(policy)).contains(Refusal.Reason.WORDING_OUTDATED);
            assertThat(asked.judgedBy(policy)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "GRANTED, true",
            "RENEWED, true",
            "REQUESTED, true",
            "PENDING, true",
            "IMPORTED, false",
            "USED, false"
        })
        void takes_what_asked_the_person_for_what_they_saw(ConsentEntry.Kind kind, boolean seen) {
            Case answered = Case.to(Case.FRENCH)
                    .with(kind, "2026-11-01T12:00:00Z", shown("v1"))
                    .with(ConsentEntry.Kind.CONFIRMED, "2026-11-02T12:00:00Z", entry -> entry);

            assertThat(answered.reason(policy).isPresent()).isEqualTo(seen);
        }

        @ParameterizedTest
        @CsvSource({
            "v1, 2026-11-01T12:00:00Z, v3, 2026-11-01T13:00:00Z, false",
            "v3, 2026-11-01T12:00:00Z, v1, 2026-11-01T13:00:00Z, true",
            // The answer came in the second of the last question, or before it.
            "v3, 2026-11-01T12:00:00Z, v1, 2026-11-02T12:00:00Z, true",
            "v3, 2026-11-01T12:00:00Z, v1, 2026-11-02T12:00:01Z, false",
            // Of two in one second, the one of the greater id.
            "v1, 2026-11-01T12:00:00Z, v3, 2026-11-01T12:00:00Z, false",
            "v3, 2026-11-01T12:00:00Z, v1, 2026-11-01T12:00:00Z, true"
        })
        void takes_the_last_question_before_the_answer(
                String one, String at, String other, String then, boolean outdated) {
            Case asked = Case.to(Case.FRENCH)
                    .with(ConsentEntry.Kind.PENDING, at, shown(one))
                    .with(ConsentEntry.Kind.PENDING, then, shown(other))
                    .with(ConsentEntry.Kind.CONFIRMED, "2026-11-02T12:00:00Z", entry -> entry);

            assertThat(asked.reason(policy).isPresent()).isEqualTo(outdated);
            assertThat(asked.reversed().reason(policy).isPresent()).isEqualTo(outdated);
        }

        @Test
        void takes_no_question_of_which_nobody_knows_when_it_was() {
            ConsentEntry undated = ConsentEntry.builder(
                            ConsentEntry.Kind.PENDING, Identity.of(Address.phone(Case.FRENCH)), Scope.promotional())
                    .wording(new ConsentEntry.Wording("v1", Locale.FRENCH, "J’accepte."))
                    .build();

            assertThat(Case.to(Case.FRENCH).agreed().with(undated).judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void lets_another_agreement_stand_be_it_older_or_younger() {
            assertThat(Case.to(Case.FRENCH)
                            .agreed(shown("v3"))
                            .with(ConsentEntry.Kind.GRANTED, "2026-11-02T12:00:00Z", shown("v1"))
                            .judgedBy(policy))
                    .isEmpty();
            assertThat(Case.to(Case.FRENCH)
                            .agreed(shown("v1"))
                            .with(ConsentEntry.Kind.RENEWED, "2026-11-02T12:00:00Z", shown("v3"))
                            .judgedBy(policy))
                    .isEmpty();
        }
    }

    @Nested
    class SenderPurposesTest {
        private final SenderPurposes policy = SenderPurposes.none()
                .never(Case.WHATSAPP, Purpose.MARKETING)
                .only(Case.VIBER, Purpose.SERVICE, Purpose.TRANSACTIONAL);

        @ParameterizedTest
        @CsvSource({"MARKETING, true", "NEWS, false", "SERVICE, false"})
        void never_lets_a_sender_carry_what_it_must_not(Purpose purpose, boolean refused) {
            assertThat(Case.to(Case.FRENCH).purpose(purpose).reason(policy))
                    .isEqualTo(refused ? Optional.of(Refusal.Reason.POLICY) : Optional.empty());
        }

        @ParameterizedTest
        @CsvSource({"MARKETING, true", "NEWS, true", "SERVICE, false", "AUTHENTICATION, true"})
        void lets_a_sender_carry_only_what_it_may(Purpose purpose, boolean refused) {
            assertThat(Case.to(Case.FRENCH)
                            .purpose(purpose)
                            .from(Case.VIBER)
                            .reason(policy)
                            .isPresent())
                    .isEqualTo(refused);
        }

        @Test
        void lets_other_senders_carry_everything() {
            assertThat(Case.to(Case.FRENCH).purpose(Purpose.MARKETING).judgedBy(SenderPurposes.none()))
                    .isEmpty();
        }

        @Test
        void never_stops_the_confirmation_of_an_opt_out() {
            Proposal news = Case.to(Case.FRENCH).from(Case.VIBER).proposal();
            Proposal confirmation = Proposal.builder(
                            news.message(),
                            news.from(),
                            news.to(),
                            news.lane(),
                            news.history(),
                            news.conversation(),
                            news.now())
                    .standing(Standing.of(news.history(), Purpose.CONSENT_CONFIRMATION, news.from(), news.now()))
                    .build();

            assertThat(policy.objectionTo(confirmation)).isEmpty();
        }

        @Test
        void needs_a_purpose() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SenderPurposes.none().only(Case.VIBER));
        }
    }

    @Nested
    class SectorBanTest {
        private final SectorBan policy = SectorBan.of(SHIPPED, SectorBan.ENERGY_RENOVATION);

        @Test
        void refuses_promotion_of_a_banned_sector_in_france() {
            assertThat(Case.to(Case.FRENCH).reason(policy)).contains(Refusal.Reason.JURISDICTION);
            assertThat(Case.to("+262692123456").reason(policy)).contains(Refusal.Reason.JURISDICTION);
        }

        @Test
        void lets_it_pass_elsewhere_and_lets_service_pass() {
            assertThat(Case.to(Case.GERMAN).judgedBy(policy)).isEmpty();
            assertThat(Case.to(Case.FRENCH).purpose(Purpose.SERVICE).judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void asks_the_host_for_the_sector_of_each_message() {
            assertThat(Case.to(Case.FRENCH).judgedBy(SectorBan.of(SHIPPED, message -> Optional.empty())))
                    .isEmpty();
            assertThat(Case.to(Case.FRENCH).judgedBy(SectorBan.of(SHIPPED, "books")))
                    .isEmpty();
        }
    }

    @Nested
    class ExplicitConsentTest {
        private final ExplicitConsent policy = ExplicitConsent.of(SHIPPED, Purpose.NEWS);

        @Test
        void refuses_a_sensitive_purpose_without_explicit_consent() {
            assertThat(Case.to(Case.FRENCH).agreed().judgedBy(policy)).get().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NO_CONSENT);
                assertThat(refusal.entries()).containsExactly(EntryId.of("entry-1"));
            });
        }

        @Test
        void is_content_with_an_explicit_one_be_it_older() {
            Case explicit = Case.to(Case.FRENCH).agreed(detail(ExplicitConsent.EXPLICIT, "yes"));

            assertThat(explicit.judgedBy(policy)).isEmpty();
            assertThat(explicit.with(ConsentEntry.Kind.RENEWED, "2026-11-02T12:00:00Z", entry -> entry)
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void takes_none_that_was_given_under_another_address() {
            Address mail = Address.email("ana@example.org");
            Case elsewhere = Case.to(Recipient.of(Address.phone(Case.FRENCH), mail))
                    .agreed()
                    .with(
                            ConsentEntry.Kind.GRANTED,
                            "2026-10-01T12:00:00Z",
                            entry -> entry.person(Identity.of(mail)).detail(ExplicitConsent.EXPLICIT, "yes"));

            assertThat(elsewhere.reason(policy)).contains(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void leaves_other_purposes_other_laws_and_closed_ones_alone() {
            Jurisdictions lax = SHIPPED.with(
                    SHIPPED.find("FR").toBuilder().explicitForSensitive(false).build());

            assertThat(Case.to(Case.FRENCH).agreed().purpose(Purpose.MARKETING).judgedBy(policy))
                    .isEmpty();
            assertThat(Case.to(Case.FRENCH).agreed().judgedBy(ExplicitConsent.of(lax, Purpose.NEWS)))
                    .isEmpty();
            assertThat(Case.to(Case.FRENCH).judgedBy(policy)).isEmpty();
        }

        @Test
        void takes_a_conversation_for_no_consent() {
            Proposal silent = Case.to(Case.FRENCH).purpose(Purpose.SERVICE).proposal();
            Proposal talking = Proposal.builder(
                            silent.message(),
                            silent.from(),
                            silent.to(),
                            silent.lane(),
                            silent.history(),
                            Conversation.none().heard(Case.NOON.minusSeconds(60)),
                            Case.NOON)
                    .build();

            assertThat(ExplicitConsent.of(SHIPPED, Purpose.SERVICE).objectionTo(talking))
                    .get()
                    .extracting(Refusal::entries)
                    .isEqualTo(List.of());
        }
    }

    @Nested
    class MinorsTest {
        private final Minors policy = Minors.ofDefaults();

        private Case aged(String age) {
            return Case.to(Recipient.builder(Address.phone(Case.FRENCH))
                    .attribute(Minors.AGE, age)
                    .build());
        }

        @Test
        void asks_for_a_guardian_below_the_line_of_the_place() {
            assertThat(aged("MINOR:14").agreed().judgedBy(policy)).get().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MINOR);
                assertThat(refusal.entries()).containsExactly(EntryId.of("entry-1"));
                assertThat(refusal.detail()).contains("15").doesNotContain("14");
            });
            assertThat(aged("MINOR:15").agreed().judgedBy(policy)).isEmpty();
            assertThat(aged("MINOR").agreed().reason(policy)).contains(Refusal.Reason.MINOR);
        }

        @Test
        void is_content_with_a_guardians_agreement() {
            assertThat(aged("MINOR:10")
                            .agreed(entry -> entry.actor(ConsentEntry.Actor.GUARDIAN))
                            .judgedBy(policy))
                    .isEmpty();
            assertThat(aged("MINOR:10")
                            .agreed(entry -> entry.actor(ConsentEntry.Actor.GUARDIAN))
                            .with(ConsentEntry.Kind.RENEWED, "2026-11-02T12:00:00Z", entry -> entry)
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void keeps_profiled_engagement_from_every_minor() {
            Case engaged = aged("MINOR:17")
                    .agreed(entry -> entry.actor(ConsentEntry.Actor.GUARDIAN))
                    .purpose(Purpose.ENGAGEMENT);

            assertThat(engaged.reason(policy)).contains(Refusal.Reason.MINOR);
            assertThat(engaged.judgedBy(policy.profiled(message -> false))).isEmpty();
        }

        @Test
        void leaves_adults_and_those_of_unknown_age_alone() {
            assertThat(aged("ADULT").agreed().judgedBy(policy)).isEmpty();
            assertThat(aged("UNKNOWN").agreed().judgedBy(policy)).isEmpty();
            assertThat(Case.to(Case.FRENCH).agreed().judgedBy(policy)).isEmpty();
        }

        @Test
        void takes_unknown_age_for_a_childs_where_the_service_is_aimed_at_children() {
            Minors forChildren = policy.aimedAtChildren();

            assertThat(Case.to(Case.FRENCH).agreed().reason(forChildren)).contains(Refusal.Reason.MINOR);
            assertThat(aged("ADULT").agreed().judgedBy(forChildren)).isEmpty();
        }

        @Test
        void takes_the_hosts_word_for_the_age() {
            Case news = Case.to(Case.FRENCH).agreed();

            assertThat(news.reason(policy.known(person -> AgeAssurance.minor(12))))
                    .contains(Refusal.Reason.MINOR);
            assertThat(news.reason(policy.known(person -> AgeAssurance.minor())))
                    .contains(Refusal.Reason.MINOR);
            assertThat(news.judgedBy(policy.aimedAtChildren().known(person -> AgeAssurance.adult())))
                    .isEmpty();
        }

        @Test
        void leaves_service_alone() {
            assertThat(aged("MINOR:9").purpose(Purpose.SERVICE).judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void refuses_if_the_age_cannot_be_read() {
            assertThat(aged("child").agreed().judgedBy(policy)).get().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.POLICY);
                assertThat(refusal.detail()).contains("age-assurance").doesNotContain("child");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "MINOR:", "MINOR:-1", "MINOR:123", "ADULT:20", "14"})
        void reads_ages_in_one_form_only(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> AgeAssurance.parse(text));
        }

        @Test
        void hides_the_years() {
            assertThat(AgeAssurance.parse("minor:14"))
                    .isEqualTo(AgeAssurance.minor(14))
                    .isNotEqualTo(AgeAssurance.minor(0))
                    .hasToString("AgeAssurance[MINOR]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AgeAssurance(AgeAssurance.Kind.ADULT, Optional.of(20)));
        }
    }

    @Nested
    class MaxAgeTest {
        private Optional<Refusal> judged(MaxAge policy, Purpose purpose, Optional<Instant> written) {
            Case one = Case.to(Case.FRENCH).purpose(purpose);
            Message.Builder message = Message.builder(one.to(), purpose, Content.text("Bonjour"));
            written.ifPresent(message::writtenAt);
            return policy.objectionTo(one.proposal(message.build()));
        }

        private Optional<Instant> ago(Duration age) {
            return Optional.of(Case.NOON.minus(age));
        }

        @Test
        void refuses_promotion_that_waited_longer_than_a_day() {
            assertThat(judged(
                            MaxAge.ofDefaults(),
                            Purpose.NEWS,
                            ago(Duration.ofHours(24).plusSeconds(1))))
                    .get()
                    .extracting(Refusal::reason)
                    .isEqualTo(Refusal.Reason.STALE);
            assertThat(judged(MaxAge.ofDefaults(), Purpose.NEWS, ago(Duration.ofHours(24))))
                    .isEmpty();
        }

        @Test
        void refuses_earlier_if_the_host_says_so() {
            MaxAge hour = MaxAge.of(Duration.ofHours(1));

            assertThat(judged(hour, Purpose.NEWS, ago(Duration.ofHours(2)))).isPresent();
            assertThatIllegalArgumentException().isThrownBy(() -> MaxAge.of(Duration.ZERO));
        }

        @Test
        void judges_no_age_that_it_does_not_know_and_no_service() {
            assertThat(judged(MaxAge.ofDefaults(), Purpose.NEWS, Optional.empty()))
                    .isEmpty();
            assertThat(judged(MaxAge.ofDefaults(), Purpose.SERVICE, ago(Duration.ofDays(9))))
                    .isEmpty();
        }
    }

    @Nested
    class CoolDownTest {
        private final CoolDown coolDown = CoolDown.ofDefaults();
        private final Instant start = Instant.parse("2026-11-01T10:00:00Z");

        private Instant after(long hours) {
            return start.plus(Duration.ofHours(hours));
        }

        @Test
        void waits_a_day_first() {
            assertThat(coolDown.until(List.of(start), start)).contains(after(24));
            assertThat(coolDown.until(List.of(start), after(24))).isEmpty();
            assertThat(coolDown.until(List.of(), start)).isEmpty();
        }

        @Test
        void waits_twice_as_long_each_time_up_to_a_week() {
            List<Instant> withheld = List.of(after(24 + 48 + 96), start, after(24), after(24 + 48));
            Instant end = after(24 + 48 + 96 + 168);

            assertThat(coolDown.until(withheld.subList(1, 3), after(24))).contains(after(24 + 48));
            assertThat(coolDown.until(withheld, after(24 + 48 + 96))).contains(end);
            assertThat(coolDown.until(
                            List.of(start, after(24), after(72), after(168), after(336), after(504)), after(504)))
                    .contains(after(504 + 168));
        }

        @Test
        void counts_a_burst_once() {
            assertThat(coolDown.until(List.of(start, start, start.plusSeconds(5), after(23)), after(23)))
                    .contains(after(24));
        }

        @Test
        void may_wait_the_same_each_time_and_remember_no_longer() {
            Duration day = Duration.ofDays(1);

            assertThat(new CoolDown(day, day, day).until(List.of(start, after(24)), after(24)))
                    .contains(after(48));
        }

        @Test
        void refuses_lengths_that_cannot_be() {
            Duration day = Duration.ofDays(1);

            assertThatIllegalArgumentException().isThrownBy(() -> new CoolDown(Duration.ZERO, day, day));
            assertThatIllegalArgumentException().isThrownBy(() -> new CoolDown(day, Duration.ofHours(1), day));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CoolDown(day, Duration.ofDays(7), Duration.ofDays(6)));
        }
    }

    @Nested
    class ConsentPoliciesTest {
        @Test
        void are_none_if_none_are_wanted() {
            assertThat(ConsentPolicies.none().list()).isEmpty();
        }

        @Test
        void are_a_sensible_set_by_default() {
            assertThat(ConsentPolicies.ofDefaults().list())
                    .hasOnlyElementsOfTypes(
                            Minors.class, ConfirmedOptIn.class, ConsentExpiry.class, MaxAge.class, QuietHours.class)
                    .hasSize(5);
        }

        @Test
        void change_by_one_line_each() {
            MaxAge hour = MaxAge.of(Duration.ofHours(1));
            ConsentPolicies changed = ConsentPolicies.ofDefaults()
                    .with(hour)
                    .with(SectorBan.of(SHIPPED, SectorBan.HOME_ADAPTATION))
                    .without(QuietHours.class);

            assertThat(changed.list()).hasSize(5).contains(hour).noneMatch(QuietHours.class::isInstance);
            assertThat(changed.list()).filteredOn(MaxAge.class::isInstance).hasSize(1);
        }

        @Test
        void show_what_they_are_and_what_they_stand_on() {
            ConsentPolicies all = ConsentPolicies.ofDefaults()
                    .with(SectorBan.of(SHIPPED, SectorBan.HOME_ADAPTATION))
                    .with(SenderPurposes.none().only(Case.VIBER, Purpose.SERVICE))
                    .with(ExplicitConsent.of(SHIPPED, Purpose.NEWS))
                    .with(WordingInForce.without("v1"))
                    .with(Minors.of(SHIPPED).aimedAtChildren());

            assertThat(SHIPPED.toString()).matches("Jurisdictions\\[[0-9]+ places]");
            assertThat(Minors.ofDefaults()).hasToString("Minors[" + SHIPPED + "]");
            assertThat(all)
                    .hasToString("ConsentPolicies[ConfirmedOptIn[JJ], ConsentExpiry[JJ], MaxAge[PT24H], QuietHours[JJ],"
                                    .replace("JJ", SHIPPED.toString())
                            + " SectorBan[" + SHIPPED + "], SenderPurposes{" + Case.VIBER + "=[SERVICE]},"
                            + " ExplicitConsent[NEWS], WordingInForce[without [v1]],"
                            + " Minors[" + SHIPPED + ", aimed at children]]");
        }

        @Test
        void keep_each_policy_of_the_host() {
            assertThat(ConsentPolicies.none()
                            .with(proposal -> Optional.empty())
                            .with(proposal -> Optional.empty())
                            .list())
                    .hasSize(2);
        }

        @Test
        void judge_by_the_hosts_jurisdictions() {
            Jurisdictions strict = SHIPPED.with(
                    SHIPPED.find("FR").toBuilder().doubleOptIn(true).build());

            assertThat(ConsentPolicies.ofDefaults(strict).list().stream()
                            .flatMap(policy -> Case.to(Case.FRENCH).agreed().reason(policy).stream()))
                    .containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }
    }
}
