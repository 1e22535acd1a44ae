package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aparte.Address;
import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Transports that break one promise each: the contract names which. */
class TransportContractTest {
    private static Stream<String> failuresOf(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replace("()", ""));
    }

    @Test
    void finds_nothing_in_a_sound_one() {
        assertThat(failuresOf(Sound.class)).isEmpty();
    }

    @Test
    void catches_bytes_that_go_before_the_last_check() {
        assertThat(failuresOf(Hasty.class))
                .contains(
                        "does_the_last_check_before_bytes_go",
                        "makes_no_request_though_it_came_just_before_the_last_check");
    }

    @Test
    void catches_a_last_check_that_is_left_out() {
        assertThat(failuresOf(Careless.class))
                .contains(
                        "does_the_last_check_once",
                        "is_accepted_by_one_request",
                        "makes_no_request_though_it_came_just_before_the_last_check");
    }

    @Test
    void catches_a_request_that_is_repeated_below() {
        assertThat(failuresOf(Repeating.class)).contains("is_unconfirmed_if_the_answer_is_lost");
    }

    @Test
    void catches_a_lost_answer_that_is_taken_for_a_refusal() {
        assertThat(failuresOf(Guessing.class))
                .contains("is_unconfirmed_if_the_answer_is_lost", "is_unconfirmed_if_the_answer_is_ambiguous");
    }

    @Test
    void catches_a_plan_that_makes_requests() {
        assertThat(failuresOf(Eager.class)).contains("makes_no_request");
    }

    @Nested
    class WhenItBorrowsAClearance {
        @Test
        void catches_one_that_does_not_name_itself() {
            assertThat(failuresOf(Borrowing.class)).containsExactly("refuses_one_of_another_sender");
        }
    }

    static class Sound extends Contract {}

    static class Hasty extends Contract {
        @Override
        Outcome deliver(ClearedMessage cleared) throws IOException {
            ClearedMessage.Attempt attempt = cleared.attempt(sender());
            Answer answer = request();
            attempt.leave();
            return outcome(attempt, answer);
        }
    }

    static class Careless extends Contract {
        @Override
        Outcome deliver(ClearedMessage cleared) throws IOException {
            ClearedMessage.Attempt attempt = cleared.attempt(sender());
            return outcome(attempt, request());
        }
    }

    static class Repeating extends Contract {
        @Override
        Outcome outcome(ClearedMessage.Attempt attempt, Answer answer) throws IOException {
            return super.outcome(attempt, answer == Answer.LOST ? request() : answer);
        }
    }

    static class Guessing extends Contract {
        @Override
        Outcome outcome(ClearedMessage.Attempt attempt, Answer answer) {
            return answer == Answer.ACCEPTED
                    ? attempt.accepted("1")
                    : attempt.notTaken(DeliveryFailure.unreachable("no answer came"));
        }
    }

    static class Eager extends Contract {
        @Override
        Plan plan(Draft draft) {
            requests++;
            return super.plan(draft);
        }
    }

    static class Borrowing extends Contract {
        @Override
        Outcome deliver(ClearedMessage cleared) throws IOException {
            return deliver(cleared, cleared.from());
        }
    }

    /** A transport of the fewest lines, with a provider that only counts. */
    abstract static class Contract extends TransportContract {
        private final RecordingTransport planner = RecordingTransport.of(sender());
        private final Deque<Answer> answers = new ArrayDeque<>();
        int requests;

        final SenderId sender() {
            return new SenderId(ChannelId.WHATSAPP, "100");
        }

        Plan plan(Draft draft) {
            return planner.plan(draft);
        }

        Outcome deliver(ClearedMessage cleared) throws IOException {
            return deliver(cleared, sender());
        }

        final Outcome deliver(ClearedMessage cleared, SenderId self) throws IOException {
            ClearedMessage.Attempt attempt = cleared.attempt(self);
            if (answers.peek() == Answer.UNREACHABLE) {
                throw new IOException("refused connection");
            }
            attempt.leave();
            return outcome(attempt, request());
        }

        final Answer request() {
            requests++;
            return answers.isEmpty() ? Answer.ACCEPTED : answers.remove();
        }

        Outcome outcome(ClearedMessage.Attempt attempt, Answer answer) throws IOException {
            return switch (answer) {
                case ACCEPTED -> attempt.accepted("1");
                case REFUSED, THROTTLED -> attempt.notTaken(DeliveryFailure.throttled("429", Optional.empty()));
                default -> throw new IOException("no answer");
            };
        }

        @Override
        protected Transport transport() {
            return new Transport() {
                @Override
                public SenderId sender() {
                    return Contract.this.sender();
                }

                @Override
                public Plan plan(Draft draft) {
                    return Contract.this.plan(draft);
                }

                @Override
                public Outcome deliver(ClearedMessage cleared) throws IOException {
                    return Contract.this.deliver(cleared);
                }

                @Override
                public String toString() {
                    return "Transport[" + sender() + "]";
                }
            };
        }

        @Override
        protected Address recipient(int number) {
            return Address.phone("+3361234567" + number);
        }

        @Override
        protected void next(Answer answer) {
            answers.add(answer);
        }

        @Override
        protected int requests() {
            return requests;
        }
    }
}
