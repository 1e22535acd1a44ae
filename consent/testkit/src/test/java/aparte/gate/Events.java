package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.SENDER;

import aparte.ChannelId;
import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.Reading;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.InMemoryInboxJournal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An inbox that is handed events instead of webhooks, in French and English. */
final class Events implements WebhookReader {
    private final Inbox inbox;
    private List<InboundEvent> next = List.of();

    Events(ConsentGate gate) {
        this(gate, builder -> builder);
    }

    Events(ConsentGate gate, UnaryOperator<Inbox.Builder> more) {
        this.inbox = more.apply(Inbox.builder(gate)
                        .endpoint("events", this)
                        .languages(SENDER, Locale.FRENCH)
                        .journal(new InMemoryInboxJournal()))
                .build();
    }

    /** Hands these events over as one webhook, and returns the status of the answer. */
    int receive(InboundEvent... events) {
        next = List.of(events);
        return inbox.receive("events", new WebhookRequest("POST", Map.of(), Map.of(), new byte[] {'{', '}'}))
                .status();
    }

    static InboundEvent text(String id, Instant at, String body) {
        return text(id, at, body, SENDER, ANA.identity());
    }

    static InboundEvent text(String id, Instant at, String body, SenderId sender, Identity person) {
        return new InboundEvent.MessageReceived(
                new InboundEvent.Source(id, sender, person, at), id, Content.text(body), Optional.empty());
    }

    static InboundEvent quote(String id, Instant at, String body, String quoted) {
        return new InboundEvent.MessageReceived(
                new InboundEvent.Source(id, SENDER, ANA.identity(), at), id, Content.text(body), Optional.of(quoted));
    }

    static InboundEvent tap(String id, Instant at, String choice, String title, Optional<String> quoted) {
        return new InboundEvent.ChoiceMade(
                new InboundEvent.Source(id, SENDER, ANA.identity(), at), id, choice, title, quoted);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    @Override
    public Reading read(WebhookRequest request) {
        return new Reading(next);
    }
}
