package attack;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Transport;
import aparte.simulator.Simulator;
import aparte.simulator.WhatsAppNumber;
import aparte.simulator.WhatsAppPerson;
import aparte.simulator.WhatsAppSettings;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemorySendLog;
import aparte.whatsapp.WhatsAppTransport;
import java.util.function.UnaryOperator;

/**
 * Where every attack plays: a host with a true ledger and a real WhatsApp transport, the platform on loopback, and a person
 * who once wrote to both business numbers (so that the platform would take a message) but never agreed to anything.
 */
public final class Scene implements AutoCloseable {
    /** What is tried. */
    public interface Attack {
        /** Tries it; what it returns or throws is told. */
        Object tryOn(Scene scene) throws Throwable;
    }

    private static final String PHONE = "+33639980001";

    public final Simulator simulator;
    public final InMemoryConsentLedger ledger = new InMemoryConsentLedger();
    public final InMemoryConversations conversations = new InMemoryConversations();
    public final Recipient victim = Recipient.of(Address.phone(PHONE));
    public final WhatsAppTransport transport;
    public final WhatsAppTransport otherTransport;
    private final WhatsAppPerson phone;

    private Scene() {
        WhatsAppSettings settings = WhatsAppSettings.builder()
                .number(new WhatsAppNumber("100000000000001", "33180000001", "33"))
                .number(new WhatsAppNumber("100000000000002", "33180000002", "33"))
                .build();
        this.simulator = Simulator.builder().whatsApp(settings).start();
        this.transport = transport("100000000000001");
        this.otherTransport = transport("100000000000002");
        this.phone = simulator.whatsApp().person(PHONE);
        phone.with("100000000000001").writes("Bonjour");
        phone.with("100000000000002").writes("Bonjour");
        conversations.heard(transport.sender(), victim.identity(), simulator.now());
        conversations.heard(otherTransport.sender(), victim.identity(), simulator.now());
    }

    private WhatsAppTransport transport(String number) {
        return WhatsAppTransport.builder(number, () -> simulator.whatsApp().settings().accessToken())
                .baseUri(simulator.baseUri())
                .build();
    }

    /** Plays an attack and tells what came of it, in lines for the test to read. */
    public static void play(Attack attack) {
        try (Scene scene = new Scene()) {
            try {
                System.out.println("RETURNED " + attack.tryOn(scene));
            } catch (Throwable thrown) {
                for (Throwable one = thrown; one != null; one = one.getCause()) {
                    System.out.println("THREW " + one);
                }
            }
            System.out.println("REQUESTS " + scene.requests());
            System.out.println("ON THE PHONE " + scene.onThePhone());
        }
    }

    /** A gate over the true ledger. */
    public ConsentGate gate(UnaryOperator<Transport> decorator) {
        return ConsentGate.builder(new Controller("host", "Host"), ledger)
                .transport(decorator.apply(transport))
                .conversations(conversations)
                .sendLog(new InMemorySendLog())
                .policies(ConsentPolicies.none())
                .build();
    }

    /** A gate without a decorator. */
    public ConsentGate gate() {
        return gate(UnaryOperator.identity());
    }

    /** What the attacker wants the person to read. */
    public Message message() {
        return Message.of(victim, Purpose.MARKETING, Content.text("Buy now!"));
    }

    /** The person agrees, for attacks that begin with an honest clearance. */
    public void agree() {
        gate().desk()
                .record(ConsentEntry.granted(
                                victim.identity(), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    /** Sends and shortens what came of it to its class. */
    public String send(ConsentGate gate) {
        SendResult result = gate.send(message());
        return result.getClass().getSimpleName();
    }

    /** How many requests that carry messages reached the platform. */
    public long requests() {
        return simulator.requests().stream()
                .filter(request -> request.path().endsWith("/messages"))
                .count();
    }

    /** How many messages of the business the person has. */
    public long onThePhone() {
        return simulator.whatsApp().sent().stream()
                .filter(message -> !message.fromPerson())
                .count();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
