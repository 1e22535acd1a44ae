package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Conversation;
import aparte.DeliveryFailure;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordingTransportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address OTHER_PHONE = Address.phone("+33687654321");
    private static final DeliveryFailure THROTTLED = DeliveryFailure.throttled("429", Optional.empty());

    private final MutableClock clock = MutableClock.at(NOW);
    private final RecordingTransport.Builder builder =
            RecordingTransport.builder(SENDER).clock(clock);

    private static Message message(Address to) {
        return Message.builder(Recipient.of(to), Purpose.NEWS, Content.text("hello"))
                .id(MessageId.of("to-" + to.value().substring(1)))
                .build();
    }

    private SendResult send(RecordingTransport transport) {
        return Clearing.of(clock, transport).send(message(PHONE));
    }

    @Test
    void keeps_each_request() {
        RecordingTransport transport = builder.build();

        send(transport);

        assertThat(transport.deliveries())
                .containsExactly(new RecordingTransport.Delivery(
                        List.of(PHONE), Content.text("hello"), new WireKey(MessageId.of("to-33612345678"), 1), NOW));
    }

    @Test
    void fails_as_told() {
        RecordingTransport transport = builder.build().notTaken(THROTTLED);

        SendResult result = send(transport);

        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(THROTTLED));
    }

    @Test
    void throws_before_leaving_as_told() {
        RecordingTransport transport = builder.build().throwBeforeLeaving(new IOException("refused"));

        SendResult result = send(transport);

        assertThat(result).isInstanceOf(SendResult.Failed.class);
        assertThat(transport.deliveries()).isEmpty();
    }

    @Test
    void throws_after_leaving_as_told() {
        RecordingTransport transport = builder.build().throwAfterLeaving(new IOException("lost"));

        SendResult result = send(transport);

        assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
        assertThat(transport.deliveries()).hasSize(1);
    }

    @Test
    void is_accepted_again_once_its_answers_are_used_up() {
        RecordingTransport transport = builder.build().notTaken(THROTTLED).accept();
        send(transport);

        assertThat(send(transport)).isInstanceOf(SendResult.Accepted.class);
        assertThat(send(transport)).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    void tries_again_as_often_as_told() {
        RecordingTransport transport =
                builder.tries(3).build().notTaken(THROTTLED).notTaken(THROTTLED);

        SendResult result = send(transport);

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(transport.deliveries())
                .extracting(delivery -> delivery.wireKey().attempt())
                .containsExactly(1, 2, 3);
    }

    @Test
    void does_not_try_again_what_is_final() {
        RecordingTransport transport = builder.tries(3)
                .build()
                .notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", "not there"));

        send(transport);

        assertThat(transport.deliveries()).hasSize(1);
    }

    @Test
    void runs_its_hooks_in_order() {
        List<String> steps = new ArrayList<>();
        RecordingTransport transport = builder.build()
                .beforeAttempt(() -> steps.add("wait"))
                .beforeLeaving(() -> steps.add("prepare"))
                .onDelivery(delivery -> steps.add("arrive"));

        send(transport);

        assertThat(steps).containsExactly("wait", "prepare", "arrive");
    }

    @Test
    void reaches_several_people_in_one_request() {
        RecordingTransport transport = builder.receiversPerRequest(2).build();

        Clearing.of(clock, transport).sendAll(List.of(message(PHONE), message(OTHER_PHONE)));

        assertThat(transport.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.receivers()).containsExactly(PHONE, OTHER_PHONE));
    }

    @Test
    void accepts_except_for_some() {
        RecordingTransport transport =
                builder.receiversPerRequest(2).build().acceptExcept(Map.of(OTHER_PHONE, THROTTLED));

        List<SendResult> results = Clearing.of(clock, transport).sendAll(List.of(message(PHONE), message(OTHER_PHONE)));

        assertThat(results.get(0)).isInstanceOf(SendResult.Accepted.class);
        assertThat(results.get(1)).isInstanceOf(SendResult.Failed.class);
    }

    @Nested
    class WhenItPlans {
        private Plan plan(RecordingTransport transport, Address to, Content content) {
            Message message = Message.of(Recipient.of(to), Purpose.NEWS, content);
            return transport.plan(new Draft(message, Purpose.NEWS, Conversation.none(), NOW));
        }

        private Refusal.Reason reason(Plan plan) {
            assertThat(plan).isInstanceOf(Plan.Cannot.class);
            return ((Plan.Cannot) plan).because().reason();
        }

        @Test
        void reaches_phone_numbers_only_by_default() {
            Plan plan = plan(builder.build(), Address.email("jo@example.org"), Content.text("hello"));

            assertThat(reason(plan)).isEqualTo(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void carries_no_text_beyond_its_limit() {
            Plan plan = plan(builder.textLimit(2).build(), PHONE, Content.text("🎉🎉🎉"));

            assertThat(((Plan.Cannot) plan).because().limit()).contains(new Refusal.Limit(2, "code points", 3));
        }

        @Test
        void carries_nothing_native_of_another_channel() {
            Plan plan = plan(builder.build(), PHONE, new Content.Native(ChannelId.VIBER, "rich_media", "{}"));

            assertThat(reason(plan)).isEqualTo(Refusal.Reason.UNSUPPORTED);
        }

        @Test
        void carries_nothing_to_a_group_of_unknown_members() {
            Address group = new Address(Address.Kind.GROUP, "group-1", "whatsapp");

            Plan plan = plan(builder.reaches(Address.Kind.GROUP).build(), group, Content.text("hello"));

            assertThat(reason(plan)).isEqualTo(Refusal.Reason.MEMBER_CLOSED);
        }

        @Test
        void counts_its_plans() {
            RecordingTransport transport = builder.build();

            plan(transport, PHONE, Content.text("hello"));

            assertThat(transport.plans()).isEqualTo(1);
        }
    }

    @Nested
    class WhenItIsBuiltWrongly {
        @Test
        void refuses_to_reach_nothing() {
            assertThatThrownBy(() -> builder.reaches()).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_a_limit_of_zero() {
            assertThatThrownBy(() -> builder.textLimit(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("textLimit");
        }
    }
}
