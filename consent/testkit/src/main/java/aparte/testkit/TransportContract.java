package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Conversation;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} promises. Extend it beside a transport of your own, point the transport at something that
 * the test controls, such as a web server on loopback, and give the hooks.
 *
 * <p>Everybody agreed and just wrote, so that windows are open; waits between tries of the transport should be short. Each
 * test is an example of its own: JUnit makes an instance for each.
 */
public abstract class TransportContract {
    /** What the provider does with a request. */
    public enum Answer {
        /** It takes the message and says so. */
        ACCEPTED,
        /** It refuses the message for good, in a way that its document calls safe. */
        REFUSED,
        /** It refuses the message for now, such as by 429; it may be tried again. */
        THROTTLED,
        /** It fails without saying whether it took the message, such as by a bare 500. */
        AMBIGUOUS,
        /** It takes the message and answers what nobody can read. */
        UNREADABLE,
        /** It takes the message, and the connection breaks before the answer. */
        LOST,
        /** It cannot be reached: no byte of the request arrives. */
        UNREACHABLE
    }

    private static final Address PIGEON = Address.of(Address.Kind.of("carrier-pigeon"), "ring-2041-blue");
    private static final String SECRET = "the lemon cake is in the oven";

    private Transport transport;
    private Clearing clearing;

    /** For subclasses. */
    protected TransportContract() {}

    /** Returns the transport under test. Called once, before each test. */
    protected abstract Transport transport();

    /**
     * Returns an address that the transport reaches.
     *
     * @param number which one, from 1 to 3; different ones are different people
     */
    protected abstract Address recipient(int number);

    /** Sets what the provider does with the next request; calls queue up. Without a call it is {@link Answer#ACCEPTED}. */
    protected abstract void next(Answer answer);

    /** Returns how many requests that put something in front of a person have arrived; uploads do not count. */
    protected abstract int requests();

    /** Returns a message that the transport carries; by default a text for service. */
    protected Message message(Address to) {
        return Message.of(Recipient.of(to), Purpose.SERVICE, Content.text(SECRET));
    }

    /** Returns content beyond a limit of the channel. By default the test that needs it is skipped. */
    protected Content tooLong() {
        return Assumptions.abort("override tooLong() to test that a limit is judged in the plan");
    }

    @BeforeEach
    void open() {
        transport = transport();
        clearing = Clearing.of(transport);
        IntStream.rangeClosed(1, 3).forEach(number -> {
            clearing.agrees(recipient(number));
            clearing.hears(recipient(number));
        });
    }

    private Message message() {
        return message(recipient(1));
    }

    private Message message(Content content) {
        return Message.of(Recipient.of(recipient(1)), Purpose.SERVICE, content);
    }

    private Draft draft(Message message) {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        return new Draft(message, message.purpose(), Conversation.none().heard(now.minusSeconds(60)), now);
    }

    /** How often a transport that does all it must makes the gate read the ledger for one accepted message. */
    private int readsOfAReference() {
        RecordingTransport reference = RecordingTransport.builder(transport.sender())
                .reaches(recipient(1).kind())
                .build();
        Clearing measured = Clearing.of(reference);
        measured.hears(recipient(1));
        measured.agrees(recipient(1));
        measured.ledger().watch(number -> {});
        measured.send(message());
        assertThat(reference.deliveries()).as("deliveries of the reference").hasSize(1);
        return measured.ledger().reads();
    }

    /** Lets the first recipient withdraw just before this read of the ledger. */
    private void withdrawBeforeRead(int which) {
        clearing.ledger().watch(number -> {
            if (number == which) {
                clearing.withdraws(recipient(1));
            }
        });
    }

    private static List<Refusal.Reason> reasons(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }

    @Nested
    class WhenItPlans {
        @Test
        void says_the_same_of_the_same_draft() {
            Draft draft = draft(message());

            assertThat(transport.plan(draft)).isEqualTo(transport.plan(draft));
        }

        @Test
        void makes_no_request() {
            transport.plan(draft(message()));

            assertThat(requests()).isZero();
        }

        @Test
        void takes_an_address_of_the_recipient() {
            Plan plan = transport.plan(draft(message()));

            assertThat(plan)
                    .isInstanceOfSatisfying(
                            Plan.Carry.class, carry -> assertThat(carry.to()).isEqualTo(recipient(1)));
        }

