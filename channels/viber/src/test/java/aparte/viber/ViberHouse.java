package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.LegalBasis;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Inbox;
import aparte.consent.SendLog;
import aparte.consent.Transport;
import aparte.consent.WebhookResponse;
import aparte.simulator.Simulator;
import aparte.simulator.ViberPerson;
import aparte.simulator.ViberSettings;
import aparte.simulator.WebhookDelivery;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.RecordingDecisionLog;
import aparte.testkit.RecordingListener;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A bot as a host would have it: a real gate, an inbox behind a web server, and the simulated Viber around it. */
final class ViberHouse implements AutoCloseable {
    final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC))
            .viber(ViberSettings.builder().payments().build())
            .start();
    final InMemoryConsentLedger ledger = new InMemoryConsentLedger(simulator.clock());
    final InMemorySendLog sendLog = new InMemorySendLog();
    final RecordingListener heard = new RecordingListener();
    final List<Duration> waits = new ArrayList<>();
    final List<ViberBilling> billed = new ArrayList<>();
    final ViberTransport transport;
    final ViberAccount account;
    final ConsentGate gate;

    private final String bot = simulator.viber().settings().accountId();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Inbox inbox;
    private final HttpServer server;

    /** A house, and other transports of its gate. */
    ViberHouse(Transport... others) {
        HttpSettings http = HttpSettings.builder()
                .waiting(waits::add)
                .callTimeout(Duration.ofSeconds(2))
                .build();
        transport = ViberTransport.builder(bot, this::token, "Maison Lumen")
                .baseUri(simulator.baseUri().resolve("/pa"))
                .billing(billed::add)
                .http(http)
                .build();
        account = ViberAccount.builder(this::token)
                .baseUri(simulator.baseUri().resolve("/pa"))
                .clock(simulator.clock())
                .http(http)
                .build();
        ConsentGate.Builder builder = ConsentGate.builder(new Controller("shop", "Shop"), ledger)
                .transport(transport)
                .conversations(new InMemoryConversations())
                .sendLog(sendLog)
                .decisions(new RecordingDecisionLog())
                .policies(ConsentPolicies.none())
                .clock(simulator.clock());
        for (Transport other : others) {
            builder.transport(other);
        }
        gate = builder.build();
        inbox = Inbox.builder(gate)
                .endpoint(
                        "viber",
                        ViberWebhooks.builder(bot, this::token)
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .welcome(event -> Optional.of(Content.text("Bienvenue, par " + event.context() + ".")))
                .build();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/viber", WebhookHandler.of(inbox, "viber"));
            server.start();
            account.setWebhook(ViberWebhook.builder(endpoint()).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    String token() {
        return simulator.viber().settings().authToken();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/viber");
    }

    static Address address(String id) {
        return Address.of(Address.Kind.VIBER_USER, id);
    }

    ViberPerson person(Address address) {
        return simulator.viber().person(address.value());
    }

    /** Lets all callbacks that wait be heard. */
    void deliver() {
        List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
        assertThat(deliveries).allMatch(WebhookDelivery::acknowledged);
    }

    void writes(Address person, String text) {
        person(person).writes(text);
        deliver();
    }

    /** A callback that a test writes itself, signed. */
    WebhookResponse receive(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return inbox.receive("viber", Examples.post(bytes, simulator.viber().signature(bytes)));
    }

    /** A callback that somebody else signed. */
    WebhookResponse receiveForged(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String right = simulator.viber().signature(bytes);
        return inbox.receive(
                "viber", Examples.post(bytes, new StringBuilder(right).reverse().toString()));
    }

    void agreesToNews(Address person) {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(person), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    void hasAContract(Address person) {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(person),
                                Scope.of(Purpose.AUTHENTICATION, Purpose.TRANSACTIONAL),
                                ConsentEntry.Method.API,
                                "test:contract")
                        .basis(LegalBasis.CONTRACT)
                        .build());
    }

    void withdraws(Address person) {
        gate.desk()
                .record(ConsentEntry.withdrawn(
                                Identity.of(person), Scope.promotional(), ConsentEntry.Method.VERBAL, "test:call")
                        .build());
    }

    void aSecondPasses() {
        simulator.advance(Duration.ofSeconds(1));
    }

    SendResult send(Address to, Purpose purpose, Content content) {
        return gate.send(Message.of(Recipient.of(to), purpose, content));
    }

    SendResult news(Address to) {
        return send(to, Purpose.NEWS, Content.text("Le journal du matin"));
    }

    SendResult service(Address to) {
        return send(to, Purpose.SERVICE, Content.text("Bonjour Ana"));
    }

    long posts(String pathEnd) {
        return simulator.requests().stream()
                .filter(request -> request.path().endsWith(pathEnd))
                .count();
    }

    SendResult known(MessageId id) {
        return sendLog.find(SendLog.Wanted.byMessage(id)).get(0).asResult();
    }

    <E extends InboundEvent> List<E> heard(Class<E> type) {
        return heard.events(type);
    }

    static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    /** Why a message was refused; empty if it was not. */
    static List<Refusal.Reason> reasonsOf(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }
}
