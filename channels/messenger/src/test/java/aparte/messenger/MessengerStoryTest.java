package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import aparte.simulator.Fault;
import aparte.simulator.MessengerMessage;
import aparte.simulator.MessengerPerson;
import aparte.simulator.ReceivedRequest;
import aparte.simulator.Simulator;
import aparte.simulator.WebhookDelivery;
import aparte.testkit.ChannelStoryContract;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MessengerStoryTest extends ChannelStoryContract {
    private static final String SEND = "/messages";

    private final Simulator simulator = Simulator.start();
    private final String page = simulator.messenger().settings().pageId();
    private final Address address = new Address(Address.Kind.MESSENGER_PSID, "24680001357924680", page);
    private final MessengerPerson ana = simulator.messenger().person(address.value());
    private HttpServer server;

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
    }

    @Override
    protected Transport transport(boolean strict) {
        MessengerTransport.Builder builder = MessengerTransport.builder(
                        page, simulator.messenger().settings()::accessToken)
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .http(HttpSettings.builder().waiting(wait -> {}).build());
        return (strict ? builder.strict() : builder).build();
    }

    @Override
    protected WebhookReader reader() {
        return MessengerWebhooks.builder(
                        simulator.messenger().settings().appSecret(),
                        simulator.messenger().settings().verifyToken())
                .clock(simulator.clock())
                .build();
    }

    @Override
    protected void connect(Inbox inbox) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/hook", WebhookHandler.of(inbox, ENDPOINT));
        server.start();
        URI callback = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        assertThat(simulator.messenger().subscribe(callback).accepted()).isTrue();
    }

    @Override
    protected Clock clock() {
        return simulator.clock();
    }

    @Override
    protected void pass(Duration time) {
        simulator.advance(time);
    }

    @Override
    protected Address person() {
        return address;
    }

    @Override
    protected void writes(String text) {
        ana.writes(text);
    }

    @Override
    protected void deliver() {
        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
    }

    @Override
    protected int requests() {
        return (int) simulator.requests().stream()
                .filter(request -> request.path().endsWith(SEND))
                .count();
    }

    @Override
    protected void loseNextAnswer() {
        simulator.failNext(SEND, Fault.hangUp().afterTaking());
    }

    @Override
    protected boolean taps(String title) {
        List<MessengerMessage> screen = ana.screen();
        ana.tapsOn(screen.get(screen.size() - 1).id(), title);
        return true;
    }

    /** A message shows what its request held, but for ids. */
    @Override
    protected List<String> screen() {
        List<ReceivedRequest> taken = simulator.requests().stream()
                .filter(request -> request.path().endsWith(SEND))
                .toList();
        List<MessengerMessage> shown =
                ana.screen().stream().filter(message -> !message.fromPerson()).toList();
        assertThat(shown).hasSameSizeAs(taken);
        return taken.stream().map(ReceivedRequest::text).toList();
    }
}
