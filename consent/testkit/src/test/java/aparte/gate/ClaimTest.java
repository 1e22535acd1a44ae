package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.Evidence;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SendResult;
import aparte.consent.Claim;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static final MessageId ID = MessageId.of("m-1");
    private static final Evidence EVIDENCE =
            new Evidence("d-1", NOON, Purpose.NEWS, "recorded", List.of(), Optional.empty(), false);

    private final Claim open = new Claim(ID, SENDER, PHONE, NOON, EVIDENCE);
    private final SendResult accepted = new SendResult.Accepted(ID, SENDER, "wamid.1", EVIDENCE);
    private final SendResult unconfirmed = new SendResult.Unconfirmed(ID, SENDER, EVIDENCE);
    private final SendResult failed =
            new SendResult.Failed(ID, DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "7", ""), EVIDENCE);

    @Nested
    class WhileNothingIsKnown {
        @Test
        void reads_as_unconfirmed() {
            assertThat(open.asResult()).isEqualTo(unconfirmed);
            assertThat(open.isUnsettled()).isTrue();
        }

        @Test
        void takes_the_first_result() {
            assertThat(open.settled(failed).asResult()).isEqualTo(failed);
        }

        @Test
        void takes_no_result_of_another_message() {
            SendResult other = new SendResult.Accepted(MessageId.of("m-2"), SENDER, "wamid.2", EVIDENCE);

            assertThat(open.settled(other)).isEqualTo(open);
        }
    }

    @Nested
    class WhenTheAnswerWasLost {
        private final Claim lost = open.settled(unconfirmed);

        @Test
        void is_not_settled() {
            assertThat(lost.isUnsettled()).isTrue();
        }

        @Test
        void takes_a_later_receipt() {
            assertThat(lost.settled(accepted).asResult()).isEqualTo(accepted);
        }
    }

    @Nested
    class WhenItIsSettled {
        private final Claim settled = open.settled(accepted);

        @Test
        void is_not_unsettled() {
            assertThat(settled.isUnsettled()).isFalse();
        }

        @Test
        void never_says_less_than_before() {
            assertThat(settled.settled(unconfirmed)).isEqualTo(settled);
            assertThat(settled.settled(failed)).isEqualTo(settled);
        }
    }

    @Nested
    class WhatItShows {
        @Test
        void is_masked_while_it_is_open() {
            assertThat(open).hasToString("Claim[m-1, " + SENDER + ", phone:…01, unsettled]");
        }

        @Test
        void names_the_sort_of_its_result() {
            assertThat(open.settled(failed).toString()).endsWith(", Failed]").doesNotContain("3998");
        }
    }
}
