package aparte.gate;

import static aparte.gate.Events.quote;
import static aparte.gate.Events.tap;
import static aparte.gate.Events.text;
import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.Evidence;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Lane;
import aparte.LegalBasis;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Asked;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.DoubleOptIn;
import aparte.consent.Draft;
import aparte.consent.EvidenceMissingException;
import aparte.consent.FrequencyCap;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import aparte.testkit.InMemoryCapStore;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person asks to be asked, is asked once where they are, and their answer there alone opens what they asked for. */
class DoubleOptInTest {
    private static final ConsentEntry.Wording WORDING =
            new ConsentEntry.Wording("2026-11", Locale.ENGLISH, "Send me the news on WhatsApp.");
    private static final Address USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");

    private final Fixture fixture = new Fixture();
    private final ConsentGate gate = fixture.gate;
    private final ConsentDesk desk = gate.desk();
    private final Events inbox = new Events(gate);

    private static ConsentEntry.Builder request(String id) {
        return ConsentEntry.requested(
                        ANA.identity(),
                        Scope.of(Purpose.NEWS),
                        ConsentEntry.Method.CHECKBOX,
                        "https://lumiere.example/form",
                        WORDING)
                .id(EntryId.of(id));
    }

    private Asked ask(String id) {
        return desk.ask(request(id).build(), SENDER, PHONE);
    }

    private static Asked.Why why(Asked asked) {
        return ((Asked.NotAsked) asked).why();
    }

    private static SendResult result(Asked asked) {
        return ((Asked.NotSent) asked).result();
    }

    private List<ConsentEntry.Kind> kept() {
        return fixture.ledger.read(ANA.identity()).entries().stream()
                .map(ConsentEntry::kind)
                .toList();
    }

    private ConsentEntry last() {
        List<ConsentEntry> entries = fixture.ledger.read(ANA.identity()).entries();
        return entries.get(entries.size() - 1);
    }

    private List<Content> shown() {
        return fixture.transport.deliveries().stream()
                .map(RecordingTransport.Delivery::content)
                .toList();
    }

    private String option(int place) {
        return ((Content.Choices) shown().get(0)).options().get(place).id();
    }

    private Instant later(Duration length) {
        fixture.clock.advance(length);
        return fixture.clock.instant();
    }

    private Instant later() {
        return later(Duration.ofMinutes(1));
    }

    @Nested
    class WhenAPersonAskedToBeAsked {
        @Test
        void asks_with_the_names_of_the_controller_and_of_what_for_and_with_two_buttons() {
            ask("form-1");

            assertThat(shown()).singleElement().isInstanceOfSatisfying(Content.Choices.class, question -> {
                assertThat(question.body())
                        .isEqualTo("Éditions Lumière: you asked to receive from us here: news. Reply YES to confirm,"
                                + " NO to refuse. Without an answer nothing changes.");
                assertThat(question.options())
                        .extracting(Content.Choices.Option::title)
                        .containsExactly("YES", "NO");
            });
        }

        @Test
        void asks_in_the_language_that_the_person_saw() {
            ConsentEntry.Wording french =
                    new ConsentEntry.Wording("1", Locale.CANADA_FRENCH, "Je veux les actualités.");

            desk.ask(request("form-1").wording(french).build(), SENDER, PHONE);

            assertThat(((Content.Choices) shown().get(0)).body())
                    .isEqualTo(
                            "Éditions Lumière : vous avez demandé à recevoir de nous ici : actualités. Répondez OUI pour"
                                    + " confirmer, NON pour refuser. Sans réponse, rien ne change.");
        }

        @Test
        void asks_in_words_alone_where_the_channel_has_no_buttons() {
            TextOnly plain = new TextOnly();
            ConsentGate other = over(plain);

            other.desk().ask(request("form-1").build(), SENDER, PHONE);

            assertThat(plain.inner.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.content()).isInstanceOf(Content.Text.class));
        }

        @Test
        void keeps_the_wish_and_that_it_was_asked_and_opens_nothing() {
            Asked asked = ask("form-1");

            assertThat(asked).isInstanceOfSatisfying(Asked.Sent.class, sent -> {
                assertThat(sent.result()).isInstanceOf(SendResult.Accepted.class);
                assertThat(sent.pending().expiresAt()).contains(NOON.plus(Duration.ofDays(7)));
                assertThat(sent.pending().person()).isEqualTo(Identity.of(PHONE));
                assertThat(sent.pending().scope())
                        .isEqualTo(Scope.of(Purpose.NEWS).only(SENDER));
                assertThat(sent.pending().wording()).contains(WORDING);
            });
            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.PENDING);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void names_the_wish_as_the_evidence_of_the_question() {
            Asked.Sent sent = (Asked.Sent) ask("form-1");

            Evidence evidence = ((SendResult.Accepted) sent.result()).evidence();
            assertThat(evidence.purpose()).isEqualTo(Purpose.CONSENT_REQUEST);
            assertThat(evidence.entries()).containsExactly(EntryId.of("form-1"));
        }

