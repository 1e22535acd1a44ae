package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Asked;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.Draft;
import aparte.consent.EvidenceMissingException;
import aparte.consent.Inbox;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Recorded;
import aparte.consent.Transport;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Ways around the gate that somebody tried, by the public API alone. */
class WaysAroundTest {
    private static final Address STRANGER = Address.phone("+33639980008");

    private final Fixture fixture = new Fixture();
    private final ConsentGate gate = fixture.gate;
    private final ConsentDesk desk = gate.desk();

    @Nested
    class ByTime {
        @Test
        void an_agreement_dated_ahead_does_not_outlive_an_opt_out() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.plusSeconds(240)).build());
            fixture.clock.advance(Duration.ofMinutes(1));
            desk.record(stop().build());
            fixture.clock.advance(Duration.ofMinutes(9));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_machine_whose_clock_is_behind_still_closes_what_another_opened() {
            desk.record(granted(Purpose.NEWS).build());
            fixture.clock.set(NOON.minusSeconds(3));
            desk.record(stop().build());
            fixture.clock.set(NOON.plusSeconds(60));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void an_opt_out_that_arrives_long_after_a_new_agreement_leaves_it() {
            desk.record(granted(Purpose.NEWS).build());
            desk.record(stop().effectiveAt(NOON.minusSeconds(301)).build());

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class ByName {
        @Test
        void an_opt_out_is_kept_although_its_id_is_taken() {
            EntryId taken = EntryId.of("crm:42");
            desk.record(granted(Purpose.NEWS)
                    .id(taken)
                    .effectiveAt(NOON.minusSeconds(9))
                    .build());

            Recorded recorded = desk.record(stop().id(taken).build());

            assertThat(recorded.fresh()).isTrue();
            assertThat(recorded.entry().id()).isNotEqualTo(taken);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_number_has_no_second_name_by_a_scope() {
            assertThatThrownBy(() -> new Address(Address.Kind.PHONE, PHONE.value(), "elsewhere"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no scope");
        }

        @Test
        void an_agreement_to_all_purposes_in_disguise_is_void() {
            assertThatThrownBy(() -> granted(
                                    Purpose.AUTHENTICATION,
                                    Purpose.TRANSACTIONAL,
                                    Purpose.SERVICE,
                                    Purpose.NEWS,
                                    Purpose.MARKETING,
                                    Purpose.ENGAGEMENT)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must name its purposes");
        }
    }

    @Nested
    class ByAnotherAddress {
        private final Message toStranger = Message.of(Recipient.of(STRANGER, PHONE), Purpose.NEWS, TEXT);

        @Test
        void an_agreement_does_not_open_an_address_that_only_the_host_puts_beside_it() {
            desk.record(granted(Purpose.NEWS).build());

            assertThat(reasons(gate.send(toStranger))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void it_opens_one_that_the_ledger_links() {
            desk.record(granted(Purpose.NEWS).build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, Identity.of(PHONE, STRANGER), Scope.everything())
                    .build());

            assertThat(gate.send(toStranger)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void it_opens_one_no_more_once_they_are_parted() {
            desk.record(granted(Purpose.NEWS).build());
            Identity both = Identity.of(PHONE, STRANGER);
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, both, Scope.everything())
                    .build());
            fixture.clock.advance(Duration.ofSeconds(1));
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.UNLINKED, both, Scope.everything())
                    .build());

            assertThat(reasons(gate.send(toStranger))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void it_opens_one_under_the_reference_that_the_person_agreed_under() {
            Recipient contact = Recipient.builder(PHONE).reference("crm-1").build();
            desk.record(ConsentEntry.granted(
                            Identity.of("crm-1", List.of(Address.email("ana@lumiere.example"))),
                            Scope.of(Purpose.NEWS),
                            ConsentEntry.Method.CHECKBOX,
                            "form")
                    .build());

            assertThat(gate.send(Message.of(contact, Purpose.NEWS, TEXT))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void an_opt_out_under_either_closes_both() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            desk.record(ConsentEntry.withdrawn(
                            Identity.of(STRANGER), Scope.promotional(), ConsentEntry.Method.VERBAL, "agent")
                    .build());

            Message toAna = Message.of(Recipient.of(PHONE, STRANGER), Purpose.NEWS, TEXT);

            assertThat(reasons(gate.send(toAna))).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class ByADishonestTransport {
        private ConsentGate over(Transport transport) {
            return ConsentGate.builder(gate.controller(), fixture.ledger)
                    .transport(transport)
                    .conversations(fixture.conversations)
                    .sendLog(fixture.sendLog)
                    .clock(fixture.clock)
                    .build();
        }

        @Test
        void one_that_plans_another_address_has_no_route() {
            desk.record(granted(Purpose.NEWS).build());
            Redirecting redirecting = new Redirecting();

            assertThat(reasons(over(redirecting).send(news()))).containsExactly(Refusal.Reason.NO_ROUTE);
            assertThat(redirecting.inner.deliveries()).isEmpty();
        }

        @Test
        void one_that_changes_its_sender_cannot_attempt() {
            desk.record(ConsentEntry.granted(
                            ANA.identity(), Scope.of(Purpose.NEWS).only(SENDER), ConsentEntry.Method.CHECKBOX, "form")
                    .build());
            Changeling changeling = new Changeling();
            ConsentGate fooled = over(changeling);
            changeling.sender.set(OTHER);

            assertThat(fooled.send(news())).isInstanceOf(SendResult.Failed.class);
        }

        /** Plans for somebody else than the recipient. */
        private static final class Redirecting implements Transport {
            private final RecordingTransport inner = RecordingTransport.of(SENDER);

            @Override
            public SenderId sender() {
                return SENDER;
            }

            @Override
            public Plan plan(Draft draft) {
                Plan.Carry carry = (Plan.Carry) inner.plan(draft);
                return new Plan.Carry(STRANGER, carry.lane(), carry.shown());
            }

            @Override
            public Outcome deliver(ClearedMessage cleared) throws IOException {
                return inner.deliver(cleared);
            }
        }

        /** Says it is another sender, once the gate knows it. */
        private static final class Changeling implements Transport {
            private final RecordingTransport inner = RecordingTransport.of(SENDER);
            private final AtomicReference<SenderId> sender = new AtomicReference<>(SENDER);

            @Override
            public SenderId sender() {
                return sender.get();
            }

            @Override
            public Plan plan(Draft draft) {
                return inner.plan(draft);
            }

            @Override
            public Outcome deliver(ClearedMessage cleared) throws IOException {
                ClearedMessage.Attempt attempt = cleared.attempt(sender());
                attempt.leave();
                return attempt.accepted("elsewhere");
            }
        }
    }

    @Nested
    class ByLifting {
        @Test
        void the_end_of_a_suppression_names_who_decided_it() {
            ConsentEntry nobodys = ConsentEntry.builder(
                            ConsentEntry.Kind.UNSUPPRESSED, ANA.identity(), Scope.everything())
                    .build();

            assertThatThrownBy(() -> desk.record(nobodys))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give the actor");
        }

        @Test
        void a_contract_without_a_source_opens_nothing() {
            ConsentEntry baseless = ConsentEntry.builder(
                            ConsentEntry.Kind.GRANTED, ANA.identity(), Scope.of(Purpose.TRANSACTIONAL))
                    .basis(LegalBasis.CONTRACT)
                    .build();

            assertThatThrownBy(() -> desk.record(baseless)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class ByTheConfirmation {
        @Test
        void a_link_has_no_place_in_it() {
            Inbox.Builder builder = Inbox.builder(gate);

            assertThatThrownBy(() -> builder.confirmation(Locale.GERMAN, "{controller}: https://sale.example"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no link");
        }

        @Test
        void a_link_has_no_place_in_the_name_either() {
            assertThatThrownBy(() -> new Controller("a", "Sale at www.sale.example"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no link");
        }
    }

    @Nested
    class ByTheQuestionOfADoubleOptIn {
        private final ConsentEntry.Wording wording =
                new ConsentEntry.Wording("1", Locale.ENGLISH, "Buy now! 50% off at https://sale.example");
        private final Events inbox = new Events(gate);

        private ConsentEntry.Builder request() {
            return ConsentEntry.requested(
                    ANA.identity(), Scope.of(Purpose.NEWS), ConsentEntry.Method.CHECKBOX, "form", wording);
        }

        private void answer(String word) {
            fixture.clock.advance(Duration.ofMinutes(1));
            inbox.receive(Events.text("m1", fixture.clock.instant(), word));
        }

        @Test
        void a_host_cannot_build_it() {
            assertThatThrownBy(() -> Message.of(ANA, Purpose.CONSENT_REQUEST, TEXT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("made by the library itself");
        }

        @Test
        void it_shows_nothing_that_the_host_wrote_but_its_name() {
            desk.ask(request().reason("Buy now!").build(), SENDER, PHONE);

            assertThat(fixture.transport.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(((Content.Choices) delivery.content()).body())
                            .startsWith("Éditions Lumière: you asked")
                            .doesNotContain("Buy", "sale"));
        }

        @Test
        void it_wins_nobody_back_who_left() {
            desk.record(request().id(EntryId.of("old")).build());
            fixture.clock.advance(Duration.ofMinutes(1));
            desk.record(stop().build());

            assertThat(desk.ask(request().id(EntryId.of("old")).build(), SENDER, PHONE))
                    .isInstanceOfSatisfying(
                            Asked.NotSent.class,
                            not -> assertThat(reasons(not.result())).containsExactly(Refusal.Reason.OPTED_OUT));
            assertThat(fixture.transport.deliveries()).isEmpty();
        }

        @Test
        void it_wins_nobody_back_whose_data_were_erased_after_they_left() {
            desk.record(stop().build());
            desk.erase(ANA.identity(), false);
            fixture.clock.advance(Duration.ofMinutes(1));

            assertThat(desk.ask(request().build(), SENDER, PHONE))
                    .isInstanceOfSatisfying(
                            Asked.NotSent.class,
                            not -> assertThat(reasons(not.result())).containsExactly(Refusal.Reason.SUPPRESSED));
        }

        @Test
        void it_asks_no_imported_list() {
            ConsentEntry row = request()
                    .method(ConsentEntry.Method.IMPORT)
                    .proof(new ConsentEntry.Proof("row", "crm/7", "0".repeat(64)))
                    .build();

            assertThatThrownBy(() -> desk.ask(row, SENDER, PHONE)).isInstanceOf(EvidenceMissingException.class);
        }

        @Test
        void it_asks_at_no_address_that_only_a_link_knows() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, Identity.of(PHONE, STRANGER), Scope.everything())
                    .build());
            ConsentEntry request = request().build();

            assertThatThrownBy(() -> desk.ask(request, SENDER, STRANGER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not name the address");
        }

        @Test
        void a_hundred_forms_in_somebody_else_s_name_ask_once() {
            for (int i = 0; i < 100; i++) {
                desk.ask(request().build(), SENDER, PHONE);
                fixture.clock.advance(Duration.ofHours(1));
            }

            assertThat(fixture.transport.deliveries()).hasSize(1);
        }

        private void pretendToHaveAsked() {
            desk.record(ConsentEntry.builder(
                            ConsentEntry.Kind.PENDING,
                            Identity.of(PHONE),
                            Scope.of(Purpose.NEWS).only(SENDER))
                    .id(EntryId.of("pending:ask-1"))
                    .source("ask-1")
                    .via(SENDER)
                    .wording(wording)
                    .expiresAt(NOON.plus(Duration.ofDays(7)))
                    .build());
        }

        @Test
        void a_yes_answers_no_question_that_the_host_says_was_asked() {
            pretendToHaveAsked();

            answer("YES");

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void a_yes_answers_no_message_of_the_host_that_calls_itself_the_question() {
            desk.record(granted(Purpose.MARKETING).build());
            gate.send(Message.builder(ANA, Purpose.MARKETING, TEXT)
                    .id(MessageId.of("ask-1"))
                    .build());
            pretendToHaveAsked();

            answer("YES");

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void a_pending_entry_of_any_other_shape_harms_no_reply() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.PENDING, Identity.of(PHONE), Scope.of(Purpose.NEWS))
                    .via(SENDER)
                    .source("a page with blanks # and more than sixty-four characters of whatever it is")
                    .build());

            answer("YES");

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void a_question_put_before_the_number_changed_hands_is_not_the_new_holder_s() {
            desk.ask(request().build(), SENDER, PHONE);
            fixture.clock.advance(Duration.ofDays(1));
            desk.reassigned(PHONE, fixture.clock.instant());

            answer("YES");

            assertThat(gate.send(news())).isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void an_answer_opens_nothing_that_was_not_asked_for() {
            desk.ask(request().build(), SENDER, PHONE);

            answer("YES");

            assertThat(reasons(gate.send(Message.of(ANA, Purpose.MARKETING, TEXT))))
                    .containsExactly(Refusal.Reason.OUT_OF_SCOPE);
        }
    }

    @Nested
    class ByAMistakenLedger {
        @Test
        void one_that_answers_for_somebody_else_is_no_answer() {
            desk.record(granted(Purpose.NEWS).build());
            ConsentLedger swapped = new ConsentLedger() {
                @Override
                public History read(Identity person) {
                    return new History(Identity.of(STRANGER), List.of());
                }

                @Override
                public boolean append(ConsentEntry entry) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void erase(Identity person, boolean suppress) {
                    throw new UnsupportedOperationException();
                }
            };

            SendResult result = fixture.gate(swapped, fixture.transport).build().send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
        }
    }
}
