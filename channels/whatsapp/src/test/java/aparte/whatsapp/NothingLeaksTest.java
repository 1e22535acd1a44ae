package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.HttpSettings;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Inbox;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.Transport;
import aparte.consent.WebhookRequest;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.WhatsAppSettings;
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
class NothingLeaksTest {
    private static final String PHONE = "33639987654";
    private static final String TOKEN = "EAAG-token-never-shown";
    private static final String SECRET = "app-secret-never-shown";
    private static final String VERIFY = "verify-token-never-shown";
    private static final String OUTBOUND = "Le gateau au citron est au four";
    private static final String INBOUND = "Ma carte est perdue depuis hier";

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
    void speaks_of_secrets_to_begin_with() {
        assertThat(body(INBOUND)).contains(INBOUND, PHONE);
    }

    @Test
    void shows_no_number_no_token_and_no_text() {
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
                .doesNotContain(PHONE, TOKEN, SECRET, VERIFY, OUTBOUND, INBOUND);
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
        WhatsAppSettings settings = WhatsAppSettings.builder()
                .accessToken(TOKEN)
                .appSecret(SECRET)
                .verifyToken(VERIFY)
                .build();
        WhatsAppWebhooks reader = WhatsAppWebhooks.builder(SECRET, VERIFY).build();
        Clearing clearing;
        Inbox inbox;
        try (Simulator simulator = Simulator.builder().whatsApp(settings).start()) {
            WhatsAppTransport transport = WhatsAppTransport.builder("200000000000001", () -> TOKEN)
                    .baseUri(simulator.baseUri())
                    .appSecret(SECRET)
                    .http(HttpSettings.builder()
                            .waiting(duration -> {})
                            .callTimeout(Duration.ofSeconds(2))
                            .build())
                    .build();
            clearing = Clearing.of(watched(transport));
            inbox = Inbox.builder(clearing.gate())
                    .endpoint("whatsapp", reader)
                    .listener(event -> {
                        show(event);
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .journal(new InMemoryInboxJournal())
                    .build();
            show(transport);
            show(reader);
            show(settings);
            simulator.whatsApp().person("+" + PHONE).writes(INBOUND);
            hear(inbox, reader, body(INBOUND));
            send(clearing, Content.text(OUTBOUND));
            send(clearing, Content.image(Media.bytes(png(), "image/png"), OUTBOUND));
            send(clearing, Content.text(OUTBOUND.repeat(200)));
            simulator.failNext(
                    "/messages",
                    Fault.hangUp(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.expiredToken(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/" + PHONE)),
                    Fault.slowAnswer(Duration.ofSeconds(8)),
                    Fault.status(
                            400,
                            "application/json",
                            "{\"error\":{\"code\":131026,\"message\":\"" + PHONE + "\",\"fbtrace_id\":\"call " + PHONE
                                    + "\"}}"));
            for (int i = 0; i < 7; i++) {
                send(clearing, Content.text(OUTBOUND));
            }
        }
        send(clearing, Content.text(OUTBOUND));
        hear(inbox, reader, body("STOP"));
        hear(inbox, reader, "{\"broken\":\"" + INBOUND);
        hear(inbox, reader, body(INBOUND).replace("\"text\"", "\"hologram\""));
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

    private static byte[] png() {
        return new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
    }

    private static String body(String text) {
        return Examples.text("in-text")
                .replace("33639980001", PHONE)
                .replaceAll("\"body\": \"[^\"]*\"", "\"body\": \"" + text + "\"");
    }

    private void send(Clearing clearing, Content content) {
        Address ana = Address.phone("+" + PHONE);
        clearing.hears(ana);
        Message message = Message.of(Recipient.of(ana), Purpose.SERVICE, content);
        show(message);
        show(content);
        SendResult result = clearing.send(message);
        show(result);
        clearing.sendLog().claims().forEach(this::show);
        clearing.decisions().decisions().forEach(this::show);
    }

    private void hear(Inbox inbox, WhatsAppWebhooks reader, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = "sha256=" + HmacSha256.of(SECRET).hex(bytes);
        WebhookRequest request = Signed.post(bytes, signature);
        show(request);
        show(inbox.receive("whatsapp", request));
        try {
            Reading reading = reader.read(request);
            reading.events().forEach(this::show);
            reading.events().stream().map(InboundEvent::key).forEach(this::show);
            reader.read(Signed.post(bytes, signature.replace('a', 'b')));
        } catch (SignatureException wrong) {
            showThrown(wrong);
        }
    }
}