        @Test
        void takes_a_lost_answer_of_the_provider_for_asked() {
            fixture.transport.throwAfterLeaving(new IOException("reset"));

            assertThat(ask("form-1")).isInstanceOf(Asked.Sent.class);
            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.PENDING);
        }

        @Test
        void judges_the_question_once() {
            ask("form-1");

            assertThat(fixture.decisions.decisions()).hasSize(1);
        }

        @Test
        void tells_the_policies_whom_the_host_knows() {
            List<Optional<String>> names = new ArrayList<>();
            ConsentDesk known = fixture.gate(fixture.ledger, fixture.transport)
                    .policy(proposal -> {
                        names.add(proposal.message().to().reference());
                        return Optional.empty();
                    })
                    .build()
                    .desk();

            known.ask(
                    request("form-1")
                            .person(Identity.of("crm-1", List.of(PHONE)))
                            .build(),
                    SENDER,
                    PHONE);

            assertThat(names).isNotEmpty().containsOnly(Optional.of("crm-1"));
        }

        @Test
        void asks_on_a_sender_that_the_wish_names() {
            ConsentEntry here = ConsentEntry.requested(
                            ANA.identity(),
                            Scope.of(Purpose.NEWS).only(SENDER),
                            ConsentEntry.Method.CHECKBOX,
                            "form",
                            WORDING)
                    .build();

            assertThat(desk.ask(here, SENDER, PHONE)).isInstanceOf(Asked.Sent.class);
        }

        @Test
        void asks_again_what_the_provider_did_not_take() {
            fixture.transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", ""));

            assertThat(result(ask("form-1"))).isInstanceOf(SendResult.Failed.class);
            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED);
            assertThat(ask("form-1")).isInstanceOf(Asked.Sent.class);
        }

        @Test
        void asks_at_most_five_times_what_the_provider_does_not_take() {
            for (int i = 0; i < 9; i++) {
                fixture.transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", ""));
            }
            for (int i = 0; i < 9; i++) {
                ask("form-1");
            }

            assertThat(shown()).hasSize(5);
        }

        @Test
        void says_that_there_is_nothing_to_ask_if_they_agreed_to_all_of_it() {
            desk.record(granted(Purpose.NEWS).id(EntryId.of("yes")).build());
            later();

            assertThat(ask("form-1")).isInstanceOfSatisfying(Asked.NotAsked.class, not -> {
                assertThat(not.why()).isEqualTo(Asked.Why.AGREED_ALREADY);
                assertThat(not.because()).isEqualTo(EntryId.of("yes"));
                assertThat(not.request().id()).isEqualTo(EntryId.of("form-1"));
            });
            assertThat(shown()).isEmpty();
        }

        @Test
        void asks_if_they_agreed_to_part_of_it() {
            desk.record(granted(Purpose.NEWS).build());
            later();
            ConsentEntry more = ConsentEntry.requested(
                            ANA.identity(),
                            Scope.of(Purpose.NEWS, Purpose.MARKETING),
                            ConsentEntry.Method.CHECKBOX,
                            "form",
                            WORDING)
                    .build();

            assertThat(desk.ask(more, SENDER, PHONE)).isInstanceOf(Asked.Sent.class);
            assertThat(((Content.Choices) shown().get(0)).body()).contains("here: news, offers.");
        }

        private ConsentGate over(Transport transport) {
            return ConsentGate.builder(gate.controller(), fixture.ledger)
                    .transport(transport)
                    .conversations(fixture.conversations)
                    .sendLog(fixture.sendLog)
                    .clock(fixture.clock)
                    .build();
        }
    }

    @Nested
    class WhenItWasAsked {
        @Test
        void does_not_ask_again_with_the_same_entry() {
            ask("form-1");
            later();

            assertThat(why(ask("form-1"))).isEqualTo(Asked.Why.ANSWER_AWAITED);
            assertThat(shown()).hasSize(1);
        }

        @Test
        void does_not_ask_for_a_second_form_while_the_answer_is_awaited() {
            ask("form-1");
            later();

            assertThat(why(ask("form-2"))).isEqualTo(Asked.Why.ANSWER_AWAITED);
            assertThat(shown()).hasSize(1);
        }

        @Test
        void asks_once_for_many_forms_at_once() {
            IntStream.range(0, 16).parallel().forEach(number -> ask("form-" + number));

            assertThat(shown()).hasSize(1);
        }

        @Test
        void asks_once_although_the_machine_died_before_it_was_kept() {
            ConsentGate dying = fixture.gate(new Forgetful(), fixture.transport).build();
            assertThatExceptionOfType(LedgerUnavailableException.class)
                    .isThrownBy(() -> dying.desk().ask(request("form-1").build(), SENDER, PHONE))
                    .withMessageContaining("ask again with the same entry");

            assertThat(ask("form-1")).isInstanceOf(Asked.Sent.class);
            assertThat(shown()).hasSize(1);
            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.PENDING);
        }

        @Test
        void does_not_ask_again_when_nobody_answered() {
            ask("form-1");
            later(Duration.ofDays(8));

            assertThat(why(ask("form-1"))).isEqualTo(Asked.Why.NEEDS_A_NEW_ACT);
            assertThat(shown()).hasSize(1);
        }

        @Test
        void does_not_ask_for_a_form_that_came_before_the_last_question_ran_out() {
            ask("form-1");
            later(Duration.ofDays(3));
            ask("form-2");
            later(Duration.ofDays(5));

            assertThat(why(ask("form-2"))).isEqualTo(Asked.Why.NEEDS_A_NEW_ACT);
            assertThat(shown()).hasSize(1);
        }

        @Test
        void asks_for_a_form_after_the_last_question_ran_out() {
            ask("form-1");
            later(Duration.ofDays(7).plusSeconds(1));

            assertThat(ask("form-2")).isInstanceOf(Asked.Sent.class);
        }

        @Test
        void asks_nobody_who_said_no_without_a_new_act() {
            ask("form-1");
            inbox.receive(text("m1", later(), "NO"));
            later();

            assertThat(ask("form-1")).isInstanceOfSatisfying(Asked.NotAsked.class, not -> {
                assertThat(not.why()).isEqualTo(Asked.Why.NEEDS_A_NEW_ACT);
                assertThat(not.because().value()).startsWith("refused:");
            });
            assertThat(ask("form-2")).isInstanceOf(Asked.Sent.class);
        }

        @Test
        void asks_nobody_who_left_without_a_new_act() {
            ask("form-1");
            inbox.receive(text("m1", later(), "STOP"));
            later();

            assertThat(why(ask("form-1"))).isEqualTo(Asked.Why.NEEDS_A_NEW_ACT);
            assertThat(ask("form-2")).isInstanceOf(Asked.Sent.class);
        }

        @Test
        void may_ask_on_another_sender_for_the_same_act() {
            RecordingTransport viber = RecordingTransport.of(OTHER);
            ConsentDesk both = fixture.gate(fixture.ledger, fixture.transport, viber)
                    .build()
                    .desk();
            both.ask(request("form-1").build(), SENDER, PHONE);

            assertThat(both.ask(request("form-1").build(), OTHER, PHONE)).isInstanceOf(Asked.Sent.class);
            assertThat(viber.deliveries()).hasSize(1);
        }

        /** A ledger that does not keep that a question is out. */
        private final class Forgetful implements ConsentLedger {
            @Override
            public History read(Identity person) {
                return fixture.ledger.read(person);
            }

            @Override
            public boolean append(ConsentEntry entry) {
                if (entry.kind() == ConsentEntry.Kind.PENDING) {
                    throw new IllegalStateException("down");
                }
                return fixture.ledger.append(entry);
            }

            @Override
            public void erase(Identity person, boolean suppress) {
                fixture.ledger.erase(person, suppress);
            }
        }
    }

    @Nested
    class WhenTheAnswerIsYes {
        @ParameterizedTest
        @ValueSource(strings = {"YES", "yes!", "Oui", "y", "START"})
        void opens_what_was_asked_for(String word) {
            ask("form-1");

            inbox.receive(text("m1", later(), word));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(gate.send(message(Purpose.MARKETING)))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
        }

        @Test
        void keeps_how_it_was_said_and_to_which_text() {
            Asked.Sent sent = (Asked.Sent) ask("form-1");

            inbox.receive(text("m1", later(), "Oui"));

            assertThat(last())
                    .returns(ConsentEntry.Kind.CONFIRMED, ConsentEntry::kind)
                    .returns(Optional.of(ConsentEntry.Method.DOUBLE_OPT_IN_REPLY), ConsentEntry::method)
                    .returns(Optional.of(ConsentEntry.Actor.SUBJECT), ConsentEntry::actor)
                    .returns(Optional.of(SENDER), ConsentEntry::via)
                    .returns("m1", ConsentEntry::source)
                    .returns(Optional.of(WORDING), ConsentEntry::wording)
                    .returns(Scope.of(Purpose.NEWS).only(SENDER), ConsentEntry::scope)
                    .satisfies(entry -> assertThat(entry.details())
                            .containsEntry("text", "Oui")
                            .containsEntry("rule", "fr:OUI")
                            .containsEntry("tier", "1")
                            .containsEntry("question", sent.pending().id().value()));
        }

        @Test
        void opens_by_the_button_of_the_question_whatever_its_title() {
            ask("form-1");

            inbox.receive(tap("m1", later(), option(0), "", Optional.empty()));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_by_a_reply_that_quotes_the_question() {
            ask("form-1");

            inbox.receive(quote("m1", later(), "Oui", "recorded-1"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_though_the_provider_took_the_question_at_the_second_try_only() {
            fixture.transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", ""));
            ask("form-1");
            ask("form-1");

            inbox.receive(text("m1", later(), "YES"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_in_the_second_of_the_question() {
            ask("form-1");

            inbox.receive(text("m1", NOON, "YES"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @CsvSource({"97, true", "98, false"})
        void is_not_sought_in_more_than_a_hundred_characters(int blanks, boolean opens) {
            ask("form-1");

            inbox.receive(text("m1", later(), "YES" + " ".repeat(blanks)));

            assertThat(kept().contains(ConsentEntry.Kind.CONFIRMED)).isEqualTo(opens);
        }

        @Test
        void opens_although_the_person_left_something_else_meanwhile() {
            ask("form-1");
            desk.record(ConsentEntry.withdrawn(
                            ANA.identity(), Scope.of(Purpose.MARKETING), ConsentEntry.Method.VERBAL, "call")
                    .effectiveAt(later())
                    .build());
            desk.record(ConsentEntry.withdrawn(
                            ANA.identity(), Scope.of(Purpose.NEWS).only(OTHER), ConsentEntry.Method.VERBAL, "call")
                    .effectiveAt(later())
                    .build());

            inbox.receive(text("m1", later(), "YES"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void has_its_effect_once() {
            ask("form-1");
            InboundEvent yes = text("m1", later(), "YES");

            inbox.receive(yes, text("m2", later(), "YES"));
            new Events(gate).receive(yes);

            assertThat(kept())
                    .containsExactly(
                            ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.PENDING, ConsentEntry.Kind.CONFIRMED);
        }

        @Test
        void opens_on_the_sender_it_was_asked_on_alone() {
            RecordingTransport viber = RecordingTransport.of(OTHER);
            ConsentGate both =
                    fixture.gate(fixture.ledger, fixture.transport, viber).build();
            ask("form-1");
            inbox.receive(text("m1", later(), "YES"));

            Message elsewhere =
                    Message.builder(ANA, Purpose.NEWS, Fixture.TEXT).from(OTHER).build();

            assertThat(reasons(both.send(elsewhere))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void opens_or_refuses_by_the_words_of_the_language_that_the_host_added() {
            DoubleOptIn.Question maltese = new DoubleOptIn.Question(
                    "{controller}: tlabtna {purposes}. Wieġeb {yes} biex tikkonferma, {no} biex tirrifjuta.",
                    "IVA",
                    "LE",
                    Map.of(
                            Purpose.SERVICE, "servizz",
                            Purpose.NEWS, "aħbarijiet",
                            Purpose.MARKETING, "offerti",
                            Purpose.ENGAGEMENT, "logħob"));
            ConsentGate there = fixture.gate(fixture.ledger, fixture.transport)
                    .doubleOptIn(DoubleOptIn.builder()
                            .question(Locale.forLanguageTag("mt"), maltese)
                            .build())
                    .build();
            ConsentEntry.Wording seen =
                    new ConsentEntry.Wording("1", Locale.forLanguageTag("mt"), "Ibagħtuli l-aħbarijiet.");
            there.desk().ask(request("form-1").wording(seen).build(), SENDER, PHONE);

            new Events(there).receive(text("m1", later(), "Iva"));

            assertThat(((Content.Choices) shown().get(0)).body())
                    .isEqualTo(
                            "Éditions Lumière: tlabtna aħbarijiet. Wieġeb IVA biex tikkonferma, LE biex tirrifjuta.");
            assertThat(there.send(news())).isInstanceOf(SendResult.Accepted.class);

            ConsentEntry games = ConsentEntry.requested(
                            ANA.identity(), Scope.of(Purpose.ENGAGEMENT), ConsentEntry.Method.CHECKBOX, "form", seen)
                    .effectiveAt(later())
                    .build();
            there.desk().ask(games, SENDER, PHONE);
            new Events(there).receive(text("m2", later(), "le"));

            assertThat(last().kind()).isEqualTo(ConsentEntry.Kind.REFUSED);
        }
    }

    @Nested
    class WhenTheAnswerIsNo {
        @ParameterizedTest
        @ValueSource(strings = {"NO", "Non", "no."})
        void is_refused_and_stays_closed(String word) {
            ask("form-1");

            inbox.receive(text("m1", later(), word));

            assertThat(last())
                    .returns(ConsentEntry.Kind.REFUSED, ConsentEntry::kind)
                    .returns("m1", ConsentEntry::source)
                    .returns(Optional.of(SENDER), ConsentEntry::via);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_refused_by_the_button_of_the_question() {
            ask("form-1");

            inbox.receive(tap("m1", later(), option(1), "NO", Optional.empty()));

            assertThat(last().kind()).isEqualTo(ConsentEntry.Kind.REFUSED);
        }

        @Test
        void is_final_for_this_question() {
            ask("form-1");

            inbox.receive(text("m1", later(), "NO"), text("m2", later(), "YES"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_nothing_without_a_question() {
            inbox.receive(text("m1", later(), "NO"));

            assertThat(kept()).isEmpty();
        }
    }

    @Nested
    class WhenTheAnswerDoesNotCount {
        @Test
        void is_nothing_without_a_question() {
            inbox.receive(text("m1", later(), "YES"));

            assertThat(kept()).isEmpty();
        }

        @Test
        void is_nothing_if_the_host_wrote_a_question_down_with_an_end_and_no_wording() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.PENDING, ANA.identity(), Scope.of(Purpose.NEWS))
                    .via(SENDER)
                    .expiresAt(NOON.plus(Duration.ofDays(7)))
                    .build());

            assertThat(inbox.receive(text("m1", later(), "YES"))).isEqualTo(200);

            assertThat(kept()).containsExactly(ConsentEntry.Kind.PENDING);
        }

        @Test
        void is_nothing_if_the_question_is_one_that_the_host_wrote_down() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.PENDING, ANA.identity(), Scope.of(Purpose.NEWS))
                    .via(SENDER)
                    .build());

            int status = inbox.receive(text("m1", later(), "YES"));

            assertThat(status).isEqualTo(200);
            assertThat(kept()).containsExactly(ConsentEntry.Kind.PENDING);
        }

        @Test
        void is_nothing_if_what_was_sent_under_the_name_of_the_question_was_none() {
            desk.record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
            String name = "ask-" + "0".repeat(40);
            gate.send(Message.builder(ANA, Purpose.NEWS, Fixture.TEXT)
                    .id(MessageId.of(name))
                    .build());
            desk.record(ConsentEntry.builder(
                            ConsentEntry.Kind.PENDING,
                            ANA.identity(),
                            Scope.of(Purpose.MARKETING).only(SENDER))
                    .id(EntryId.of("pending:" + name))
                    .via(SENDER)
                    .source(name)
                    .wording(WORDING)
                    .expiresAt(NOON.plus(Duration.ofDays(7)))
                    .build());

            inbox.receive(text("m1", later(), "YES"));

            assertThat(kept()).doesNotContain(ConsentEntry.Kind.CONFIRMED);
        }

        @Test
        void is_nothing_after_seven_days() {
            ask("form-1");

            inbox.receive(text("m1", later(Duration.ofDays(7)), "YES"));

            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.PENDING);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void counts_a_second_before_that_although_it_is_delivered_later() {
            ask("form-1");
            Instant said = NOON.plus(Duration.ofDays(7)).minusSeconds(1);
            later(Duration.ofDays(7).plusHours(1));

            inbox.receive(text("m1", said, "YES"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void is_nothing_after_the_time_that_the_host_set() {
            ConsentGate hasty = fixture.gate(fixture.ledger, fixture.transport)
                    .doubleOptIn(
                            DoubleOptIn.builder().validFor(Duration.ofHours(1)).build())
                    .build();
            hasty.desk().ask(request("form-1").build(), SENDER, PHONE);

            new Events(hasty).receive(text("m1", later(Duration.ofHours(1)), "YES"));

            assertThat(reasons(hasty.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_nothing_if_it_was_said_before_the_question() {
            ask("form-1");

            inbox.receive(text("m1", NOON.minusSeconds(1), "YES"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_from_another_address_although_the_ledger_links_it() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, Identity.of(PHONE, USER), Scope.everything())
                    .build());
            ask("form-1");

            inbox.receive(text("m1", later(), "YES", SENDER, Identity.of(USER)));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_on_another_channel() {
            ask("form-1");

            inbox.receive(text("m1", later(), "YES", OTHER, ANA.identity()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_on_another_number_of_ours() {
            ask("form-1");

            inbox.receive(text("m1", later(), "YES", new SenderId(ChannelId.WHATSAPP, "999"), ANA.identity()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_in_a_group() {
            ask("form-1");
            InboundEvent.Source inGroup = new InboundEvent.Source(
                    "m1", SENDER, ANA.identity(), later(), Map.of(InboundEvent.Source.GROUP, "g1"));

            inbox.receive(new InboundEvent.MessageReceived(inGroup, "m1", Content.text("YES"), Optional.empty()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_if_another_app_of_ours_was_spoken_to() {
            ask("form-1");
            InboundEvent.Source overheard = new InboundEvent.Source(
                    "m1", SENDER, ANA.identity(), later(), Map.of(InboundEvent.Source.OVERHEARD, "true"));

            inbox.receive(new InboundEvent.MessageReceived(overheard, "m1", Content.text("YES"), Optional.empty()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_if_it_quotes_another_message() {
            ask("form-1");

            inbox.receive(quote("m1", later(), "YES", "wamid.LUNCH"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_nothing_if_it_is_a_button_of_another_message() {
            ask("form-1");

            inbox.receive(
                    tap("m1", later(), "lunch-yes", "Yes", Optional.of("wamid.LUNCH")),
                    tap("m2", later(), "lunch-yes", "Yes", Optional.empty()),
                    tap("m3", later(), "aparte-yes-0000", "Yes", Optional.empty()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @ParameterizedTest
        @ValueSource(strings = {"yes please", "yes, but who are you?", "what?", "👍"})
        void is_nothing_if_it_is_more_than_the_word(String words) {
            ask("form-1");

            inbox.receive(text("m1", later(), words));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        @Test
        void is_asked_for_again_if_the_ledger_is_down() {
            ask("form-1");
            AtomicBoolean down = new AtomicBoolean(true);
            ConsentGate blind = fixture.gate(new Flaky(down), fixture.transport).build();
            Events events = new Events(blind);
            InboundEvent yes = text("m1", later(), "YES");

            assertThat(events.receive(yes)).isEqualTo(500);
            down.set(false);
            assertThat(events.receive(yes)).isEqualTo(200);
            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        private final class Flaky implements ConsentLedger {
            private final AtomicBoolean down;

            Flaky(AtomicBoolean down) {
                this.down = down;
            }

            @Override
            public History read(Identity person) {
                if (down.get()) {
                    throw new IllegalStateException("down");
                }
                return fixture.ledger.read(person);
            }

            @Override
            public boolean append(ConsentEntry entry) {
                return fixture.ledger.append(entry);
            }

            @Override
            public void erase(Identity person, boolean suppress) {
                fixture.ledger.erase(person, suppress);
            }
        }
    }

    @Nested
    class WhenThePersonLeavesMeanwhile {
        @ParameterizedTest
        @ValueSource(strings = {"YES STOP", "Stop. Yes", "oui stop"})
        void closes_by_an_opt_out_in_the_same_message(String words) {
            ask("form-1");

            inbox.receive(text("m1", later(), words));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Refused.class);
            assertThat(kept()).doesNotContain(ConsentEntry.Kind.CONFIRMED);
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "0, 1", "1, 0"})
        void closes_by_a_stop_in_the_same_batch_whichever_came_first(int yes, int stop) {
            ask("form-1");
            Instant at = later();
            List<InboundEvent> batch = new ArrayList<>(
                    List.of(text("m1", at.plusSeconds(yes), "YES"), text("m2", at.plusSeconds(stop), "STOP")));
            later();

            inbox.receive(batch.toArray(InboundEvent[]::new));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_by_a_stop_that_the_batch_names_first_in_the_same_second() {
            ask("form-1");
            List<InboundEvent> batch =
                    new ArrayList<>(List.of(text("m1", later(), "YES"), text("m2", NOON.plusSeconds(60), "STOP")));
            Collections.reverse(batch);

            inbox.receive(batch.toArray(InboundEvent[]::new));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_by_a_stop_that_arrives_late_and_is_a_little_older() {
            ask("form-1");
            Instant at = later();
            inbox.receive(text("m2", at, "YES"));

            inbox.receive(text("m1", at.minusSeconds(2), "STOP"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 60})
        void closes_by_a_withdrawal_of_what_was_asked_for_from_the_second_of_the_question_on(long seconds) {
            ask("form-1");
            later();
            desk.record(
                    ConsentEntry.withdrawn(ANA.identity(), Scope.of(Purpose.NEWS), ConsentEntry.Method.VERBAL, "call")
                            .effectiveAt(NOON.plusSeconds(seconds))
                            .build());

            inbox.receive(text("m1", later(), "YES"));

            assertThat(kept()).doesNotContain(ConsentEntry.Kind.CONFIRMED);
            assertThat(reasons(gate.send(news()))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_by_an_objection_at_the_desk() {
            ask("form-1");
            later();
            desk.record(ConsentEntry.objected(ANA.identity(), ConsentEntry.Method.VERBAL, "call")
                    .build());

            inbox.receive(text("m1", later(), "YES"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void stays_held_until_somebody_decided_about_an_unclear_reply() {
            ask("form-1");
            inbox.receive(text("m1", later(), "STOP! Don't ship the order"));
            EntryId hold = last().id();
            inbox.receive(text("m2", later(), "YES"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.HELD);
            later();
            desk.release(ANA.identity(), hold, "agent 7", "about an order");
            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void aborts_a_question_that_is_being_sent() {
            fixture.transport.beforeLeaving(() -> desk.record(stop().build()));

            assertThat(reasons(result(ask("form-1")))).contains(Refusal.Reason.OPTED_OUT);
            assertThat(shown()).isEmpty();
            assertThat(kept()).containsExactly(ConsentEntry.Kind.REQUESTED, ConsentEntry.Kind.WITHDRAWN);
        }
    }

    @Nested
    class WhenTheGateRefusesTheQuestion {
        @Test
        void asks_nobody_who_left_after_the_form() {
            later();
            desk.record(stop().build());

            Asked asked = desk.ask(request("form-1").effectiveAt(NOON).build(), SENDER, PHONE);

            assertThat(reasons(result(asked))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(fixture.decisions.decisions()).hasSize(1);
            assertThat(shown()).isEmpty();
            assertThat(kept()).doesNotContain(ConsentEntry.Kind.PENDING);
        }

        @Test
        void asks_nobody_who_must_not_be_contacted() {
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, ANA.identity(), Scope.of(Purpose.NEWS))
                    .build());
            later();

            assertThat(reasons(result(ask("form-1")))).containsExactly(Refusal.Reason.SUPPRESSED);
            assertThat(shown()).isEmpty();
        }

        @Test
        void asks_nobody_about_a_form_older_than_an_answer_would_count() {
            later(Duration.ofDays(7));

            Asked asked = desk.ask(request("form-1").effectiveAt(NOON).build(), SENDER, PHONE);

            assertThat(reasons(result(asked))).containsExactly(Refusal.Reason.CONSENT_EXPIRED, Refusal.Reason.STALE);
        }

        @Test
        void has_no_route_without_a_transport_of_the_sender() {
            assertThat(reasons(result(desk.ask(request("form-1").build(), OTHER, PHONE))))
                    .containsExactly(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void obeys_the_lane() {
            RecordingTransport marketingOnly = RecordingTransport.builder(SENDER)
                    .lane(new Lane("paid", Set.of(Purpose.MARKETING), Lane.Needs.NOTHING, false))
                    .build();
            ConsentDesk there =
                    fixture.gate(fixture.ledger, marketingOnly).build().desk();

            assertThat(reasons(result(there.ask(request("form-1").build(), SENDER, PHONE))))
                    .containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void obeys_the_window() {
            RecordingTransport windowed = RecordingTransport.builder(SENDER)
                    .lane(Fixture.window(Duration.ofHours(24)))
                    .build();
            ConsentDesk there = fixture.gate(fixture.ledger, windowed).build().desk();

            assertThat(reasons(result(there.ask(request("form-1").build(), SENDER, PHONE))))
                    .containsExactly(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void obeys_the_policies_of_the_host() {
            ConsentDesk strict = fixture.gate(fixture.ledger, fixture.transport)
                    .policy(proposal -> proposal.purpose() == Purpose.CONSENT_REQUEST
                            ? Optional.of(Refusal.of(Refusal.Reason.JURISDICTION))
                            : Optional.empty())
                    .build()
                    .desk();

            assertThat(reasons(result(strict.ask(request("form-1").build(), SENDER, PHONE))))
                    .containsExactly(Refusal.Reason.JURISDICTION);
        }

        @Test
        void obeys_the_caps_and_asks_later() {
            FrequencyCap cap = new FrequencyCap("questions", Set.of(Purpose.CONSENT_REQUEST), 1, Duration.ofDays(30));
            ConsentGate capped = fixture.gate(fixture.ledger, fixture.transport)
                    .caps(new InMemoryCapStore(), cap)
                    .build();
            capped.desk().ask(request("form-1").build(), SENDER, PHONE);
            new Events(capped).receive(text("m1", later(), "NO"));
            later();

            assertThat(result(capped.desk().ask(request("form-2").build(), SENDER, PHONE)))
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.until()).isEqualTo(NOON.plus(Duration.ofDays(30))));
        }
    }

    @Nested
    class WhenNobodyCouldDemonstrateTheWish {
        private void assertMissing(ConsentEntry entry, EvidenceMissingException.Missing... missing) {
            assertThatExceptionOfType(EvidenceMissingException.class)
                    .isThrownBy(() -> desk.ask(entry, SENDER, PHONE))
                    .satisfies(thrown -> assertThat(thrown.missing()).containsExactlyInAnyOrder(missing));
            assertThat(kept()).isEmpty();
            assertThat(shown()).isEmpty();
        }

        @Test
        void refuses_one_without_wording_source_and_method() {
            assertMissing(
                    ConsentEntry.builder(ConsentEntry.Kind.REQUESTED, ANA.identity(), Scope.of(Purpose.NEWS))
                            .build(),
                    EvidenceMissingException.Missing.METHOD,
                    EvidenceMissingException.Missing.SOURCE,
                    EvidenceMissingException.Missing.WORDING);
        }

        @ParameterizedTest
        @EnumSource(names = {"PLATFORM_SIGNAL", "IMPORT", "API"})
        void refuses_one_that_is_no_act_of_the_person(ConsentEntry.Method method) {
            assertMissing(
                    request("form-1")
                            .method(method)
                            .proof(new ConsentEntry.Proof("row", "crm/7", "0".repeat(64)))
                            .build(),
                    EvidenceMissingException.Missing.ACT_OF_THE_PERSON);
        }

        @ParameterizedTest
        @EnumSource(names = {"SYSTEM", "PLATFORM"})
        void refuses_one_that_a_program_did(ConsentEntry.Actor actor) {
            assertMissing(request("form-1").actor(actor).build(), EvidenceMissingException.Missing.ACT_OF_THE_PERSON);
        }
    }

    @Nested
    class WhenTheQuestionMakesNoSense {
        private void assertRefused(ConsentEntry entry, Address to, String problem) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> desk.ask(entry, SENDER, to))
                    .withMessageContaining(problem);
            assertThat(shown()).isEmpty();
        }

        @Test
        void refuses_an_entry_that_is_no_request() {
            assertRefused(granted(Purpose.NEWS).wording(WORDING).build(), PHONE, "only a REQUESTED");
        }

        @ParameterizedTest
        @EnumSource(names = {"AUTHENTICATION", "TRANSACTIONAL"})
        void refuses_what_no_answer_can_open(Purpose purpose) {
            assertRefused(
                    ConsentEntry.requested(
                                    ANA.identity(),
                                    Scope.of(Purpose.NEWS, purpose),
                                    ConsentEntry.Method.CHECKBOX,
                                    "form",
                                    WORDING)
                            .build(),
                    PHONE,
                    purpose + " by CONSENT, which an answer cannot open");
        }

        @Test
        void refuses_another_basis_than_consent() {
            assertRefused(request("form-1").basis(LegalBasis.CONTRACT).build(), PHONE, "an answer cannot open");
        }

        @Test
        void refuses_a_sender_that_the_request_does_not_speak_of() {
            ConsentEntry elsewhere = ConsentEntry.requested(
                            ANA.identity(),
                            Scope.of(Purpose.NEWS).only(OTHER),
                            ConsentEntry.Method.CHECKBOX,
                            "form",
                            WORDING)
                    .build();

            assertRefused(elsewhere, PHONE, "does not speak of sender");
        }

        @Test
        void refuses_an_address_that_the_request_does_not_name() {
            assertRefused(request("form-1").build(), Address.phone("+33639980009"), "does not name the address");
        }

        @Test
        void refuses_a_group() {
            Address group = new Address(Address.Kind.GROUP, "g1", "whatsapp");

            assertRefused(request("form-1").person(Identity.of(group)).build(), group, "does not name the address");
        }

        @Test
        void refuses_a_request_dated_ahead() {
            assertRefused(
                    request("form-1").effectiveAt(NOON.plusSeconds(301)).build(), PHONE, "more than 5 minutes ahead");
        }

        @Test
        void refuses_an_id_that_somebody_else_s_entry_bears() {
            desk.record(
                    ConsentEntry.granted(Identity.of(USER), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
                            .id(EntryId.of("form-1"))
                            .build());

            assertRefused(request("form-1").build(), PHONE, "was used before");
        }

        @Test
        void refuses_it_also_where_the_person_asked_to_be_asked_before() {
            ask("form-1");
            desk.record(
                    ConsentEntry.granted(Identity.of(USER), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
                            .id(EntryId.of("form-2"))
                            .build());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ask("form-2"))
                    .withMessageContaining("was used before");
        }

        @Test
        void refuses_an_id_that_another_entry_of_the_person_bears() {
            desk.record(granted(Purpose.MARKETING).id(EntryId.of("form-1")).build());

            assertRefused(request("form-1").build(), PHONE, "is GRANTED");
        }

        @Test
        void says_so_if_the_ledger_is_down() {
            ConsentDesk down =
                    fixture.gate(new DownLedger(), fixture.transport).build().desk();

            assertThatExceptionOfType(LedgerUnavailableException.class)
                    .isThrownBy(() -> down.ask(request("form-1").build(), SENDER, PHONE))
                    .withMessageContaining("ask again with the same entry")
                    .withCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class WhenItIsSetUp {
        private final Map<Purpose, String> names = Map.of(
                Purpose.SERVICE, "Service",
                Purpose.NEWS, "Neues",
                Purpose.MARKETING, "Angebote",
                Purpose.ENGAGEMENT, "Spiele");

        private DoubleOptIn.Question question(String text) {
            return new DoubleOptIn.Question(text, "JA", "NEIN", names);
        }

        @Test
        void counts_answers_for_seven_days_by_default() {
            assertThat(DoubleOptIn.ofDefaults().validFor()).isEqualTo(Duration.ofDays(7));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT1M", "P30D"})
        void takes_from_a_minute_to_30_days(Duration length) {
            assertThat(DoubleOptIn.builder().validFor(length).build().validFor())
                    .isEqualTo(length);
        }

        @Test
        void takes_a_question_of_300_characters_and_none_longer() {
            String text = "{controller}, {purposes}: {yes} ";

            assertThat(question(text + "m".repeat(300 - text.length())).text()).hasSize(300);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> question(text + "m".repeat(301 - text.length())))
                    .withMessageContaining("at most 300 characters");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT59S", "PT0S", "-PT1M", "PT720H0.000000001S"})
        void refuses_a_time_too_short_or_too_long(Duration length) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DoubleOptIn.builder().validFor(length))
                    .withMessage("validFor must be 1 minute to 30 days");
        }

        @Test
        void refuses_another_text_for_our_languages() {
            DoubleOptIn.Question own = question("{controller}, {purposes}: {yes}?");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DoubleOptIn.builder().question(Locale.CANADA_FRENCH, own))
                    .withMessageContaining("ours and fixed");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DoubleOptIn.builder().question(Locale.ROOT, own))
                    .withMessageContaining("language is empty");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{controller}: {purposes}? {yes}! Jetzt kaufen",
                    "{controller}: {purposes}? {yes}. Nur 5 Tage",
                    "{controller}: {purposes}? {yes}. Halber Preis: 50 %",
                    "{controller}: {purposes}? {yes}. Spare €",
                    "{controller}: {purposes}? {yes}. https://lumiere.example",
                    "{controller}: {purposes}? {yes}. Siehe lumiere.example",
                    "{controller}: {purposes}? {yes}. WWW.lumiere"
                })
        void refuses_a_text_that_does_more_than_ask(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> question(text))
                    .withMessageContaining("asks and nothing else");
        }

        @Test
        void refuses_a_text_of_more_than_300_characters() {
            String text = "{controller}: {purposes}? {yes}";

            assertThat(question(text + "?".repeat(300 - text.length()))).isNotNull();
            assertThatIllegalArgumentException().isThrownBy(() -> question(text + "?".repeat(301 - text.length())));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{controller}: {purposes}?", "{controller}: {yes}?", "{purposes}: {yes}?"})
        void refuses_a_text_that_hides_who_asks_or_what_for_or_how_to_agree(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> question(text))
                    .withMessageContaining("where it belongs");
        }

        @ParameterizedTest
        @CsvSource({
            "'', NEIN",
            "JA JA, NEIN",
            "JA1, NEIN",
            "JA, ja",
            "STOP, NEIN",
            "JA, HELP",
            "JA, 'ABCDEFGHIJKLMNOPQRSTU'"
        })
        void refuses_words_that_nobody_could_answer_with(String yes, String no) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DoubleOptIn.Question("{controller}: {purposes}, {yes}?", yes, no, names));
        }

        @Test
        void refuses_a_purpose_without_a_name() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DoubleOptIn.Question(
                            "{controller}: {purposes}, {yes}?", "JA", "NEIN", Map.of(Purpose.NEWS, "Neues")))
                    .withMessageContaining("names must hold one for SERVICE");
        }

        @Test
        void refuses_a_name_that_advertises() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DoubleOptIn.Question(
                            "{controller}: {purposes}, {yes}?",
                            "JA",
                            "NEIN",
                            Map.of(
                                    Purpose.SERVICE, "Service",
                                    Purpose.NEWS, "Neues",
                                    Purpose.MARKETING, "50% auf alles",
                                    Purpose.ENGAGEMENT, "Spiele")))
                    .withMessageContaining("MARKETING");
        }

        @Test
        void takes_nothing_in_a_brand_s_name_for_a_place() {
            ConsentGate odd = ConsentGate.builder(new Controller("odd", "{yes}{purposes}"), fixture.ledger)
                    .transport(fixture.transport)
                    .conversations(fixture.conversations)
                    .sendLog(fixture.sendLog)
                    .clock(fixture.clock)
                    .build();

            odd.desk().ask(request("form-1").build(), SENDER, PHONE);

            assertThat(((Content.Choices) shown().get(0)).body()).startsWith("{yes}{purposes}: you asked");
        }
    }

    /** A transport without buttons. */
    private static final class TextOnly implements Transport {
        private final RecordingTransport inner = RecordingTransport.of(SENDER);

        @Override
        public SenderId sender() {
            return SENDER;
        }

        @Override
        public Plan plan(Draft draft) {
            return draft.message().content() instanceof Content.Text
                    ? inner.plan(draft)
                    : new Plan.Cannot(Refusal.of(Refusal.Reason.UNSUPPORTED, "text only"));
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws IOException {
            return inner.deliver(cleared);
        }
    }
}
