package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Conversation;
import aparte.DeliveryFailure;
import aparte.History;
import aparte.Identity;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.Claim;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.Conversations;
import aparte.consent.Decision;
import aparte.consent.Draft;
import aparte.consent.FrequencyCap;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.SendLog;
import aparte.consent.Transport;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gate while something beside it fails: before the request nothing is sent, after it nothing is undone. */
class GateOutagesTest {
    @RegisterExtension
    private final Warnings warnings = new Warnings();

    private final Fixture fixture = new Fixture();
    private final RecordingTransport transport = fixture.transport;

    @BeforeEach
    void agree() {
        fixture.gate
                .desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
    }

    private ConsentGate.Builder builder() {
        return fixture.gate(fixture.ledger, transport);
    }

    private void assertWarned(String what) {
        assertThat(warnings.said()).containsExactly(Warnings.warning(what, IllegalStateException.class));
    }

    private Optional<Throwable> loggedCause() {
        List<Decision> decisions = fixture.decisions.decisions();
        return decisions.get(decisions.size() - 1).cause();
    }

    @Nested
    class WhenTheConversationsAreDown {
        private final Talks talks = new Talks();
        private final ConsentGate gate = builder().conversations(talks).build();

        @Test
        void refuses_and_keeps_the_cause_in_the_decision_log() {
            talks.readsLeft = 0;

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(loggedCause()).get().isInstanceOf(IllegalStateException.class);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_they_fail_at_the_attempt_only() {
            talks.readsLeft = 1;

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void says_accepted_if_only_the_note_that_we_wrote_is_lost() {
            talks.readsLeft = 2;

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertWarned("the conversations did not keep that we wrote");
        }
    }

    @Nested
    class WhenTheSendLogIsDown {
        @Test
        void says_accepted_although_the_result_is_not_kept() {
            ConsentGate gate =
                    builder().sendLog(new ForgetfulSendLog(fixture.sendLog)).build();
            Message message = news();

            SendResult first = gate.send(message);
            SendResult second = gate.send(message);

            assertThat(first).isInstanceOf(SendResult.Accepted.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(transport.deliveries()).hasSize(1);
            assertWarned("the send log did not keep what became of message " + message.id());
        }

        @Test
        void says_refused_although_nobody_knows_whether_it_left_before() {
            ConsentGate gate = builder().sendLog(new DownSendLog()).build();
            Message message = Fixture.message(Purpose.MARKETING);

            assertThat(reasons(gate.send(message))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
            assertWarned("the send log could not be asked for message " + message.id());
        }
    }

    @Nested
    class WhenTheDecisionLogIsDown {
        @Test
        void refuses_and_tells_which_refusal_is_not_kept() {
            ConsentGate gate = builder()
                    .decisions(decision -> {
                        throw new IllegalStateException("disk full");
                    })
                    .build();
            Message message = Fixture.message(Purpose.MARKETING);

            assertThat(reasons(gate.send(message))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
            assertThat(warnings.said())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING the decision log did not keep ")
                    .contains(message.id().value(), "OUT_OF_SCOPE", "IllegalStateException");
        }
    }

    @Nested
    class WhenTheCapStoreIsDown {
        private final FrequencyCap cap = new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));

        @Test
        void refuses_and_keeps_the_cause_in_the_decision_log() {
            ConsentGate gate = builder().caps(new Caps(false, true), cap).build();

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LOG_UNAVAILABLE);
            assertThat(loggedCause()).get().isInstanceOf(IllegalStateException.class);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void says_what_became_of_the_message_if_only_the_place_is_not_taken_back() {
            transport.throwBeforeLeaving(new IOException("refused"));
            ConsentGate gate = builder().caps(new Caps(true, true), cap).build();

            assertThat(gate.send(news())).isInstanceOf(SendResult.Failed.class);
            assertWarned("the cap store did not take a place back");
        }

        @Test
        void refuses_promotion_if_it_is_not_known_what_the_platform_withheld() {
            ConsentGate gate = builder().caps(new Caps(true, false)).build();

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LOG_UNAVAILABLE);
            assertThat(loggedCause()).get().isInstanceOf(IllegalStateException.class);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void says_what_became_of_the_message_if_only_the_withholding_is_not_kept() {
            transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.WITHHELD, "131049", ""));
            ConsentGate gate = builder().caps(new Caps(true, true)).build();

            assertThat(gate.send(news())).isInstanceOf(SendResult.Failed.class);
            assertWarned("the cap store did not keep that the platform withheld a message");
        }
    }

