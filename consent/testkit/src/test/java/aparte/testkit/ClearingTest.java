package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClearingTest {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address GROUP = new Address(Address.Kind.GROUP, "group-1", "whatsapp");

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
    private final RecordingTransport transport = RecordingTransport.builder(SENDER)
            .reaches(Address.Kind.PHONE, Address.Kind.GROUP)
            .group(GROUP, PHONE)
            .clock(clock)
            .build();
    private final Clearing clearing = Clearing.of(clock, transport);

    private static Message message(Purpose purpose) {
        return Message.of(Recipient.of(PHONE), purpose, Content.text("hello"));
    }

    private static List<Refusal.Reason> reasons(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }

    @Nested
    class WhenThePersonAgreed {
        @Test
        void clears_every_purpose() {
            List<Purpose> purposes = Stream.of(Purpose.values())
                    .filter(purpose -> !purpose.isInternal())
                    .toList();

            assertThat(purposes.stream().map(purpose -> clearing.send(message(purpose))))
                    .hasOnlyElementsOfType(SendResult.Accepted.class);
        }

        @Test
        void clears_many_at_once() {
            List<SendResult> results = clearing.sendAll(List.of(message(Purpose.NEWS), message(Purpose.SERVICE)));

            assertThat(results).hasSize(2).hasOnlyElementsOfType(SendResult.Accepted.class);
        }

        @Test
        void clears_a_group_whose_members_agreed() {
            clearing.agrees(PHONE);

            SendResult result =
                    clearing.send(Message.of(Recipient.of(GROUP), Purpose.NEWS, Content.text("hello, all")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_the_claim_and_the_decision() {
            Message message = message(Purpose.NEWS);

            SendResult result = clearing.send(message);

            assertThat(clearing.sendLog().claims())
                    .singleElement()
                    .satisfies(claim -> assertThat(claim.asResult()).isEqualTo(result));
            assertThat(clearing.decisions().decisionsOn(message.id()))
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.isCleared()).isTrue());
        }
    }

    @Nested
    class WhenThePersonWithdrew {
        @Test
        void refuses_every_purpose() {
            clearing.withdraws(PHONE);

            assertThat(Stream.of(Purpose.AUTHENTICATION, Purpose.TRANSACTIONAL, Purpose.SERVICE, Purpose.NEWS)
                            .map(purpose -> reasons(clearing.send(message(purpose)))))
                    .allMatch(reasons -> reasons.contains(Refusal.Reason.OPTED_OUT));
        }

        @Test
        void is_not_reopened_by_the_next_send() {
            clearing.send(message(Purpose.NEWS));
            clearing.withdraws(PHONE);
            clock.advance(Duration.ofDays(1));

            SendResult result = clearing.send(message(Purpose.NEWS));

            assertThat(reasons(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void names_what_was_on_its_way() {
            Message message = message(Purpose.NEWS);
            Recorded[] recorded = new Recorded[1];
            transport.onDelivery(delivery -> recorded[0] = clearing.withdraws(PHONE));

            clearing.send(message);

            assertThat(recorded[0].inFlight())
                    .extracting(claim -> claim.message())
                    .containsExactly(message.id());
        }
    }

    @Nested
    class WhenThePersonWrote {
        @Test
        void knows_when() {
            clearing.hears(PHONE);

            assertThat(clearing.conversations()
                            .read(SENDER, Recipient.of(PHONE).identity())
                            .heardAt())
                    .contains(clock.instant());
        }
    }
}
