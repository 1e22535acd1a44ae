package aparte.benchmarks;

import aparte.ChannelId;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.RecordingDecisionLog;
import aparte.whatsapp.WhatsAppTransport;
import java.io.IOException;
import java.net.URI;

/** The whole gated send: gate, ledger, send log and decision log in memory, WhatsApp's transport. */
final class GatedSend implements Sending {
    static final int PEOPLE = 10_000;
    private static final String ID = "100000000000001";
    static final String TOKEN = "EAAGm0PX4ZCpsBAKlongTokenOfAboutTheUsualLengthThatMetaHandsOut0123456789";

    private final SenderId sender = new SenderId(ChannelId.WHATSAPP, ID);
    private final InMemoryConsentLedger ledger = new InMemoryConsentLedger();
    private final Town town;
    private final WhatsAppTransport transport;
    private ConsentGate gate;

    /** A send as fast as it goes. */
    GatedSend(int people, int port) {
        this(people, WhatsAppTransport.builder(ID, () -> TOKEN).withoutLimits(), port);
    }

    /** A send at the pace of so many messages a second. */
    GatedSend(int people, int port, int perSecond) {
        this(people, WhatsAppTransport.builder(ID, () -> TOKEN).messagesPerSecond(perSecond), port);
    }

    private GatedSend(int people, WhatsAppTransport.Builder builder, int port) {
        this.town = Town.of(people, ledger, sender);
        this.transport = builder.baseUri(URI.create("http://127.0.0.1:" + port)).build();
        this.gate = newGate();
    }

    /** Starts with empty logs again, so that a long run measures no growing map. */
    void renew() {
        gate = newGate();
    }

    private ConsentGate newGate() {
        return town.gate(ledger, transport, new InMemorySendLog(), new RecordingDecisionLog());
    }

    @Override
    public String send(int number) throws IOException {
        SendResult result = gate.send(town.message(number));
        if (result instanceof SendResult.Accepted accepted) {
            return accepted.providerId();
        }
        throw new IOException("not sent: " + result);
    }
}
