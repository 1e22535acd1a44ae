package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.Reading;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingDecisionLog;
import aparte.testkit.RecordingTransport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consent follows a person who moved, on a ledger in a database. */
class MovedPersonTest {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "111");
    private static final Address OLD = Address.phone("+33639980001");
    private static final Address NEW = Address.phone("+33639980077");
    private static final Address USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.1");
    private static final Address NEW_USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.2");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant MOVED = NOON.minusSeconds(3_600);

    private List<InboundEvent> next = List.of();

    private final class Script implements WebhookReader {
        @Override
        public ChannelId channel() {
            return ChannelId.WHATSAPP;
        }

        @Override
        public Reading read(WebhookRequest request) {
            return new Reading(next);
        }
    }

    private static InboundEvent moved(String id, Address former, Address now) {
        return new InboundEvent.AddressChanged(
                new InboundEvent.Source(id, SENDER, Identity.of(now), MOVED), Identity.of(former));
    }

    private static InboundEvent text(String id, Instant at, String body, Address... from) {
        return new InboundEvent.MessageReceived(
                new InboundEvent.Source(id, SENDER, Identity.of(from), at), id, Content.text(body), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"SQLITE", "H2"})
    void stays_open_for_the_person_and_closes_with_them(TestDatabase database) {
        MutableClock clock = MutableClock.at(NOON);
        ConsentGate gate = ConsentGate.builder(
                        new Controller("lumiere", "Éditions Lumière"),
                        Storages.over(database.create()).ledger())
                .transport(RecordingTransport.builder(SENDER)
                        .reaches(Address.Kind.PHONE, Address.Kind.WHATSAPP_USER)
                        .build())
                .conversations(new InMemoryConversations())
                .sendLog(new InMemorySendLog())
                .decisions(new RecordingDecisionLog())
                .clock(clock)
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint("events", new Script())
                .journal(new InMemoryInboxJournal())
                .build();
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(OLD), Scope.of(Purpose.NEWS), ConsentEntry.Method.CHECKBOX, "form")
                        .effectiveAt(MOVED.minusSeconds(900))
                        .build());

        receive(inbox, text("m0", MOVED.minusSeconds(800), "Bonjour", OLD, USER));
        receive(inbox, moved("s1", OLD, NEW));
        receive(inbox, moved("s2", USER, NEW_USER));

        assertThat(news(gate, NEW)).isInstanceOf(SendResult.Accepted.class);
        assertThat(news(gate, NEW_USER)).isInstanceOf(SendResult.Accepted.class);
        assertThat(refusals(news(gate, OLD))).containsExactly(Refusal.Reason.NO_CONSENT);

        receive(inbox, text("m1", MOVED.minusSeconds(9), "STOP", OLD));

        assertThat(refusals(news(gate, NEW))).containsExactly(Refusal.Reason.OPTED_OUT);
        assertThat(refusals(news(gate, NEW_USER))).containsExactly(Refusal.Reason.OPTED_OUT);
    }

    private void receive(Inbox inbox, InboundEvent event) {
        next = List.of(event);
        WebhookRequest request = new WebhookRequest("POST", Map.of(), Map.of(), new byte[] {'{', '}'});
        assertThat(inbox.receive("events", request).status()).isEqualTo(200);
    }

    private static SendResult news(ConsentGate gate, Address to) {
        return gate.send(Message.of(Recipient.of(to), Purpose.NEWS, Content.text("x")));
    }

    private static List<Refusal.Reason> refusals(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }
}