    @Nested
    class WhenTheLedgerTakesNoEntry {
        @Test
        void says_failed_although_the_stop_that_the_provider_reports_is_not_kept() {
            transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.PERSON_REFUSED, "131050", ""));
            ConsentGate gate =
                    fixture.gate(new ReadOnly(fixture.ledger), transport).build();

            assertThat(gate.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.PERSON_REFUSED));
            assertThat(warnings.said())
                    .containsExactly(Warnings.warning(
                            "a refusal on " + SENDER + " could not be recorded; the platform will repeat it",
                            LedgerUnavailableException.class));
        }
    }

    @Nested
    class WhenATransportIsBroken {
        private final Plan.Carry toAna = new Plan.Carry(PHONE, window(Duration.ofHours(24)), TEXT);

        private SendResult sendOver(Broken broken) {
            return fixture.gate(fixture.ledger).transport(broken).build().send(news());
        }

        @Test
        void refuses_if_it_throws_while_it_plans() {
            SendResult result = sendOver(new Broken(
                    draft -> {
                        throw new IllegalStateException("connection refused");
                    },
                    1));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(loggedCause()).get().isInstanceOf(IllegalStateException.class);
        }

        @Test
        void refuses_if_it_plans_nothing() {
            SendResult result = sendOver(new Broken(draft -> null, 1));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
        }

        @Test
        void refuses_if_it_throws_when_asked_how_many_a_request_reaches() {
            SendResult result = sendOver(new Broken(draft -> toAna, -1));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(loggedCause()).get().isInstanceOf(IllegalStateException.class);
        }
    }

    /** Conversations that can be read so often, and keep nothing that we write. */
    private static final class Talks implements Conversations {
        private int readsLeft;

        @Override
        public Conversation read(SenderId sender, Identity person) {
            if (readsLeft == 0) {
                throw new IllegalStateException("connection refused");
            }
            readsLeft--;
            return Conversation.none();
        }

        @Override
        public void heard(SenderId sender, Identity person, Instant at) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void wrote(SenderId sender, Identity person, Instant at) {
            throw new IllegalStateException("connection refused");
        }
    }

    /** A send log that claims, and keeps no result. */
    private record ForgetfulSendLog(SendLog log) implements SendLog {
        @Override
        public Optional<SendResult> claim(Claim claim) {
            return log.claim(claim);
        }

        @Override
        public void settle(SendResult result) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public List<Claim> find(Wanted wanted) {
            return log.find(wanted);
        }
    }

    /** A cap store that keeps nothing and takes no place back, and may give none or know nothing of before. */
    private record Caps(boolean gives, boolean remembers) implements CapStore {
        @Override
        public Optional<Instant> reserve(FrequencyCap cap, Address to, MessageId message, Instant now) {
            if (gives) {
                return Optional.empty();
            }
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void giveBack(FrequencyCap cap, Address to, MessageId message) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void withheld(SenderId from, Address to, MessageId message, Instant at) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public List<Instant> withheldSince(SenderId from, Address to, Instant since) {
            if (remembers) {
                return List.of();
            }
            throw new IllegalStateException("connection refused");
        }
    }

    private record ReadOnly(ConsentLedger ledger) implements ConsentLedger {
        @Override
        public History read(Identity person) {
            return ledger.read(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            throw new IllegalStateException("connection refused");
        }
    }

    /** A transport that plans as the test says; a negative number of receivers makes it throw. */
    private record Broken(Function<Draft, Plan> plans, int receivers) implements Transport {
        @Override
        public SenderId sender() {
            return SENDER;
        }

        @Override
        public Plan plan(Draft draft) {
            return plans.apply(draft);
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) {
            throw new UnsupportedOperationException("nothing may come here for " + ANA);
        }

        @Override
        public int receiversPerRequest(Content shown) {
            if (receivers < 0) {
                throw new IllegalStateException("connection refused");
            }
            return receivers;
        }
    }
}
