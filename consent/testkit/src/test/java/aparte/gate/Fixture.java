package aparte.gate;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Lane;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingDecisionLog;
import aparte.testkit.RecordingTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A brand, a channel, and Ana. */
final class Fixture {
    static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "111");
    static final SenderId OTHER = new SenderId(ChannelId.VIBER, "222");
    static final Address PHONE = Address.phone("+33639980001");
    static final Recipient ANA = Recipient.of(PHONE);
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Content TEXT = Content.text("The new issue is out.");

    final MutableClock clock = MutableClock.at(NOON);
    final InMemoryConsentLedger ledger = new InMemoryConsentLedger(clock);
    final InMemoryConversations conversations = new InMemoryConversations();
    final InMemorySendLog sendLog = new InMemorySendLog();
    final RecordingDecisionLog decisions = new RecordingDecisionLog();
    final RecordingTransport transport = RecordingTransport.of(SENDER);
    final ConsentGate gate = gate(ledger, transport).build();

    ConsentGate.Builder gate(ConsentLedger truth, RecordingTransport... transports) {
        ConsentGate.Builder builder = ConsentGate.builder(new Controller("lumiere", "Éditions Lumière"), truth)
                .conversations(conversations)
                .sendLog(sendLog)
                .decisions(decisions)
                .clock(clock);
        List.of(transports).forEach(builder::transport);
        return builder;
    }

    static ConsentEntry.Builder granted(Purpose... purposes) {
        return ConsentEntry.granted(
                ANA.identity(), Scope.of(purposes), ConsentEntry.Method.CHECKBOX, "https://lumiere.example/form");
    }

    static ConsentEntry.Builder contract(Purpose... purposes) {
        return granted(purposes).basis(LegalBasis.CONTRACT);
    }

    static ConsentEntry.Builder stop() {
        Scope scope = Scope.promotional().and(Scope.unsolicited().purposes().toArray(Purpose[]::new));
        return ConsentEntry.withdrawn(ANA.identity(), scope, ConsentEntry.Method.REPLY_KEYWORD, "wamid.STOP");
    }

    static Message news() {
        return Message.of(ANA, Purpose.NEWS, TEXT);
    }

    static Message message(Purpose purpose) {
        return Message.of(ANA, purpose, TEXT);
    }

    static Lane window(Duration length) {
        return new Lane("window", Set.of(Purpose.values()), Lane.Needs.openConversation(length), false);
    }

    static List<Refusal.Reason> reasons(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }
}
