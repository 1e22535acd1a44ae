package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Inbox;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.SignatureException;
import aparte.consent.Transport;
import aparte.consent.WebhookRequest;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberBusinessSettings;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs a whole conversation with its mishaps and looks for secrets in all that was printed, logged, thrown or shown. */
@Isolated("takes System.out and the root logger")
class ViberBusinessLeaksTest {
    private static final String ANA = "33639980001";
    private static final String API_SECRET = "api-secret-never-shown";
    private static final String OUTBOUND = "Le gateau au citron est au four";
    private static final String INBOUND = "mon colis";

    private final StringBuilder shown = new StringBuilder();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> logged = new ArrayList<>();

    private void show(Object value) {
        shown.append(value).append('\n');
    }

    private void showThrown(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        shown.append(trace).append('\n');
    }

    @Test
    void shows_no_number_no_secret_and_no_text() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        Handler handler = recording();
        PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            converse();
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.removeHandler(handler);
            root.setLevel(level);
        }

        String everything = shown + printed.toString(StandardCharsets.UTF_8) + String.join("\n", logged);
        assertThat(everything)
                .contains("Accepted", "Unconfirmed", "Failed", "Refused", "MessageReceived", "its answer was lost")
                .contains("StatusChanged", "does not fit the body", "is not signed with")
                .doesNotContain(
                        ANA,
                        API_SECRET,
                        BusinessExamples.SECRET,
                        OUTBOUND,
                        INBOUND,
                        "shop.example",
                        "cdn.example/lamp");
    }

    private Handler recording() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                // The JDK's server and client, which the simulator runs on, log requests at their finest levels.
                if (!line.getLoggerName().startsWith("com.sun.")
                        && !line.getLoggerName().startsWith("sun.")
                        && !line.getLoggerName().startsWith("jdk.")) {
                    logged.add(line.getLoggerName() + " " + line.getMessage() + " " + line.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private void converse() {
        ViberBusinessSettings settings = ViberBusinessSettings.builder()
                .account("a1b2c3d4", API_SECRET)
                .signatureSecret(BusinessExamples.SECRET)
                .build();
        ViberBusinessWebhooks reader =
                ViberBusinessWebhooks.builder(() -> BusinessExamples.SECRET).build();
        try (Simulator simulator = Simulator.builder().viberBusiness(settings).start()) {
            ViberBusinessTransport transport = ViberBusinessTransport.builder("20001", () -> "a1b2c3d4:" + API_SECRET)
                    .basic()
                    .baseUri(simulator.baseUri())
                    .http(HttpSettings.builder()
                            .waiting(duration -> {})
                            .callTimeout(Duration.ofSeconds(2))
                            .build())
                    .build();
            show(transport);
            show(reader);
            show(settings);
            show(simulator.viberBusiness());
            Clearing clearing = Clearing.of(watched(transport));
            Inbox inbox = Inbox.builder(clearing.gate())
                    .endpoint("vonage", reader)
                    .listener(event -> {
                        show(event);
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .journal(new InMemoryInboxJournal())
                    .build();
            simulator.viberBusiness().person("+" + ANA).writes(OUTBOUND);
            show(simulator.viberBusiness().person("+" + ANA).screen());
            Media lamp = Media.link(URI.create("https://cdn.example/lamp.jpg"));
            send(clearing, Content.text(OUTBOUND));
            send(clearing, Content.text(OUTBOUND.repeat(300)));
            send(clearing, new ViberBusinessContent.ImageButton(lamp, OUTBOUND, URI.create("https://shop.example/y")));
            send(clearing, new ViberBusinessContent.TemplateText(OUTBOUND));
            simulator.failNext(
                    "/v1/messages",
                    Fault.hangUp(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.expiredToken(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/" + OUTBOUND.replace(' ', '-'))),
                    Fault.status(
                            422,
                            "application/problem+json",
                            "{\"type\":\"x#1240\",\"detail\":\"" + ANA + " " + OUTBOUND + "\"}"));
            for (int i = 0; i < 6; i++) {
                send(clearing, Content.text(OUTBOUND));
            }
            for (String name : List.of(
                    "submitted",
                    "delivered",
                    "read",
                    "rejected",
                    "undeliverable",
                    "teleported",
                    "in-text",
                    "in-image",
                    "in-hologram")) {
                hear(inbox, reader, Examples.text("bm-" + name));
            }
            hear(inbox, reader, Examples.text("bm-in-text").replace("O\u00f9 est mon colis ?", "STOP"));
            hear(inbox, reader, "{\"broken\":\"" + INBOUND);
        }
    }

    /** Shows what the transport throws, which the gate keeps to itself. */
    private Transport watched(Transport transport) {
        return new Transport() {
            @Override
            public SenderId sender() {
                return transport.sender();
            }

            @Override
            public Plan plan(Draft draft) {
                Plan plan = transport.plan(draft);
                show(plan);
                return plan;
            }

            @Override
            public Outcome deliver(ClearedMessage cleared) throws IOException {
                try {
                    Outcome outcome = transport.deliver(cleared);
                    show(outcome);
                    return outcome;
                } catch (IOException thrown) {
                    showThrown(thrown);
                    throw thrown;
                }
            }
        };
    }

    private void send(Clearing clearing, Content content) {
        Address ana = Address.phone("+" + ANA);
        clearing.hears(ana);
        Message message = Message.builder(Recipient.of(ana), Purpose.SERVICE, content)
                .expiresAt(Instant.now().plusSeconds(3_600))
                .build();
        show(message);
        show(content);
        show(clearing.send(message));
        clearing.sendLog().claims().forEach(this::show);
        clearing.decisions().decisions().forEach(this::show);
    }

    private void hear(Inbox inbox, ViberBusinessWebhooks reader, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        WebhookRequest request = BusinessExamples.signed(body);
        show(request);
        show(inbox.receive("vonage", request));
        try {
            reader.read(request).events().forEach(event -> {
                show(event);
                show(event.key());
            });
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
        for (WebhookRequest forged : List.of(
                BusinessExamples.signed(bytes, "another-secret-of-another-account"),
                BusinessExamples.post(
                        (body + " ").getBytes(StandardCharsets.UTF_8),
                        request.header("Authorization").orElseThrow()))) {
            try {
                show(reader.read(forged));
            } catch (SignatureException wrong) {
                showThrown(wrong);
            }
        }
    }
}