        @Test
        void has_no_route_without_an_address_that_it_reaches() {
            Plan plan = transport.plan(draft(message(PIGEON)));

            assertThat(plan)
                    .isInstanceOfSatisfying(
                            Plan.Cannot.class,
                            cannot -> assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.NO_ROUTE));
        }

        @Test
        void does_not_carry_what_only_another_channel_has() {
            Plan plan = transport.plan(draft(message(new Foreign())));

            assertThat(plan)
                    .isInstanceOfSatisfying(
                            Plan.Cannot.class,
                            cannot -> assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED));
        }

        @Test
        void names_the_limit_that_content_passes() {
            Plan plan = transport.plan(draft(message(tooLong())));

            assertThat(plan).isInstanceOfSatisfying(Plan.Cannot.class, cannot -> {
                assertThat(cannot.because().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
                assertThat(cannot.because().limit())
                        .hasValueSatisfying(limit -> assertThat(limit.actual()).isGreaterThan(limit.max()));
            });
        }

        @Test
        void reaches_at_least_one_person_a_request() {
            assertThat(transport.receiversPerRequest(message().content())).isPositive();
        }

        @Test
        void always_has_the_same_sender() {
            assertThat(transport.sender()).isEqualTo(transport.sender());
        }
    }

    @Nested
    class WhenTheProviderAnswers {
        @Test
        void is_accepted_by_one_request() {
            next(Answer.ACCEPTED);

            SendResult result = clearing.send(message());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isNotEmpty());
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void fails_if_it_is_refused() {
            next(Answer.REFUSED);

            SendResult result = clearing.send(message());

            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void is_either_tried_again_or_fails_if_it_is_throttled() {
            next(Answer.THROTTLED);
            next(Answer.ACCEPTED);

            SendResult result = clearing.send(message());

            assertThat(result).isInstanceOf(requests() == 1 ? SendResult.Failed.class : SendResult.Accepted.class);
            assertThat(requests()).isBetween(1, 2);
        }

        @Test
        void is_unconfirmed_if_the_answer_is_ambiguous() {
            next(Answer.AMBIGUOUS);

            SendResult result = clearing.send(message());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void is_unconfirmed_if_the_answer_cannot_be_read() {
            next(Answer.UNREADABLE);

            SendResult result = clearing.send(message());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void is_unconfirmed_if_the_answer_is_lost() {
            next(Answer.LOST);

            SendResult result = clearing.send(message());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void is_not_sent_again_by_a_second_send_after_the_answer_was_lost() {
            Message message = message();
            next(Answer.LOST);
            clearing.send(message);

            SendResult result = clearing.send(message);

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void fails_if_the_provider_is_unreachable() {
            IntStream.range(0, 10).forEach(time -> next(Answer.UNREACHABLE));

            SendResult result = clearing.send(message());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure())
                                    .matches(failure -> failure.isRetryable(), "retryable"));
            assertThat(requests()).isZero();
        }
    }

    @Nested
    class WhenItLeaves {
        @Test
        void does_the_last_check_once() {
            clearing.ledger().watch(number -> {});

            clearing.send(message());

            assertThat(clearing.ledger().reads()).isEqualTo(readsOfAReference());
        }

        @Test
        void does_the_last_check_before_bytes_go() {
            AtomicInteger requestsAtLastRead = new AtomicInteger(-1);
            clearing.ledger().watch(number -> requestsAtLastRead.set(requests()));

            clearing.send(message());

            assertThat(requestsAtLastRead).hasValue(0);
            assertThat(requests()).isEqualTo(1);
        }
    }

    @Nested
    class WhenThePersonWithdraws {
        @Test
        void makes_no_request_after_it() {
            clearing.withdraws(recipient(1));

            SendResult result = clearing.send(message());

            assertThat(reasons(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(requests()).isZero();
        }

        @Test
        void makes_no_request_though_it_came_just_before_the_attempt() {
            withdrawBeforeRead(2);

            SendResult result = clearing.send(message());

            assertThat(reasons(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(requests()).isZero();
        }

        @Test
        void makes_no_request_though_it_came_just_before_the_last_check() {
            withdrawBeforeRead(readsOfAReference());

            SendResult result = clearing.send(message());

            assertThat(reasons(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(requests()).isZero();
        }

        @Test
        void makes_no_further_request_though_it_came_during_the_wait_for_the_next_try() {
            next(Answer.THROTTLED);
            next(Answer.ACCEPTED);
            withdrawBeforeRead(readsOfAReference() + 1);

            SendResult result = clearing.send(message());

            assertThat(result).isNotInstanceOf(SendResult.Accepted.class);
            assertThat(requests()).isEqualTo(1);
        }

        @Test
        void writes_to_the_others_in_a_request_without_them() {
            Assumptions.assumeTrue(
                    transport.receiversPerRequest(message().content()) > 1, "one request reaches one person");
            withdrawBeforeRead(readsOfAReference());

            List<SendResult> results =
                    clearing.sendAll(List.of(message(recipient(1)), message(recipient(2)), message(recipient(3))));

            assertThat(reasons(results.get(0))).contains(Refusal.Reason.OPTED_OUT);
            assertThat(results.subList(1, 3)).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(requests()).isEqualTo(1);
        }
    }

    @Nested
    class WhenAClearanceIsNotItsOwn {
        @Test
        void refuses_one_of_another_sender() {
            Between lender = new Between(
                    new SenderId(transport.sender().channel(), "another-sender"),
                    cleared -> transport.deliver(cleared));

            lender.send();

            assertThat(lender.thrown.get()).isInstanceOf(IllegalStateException.class);
            assertThat(requests()).isZero();
        }

        @Test
        void refuses_one_that_is_dead() {
            List<ClearedMessage> kept = new ArrayList<>();
            Between keeper = new Between(transport.sender(), cleared -> {
                kept.add(cleared);
                throw new IOException("kept for later");
            });
            keeper.send();

            assertThatThrownBy(() -> transport.deliver(kept.get(0))).isInstanceOf(IllegalStateException.class);
            assertThat(requests()).isZero();
        }

        @Test
        void refuses_one_that_it_delivered_before() {
            Between twice = new Between(transport.sender(), cleared -> {
                transport.deliver(cleared);
                return transport.deliver(cleared);
            });

            twice.send();

            assertThat(twice.thrown.get()).isInstanceOf(IllegalStateException.class);
            assertThat(requests()).isEqualTo(1);
        }
    }

    @Nested
    class WhenItIsLogged {
        private void assertThatItIsSilent(Object logged) {
            assertThat(logged.toString()).doesNotContain(recipient(1).value()).doesNotContain(SECRET);
        }

        @Test
        void shows_nothing_personal_itself() {
            clearing.send(message());

            assertThatItIsSilent(transport);
        }

        @Test
        void shows_nothing_personal_in_a_plan() {
            assertThatItIsSilent(transport.plan(draft(message())));
        }

        @Test
        void shows_nothing_personal_in_an_accepted_result() {
            assertThatItIsSilent(clearing.send(message()));
        }

        @Test
        void shows_nothing_personal_in_a_failed_result() {
            next(Answer.REFUSED);

            assertThatItIsSilent(clearing.send(message()));
        }
    }

    /** Delivers, and may fail as a transport does. */
    private interface Delivery {
        Outcome deliver(ClearedMessage cleared) throws IOException;
    }

    /** A transport that plans as the one under test, but comes between it and the gate. */
    private final class Between implements Transport {
        private final SenderId self;
        private final Delivery delivery;
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

        private Between(SenderId self, Delivery delivery) {
            this.self = self;
            this.delivery = delivery;
        }

        private void send() {
            Clearing own = Clearing.of(this);
            own.hears(recipient(1));
            own.send(message());
        }

        @Override
        public SenderId sender() {
            return self;
        }

        @Override
        public Plan plan(Draft draft) {
            return transport.plan(draft);
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws IOException {
            try {
                return delivery.deliver(cleared);
            } catch (IOException | RuntimeException failure) {
                thrown.set(failure);
                throw failure;
            }
        }
    }

    /** Content of a channel that nobody has. */
    private record Foreign() implements ChannelContent {
        @Override
        public ChannelId channel() {
            return ChannelId.of("nobodys-channel");
        }
    }
}
