package aparte;

import static aparte.Ledger.PERSON;
import static aparte.Ledger.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentEntryTest {
    private static final Scope NEWS = Scope.of(Purpose.NEWS);

    private static ConsentEntry.Builder full() {
        return ConsentEntry.granted(PERSON, NEWS, ConsentEntry.Method.CHECKBOX, "form")
                .id(EntryId.of("e-1"))
                .basis(LegalBasis.CONSENT)
                .effectiveAt(Instant.EPOCH)
                .recordedAt(Instant.EPOCH.plusSeconds(1))
                .expiresAt(Instant.EPOCH.plusSeconds(9))
                .via(SHOP)
                .wording(new ConsentEntry.Wording("3", Locale.FRENCH, "J’accepte."))
                .supersedes(EntryId.of("e-0"))
                .reason("signed up")
                .jurisdiction("FR")
                .proof(new ConsentEntry.Proof("form", "crm/7", "a".repeat(64)))
                .detail("rule", "checkbox");
    }

    private static ConsentEntry.Builder correction() {
        return ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, PERSON, NEWS)
                .supersedes(EntryId.of("e-1"))
                .actor(ConsentEntry.Actor.AGENT)
                .reason("wrong person");
    }

    @Nested
    class WhenItIsAnAgreement {
        @ParameterizedTest
        @EnumSource(names = {"GRANTED", "CONFIRMED", "RENEWED"})
        void refuses_to_agree_to_everything(ConsentEntry.Kind kind) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConsentEntry.builder(kind, PERSON, Scope.everything())
                            .build())
                    .withMessageContaining("must name its purposes");
        }

        @Test
        void refuses_to_agree_to_everything_that_a_host_can_send() {
            Scope all = Scope.of(Stream.of(Purpose.values())
                    .filter(purpose -> !purpose.isInternal())
                    .toList());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConsentEntry.builder(ConsentEntry.Kind.GRANTED, PERSON, all)
                            .build());
        }

        @Test
        void refuses_to_agree_to_everything_on_one_sender() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConsentEntry.builder(
                                    ConsentEntry.Kind.GRANTED,
                                    PERSON,
                                    Scope.everything().only(SHOP))
                            .build());
        }

        @Test
        void is_an_act_of_the_person_by_default() {
            assertThat(ConsentEntry.granted(PERSON, NEWS, ConsentEntry.Method.BUTTON, "message 7")
                            .build())
                    .satisfies(entry -> {
                        assertThat(entry.kind()).isEqualTo(ConsentEntry.Kind.GRANTED);
                        assertThat(entry.basis()).isEqualTo(LegalBasis.CONSENT);
                        assertThat(entry.actor()).contains(ConsentEntry.Actor.SUBJECT);
                        assertThat(entry.method()).contains(ConsentEntry.Method.BUTTON);
                        assertThat(entry.source()).isEqualTo("message 7");
                    });
        }
    }

    @Nested
    class WhenItIsAWithdrawal {
        @Test
        void may_withdraw_everything() {
            assertThat(ConsentEntry.withdrawn(PERSON, Scope.everything(), ConsentEntry.Method.VERBAL, "call")
                            .build())
                    .returns(ConsentEntry.Kind.WITHDRAWN, ConsentEntry::kind)
                    .returns(Scope.everything(), ConsentEntry::scope);
        }
    }

    @Nested
    class WhenItIsMadeByItsName {
        private final ConsentEntry.Wording wording = new ConsentEntry.Wording("3", Locale.FRENCH, "J’accepte.");

        @Test
        void an_agreement_by_form_is_a_box_that_the_person_ticked_below_a_text() {
            assertThat(ConsentEntry.grantedByForm(PERSON, NEWS, "form", wording)
                            .effectiveAt(Instant.EPOCH)
                            .build())
                    .returns(ConsentEntry.Kind.GRANTED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Method.CHECKBOX), ConsentEntry::method)
                    .returns(Optional.of(ConsentEntry.Actor.SUBJECT), ConsentEntry::actor)
                    .returns(Optional.of(wording), ConsentEntry::wording)
                    .returns(true, ConsentEntry::isVerified);
        }

        @Test
        void an_agreement_told_to_an_agent_names_the_agent_as_who_recorded_it() {
            assertThat(ConsentEntry.grantedToAgent(PERSON, NEWS, "agent 7, call of 3 May")
                            .effectiveAt(Instant.EPOCH)
                            .build())
                    .returns(ConsentEntry.Kind.GRANTED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Method.VERBAL), ConsentEntry::method)
                    .returns(Optional.of(ConsentEntry.Actor.AGENT), ConsentEntry::actor)
                    .returns(true, ConsentEntry::isVerified);
        }

        @Test
        void an_agreement_told_to_an_agent_is_worth_nothing_without_its_source() {
            assertThat(ConsentEntry.grantedToAgent(PERSON, NEWS, " ")
                            .effectiveAt(Instant.EPOCH)
                            .build()
                            .isVerified())
                    .isFalse();
        }

        @Test
        void an_agreement_by_button_names_our_end_and_the_text_above_it() {
            assertThat(ConsentEntry.grantedByButton(PERSON, NEWS, SHOP, "event 7", wording)
                            .build())
                    .returns(ConsentEntry.Kind.GRANTED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Method.BUTTON), ConsentEntry::method)
                    .returns(Optional.of(SHOP), ConsentEntry::via)
                    .returns(Optional.of(wording), ConsentEntry::wording);
        }

        @Test
        void a_wish_to_be_asked_holds_the_text_seen_and_opens_nothing() {
            assertThat(ConsentEntry.requested(PERSON, NEWS, ConsentEntry.Method.CHECKBOX, "form", wording)
                            .build())
                    .returns(ConsentEntry.Kind.REQUESTED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Actor.SUBJECT), ConsentEntry::actor)
                    .returns(Optional.of(wording), ConsentEntry::wording)
                    .returns(false, entry -> entry.kind().isOpening());
        }

        @Test
        void a_withdrawal_told_to_an_agent_keeps_its_scope() {
            assertThat(ConsentEntry.withdrawnToAgent(PERSON, NEWS.only(SHOP), "agent 7, mail of 3 May")
                            .build())
                    .returns(ConsentEntry.Kind.WITHDRAWN, ConsentEntry::kind)
                    .returns(NEWS.only(SHOP), ConsentEntry::scope)
                    .returns(Optional.of(ConsentEntry.Actor.AGENT), ConsentEntry::actor);
        }

        @Test
        void an_objection_speaks_of_all_promotion() {
            assertThat(ConsentEntry.objected(PERSON, ConsentEntry.Method.PAPER, "letter of 3 May")
                            .build())
                    .returns(ConsentEntry.Kind.OBJECTED, ConsentEntry::kind)
                    .returns(Scope.promotional(), ConsentEntry::scope)
                    .returns(Optional.of(ConsentEntry.Method.PAPER), ConsentEntry::method);
        }
    }

    @Nested
    class WhenItIsACorrection {
        @Test
        void needs_no_more_than_the_entry_an_agent_and_a_reason() {
            assertThat(correction().build().supersedes()).contains(EntryId.of("e-1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\n"})
        void refuses_to_have_no_reason(String reason) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> correction().reason(reason).build())
                    .withMessageContaining("a reason");
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AGENT")
        void refuses_every_actor_but_an_agent(ConsentEntry.Actor actor) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> correction().actor(actor).build());
        }

        @Test
        void refuses_to_correct_nothing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, PERSON, NEWS)
                            .actor(ConsentEntry.Actor.AGENT)
                            .reason("wrong person")
                            .build());
        }
    }

    @Nested
    class WhenAPartIsMalformed {
        @Test
        void refuses_half_a_character_in_the_source() {
            assertThatIllegalArgumentException().isThrownBy(() -> full().source("\uDE00"));
        }

        @Test
        void refuses_half_a_character_in_the_reason() {
            assertThatIllegalArgumentException().isThrownBy(() -> full().reason("\uDE00"));
        }

        @Test
        void refuses_half_a_character_in_the_jurisdiction() {
            assertThatIllegalArgumentException().isThrownBy(() -> full().jurisdiction("\uDE00"));
        }

        @Test
        void refuses_half_a_character_in_a_detail() {
            assertThatIllegalArgumentException().isThrownBy(() -> full().detail("reply", "\uDE00"));
        }

        @Test
        void refuses_a_detail_without_a_name() {
            assertThatIllegalArgumentException().isThrownBy(() -> full().detail(" ", "x"));
        }

        @Test
        void refuses_a_blank_wording() {
            assertThatIllegalArgumentException().isThrownBy(() -> new ConsentEntry.Wording("3", Locale.FRENCH, " "));
        }

        @Test
        void refuses_a_wording_without_a_version() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ConsentEntry.Wording("", Locale.FRENCH, "J’accepte."));
        }

        @Test
        void refuses_a_proof_of_no_type() {
            assertThatIllegalArgumentException().isThrownBy(() -> new ConsentEntry.Proof("", "crm/7", "a".repeat(64)));
        }

        @Test
        void refuses_a_proof_kept_nowhere() {
            assertThatIllegalArgumentException().isThrownBy(() -> new ConsentEntry.Proof("form", " ", "a".repeat(64)));
        }

        static Stream<String> malformedHashes() {
            return Stream.of("", "a".repeat(63), "a".repeat(65), "A".repeat(64), "g".repeat(64));
        }

        @ParameterizedTest
        @MethodSource("malformedHashes")
        void refuses_a_proof_whose_hash_is_not_64_lower_case_digits(String hash) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ConsentEntry.Proof("form", "crm/7", hash))
                    .withMessage("proof hash must be 64 lower-case hexadecimal digits");
        }

        @Test
        void names_the_part_that_is_null() {
            assertThatNullPointerException()
                    .isThrownBy(() -> ConsentEntry.builder(ConsentEntry.Kind.USED, null, NEWS))
                    .withMessage("person");
        }
    }

    @Nested
    class WhenItIsBuiltAgain {
        @Test
        void equals_itself() {
            ConsentEntry entry = full().build();

            assertThat(entry.toBuilder().build()).isEqualTo(entry).hasSameHashCodeAs(entry);
        }

        static Stream<ConsentEntry> others() {
            return Stream.of(
                    full().id(EntryId.of("e-2")).build(),
                    full().basis(LegalBasis.CONTRACT).build(),
                    full().effectiveAt(Instant.MAX).build(),
                    full().recordedAt(Instant.MAX).build(),
                    full().expiresAt(Instant.MAX).build(),
                    full().method(ConsentEntry.Method.PAPER).build(),
                    full().actor(ConsentEntry.Actor.GUARDIAN).build(),
                    full().via(Ledger.BOT).build(),
                    full().wording(new ConsentEntry.Wording("4", Locale.FRENCH, "J’accepte."))
                            .build(),
                    full().supersedes(EntryId.of("e-9")).build(),
                    full().source("other").build(),
                    full().reason("other").build(),
                    full().jurisdiction("BE").build(),
                    full().proof(new ConsentEntry.Proof("photo", "crm/8", "b".repeat(64)))
                            .build(),
                    full().detail("rule", "other").build());
        }

        @ParameterizedTest
        @MethodSource("others")
        void differs_by_every_part(ConsentEntry other) {
            assertThat(other).isNotEqualTo(full().build());
        }

        @Test
        void gets_a_new_id_if_none_is_given() {
            ConsentEntry.Builder builder = ConsentEntry.builder(ConsentEntry.Kind.USED, PERSON, NEWS);

            assertThat(builder.build().id()).isNotEqualTo(builder.build().id());
        }
    }

    @Nested
    class WhenItsKindIsAsked {
        private final Set<ConsentEntry.Kind> opening =
                EnumSet.of(ConsentEntry.Kind.GRANTED, ConsentEntry.Kind.CONFIRMED, ConsentEntry.Kind.RENEWED);
        private final Set<ConsentEntry.Kind> closing = EnumSet.of(
                ConsentEntry.Kind.REFUSED,
                ConsentEntry.Kind.WITHDRAWN,
                ConsentEntry.Kind.OBJECTED,
                ConsentEntry.Kind.HELD,
                ConsentEntry.Kind.EXPIRED,
                ConsentEntry.Kind.INVALIDATED,
                ConsentEntry.Kind.PLATFORM_STOP,
                ConsentEntry.Kind.SUPPRESSED,
                ConsentEntry.Kind.ERASED);

        @ParameterizedTest
        @EnumSource(ConsentEntry.Kind.class)
        void opens_only_by_an_agreement(ConsentEntry.Kind kind) {
            assertThat(kind.isOpening()).isEqualTo(opening.contains(kind));
        }

        @ParameterizedTest
        @EnumSource(ConsentEntry.Kind.class)
        void closes_by_every_kind_of_no(ConsentEntry.Kind kind) {
            assertThat(kind.isClosing()).isEqualTo(closing.contains(kind));
        }
    }
}
