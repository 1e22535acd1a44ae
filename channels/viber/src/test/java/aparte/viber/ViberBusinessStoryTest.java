package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberBusinessMessage;
import aparte.simulator.ViberBusinessPerson;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

class ViberBusinessStoryTest extends ChannelStoryContract {
    private static final Address ANA = Address.phone("+33639980001");
    private static final String SEND = "/v1/messages";

    private final Simulator simulator = Simulator.start();
    private final ViberBusinessPerson ana = simulator.viberBusiness().person(ANA.value());
    private HttpServer server;

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
    }

    @Override
    protected Transport transport(boolean strict) {
        ViberBusinessTransport.Builder builder = ViberBusinessTransport.builder("20001", this::keyAndSecret)
                .basic()
                .welcomedElsewhere()
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .http(HttpSettings.builder().waiting(wait -> {}).build());
        return (strict ? builder.strict() : builder).build();
    }

    private String keyAndSecret() {
        return simulator.viberBusiness().settings().apiKey() + ":"
                + simulator.viberBusiness().settings().apiSecret();
    }

    @Override
    protected WebhookReader reader() {
        return ViberBusinessWebhooks.builder(
                        () -> simulator.viberBusiness().settings().signatureSecret())
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
        simulator
                .viberBusiness()
                .webhookTo(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"));
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
                .filter(request -> request.path().equals(SEND))
                .count();
    }

    @Override
    protected void loseNextAnswer() {
        simulator.failNext(SEND, Fault.hangUp().afterTaking());
    }

    @Override
    protected List<String> screen() {
        return ana.screen().stream()
                .filter(message -> !message.fromPerson())
                .map(ViberBusinessStoryTest::words)
                .toList();
    }

    private static String words(ViberBusinessMessage message) {
        return String.join(
                "\n",
                Stream.of(Stream.of(message.text()), message.media().stream(), message.details().values().stream())
                        .flatMap(words -> words)
                        .toList());
    }

    @Override
    protected Map<Content, String> ownContents() {
        Media lamp = Media.link(URI.create("https://media.example.org/lamp.jpg"));
        return Map.of(
                new ViberBusinessContent.ImageButton(lamp, "See the lamp", URI.create("https://shop.example.org/lamp")),
                "See the lamp",
                new ViberBusinessContent.TemplateText("Your tea is there"),
                "Your tea is there",
                new ViberContent.Video(
                        Media.link(URI.create("https://media.example.org/lamp.mp4")),
                        1_000_000,
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(URI.create("https://media.example.org/lamp.png")),
                        Optional.of("A lamp")),
                "A lamp",
                new ViberContent.File(Media.link(URI.create("https://media.example.org/1.pdf")), 5_000, "prices.pdf"),
                "prices.pdf");
    }

    @Override
    protected Set<String> unsaid() {
        return Set.of("video");
    }
}
