package aparte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the provider answers, and what became of a send. */
class DeliveryTest {
    private static final DeliveryFailure THROTTLED =
            DeliveryFailure.throttled("429", Optional.of(Duration.ofSeconds(3)));

    @Nested
    class WhenItIsAStatus {
        @Test
        void ranks_by_how_far_it_came() {
            assertThat(Stream.of(
                                    new DeliveryStatus.Unknown("warped"),
                                    new DeliveryStatus.Sent(),
                                    new DeliveryStatus.Delivered(),
                                    new DeliveryStatus.Read(),
                                    new DeliveryStatus.Played(),
                                    new DeliveryStatus.Failed(THROTTLED))
                            .map(DeliveryStatus::rank))
                    .containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Nested
    class WhenItIsAFailure {
        private final Set<DeliveryFailure.Kind> retryable = EnumSet.of(
                DeliveryFailure.Kind.UNREACHABLE, DeliveryFailure.Kind.THROTTLED, DeliveryFailure.Kind.TEMPORARY);

        @ParameterizedTest
        @EnumSource(DeliveryFailure.Kind.class)
        void may_be_tried_again_if_time_may_help(DeliveryFailure.Kind kind) {
            assertThat(DeliveryFailure.of(kind, "", "").isRetryable()).isEqualTo(retryable.contains(kind));
        }

        @Test
        void names_the_wait() {
            assertThat(THROTTLED.retryAfter()).contains(Duration.ofSeconds(3));
        }

        @Test
        void stops_promotion_on_the_sender_where_the_person_refuses_it() {
            SenderId sender = new SenderId(ChannelId.WHATSAPP, "111");

            assertThat(DeliveryFailure.of(DeliveryFailure.Kind.PERSON_REFUSED, "131050", "")
                            .stopOn(sender))
                    .contains(Scope.promotional().only(sender));
        }

        @Test
        void stops_everything_on_the_sender_that_the_person_left() {
            SenderId sender = new SenderId(ChannelId.VIBER, "222");

            assertThat(DeliveryFailure.of(DeliveryFailure.Kind.PERSON_LEFT, "6", "")
                            .stopOn(sender))
                    .contains(Scope.everything().only(sender));
        }

        @ParameterizedTest
        @EnumSource(
                value = DeliveryFailure.Kind.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"PERSON_REFUSED", "PERSON_LEFT"})
        void stops_nothing_where_the_person_said_nothing(DeliveryFailure.Kind kind) {
            assertThat(DeliveryFailure.of(kind, "", "").stopOn(new SenderId(ChannelId.VIBER, "222")))
                    .isEmpty();
        }

        @Test
        void names_no_wait_unless_the_provider_did() {
            assertThat(DeliveryFailure.unreachable("refused").retryAfter()).isEmpty();
        }

        @Test
        void gains_a_wait() {
            assertThat(DeliveryFailure.throttled("429", Optional.empty()).retryAfter(Duration.ofSeconds(3)))
                    .isEqualTo(THROTTLED)
                    .hasSameHashCodeAs(THROTTLED);
        }

        @Test
        void differs_by_its_code() {
            assertThat(DeliveryFailure.throttled("430", Optional.of(Duration.ofSeconds(3))))
                    .isNotEqualTo(THROTTLED);
        }

        @Test
        void shows_kind_code_and_hint() {
            assertThat(THROTTLED).hasToString("THROTTLED 429: sent too fast: wait, then try again");
        }
    }

    @Nested
    class WhenItIsAResult {
        @Test
        void refuses_a_refusal_without_a_reason() {
            assertThatIllegalArgumentException().isThrownBy(() -> new SendResult.Refused(MessageId.of("m"), List.of()));
        }

        @Test
        void refuses_a_deferral_without_a_reason() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SendResult.Deferred(MessageId.of("m"), Instant.EPOCH, List.of()));
        }

        static Stream<SendResult> results() {
            MessageId message = MessageId.of("m");
            Refusal refusal = Refusal.of(Refusal.Reason.STALE);
            Evidence evidence =
                    new Evidence("d-1", Instant.EPOCH, Purpose.NEWS, "template", List.of(), Optional.empty(), true);
            return Stream.of(
                    new SendResult.Accepted(message, Ledger.SHOP, "p-1", evidence),
                    new SendResult.Refused(message, List.of(refusal)),
                    new SendResult.Deferred(message, Instant.EPOCH, List.of(refusal)),
                    new SendResult.Failed(message, THROTTLED, evidence),
                    new SendResult.Unconfirmed(message, Ledger.SHOP, evidence));
        }

        @ParameterizedTest
        @MethodSource("results")
        void names_the_message(SendResult result) {
            assertThat(result.message()).isEqualTo(MessageId.of("m"));
        }
    }

    @Nested
    class WhenItIsALane {
        @Test
        void refuses_a_malformed_name() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Lane("a b", Set.of(Purpose.NEWS), Lane.Needs.NOTHING, false));
        }

        @Test
        void refuses_a_negative_length() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Lane.Needs(Lane.Needs.Kind.INVITATION, Duration.ofSeconds(-1)));
        }

        @Test
        void refuses_a_window_of_no_length() {
            assertThatIllegalArgumentException().isThrownBy(() -> Lane.Needs.openConversation(Duration.ZERO));
        }
    }

    @Nested
    class WhenAHostKeepsTheSetItGave {
        @Test
        void a_lane_does_not_change_with_it() {
            Set<Purpose> purposes = EnumSet.of(Purpose.NEWS);
            Lane lane = new Lane("window", purposes, Lane.Needs.NOTHING, false);

            purposes.add(Purpose.MARKETING);

            assertThat(lane.admits()).containsExactly(Purpose.NEWS);
        }
    }

    @Nested
    class WhenItIsAReceipt {
        @Test
        void refuses_to_name_nothing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new InboundEvent.Receipt(Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Test
        void names_a_message_by_the_provider_id() {
            assertThat(InboundEvent.Receipt.of(Optional.empty(), "p-1").providerId())
                    .contains("p-1");
        }
    }
}
