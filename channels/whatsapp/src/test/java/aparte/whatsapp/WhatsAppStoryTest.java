package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.WebhookDelivery;
import aparte.simulator.WhatsAppMessage;
import aparte.simulator.WhatsAppPerson;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class WhatsAppStoryTest extends ChannelStoryContract {
    private static final Address ANA = Address.phone("+33639980001");
    private static final String SEND = "/messages";

    private final Simulator simulator = Simulator.start();
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA.value());
    private HttpServer server;

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
    }

    @Override
    protected Transport transport(boolean strict) {
        WhatsAppTransport.Builder builder = WhatsAppTransport.builder(
                        simulator.whatsApp().number().id(), simulator.whatsApp().settings()::accessToken)
                .baseUri(simulator.baseUri())
                .http(HttpSettings.builder().waiting(wait -> {}).build());
        return (strict ? builder.strict() : builder).build();
    }

    @Override
    protected WebhookReader reader() {
        return WhatsAppWebhooks.builder(
                        simulator.whatsApp().settings().appSecret(),
                        simulator.whatsApp().settings().verifyToken())
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
        assertThat(simulator.whatsApp().subscribe(callback).accepted()).isTrue();
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
        return ANA;
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
        List<WhatsAppMessage> screen = ana.screen();
        ana.taps(screen.get(screen.size() - 1).id(), title);
        return true;
    }

    @Override
    protected List<String> screen() {
        return ana.screen().stream()
                .filter(message -> !message.fromPerson())
                .map(message -> message.text() + leaves(message.content()))
                .toList();
    }

    /** What the request held: all of it is on the phone but ids. */
    private static String leaves(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return String.join(
                    "\n", map.values().stream().map(WhatsAppStoryTest::leaves).toList());
        }
        if (tree instanceof List<?> list) {
            return String.join(
                    "\n", list.stream().map(WhatsAppStoryTest::leaves).toList());
        }
        return String.valueOf(tree);
    }
}
