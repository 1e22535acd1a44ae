package aparte.testkit;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Controller;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Recorded;
import aparte.consent.Transport;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How tests of a channel get cleared messages: a real gate over a ledger of the kit's own, in which everybody agreed until
 * they withdraw, and no policy objects.
 *
 * <p>It uses the public API only: what is refused here is refused everywhere. Nobody has an open conversation before
 * {@link #hears}. For tests only; it loses everything with the test. Thread-safe.
 */
public final class Clearing {
    private static final String SOURCE = "test:form";

    private final List<Transport> transports;
    private final Clock clock;
    private final WatchedLedger ledger;
    private final InMemoryConversations conversations = new InMemoryConversations();
    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final RecordingDecisionLog decisions = new RecordingDecisionLog();
    private final Set<Address> agreed = ConcurrentHashMap.newKeySet();
    private final ConsentGate gate;

    private Clearing(Clock clock, List<Transport> transports) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.transports = List.copyOf(transports);
        this.ledger = new WatchedLedger(new InMemoryConsentLedger(clock));
        ConsentGate.Builder builder = ConsentGate.builder(new Controller("clearing", "Clearing"), ledger)
                .conversations(conversations)
                .sendLog(sendLog)
                .decisions(decisions)
                .policies(ConsentPolicies.none())
                .clock(clock);
        this.transports.forEach(builder::transport);
        this.gate = builder.build();
    }

    /** Returns a clearing by the system's clock; of several transports the first that can carry a message does. */
    public static Clearing of(Transport... transports) {
        return of(Clock.systemUTC(), transports);
    }

    /** Returns a clearing by this clock; of several transports the first that can carry a message does. */
    public static Clearing of(Clock clock, Transport... transports) {
        return new Clearing(clock, List.of(transports));
    }

    /** Sends a message through the gate. The recipient agreed to everything, unless an address withdrew. */
    public SendResult send(Message message) {
        agrees(message.to().addresses().toArray(new Address[0]));
        return gate.send(message);
    }

    /** Sends messages through the gate at once. The recipients agreed to everything, unless an address withdrew. */
    public List<SendResult> sendAll(List<Message> messages) {
        for (Message message : messages) {
            agrees(message.to().addresses().toArray(new Address[0]));
        }
        return gate.sendAll(messages);
    }

    /** Records that these people agree to every purpose; once for each address, so that nobody who withdrew is reopened. */
    public void agrees(Address... addresses) {
        for (Address address : addresses) {
            if (agreed.add(address.keys().get(0))) {
                Identity person = Identity.of(address);
                gate.desk()
                        .record(ConsentEntry.granted(
                                        person,
                                        Scope.promotional().and(Purpose.SERVICE),
                                        ConsentEntry.Method.CHECKBOX,
                                        SOURCE)
                                .build());
                gate.desk()
                        .record(ConsentEntry.granted(
                                        person,
                                        Scope.of(Purpose.AUTHENTICATION, Purpose.TRANSACTIONAL),
                                        ConsentEntry.Method.API,
                                        SOURCE)
                                .basis(LegalBasis.CONTRACT)
                                .build());
            }
        }
    }

    /** Records at the desk that a person takes everything back, on every sender; nothing sent later reaches them. */
    public Recorded withdraws(Address address) {
        agrees(address);
        return gate.desk()
                .record(ConsentEntry.withdrawn(
                                Identity.of(address), Scope.everything(), ConsentEntry.Method.REPLY_KEYWORD, SOURCE)
                        .build());
    }

    /** Keeps that a person wrote to every sender now, which opens the platforms' windows. */
    public void hears(Address address) {
        for (Transport transport : transports) {
            conversations.heard(transport.sender(), Identity.of(address), clock.instant());
        }
    }

    /** Returns the gate. */
    public ConsentGate gate() {
        return gate;
    }

    /** Returns what was claimed and what became of it. */
    public InMemorySendLog sendLog() {
        return sendLog;
    }

    /** Returns every decision of the gate. */
    public RecordingDecisionLog decisions() {
        return decisions;
    }

    /** Returns the conversations that the gate reads. */
    public InMemoryConversations conversations() {
        return conversations;
    }

    WatchedLedger ledger() {
        return ledger;
    }

    @Override
    public String toString() {
        return "Clearing[" + gate.controller().id() + "]";
    }
}
