package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.Evidence;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.SendLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SendLog} promises. Extend it beside a send log of your own and give {@link #sendLog()}.
 *
 * <p>Times in its claims have microseconds. Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class SendLogContract {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address OTHER_PHONE = Address.phone("+33687654321");
    private static final Address BRAZIL = Address.phone("+5511987654321");
    private static final Address BRAZIL_OLD = Address.phone("+551187654321");
    private static final MessageId MESSAGE = MessageId.of("message-1");
    private static final MessageId OTHER_MESSAGE = MessageId.of("message-2");
    private static final Evidence EVIDENCE = new Evidence(
            "decision-1",
            NOW,
            Purpose.NEWS,
            "template",
            List.of(EntryId.of("entry-1"), EntryId.of("entry-2")),
            Optional.of(NOW.minusSeconds(60)),
            true);
    private static final SendResult ACCEPTED = new SendResult.Accepted(MESSAGE, SENDER, "wamid.1", EVIDENCE);
    private static final SendResult UNCONFIRMED = new SendResult.Unconfirmed(MESSAGE, SENDER, EVIDENCE);
    private static final SendResult FAILED = new SendResult.Failed(
            MESSAGE,
            DeliveryFailure.of(DeliveryFailure.Kind.THROTTLED, "HTTP 429", "slow down: wait")
                    .retryAfter(Duration.ofMillis(1_500)),
            EVIDENCE);
    private static final SendResult REFUSED =
            new SendResult.Refused(MESSAGE, List.of(Refusal.of(Refusal.Reason.OPTED_OUT)));
    private static final SendResult DEFERRED =
            new SendResult.Deferred(MESSAGE, NOW, List.of(Refusal.of(Refusal.Reason.QUIET_HOURS)));

    private SendLog log;

    /** For subclasses. */
    protected SendLogContract() {}

    /** Returns the send log under test, empty. Called once, before each test. */
    protected abstract SendLog sendLog();

    /**
     * Returns a send log over the same storage as another machine would have it. By default the send log under test itself.
     */
    protected SendLog elsewhere() {
        return log;
    }

    @BeforeEach
    void open() {
        log = sendLog();
    }

    private static Claim claim(MessageId message, Address to) {
        return new Claim(message, SENDER, to, NOW, EVIDENCE);
    }

    private List<Claim> byMessage() {
        return log.find(SendLog.Wanted.byMessage(MESSAGE));
    }

    private List<Claim> openFor(Address... addresses) {
        return log.find(SendLog.Wanted.openFor(Identity.of(addresses)));
    }

    @Nested
    class WhenAMessageIsClaimed {
        @Test
        void succeeds() {
            assertThat(log.claim(claim(MESSAGE, PHONE))).isEmpty();
        }

        @Test
        void is_found_with_every_part() {
            Claim claim = claim(MESSAGE, PHONE);

            log.claim(claim);

            assertThat(byMessage()).containsExactly(claim);
        }

        @Test
        void is_found_elsewhere() {
            Claim claim = claim(MESSAGE, PHONE);

            log.claim(claim);

            assertThat(elsewhere().find(SendLog.Wanted.byMessage(MESSAGE))).containsExactly(claim);
        }

        @Test
        void keeps_evidence_without_entries_and_without_a_message_of_the_person() {
            Evidence bare = new Evidence("d", NOW, Purpose.SERVICE, "window", List.of(), Optional.empty(), false);
            Claim claim = new Claim(MESSAGE, SENDER, PHONE, NOW, bare);

            log.claim(claim);

            assertThat(byMessage()).containsExactly(claim);
        }

        @Test
        void keeps_an_address_with_a_scope() {
            Claim claim = claim(MESSAGE, new Address(Address.Kind.MESSENGER_PSID, "778899", "page-1"));

            log.claim(claim);

            assertThat(byMessage()).containsExactly(claim);
        }

        @Test
        void is_not_found_under_another_id() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(log.find(SendLog.Wanted.byMessage(OTHER_MESSAGE))).isEmpty();
        }
    }

    @Nested
    class WhenAMessageIsClaimedAgain {
        @Test
        void answers_unconfirmed_while_nothing_is_known() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(log.claim(claim(MESSAGE, PHONE))).contains(UNCONFIRMED);
        }

        @Test
        void answers_so_elsewhere_too() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(elsewhere().claim(claim(MESSAGE, PHONE))).contains(UNCONFIRMED);
        }

        @Test
        void answers_what_became_of_it() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(ACCEPTED);

            assertThat(log.claim(claim(MESSAGE, PHONE))).contains(ACCEPTED);
        }

        @Test
        void answers_so_whomever_it_is_to() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(log.claim(claim(MESSAGE, OTHER_PHONE))).contains(UNCONFIRMED);
        }

        @Test
        void keeps_the_first_claim() {
            Claim first = claim(MESSAGE, PHONE);
            log.claim(first);

            log.claim(claim(MESSAGE, OTHER_PHONE));

            assertThat(byMessage()).containsExactly(first);
            assertThat(openFor(OTHER_PHONE)).isEmpty();
        }

        @Test
        void lets_one_of_many_succeed_at_the_same_instant() throws Exception {
            List<Optional<SendResult>> answers = Threads.atOnce(IntStream.range(0, 16)
                    .mapToObj(number -> (Callable<Optional<SendResult>>) () -> log.claim(claim(MESSAGE, PHONE)))
                    .toList());

            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
        }
    }

    @Nested
    class WhenAMessageIsSettled {
        @Test
        void keeps_that_it_was_accepted() {
            log.claim(claim(MESSAGE, PHONE));

            log.settle(ACCEPTED);

            assertThat(byMessage()).containsExactly(claim(MESSAGE, PHONE).settled(ACCEPTED));
        }

        @Test
        void keeps_that_it_failed_and_every_part_of_why() {
            log.claim(claim(MESSAGE, PHONE));

            log.settle(FAILED);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(FAILED);
        }

        @Test
        void keeps_a_failure_without_code_and_wait() {
            SendResult failed = new SendResult.Failed(MESSAGE, DeliveryFailure.unreachable(""), EVIDENCE);
            log.claim(claim(MESSAGE, PHONE));

            log.settle(failed);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(failed);
        }

        @Test
        void keeps_that_it_is_unconfirmed() {
            log.claim(claim(MESSAGE, PHONE));

            log.settle(UNCONFIRMED);

            assertThat(byMessage()).extracting(Claim::result).containsExactly(Optional.of(UNCONFIRMED));
        }

        @Test
        void settles_what_was_unconfirmed() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(UNCONFIRMED);

            log.settle(ACCEPTED);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(ACCEPTED);
        }

        @Test
        void never_turns_back_into_unconfirmed() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(ACCEPTED);

            log.settle(UNCONFIRMED);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(ACCEPTED);
        }

        @Test
        void stays_accepted_once_it_is() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(ACCEPTED);

            log.settle(FAILED);
            log.settle(REFUSED);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(ACCEPTED);
        }

        @Test
        void stays_failed_once_it_is() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(FAILED);

            log.settle(ACCEPTED);
            log.settle(DEFERRED);

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(FAILED);
        }

        @Test
        void may_be_claimed_anew_after_a_refusal() {
            log.claim(claim(MESSAGE, PHONE));

            log.settle(REFUSED);

            assertThat(byMessage()).isEmpty();
            assertThat(log.claim(claim(MESSAGE, PHONE))).isEmpty();
        }

        @Test
        void may_be_claimed_anew_after_a_deferral() {
            log.claim(claim(MESSAGE, PHONE));

            log.settle(DEFERRED);

            assertThat(openFor(PHONE)).isEmpty();
            assertThat(log.claim(claim(MESSAGE, PHONE))).isEmpty();
        }

        @Test
        void changes_nothing_if_it_was_never_claimed() {
            log.settle(ACCEPTED);

            assertThat(byMessage()).isEmpty();
        }

        @Test
        void leaves_other_messages_alone() {
            log.claim(claim(MESSAGE, PHONE));
            log.claim(claim(OTHER_MESSAGE, PHONE));

            log.settle(ACCEPTED);

            assertThat(log.find(SendLog.Wanted.byMessage(OTHER_MESSAGE))).containsExactly(claim(OTHER_MESSAGE, PHONE));
        }

        @Test
        void ends_as_accepted_whoever_settles_at_the_same_instant() throws Exception {
            log.claim(claim(MESSAGE, PHONE));

            Threads.atOnce(IntStream.range(0, 8)
                    .mapToObj(number -> (Callable<Boolean>) () -> {
                        log.settle(number % 2 == 0 ? UNCONFIRMED : ACCEPTED);
                        return true;
                    })
                    .toList());

            assertThat(byMessage()).extracting(Claim::asResult).containsExactly(ACCEPTED);
        }
    }

    @Nested
    class WhenUnsettledClaimsAreWanted {
        @Test
        void finds_those_of_which_nothing_is_known() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(log.find(SendLog.Wanted.unsettled())).containsExactly(claim(MESSAGE, PHONE));
        }

        @Test
        void finds_those_that_are_unconfirmed() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(UNCONFIRMED);

            assertThat(log.find(SendLog.Wanted.unsettled()))
                    .extracting(Claim::message)
                    .containsExactly(MESSAGE);
        }

        @Test
        void leaves_settled_ones_out() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(ACCEPTED);

            assertThat(log.find(SendLog.Wanted.unsettled())).isEmpty();
        }
    }

    @Nested
    class WhenThoseOpenForAPersonAreWanted {
        @Test
        void finds_claims_to_any_of_the_addresses() {
            log.claim(claim(MESSAGE, PHONE));
            log.claim(claim(OTHER_MESSAGE, OTHER_PHONE));

            assertThat(openFor(PHONE, OTHER_PHONE))
                    .extracting(Claim::message)
                    .containsExactlyInAnyOrder(MESSAGE, OTHER_MESSAGE);
        }

        @Test
        void finds_claims_to_another_spelling() {
            log.claim(claim(MESSAGE, BRAZIL));

            assertThat(openFor(BRAZIL_OLD)).containsExactly(claim(MESSAGE, BRAZIL));
        }

        @Test
        void finds_a_claim_once_though_both_spellings_are_known() {
            log.claim(claim(MESSAGE, BRAZIL));

            assertThat(openFor(BRAZIL_OLD, BRAZIL)).hasSize(1);
        }

        @Test
        void finds_unconfirmed_ones() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(UNCONFIRMED);

            assertThat(openFor(PHONE)).hasSize(1);
        }

        @Test
        void finds_those_made_elsewhere() {
            elsewhere().claim(claim(MESSAGE, PHONE));

            assertThat(openFor(PHONE)).hasSize(1);
        }

        @Test
        void leaves_settled_ones_out() {
            log.claim(claim(MESSAGE, PHONE));
            log.settle(FAILED);

            assertThat(openFor(PHONE)).isEmpty();
        }

        @Test
        void leaves_others_out() {
            log.claim(claim(MESSAGE, OTHER_PHONE));

            assertThat(openFor(PHONE)).isEmpty();
        }

        @Test
        void finds_nothing_by_a_reference_alone() {
            log.claim(claim(MESSAGE, PHONE));

            assertThat(log.find(SendLog.Wanted.openFor(Identity.of("crm-1", List.of()))))
                    .isEmpty();
        }
    }
}
