package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.DeliveryFailure;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SendAllTest {
    private final Fixture fixture = new Fixture();

    private static Recipient person(int number) {
        return Recipient.of(Address.phone("+3363998" + String.format("%04d", number)));
    }

    private void agrees(int from, int to) {
        IntStream.range(from, to)
                .forEach(number -> fixture.gate
                        .desk()
                        .record(ConsentEntry.granted(
                                        person(number).identity(),
                                        Scope.of(Purpose.NEWS),
                                        ConsentEntry.Method.CHECKBOX,
                                        "form")
                                .effectiveAt(NOON.minusSeconds(9))
                                .build()));
    }

    private void withdraws(int number) {
        fixture.gate
                .desk()
                .record(ConsentEntry.withdrawn(
                                person(number).identity(),
                                Scope.promotional(),
                                ConsentEntry.Method.REPLY_KEYWORD,
                                "wamid.STOP")
                        .build());
    }

    private static List<Message> newsFor(int people) {
        return IntStream.range(0, people)
                .mapToObj(number -> Message.of(person(number), Purpose.NEWS, TEXT))
                .toList();
    }

    @Nested
    class WhenEachPersonHasARequest {
        @Test
        void answers_in_the_order_of_the_messages() {
            agrees(1, 2);

            List<SendResult> results = fixture.gate.sendAll(newsFor(3));

            assertThat(results)
                    .hasExactlyElementsOfTypes(
                            SendResult.Refused.class, SendResult.Accepted.class, SendResult.Refused.class);
        }

        @Test
        void sends_the_same_message_once() {
            fixture.gate.desk().record(granted(Purpose.NEWS).build());
            Message twice = news();

            List<SendResult> results = fixture.gate.sendAll(List.of(twice, twice));

            assertThat(results.get(1)).isEqualTo(results.get(0)).isInstanceOf(SendResult.Accepted.class);
            assertThat(fixture.transport.deliveries()).hasSize(1);
        }

        @Test
        void stops_the_rest_that_a_stop_in_the_middle_covers() {
            agrees(0, 100);
            fixture.transport.onDelivery(delivery -> withdraws(99));

            List<SendResult> results = fixture.gate.sendAll(newsFor(100));

            assertThat(fixture.transport.deliveries()).hasSize(99);
            assertThat(reasons(results.get(99))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void refuses_more_than_a_thousand_at_once() {
            List<Message> tooMany = Collections.nCopies(1_001, news());

            assertThatThrownBy(() -> fixture.gate.sendAll(tooMany))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("send them in pages");
        }
    }

    @Nested
    class WhenARequestReachesMany {
        private final RecordingTransport broadcast =
                RecordingTransport.builder(SENDER).receiversPerRequest(300).build();
        private final ConsentGate gate = fixture.gate(fixture.ledger, broadcast).build();

        @Test
        void sends_one_request_for_each_three_hundred() {
            agrees(0, 700);

            gate.sendAll(newsFor(700));

            assertThat(broadcast.deliveries())
                    .extracting(delivery -> delivery.receivers().size())
                    .containsExactly(300, 300, 100);
        }

        @Test
        void sends_two_messages_of_one_content_to_one_person_in_two_requests() {
            agrees(0, 1);

            gate.sendAll(List.of(newsFor(1).get(0), newsFor(1).get(0)));

            assertThat(broadcast.deliveries())
                    .extracting(delivery -> delivery.receivers().size())
                    .containsExactly(1, 1);
        }

        @Test
        void leaves_out_who_opts_out_between_judgement_and_request() {
            agrees(0, 300);
            broadcast.beforeLeaving(() -> withdraws(7));

            List<SendResult> results = gate.sendAll(newsFor(300));

            assertThat(broadcast.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.receivers())
                            .hasSize(299)
                            .doesNotContain(person(7).addresses().get(0)));
            assertThat(reasons(results.get(7))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(results.get(8)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_the_same_message_once() {
            agrees(0, 1);
            Message twice = newsFor(1).get(0);

            List<SendResult> results = gate.sendAll(List.of(twice, twice));

            assertThat(results.get(1)).isEqualTo(results.get(0)).isInstanceOf(SendResult.Accepted.class);
            assertThat(broadcast.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.receivers()).hasSize(1));
        }

        @Test
        void judges_the_same_message_anew_if_it_was_stopped_at_the_last_check() {
            agrees(0, 1);
            broadcast.beforeLeaving(() -> withdraws(0));
            Message twice = newsFor(1).get(0);

            List<SendResult> results = gate.sendAll(List.of(twice, twice));

            assertThat(results)
                    .allSatisfy(result -> assertThat(reasons(result)).containsExactly(Refusal.Reason.OPTED_OUT));
            assertThat(broadcast.deliveries()).isEmpty();
        }

        @Test
        void answers_each_person_in_a_request_of_its_own() {
            agrees(0, 2);

            gate.sendAll(List.of(answer(0), answer(1)));

            assertThat(broadcast.deliveries())
                    .extracting(delivery -> delivery.receivers().size())
                    .containsExactly(1, 1);
        }

        private static Message answer(int number) {
            return Message.builder(person(number), Purpose.NEWS, TEXT)
                    .replyTo("wamid.IN")
                    .build();
        }

        @Test
        void tells_each_receiver_that_the_provider_refused() {
            agrees(0, 2);
            broadcast.acceptExcept(Map.of(
                    person(1).addresses().get(0), DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "7", "")));

            List<SendResult> results = gate.sendAll(newsFor(2));

            assertThat(results).hasExactlyElementsOfTypes(SendResult.Accepted.class, SendResult.Failed.class);
        }

        @Test
        void says_unconfirmed_to_all_if_the_answer_is_lost() {
            agrees(0, 2);
            broadcast.throwAfterLeaving(new IOException("reset"));

            assertThat(gate.sendAll(newsFor(2)))
                    .hasExactlyElementsOfTypes(SendResult.Unconfirmed.class, SendResult.Unconfirmed.class);
            assertThat(broadcast.deliveries()).hasSize(1);
        }
    }
}
