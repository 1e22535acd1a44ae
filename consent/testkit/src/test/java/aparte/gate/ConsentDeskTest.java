package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.contract;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.EvidenceMissingException;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.Recorded;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsentDeskTest {
    @RegisterExtension
    private final Warnings warnings = new Warnings();

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
        void keeps_it_as_it_came_if_the_ledger_cannot_be_read_before() {
            ConsentDesk blind = fixture.gate(new Waking(fixture.ledger), fixture.transport)
                    .build()
                    .desk();

            Recorded recorded = blind.record(stop().build());

            assertThat(recorded.fresh()).isTrue();
            assertThat(fixture.ledger.read(ANA.identity()).entries()).containsExactly(recorded.entry());
            assertThat(warnings.said())
                    .containsExactly(Warnings.warning(
                            "an opt-out is kept as it came, since the ledger could not be read before",
                            IllegalStateException.class));
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
    class WhenAnAgentReleasesAHold {
        private final EntryId held = EntryId.of("hold-1");

        private void hold() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.HELD, ANA.identity(), Scope.promotional())
                    .id(held)
                    .effectiveAt(NOON.minusSeconds(5))
                    .build());
        }

        @Test
        void is_as_it_was_before() {
            hold();

            desk.release(ANA.identity(), held, "agent 7, ticket 12", "she meant the parcel");

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_who_decided_about_what_and_why() {
            hold();

            assertThat(desk.release(ANA.identity(), held, "agent 7, ticket 12", "she meant the parcel")
                            .entry())
                    .returns(ConsentEntry.Kind.RELEASED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Actor.AGENT), ConsentEntry::actor)
                    .returns(Scope.promotional(), ConsentEntry::scope)
                    .returns("agent 7, ticket 12", ConsentEntry::source)
                    .returns("she meant the parcel", ConsentEntry::reason)
                    .returns("hold-1", entry -> entry.details().get("hold"));
        }

        @Test
        void opens_nothing_that_was_closed_by_something_else() {
            hold();
            desk.record(stop().effectiveAt(NOON.minusSeconds(3)).build());

            desk.release(ANA.identity(), held, "agent 7", "she meant the parcel");

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void refuses_to_without_a_source_or_a_reason() {
            hold();

            assertThatThrownBy(() -> desk.release(ANA.identity(), held, " ", ""))
                    .isInstanceOfSatisfying(
                            EvidenceMissingException.class,
                            thrown -> assertThat(thrown.missing())
                                    .containsExactly(
                                            EvidenceMissingException.Missing.SOURCE,
                                            EvidenceMissingException.Missing.REASON));
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void refuses_a_hold_that_it_does_not_know() {
            desk.record(granted(Purpose.NEWS).id(held).build());

            assertThatThrownBy(() -> desk.release(ANA.identity(), held, "agent 7", "she meant the parcel"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the person has no hold hold-1");
        }
    }

    @Nested
    class WhenAnOptOutHasAScope {
        private void agreedToAll() {
            desk.record(granted(Purpose.NEWS, Purpose.MARKETING)
                    .effectiveAt(NOON.minusSeconds(9))
                    .build());
        }

        @Test
        void closes_that_and_nothing_else() {
            agreedToAll();

            desk.record(
                    ConsentEntry.withdrawnToAgent(ANA.identity(), Scope.of(Purpose.MARKETING), "agent 7, mail of 3 May")
                            .build());

            assertThat(reasons(fixture.gate.send(message(Purpose.MARKETING))))
                    .containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void leaves_a_sender_open_that_it_does_not_name() {
            agreedToAll();

            desk.record(ConsentEntry.withdrawn(
                            ANA.identity(),
                            Scope.promotional().only(OTHER),
                            ConsentEntry.Method.CHECKBOX,
                            "https://lumiere.example/preferences")
                    .build());

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void closes_all_promotion_everywhere_if_it_is_an_objection() {
            agreedToAll();

            desk.record(ConsentEntry.objected(ANA.identity(), ConsentEntry.Method.PAPER, "letter of 3 May")
                    .build());

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(reasons(fixture.gate.send(message(Purpose.MARKETING))))
                    .containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenAnAddressHasANewHolder {
        private final Instant since = NOON.minusSeconds(3_600);
        private final Address user = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");

        private void agreedAt(Instant at) {
            desk.record(granted(Purpose.NEWS).effectiveAt(at).build());
        }

        private void linkedAt(Instant at) {
            desk.record(ConsentEntry.builder(
                            ConsentEntry.Kind.LINKED, ANA.identity().with(user), Scope.everything())
                    .effectiveAt(at)
                    .build());
        }

        @Test
        void closes_what_was_agreed_before() {
            agreedAt(since.minusSeconds(1));

            Recorded recorded = desk.reassigned(PHONE, since);

            assertThat(recorded.entry().kind()).isEqualTo(ConsentEntry.Kind.INVALIDATED);
            assertThat(recorded.entry().reason()).isEqualTo("the address has a new holder since 2026-11-23T11:00:00Z");
            assertThat(fixture.gate.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .extracting(Refusal::reason, Refusal::entries)
                                    .containsExactly(tuple(
                                            Refusal.Reason.NO_CONSENT,
                                            List.of(recorded.entry().id()))));
        }

        @Test
        void leaves_what_the_new_holder_agreed_to_since() {
            agreedAt(since);

            desk.reassigned(PHONE, since);

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void leaves_it_also_if_it_was_agreed_to_a_moment_ago() {
            agreedAt(NOON.minusSeconds(20));

            desk.reassigned(PHONE, NOON.minusSeconds(60));

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_what_the_new_holder_agrees_to_later() {
            agreedAt(since.minusSeconds(1));
            desk.reassigned(PHONE, since);

            agreedAt(NOON);

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void closes_contracts_and_conversations_too() {
            desk.record(contract(Purpose.TRANSACTIONAL)
                    .effectiveAt(since.minusSeconds(9))
                    .build());
            fixture.conversations.heard(SENDER, ANA.identity(), since.minusSeconds(9));

            desk.reassigned(PHONE, since);

            assertThat(reasons(fixture.gate.send(message(Purpose.TRANSACTIONAL))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(reasons(fixture.gate.send(message(Purpose.SERVICE)))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void answers_the_new_holder_who_writes() {
            desk.reassigned(PHONE, since);
            fixture.conversations.heard(SENDER, ANA.identity(), NOON);

            assertThat(fixture.gate.send(message(Purpose.SERVICE))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_opt_outs_and_suppressions() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, ANA.identity(), Scope.of(Purpose.MARKETING))
                    .effectiveAt(since.minusSeconds(20))
                    .build());
            desk.record(stop().effectiveAt(since.minusSeconds(9)).build());

            desk.reassigned(PHONE, since);

            assertThat(reasons(fixture.gate.send(news()))).contains(Refusal.Reason.OPTED_OUT);
            assertThat(reasons(fixture.gate.send(message(Purpose.MARKETING)))).contains(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void keeps_those_of_a_linked_address_when_it_cuts_the_link() {
            linkedAt(since.minusSeconds(90));
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, Identity.of(user), Scope.of(Purpose.NEWS))
                    .effectiveAt(since.minusSeconds(20))
                    .build());
            desk.reassigned(PHONE, since);
            agreedAt(NOON);

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void brings_back_no_linked_suppression_that_was_lifted_nor_any_mistake() {
            linkedAt(since.minusSeconds(90));
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, Identity.of(user), Scope.of(Purpose.NEWS))
                    .effectiveAt(since.minusSeconds(60))
                    .build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.UNSUPPRESSED, Identity.of(user), Scope.of(Purpose.NEWS))
                    .effectiveAt(since.minusSeconds(50))
                    .actor(ConsentEntry.Actor.AGENT)
                    .source("ticket 7")
                    .build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.HELD, Identity.of(user), Scope.promotional())
                    .id(EntryId.of("mistake"))
                    .effectiveAt(since.minusSeconds(40))
                    .build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, Identity.of(user), Scope.promotional())
                    .supersedes(EntryId.of("mistake"))
                    .actor(ConsentEntry.Actor.AGENT)
                    .reason("wrong person")
                    .build());
            desk.reassigned(PHONE, since);
            agreedAt(NOON);

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void is_opened_no_more_by_what_the_former_holder_agrees_to_elsewhere() {
            linkedAt(since.minusSeconds(90));
            desk.reassigned(PHONE, since);
            desk.record(
                    ConsentEntry.granted(Identity.of(user), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
                            .build());

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(reasons(fixture.gate.send(Message.of(Recipient.of(PHONE, user), Purpose.NEWS, Fixture.TEXT))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_opened_no_more_by_what_the_former_holder_agreed_to_elsewhere_meanwhile() {
            linkedAt(since.minusSeconds(90));
            desk.record(
                    ConsentEntry.granted(Identity.of(user), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
                            .effectiveAt(since.plusSeconds(90))
                            .build());

            desk.reassigned(PHONE, since);

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void cuts_each_link_once() {
            linkedAt(since.minusSeconds(90));

            desk.reassigned(PHONE, since);

            assertThat(fixture.ledger.read(ANA.identity()).entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.UNLINKED)
                    .extracting(entry -> entry.person().addresses())
                    .containsExactly(List.of(PHONE, user));
        }

        @Test
        void leaves_the_links_of_the_new_holder() {
            linkedAt(since.plusSeconds(9));

            desk.reassigned(PHONE, since);

            assertThat(fixture.ledger.read(Identity.of(PHONE)).person().addresses())
                    .contains(user);
        }

        @Test
        void names_the_messages_on_their_way_to_it() {
            agreedAt(since.minusSeconds(1));
            fixture.transport.throwAfterLeaving(new IOException("reset"));
            Message message = news();
            fixture.gate.send(message);

            assertThat(desk.reassigned(PHONE, since).inFlight())
                    .extracting(Claim::message)
                    .containsExactly(message.id());
        }

        @Test
        void takes_a_time_ahead_for_now() {
            agreedAt(NOON.minusSeconds(9));

            desk.reassigned(PHONE, NOON.plusSeconds(86_400));

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void says_so_if_the_ledger_is_down() {
            ConsentDesk down =
                    fixture.gate(new DownLedger(), fixture.transport).build().desk();

            assertThatThrownBy(() -> down.reassigned(PHONE, since)).isInstanceOf(LedgerUnavailableException.class);
        }
    }

    @Nested
    class WhenEvidenceIsMissing {
        private void assertMissing(ConsentEntry entry, EvidenceMissingException.Missing... missing) {
            assertThatThrownBy(() -> desk.record(entry))
                    .isInstanceOfSatisfying(EvidenceMissingException.class, thrown -> {
                        assertThat(thrown.missing()).containsExactly(missing);
                        assertThat(thrown).hasMessageContaining(entry.id().value());
                    });
            assertThat(fixture.ledger.read(ANA.identity()).entries()).isEmpty();
        }

        private ConsentEntry.Builder bare() {
            return ConsentEntry.builder(ConsentEntry.Kind.GRANTED, ANA.identity(), Scope.of(Purpose.NEWS));
        }

        @Test
        void names_the_method_and_the_source_of_an_agreement() {
            assertMissing(
                    bare().build(), EvidenceMissingException.Missing.METHOD, EvidenceMissingException.Missing.SOURCE);
        }

        @Test
        void names_the_source_of_what_an_agent_heard() {
            assertMissing(
                    ConsentEntry.grantedToAgent(ANA.identity(), Scope.of(Purpose.NEWS), "")
                            .build(),
                    EvidenceMissingException.Missing.SOURCE);
        }

        @Test
        void names_the_act_of_the_person_where_a_program_recorded_it() {
            assertMissing(
                    granted(Purpose.NEWS).method(ConsentEntry.Method.API).build(),
                    EvidenceMissingException.Missing.ACT_OF_THE_PERSON);
        }

        @Test
        void names_the_proof_and_the_wording_of_an_import() {
            assertMissing(
                    granted(Purpose.NEWS).method(ConsentEntry.Method.IMPORT).build(),
                    EvidenceMissingException.Missing.WORDING,
                    EvidenceMissingException.Missing.PROOF);
        }

        @Test
        void names_the_source_of_a_contract() {
            assertMissing(bare().basis(LegalBasis.CONTRACT).build(), EvidenceMissingException.Missing.SOURCE);
        }

        @Test
        void names_who_ended_a_suppression_and_where() {
            assertMissing(
                    ConsentEntry.builder(ConsentEntry.Kind.UNSUPPRESSED, ANA.identity(), Scope.everything())
                            .build(),
                    EvidenceMissingException.Missing.SOURCE,
                    EvidenceMissingException.Missing.ACTOR);
        }
    }

    @Nested
    class WhenListenersHearOfAnErasure {
        private final Address user = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
        private final List<Identity> first = new ArrayList<>();
        private final List<Identity> last = new ArrayList<>();
        private final AtomicBoolean broken = new AtomicBoolean();
        private final ConsentDesk heard = fixture.gate(fixture.ledger, fixture.transport)
                .onErasure(first::add)
                .onErasure(person -> {
                    if (broken.get()) {
                        throw new IllegalStateException("queue down");
                    }
                })
                .onErasure(last::add)
                .build()
                .desk();

        private void linked() {
            desk.record(ConsentEntry.builder(
                            ConsentEntry.Kind.LINKED, ANA.identity().with(user), Scope.everything())
                    .build());
        }

        @Test
        void tells_each_of_all_linked_addresses() {
            linked();

            heard.erase(ANA.identity(), false);

            assertThat(first)
                    .singleElement()
                    .satisfies(person -> assertThat(person.addresses()).containsExactly(PHONE, user));
            assertThat(last).isEqualTo(first);
        }

        @Test
        void tells_them_once_the_ledger_has_forgotten() {
            List<Integer> left = new ArrayList<>();
            desk.record(granted(Purpose.NEWS).build());
            ConsentDesk late = fixture.gate(fixture.ledger, fixture.transport)
                    .onErasure(person ->
                            left.add(fixture.ledger.read(person).entries().size()))
                    .build()
                    .desk();

            late.erase(ANA.identity(), false);

            assertThat(left).containsExactly(0);
        }

        @Test
        void tells_every_other_if_one_throws_and_asks_to_erase_again() {
            broken.set(true);

            assertThatThrownBy(() -> heard.erase(ANA.identity(), false))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("erase again")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(first).hasSize(1);
            assertThat(last).hasSize(1);
            assertThat(warnings.said())
                    .containsExactly(Warnings.warning(
                            "a listener may not have forgotten a person", IllegalStateException.class));
        }

        @Test
        void tells_the_same_addresses_again_although_the_ledger_forgot_that_they_were_linked() {
            linked();
            broken.set(true);
            assertThatThrownBy(() -> heard.erase(ANA.identity(), false)).isInstanceOf(LedgerUnavailableException.class);
            broken.set(false);

            heard.erase(ANA.identity(), false);
            heard.erase(ANA.identity(), false);

            assertThat(last)
                    .extracting(Identity::addresses)
                    .containsExactly(List.of(PHONE, user), List.of(PHONE, user), List.of(PHONE));
        }

        @Test
        void remembers_a_thousand_people_of_whom_a_listener_has_yet_to_hear() {
            broken.set(true);
            for (int number = 0; number <= 1_000; number++) {
                Identity person = pair(number);
                desk.record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, person, Scope.everything())
                        .build());
                assertThatThrownBy(() -> heard.erase(person, false)).isInstanceOf(LedgerUnavailableException.class);
            }
            broken.set(false);
            last.clear();

            heard.erase(phone(999), false);
            heard.erase(phone(1_000), false);

            assertThat(last).containsExactly(pair(999), phone(1_000));
        }

        private Identity phone(int number) {
            return Identity.of(Address.phone("+336399" + (10_000 + number)));
        }

        private Identity pair(int number) {
            return phone(number).with(Address.of(Address.Kind.WHATSAPP_USER, "FR." + number));
        }

        @Test
        void tells_nobody_if_the_ledger_did_not_forget() {
            ConsentDesk down = fixture.gate(new DownLedger(), fixture.transport)
                    .onErasure(first::add)
                    .build()
                    .desk();

            assertThatThrownBy(() -> down.erase(ANA.identity(), false)).isInstanceOf(LedgerUnavailableException.class);
            assertThat(first).isEmpty();
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

    /** A ledger whose first read fails. */
    private static final class Waking implements ConsentLedger {
        private final ConsentLedger ledger;
        private boolean awake;

        private Waking(ConsentLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public History read(Identity person) {
            if (!awake) {
                awake = true;
                throw new IllegalStateException("waking up");
            }
            return ledger.read(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            return ledger.append(entry);
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            ledger.erase(person, suppress);
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
}
