package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ViberStoryTest extends ChannelStoryContract {
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final String SEND = "/send_message";

    private final Simulator simulator = Simulator.start();
    private final ViberPerson ana = simulator.viber().person(ANA.value());
    private final String bot = simulator.viber().settings().accountId();
    private HttpServer server;

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
    }

    @Override
    protected Transport transport(boolean strict) {
        ViberTransport.Builder builder = ViberTransport.builder(bot, this::token, "Tea House")
                .baseUri(simulator.baseUri().resolve("/pa"))
                .http(HttpSettings.builder().waiting(wait -> {}).build());
        return (strict ? builder.strict() : builder).build();
    }

    @Override
    protected WebhookReader reader() {
        return ViberWebhooks.builder(bot, this::token).clock(simulator.clock()).build();
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
        simulator.viber().webhookTo(callback);
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

    private String token() {
        return simulator.viber().settings().authToken();
    }

    @Override
    protected boolean taps(String title) {
        ana.tapsButton(title);
        return true;
    }

    @Override
    protected List<String> screen() {
        return ana.screen().stream()
                .filter(message -> !message.fromPerson())
                .map(ViberStoryTest::words)
                .toList();
    }

    private static String words(ViberMessage message) {
        List<String> words = new ArrayList<>();
        words.add(message.text());
        message.media().ifPresent(words::add);
        words.addAll(message.details().values());
        message.keyboard().forEach(button -> words.add(button.text()));
        message.cards().forEach(card -> card.forEach(button -> words.add(button.text())));
        return String.join("\n", words);
    }
}
