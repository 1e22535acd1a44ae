package aparte.gate;

import static aparte.gate.Events.quote;
import static aparte.gate.Events.tap;
import static aparte.gate.Events.text;
import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.ConsentEntry;
import aparte.Content;
import aparte.InboundEvent;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word that opts in grants what the host declared that it grants, and without that nothing. */
class KeywordOptInTest {
    private static final ConsentEntry.Wording WORDING =
            new ConsentEntry.Wording("poster-3", Locale.ENGLISH, "Send START to get our news on WhatsApp.");

    private final Fixture fixture = new Fixture();
    private final ConsentGate gate = fixture.gate;
    private final Events declared =
            new Events(gate, inbox -> inbox.keywordOptIn(SENDER, Scope.of(Purpose.NEWS), WORDING));

    private List<ConsentEntry> kept() {
        return fixture.ledger.read(ANA.identity()).entries();
    }

    @Nested
    class WhenTheHostDeclaredNothing {
        @Test
        void grants_nothing() {
            new Events(gate).receive(text("m1", NOON, "START"));

            assertThat(kept()).isEmpty();
        }

        @Test
        void grants_nothing_on_the_other_senders() {
            declared.receive(text("m1", NOON, "START", OTHER, ANA.identity()));

            assertThat(kept()).isEmpty();
        }
    }

    @Nested
    class WhenThePersonSendsTheWord {
        @ParameterizedTest
        @ValueSource(strings = {"START", "start.", "Subscribe", "inscription"})
        void grants_what_is_declared(String word) {
            declared.receive(text("m1", NOON, word));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(gate.send(message(Purpose.MARKETING)))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
        }

        @Test
        void keeps_the_word_and_the_text_that_told_of_it() {
            declared.receive(text("m1", NOON, "Start"));

            assertThat(kept()).singleElement().satisfies(entry -> {
                assertThat(entry)
                        .returns(ConsentEntry.Kind.GRANTED, ConsentEntry::kind)
                        .returns(Optional.of(ConsentEntry.Method.REPLY_KEYWORD), ConsentEntry::method)
                        .returns(Optional.of(ConsentEntry.Actor.SUBJECT), ConsentEntry::actor)
                        .returns(Optional.of(SENDER), ConsentEntry::via)
                        .returns(Scope.of(Purpose.NEWS).only(SENDER), ConsentEntry::scope)
                        .returns(Optional.of(WORDING), ConsentEntry::wording)
                        .returns("m1", ConsentEntry::source);
                assertThat(entry.details()).containsEntry("text", "Start").containsEntry("rule", "en:START");
            });
        }

        @Test
        void grants_on_each_sender_that_the_declaration_names() {
            Events both = new Events(
                    gate,
                    inbox -> inbox.keywordOptIn(SENDER, Scope.of(Purpose.NEWS).only(SENDER, OTHER), WORDING));

            both.receive(text("m1", NOON, "START"));

            assertThat(kept())
                    .extracting(ConsentEntry::scope)
                    .containsExactly(Scope.of(Purpose.NEWS).only(SENDER, OTHER));
        }

        @Test
        void grants_once_for_the_same_event() {
            declared.receive(text("m1", NOON, "START"));
            new Events(gate, inbox -> inbox.keywordOptIn(SENDER, Scope.of(Purpose.NEWS), WORDING))
                    .receive(text("m1", NOON, "START"));

            assertThat(kept()).hasSize(1);
        }
    }

    @Nested
    class WhenItIsNotTheWordAlone {
        @ParameterizedTest
        @ValueSource(
                strings = {"YES", "Oui", "y", "please start", "when do you start?", "start my order", "START STOP"})
        void grants_nothing(String words) {
            declared.receive(text("m1", NOON, words));

            assertThat(kept()).extracting(ConsentEntry::kind).doesNotContain(ConsentEntry.Kind.GRANTED);
        }

        @Test
        void grants_nothing_by_a_tap_on_some_start() {
            declared.receive(tap("m1", NOON, "quiz-7", "Start", Optional.of("wamid.QUIZ")));

            assertThat(kept()).isEmpty();
        }

        @Test
        void grants_nothing_by_a_word_that_quotes_another_message() {
            declared.receive(quote("m1", NOON, "Start", "wamid.QUIZ"));

            assertThat(kept()).isEmpty();
        }

        @Test
        void grants_nothing_in_a_group() {
            InboundEvent.Source inGroup = new InboundEvent.Source(
                    "m1", SENDER, ANA.identity(), NOON, Map.of(InboundEvent.Source.GROUP, "g1"));

            declared.receive(new InboundEvent.MessageReceived(inGroup, "m1", Content.text("START"), Optional.empty()));

            assertThat(kept()).isEmpty();
        }
    }

    @Nested
    class WhenThePersonLeftBefore {
        private void left() {
            gate.desk()
                    .record(granted(Purpose.NEWS, Purpose.MARKETING)
                            .effectiveAt(NOON.minusSeconds(90))
                            .build());
            declared.receive(text("m1", NOON.minusSeconds(9), "STOP"));
        }

        @Test
        void reopens_what_is_declared_and_nothing_else() {
            left();

            declared.receive(text("m2", NOON, "START"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(gate.send(message(Purpose.MARKETING)))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reopens_nothing_in_the_second_of_the_stop() {
            left();

            declared.receive(text("m2", NOON.minusSeconds(9), "START"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reopens_nothing_if_it_was_sent_before_the_stop_and_comes_late() {
            left();

            declared.receive(text("m2", NOON.minusSeconds(10), "START"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void lifts_no_suppression() {
            gate.desk()
                    .record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, ANA.identity(), Scope.of(Purpose.NEWS))
                            .effectiveAt(NOON.minusSeconds(9))
                            .build());

            declared.receive(text("m2", NOON, "START"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }
    }

    @Nested
    class WhenTheDeclarationMakesNoSense {
        private final Inbox.Builder builder = Inbox.builder(gate);

        @ParameterizedTest
        @EnumSource(names = {"AUTHENTICATION", "TRANSACTIONAL", "CONSENT_REQUEST", "CONSENT_CONFIRMATION"})
        void refuses_what_consent_does_not_open(Purpose purpose) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.keywordOptIn(SENDER, Scope.of(Purpose.NEWS, purpose), WORDING))
                    .withMessageContaining("a word grants what consent opens");
        }

        @Test
        void refuses_a_scope_of_other_senders() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            builder.keywordOptIn(SENDER, Scope.of(Purpose.NEWS).only(OTHER), WORDING))
                    .withMessageContaining("does not speak of sender");
        }

        @Test
        void refuses_a_second_one_for_a_sender() {
            builder.keywordOptIn(SENDER, Scope.of(Purpose.NEWS), WORDING);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.keywordOptIn(SENDER, Scope.of(Purpose.MARKETING), WORDING))
                    .withMessageContaining("has a declaration already");
        }
    }
}
