package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import aparte.DeliveryFailure;
import aparte.Lane;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.ClearanceLost;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.Decision;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a transport may do with a cleared message, and what each mistake of it means for the result. */
class ClearedMessageTest {
    @RegisterExtension
    private final Warnings warnings = new Warnings();

    private static final DeliveryFailure BUSY = DeliveryFailure.of(DeliveryFailure.Kind.THROTTLED, "429", "");

    private final Fixture fixture = new Fixture();
    private final Scripted transport = new Scripted();
    private final ConsentGate gate =
            fixture.gate(fixture.ledger).transport(transport).build();
    private final Message message =
            Message.builder(ANA, Purpose.NEWS, TEXT).id(MessageId.of("m-1")).build();
    private final List<Throwable> thrown = new ArrayList<>();

    @BeforeEach
    void agree() {
        gate.desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)).build());
    }

    private SendResult send(Delivery delivery) {
        transport.next.add(delivery);
        return gate.send(message);
    }

    /** Does what is not allowed, and goes on. */
    private void tries(ThrowingCallable mistake) {
        thrown.add(catchThrowable(mistake));
    }

    private void assertRefused(String because) {
        assertThat(thrown)
                .singleElement()
                .satisfies(mistake -> assertThat(mistake)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(because));
    }

    @Nested
    class WhenNoAttemptWasMade {
        @Test
        void says_failed_whatever_the_transport_returns() {
            List<Outcome> kept = new ArrayList<>();
            transport.next.add(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                attempt.leave();
                kept.add(attempt.accepted("p-0"));
                return kept.get(0);
            });
            gate.send(news());

            SendResult result = send(cleared -> kept.get(0));

            assertThat(result).isInstanceOfSatisfying(SendResult.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNKNOWN);
                assertThat(failed.failure().hint()).contains("without an attempt that ended");
            });
        }

        @Test
        void says_failed_if_the_transport_passes_on_the_loss_of_another_message() {
            List<ClearanceLost> kept = new ArrayList<>();
            transport.next.add(cleared -> {
                fixture.ledger.append(Fixture.stop().effectiveAt(NOON).build());
                try {
                    return cleared.attempt(SENDER).notTaken(BUSY);
                } catch (ClearanceLost lost) {
                    kept.add(lost);
                    throw lost;
                }
            });
            gate.send(news());
            fixture.clock.advance(Duration.ofSeconds(1));
            gate.desk().record(granted(Purpose.NEWS).build());

            SendResult result = send(cleared -> {
                throw kept.get(0);
            });

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure().hint()).contains("before anything left"));
        }

        @Test
        void says_failed_if_the_transport_has_a_bug() {
            SendResult result = send(cleared -> {
                throw new IllegalArgumentException("bug");
            });

            assertThat(warnings.said())
                    .containsExactly(Warnings.warning(
                            "the transport of " + SENDER + " threw at message m-1, NEW",
                            IllegalArgumentException.class));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNKNOWN));
        }
    }

    @Nested
    class WhenAnAttemptIsOpen {
        @Test
        void refuses_a_second_attempt_beside_it() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                tries(() -> cleared.attempt(SENDER));
                return attempt.notTaken(BUSY);
            });

            assertRefused("may have been sent already (OPEN)");
            assertThat(result).isInstanceOf(SendResult.Failed.class);
        }

        @Test
        void believes_no_acceptance_without_the_last_check() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                tries(() -> attempt.accepted("p-1"));
                return attempt.accepted("p-1");
            });

            assertRefused("accepted without leave()");
            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void may_end_without_a_request() {
            SendResult result = send(cleared -> cleared.attempt(SENDER).notTaken(BUSY));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(BUSY));
        }

        @Test
        void says_failed_if_the_transport_throws_before_it_leaves() {
            SendResult result = send(cleared -> {
                cleared.attempt(SENDER);
                throw new IOException("refused");
            });

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE));
        }
    }

    @Nested
    class WhenItHasLeft {
        @Test
        void refuses_to_leave_again() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                attempt.leave();
                tries(attempt::leave);
                return attempt.accepted("p-1");
            });

            assertRefused("has left already (LEFT): a request must not be repeated");
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_a_further_attempt_while_the_answer_is_out() {
            SendResult result = send(cleared -> {
                cleared.attempt(SENDER).leave();
                return cleared.attempt(SENDER).notTaken(BUSY);
            });

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    @Nested
    class WhenTheAttemptHasEnded {
        @Test
        void is_not_accepted_twice() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                attempt.leave();
                Outcome first = attempt.accepted("p-1");
                tries(() -> attempt.accepted("p-2"));
                return first;
            });

            assertRefused("has ended already (ACCEPTED)");
            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("p-1"));
        }

        @Test
        void is_not_taken_back_once_accepted() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                attempt.leave();
                Outcome first = attempt.accepted("p-1");
                tries(() -> attempt.notTaken(BUSY));
                return first;
            });

            assertRefused("has ended already (ACCEPTED)");
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void does_not_leave_any_more() {
            SendResult result = send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                Outcome first = attempt.notTaken(BUSY);
                tries(attempt::leave);
                return first;
            });

            assertRefused("has left already (NOT_TAKEN)");
            assertThat(result).isInstanceOf(SendResult.Failed.class);
        }
    }

    @Nested
    class WhenAFurtherAttemptTookItsPlace {
        private SendResult sendTwice(AttemptMistake mistake) {
            return send(cleared -> {
                ClearedMessage.Attempt first = cleared.attempt(SENDER);
                first.leave();
                first.notTaken(BUSY);
                ClearedMessage.Attempt second = cleared.attempt(SENDER);
                tries(() -> mistake.on(first));
                second.leave();
                return second.accepted("p-2");
            });
        }

        @Test
        void the_first_one_does_not_leave() {
            SendResult result = sendTwice(ClearedMessage.Attempt::leave);

            assertRefused("attempt 2 took its place");
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void the_first_one_is_not_accepted() {
            SendResult result = sendTwice(first -> first.accepted("p-1"));

            assertRefused("attempt 2 took its place");
            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("p-2"));
        }

        @Test
        void the_first_one_does_not_end_the_second() {
            SendResult result = sendTwice(first -> first.notTaken(BUSY));

            assertRefused("attempt 2 took its place");
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void each_has_its_own_wire_key() {
            List<WireKey> keys = new ArrayList<>();
            send(cleared -> {
                ClearedMessage.Attempt first = cleared.attempt(SENDER);
                keys.add(first.wireKey());
                first.notTaken(BUSY);
                ClearedMessage.Attempt second = cleared.attempt(SENDER);
                keys.add(second.wireKey());
                return second.notTaken(BUSY);
            });

            assertThat(keys).containsExactly(new WireKey(message.id(), 1), new WireKey(message.id(), 2));
        }
    }

    @Nested
    class WhenTheSendHasReturned {
        private final List<ClearedMessage> kept = new ArrayList<>();
        private final List<ClearedMessage.Attempt> open = new ArrayList<>();

        @BeforeEach
        void keep() {
            send(cleared -> {
                kept.add(cleared);
                open.add(cleared.attempt(SENDER));
                throw new IOException("refused");
            });
        }

        @Test
        void begins_no_attempt() {
            assertThatThrownBy(() -> kept.get(0).attempt(SENDER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is dead: queue the Message");
        }

        @Test
        void lets_no_open_attempt_leave() {
            assertThatThrownBy(() -> open.get(0).leave())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is dead: queue the Message");
        }
    }

    @Nested
    class WhenThePersonLeavesMeanwhile {
        private void leave() {
            fixture.ledger.append(Fixture.stop().effectiveAt(NOON).build());
        }

        private void assertLost(SendResult result) {
            assertThat(thrown)
                    .singleElement()
                    .satisfies(lost ->
                            assertThat(lost).isInstanceOf(ClearanceLost.class).hasMessageContaining("OPTED_OUT"));
            assertThat(Fixture.reasons(result)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(fixture.decisions.decisions())
                    .extracting(Decision::refusals)
                    .satisfiesExactly(
                            cleared -> assertThat(cleared).isEmpty(),
                            refused -> assertThat(refused)
                                    .extracting(Refusal::reason)
                                    .containsExactly(Refusal.Reason.OPTED_OUT));
        }

        @Test
        void tells_the_transport_at_the_attempt() {
            assertLost(send(cleared -> {
                leave();
                tries(() -> cleared.attempt(SENDER));
                return null;
            }));
        }

        @Test
        void tells_the_transport_at_the_last_check() {
            assertLost(send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                leave();
                tries(attempt::leave);
                return null;
            }));
        }
    }

    @Nested
    class WhatItShows {
        private final List<String> shown = new ArrayList<>();

        @Test
        void is_the_id_and_how_far_it_got() {
            send(cleared -> {
                shown.add(cleared.toString());
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                shown.add(attempt.toString());
                attempt.leave();
                shown.add(cleared.toString());
                return attempt.accepted("p-1");
            });

            assertThat(shown)
                    .containsExactly(
                            "ClearedMessage[m-1, NEW]",
                            "Attempt[" + new WireKey(message.id(), 1) + "]",
                            "ClearedMessage[m-1, LEFT]");
        }

        @Test
        void is_the_lane_that_was_judged() {
            List<Lane> lanes = new ArrayList<>();

            send(cleared -> {
                lanes.add(cleared.lane());
                return null;
            });

            assertThat(lanes).extracting(Lane::name).containsExactly("scripted");
        }

        @Test
        void is_how_the_attempt_ended_without_the_provider_s_id() {
            send(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                shown.add(attempt.notTaken(BUSY).toString());
                ClearedMessage.Attempt again = cleared.attempt(SENDER);
                again.leave();
                Outcome accepted = again.accepted("p-33639980001");
                shown.add(accepted.toString());
                return accepted;
            });

            assertThat(shown).containsExactly("Outcome[not taken, " + BUSY + "]", "Outcome[accepted]");
        }
    }

    @Nested
    class WhenItAnswersAMessage {
        @Test
        void names_the_message_to_the_attempt() {
            List<Optional<String>> named = new ArrayList<>();
            transport.next.add(cleared -> {
                ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
                named.add(attempt.replyTo());
                return attempt.notTaken(BUSY);
            });

            gate.send(
                    Message.builder(ANA, Purpose.NEWS, TEXT).replyTo("wamid.IN").build());

            assertThat(named).containsExactly(Optional.of("wamid.IN"));
        }
    }

    /** What a transport does with a cleared message. */
    private interface Delivery {
        Outcome of(ClearedMessage cleared) throws IOException;
    }

    /** What a transport must not do with an attempt. */
    private interface AttemptMistake {
        void on(ClearedMessage.Attempt attempt) throws IOException;
    }

    /** Delivers as the test says, one script for each message. */
    private static final class Scripted implements Transport {
        private final Deque<Delivery> next = new ArrayDeque<>();

        @Override
        public SenderId sender() {
            return SENDER;
        }

        @Override
        public Plan plan(Draft draft) {
            Lane lane = new Lane("scripted", Set.of(Purpose.values()), Lane.Needs.NOTHING, false);
            return new Plan.Carry(
                    draft.message().to().addresses().get(0),
                    lane,
                    draft.message().content());
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws IOException {
            return next.remove().of(cleared);
        }
    }
}
