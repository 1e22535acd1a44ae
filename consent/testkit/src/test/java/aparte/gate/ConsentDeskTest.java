package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.contract;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.Recorded;
import aparte.consent.SendLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConsentDeskTest {
    private final Fixture fixture = new Fixture();
    private final ConsentDesk desk = fixture.gate.desk();

    @Nested
    class WhenAnOptOutIsRecorded {
        @Test
        void names_the_messages_on_their_way_that_it_covers() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            Message message = news();
            List<Recorded> recorded = new ArrayList<>();
            fixture.transport.onDelivery(delivery -> recorded.add(desk.record(stop().build())));

            fixture.gate.send(message);

            assertThat(recorded)
                    .singleElement()
                    .satisfies(one -> assertThat(one.inFlight())
                            .extracting(Claim::message)
                            .containsExactly(message.id()));
        }

        @Test
        void names_what_was_never_confirmed() {
            desk.record(granted(Purpose.NEWS).build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            Message message = news();
            fixture.gate.send(message);

            assertThat(desk.record(stop().build()).inFlight())
                    .extracting(Claim::message)
                    .containsExactly(message.id());
        }

        @Test
        void names_nothing_that_it_does_not_cover() {
            desk.record(granted(Purpose.NEWS).build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            fixture.gate.send(news());
            ConsentEntry marketing = ConsentEntry.withdrawn(
                            ANA.identity(), Scope.of(Purpose.MARKETING), ConsentEntry.Method.VERBAL, "agent")
                    .build();

            assertThat(desk.record(marketing).inFlight()).isEmpty();
        }

        @Test
        void names_all_promotion_on_any_sender_for_an_objection() {
            desk.record(granted(Purpose.NEWS).build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            Message message = news();
            fixture.gate.send(message);
            ConsentEntry objection = ConsentEntry.builder(
                            ConsentEntry.Kind.OBJECTED,
                            ANA.identity(),
                            Scope.of(Purpose.MARKETING).only(OTHER))
                    .build();

            assertThat(desk.record(objection).inFlight())
                    .extracting(Claim::message)
                    .containsExactly(message.id());
        }

        @Test
        void names_nothing_but_promotion_for_an_objection() {
            desk.record(contract(Purpose.TRANSACTIONAL).build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            fixture.gate.send(message(Purpose.TRANSACTIONAL));
            ConsentEntry objection = ConsentEntry.builder(
                            ConsentEntry.Kind.OBJECTED, ANA.identity(), Scope.promotional())
                    .build();

            assertThat(desk.record(objection).inFlight()).isEmpty();
        }

        @Test
        void says_that_it_is_kept_if_the_messages_on_their_way_cannot_be_read() {
            ConsentGate blind = fixture.gate(fixture.ledger, fixture.transport)
                    .sendLog(new DownSendLog())
                    .build();

            assertThatThrownBy(() -> blind.desk().record(stop().build()))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("is kept, but the messages on their way could not be read")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(fixture.ledger.read(ANA.identity()).entries())
                    .extracting(ConsentEntry::kind)
                    .containsExactly(ConsentEntry.Kind.WITHDRAWN);
        }

        @Test
        void names_what_goes_to_a_linked_address() {
            Address user = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
            desk.record(granted(Purpose.NEWS).build());
            desk.record(ConsentEntry.builder(
                            ConsentEntry.Kind.LINKED, ANA.identity().with(user), Scope.everything())
                    .build());
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            fixture.gate.send(news());

            Recorded recorded = desk.record(ConsentEntry.withdrawn(
                            Identity.of(user), Scope.promotional(), ConsentEntry.Method.BUTTON, "wamid.B")
                    .build());

            assertThat(recorded.inFlight()).hasSize(1);
        }

        @Test
        void closes_every_known_address_if_it_names_the_reference_alone() {
            Identity known = Identity.of("crm-1", ANA.addresses());
            desk.record(ConsentEntry.granted(known, Scope.of(Purpose.NEWS), ConsentEntry.Method.PAPER, "card")
                    .effectiveAt(NOON.minusSeconds(9))
                    .build());

            desk.record(ConsentEntry.withdrawn(
                            Identity.of("crm-1", List.of()), Scope.promotional(), ConsentEntry.Method.VERBAL, "agent")
                    .build());

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void takes_effect_now_if_it_is_dated_ahead() {
            ConsentEntry ahead = stop().effectiveAt(NOON.plusSeconds(86_400)).build();

            assertThat(desk.record(ahead).entry().effectiveAt()).contains(NOON);
        }

        @Test
        void keeps_the_first_of_one_id() {
            ConsentEntry entry = stop().id(EntryId.of("stop-1")).build();

            assertThat(desk.record(entry).fresh()).isTrue();
            assertThat(desk.record(entry).fresh()).isFalse();
        }

        @Test
        void keeps_one_of_another_scope_although_its_id_is_taken() {
            EntryId taken = EntryId.of("stop-1");
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            desk.record(ConsentEntry.withdrawn(
                            ANA.identity(), Scope.of(Purpose.MARKETING), ConsentEntry.Method.VERBAL, "agent")
                    .id(taken)
                    .build());

            Recorded recorded = desk.record(stop().id(taken).build());

            assertThat(recorded.entry().id()).isNotEqualTo(taken);
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void asks_to_record_it_again_if_it_is_not_certain_what_is_kept_under_its_id() {
            ConsentDesk uncertain =
                    fixture.gate(new FullLedger(), fixture.transport).build().desk();

            assertThatThrownBy(() -> uncertain.record(stop().build()))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("record it again under the same id")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class WhenTheEndOfAHoldIsRecorded {
        private ConsentEntry.Builder released() {
            return ConsentEntry.builder(ConsentEntry.Kind.RELEASED, ANA.identity(), Scope.promotional());
        }

        private void hold() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.HELD, ANA.identity(), Scope.promotional())
                    .effectiveAt(NOON.minusSeconds(5))
                    .build());
        }

        @Test
        void lifts_it_if_somebody_decided() {
            hold();

            desk.record(released()
                    .actor(ConsentEntry.Actor.AGENT)
                    .source("ticket 7")
                    .build());

            assertThat(reasons(fixture.gate.send(news()))).isEmpty();
        }

        @Test
        void refuses_one_that_names_nobody_who_decided() {
            hold();

            assertThatThrownBy(() -> desk.record(released().source("ticket 7").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give the actor who decided it and the source");
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void refuses_one_without_a_source() {
            hold();

            assertThatThrownBy(() -> desk.record(
                            released().actor(ConsentEntry.Actor.AGENT).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give the actor who decided it and the source");
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.HELD);
        }
    }

    @Nested
    class WhenAnOptInIsRecorded {
        @Test
        void dates_it_now_by_default() {
            ConsentEntry kept = desk.record(granted(Purpose.NEWS).build()).entry();

            assertThat(kept.effectiveAt()).contains(NOON);
            assertThat(kept.recordedAt()).contains(NOON);
        }

        @Test
        void refuses_one_that_is_dated_ahead() {
            ConsentEntry ahead =
                    granted(Purpose.NEWS).effectiveAt(NOON.plusSeconds(301)).build();

            assertThatThrownBy(() -> desk.record(ahead))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("more than 5 minutes ahead");
        }

        @Test
        void takes_one_of_a_clock_that_is_a_little_ahead_as_of_now() {
            ConsentEntry ahead =
                    granted(Purpose.NEWS).effectiveAt(NOON.plusSeconds(300)).build();

            assertThat(desk.record(ahead).entry().effectiveAt()).contains(NOON);
            assertThat(reasons(fixture.gate.send(news()))).isEmpty();
        }

        @Test
        void refuses_one_without_an_act_of_the_person() {
            ConsentEntry assumed = ConsentEntry.granted(
                            ANA.identity(), Scope.of(Purpose.NEWS), ConsentEntry.Method.IMPORT, "crm")
                    .build();

            assertThatThrownBy(() -> desk.record(assumed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("record it as IMPORTED");
        }

        @Test
        void takes_a_contract_with_its_source() {
            ConsentEntry contract = ConsentEntry.granted(
                            ANA.identity(), Scope.of(Purpose.TRANSACTIONAL), ConsentEntry.Method.API, "order 4711")
                    .basis(LegalBasis.CONTRACT)
                    .build();

            assertThat(desk.record(contract).fresh()).isTrue();
        }

        @Test
        void keeps_an_import_without_proof_as_evidence_that_opens_nothing() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.IMPORTED, ANA.identity(), Scope.of(Purpose.NEWS))
                    .method(ConsentEntry.Method.IMPORT)
                    .source("crm")
                    .build());

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenAPersonIsErased {
        @Test
        void asks_to_erase_again_if_the_ledger_is_down() {
            ConsentDesk down =
                    fixture.gate(new DownLedger(), fixture.transport).build().desk();

            assertThatThrownBy(() -> down.erase(ANA.identity(), false))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("erase again")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }

        @Test
        void keeps_the_refusal_of_who_opted_out_even_after_a_new_import() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            desk.record(stop().build());

            desk.erase(ANA.identity(), false);
            fixture.clock.advance(java.time.Duration.ofDays(1));
            desk.record(granted(Purpose.NEWS).build());

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void lets_somebody_come_back_who_never_objected() {
            desk.record(granted(Purpose.NEWS).build());
            desk.erase(ANA.identity(), false);
            fixture.clock.advance(java.time.Duration.ofDays(1));
            desk.record(granted(Purpose.NEWS).build());

            assertThat(reasons(fixture.gate.send(news()))).isEmpty();
        }
    }

    private static final class DownLedger implements ConsentLedger {
        @Override
        public History read(Identity person) {
            throw new IllegalStateException("down");
        }

        @Override
        public boolean append(ConsentEntry entry) {
            throw new IllegalStateException("down");
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            throw new IllegalStateException("down");
        }
    }

    /** A ledger that has every id already, and answers but once. */
    private static final class FullLedger implements ConsentLedger {
        private boolean asked;

        @Override
        public History read(Identity person) {
            if (asked) {
                throw new IllegalStateException("down");
            }
            asked = true;
            return History.empty(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            return false;
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            throw new IllegalStateException("down");
        }
    }

    private static final class DownSendLog implements SendLog {
        @Override
        public Optional<SendResult> claim(Claim claim) {
            throw new IllegalStateException("down");
        }

        @Override
        public void settle(SendResult result) {
            throw new IllegalStateException("down");
        }

        @Override
        public List<Claim> find(Wanted wanted) {
            throw new IllegalStateException("down");
        }
    }
}
