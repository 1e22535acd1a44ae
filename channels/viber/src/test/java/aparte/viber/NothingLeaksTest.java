package aparte.viber;

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
import aparte.simulator.ViberSettings;
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
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs a whole conversation with its mishaps and looks for secrets in all that was printed, logged, thrown or shown. */
@Isolated("takes System.out and the root logger")
class NothingLeaksTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";
    private static final String BEA = "aFpRcm5ueDNaM2RiTHVQZw==";
    private static final String TOKEN = "5111-token-never-shown";
    private static final String OUTBOUND = "Le gateau au citron est au four";
    private static final String INBOUND = "Ma carte est perdue depuis hier";
    private static final String PASSWORD = "password-never-shown";
    private static final String HOOK = "hook-path-never-shown";

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
        assertThat(body(INBOUND)).contains(INBOUND, ANA);
    }

    @Test
    void shows_no_id_no_token_and_no_text() {
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
                .contains("OptOutSignal", "StatusChanged", "ViberAccountException")
                .contains("ViberUser[", "Online[]", "ViberBilling[", "ViberPaymentTap[", "Payment[GOOGLE_PAY")
                .doesNotContain(ANA, BEA, TOKEN, OUTBOUND, INBOUND, HOOK, PASSWORD, "Ana Pr\u00e9vost");
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
        ViberSettings settings =
                ViberSettings.builder().authToken(TOKEN).payments().build();
        ViberWebhooks reader = ViberWebhooks.builder("pa:1", () -> TOKEN).build();
        Clearing clearing;
        Inbox inbox;
        try (Simulator simulator = Simulator.builder().viber(settings).start()) {
            HttpSettings http = HttpSettings.builder()
                    .waiting(duration -> {})
                    .callTimeout(Duration.ofSeconds(2))
                    .build();
            URI base = simulator.baseUri().resolve("/pa");
            ViberTransport transport = ViberTransport.builder("pa:1", () -> TOKEN, "Maison Lumen")
                    .baseUri(base)
                    .avatar(URI.create("https://cdn.example/" + HOOK))
                    .billing(this::show)
                    .http(http)
                    .build();
            ViberAccount account =
                    ViberAccount.builder(() -> TOKEN).baseUri(base).http(http).build();
            clearing = Clearing.of(watched(transport));
            inbox = Inbox.builder(clearing.gate())
                    .endpoint("viber", reader)
                    .listener(event -> {
                        show(event);
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .journal(new InMemoryInboxJournal())
                    .build();
            show(transport);
            show(reader);
            show(account);
            setUp(simulator, account);
            askAbout(simulator, account);
            simulator.viber().person(ANA).writes(INBOUND);
            hear(inbox, reader, body(INBOUND));
            send(clearing, Content.text(OUTBOUND));
            send(clearing, Content.image(Media.bytes(new byte[] {1}, "image/png"), OUTBOUND));
            send(clearing, Content.text(OUTBOUND.repeat(300)));
            send(clearing, payment());
            simulator.viber().person(ANA).pays();
            send(
                    clearing,
                    new ViberContent.Picture(
                            Media.link(URI.create("https://cdn.example/a.jpg")),
                            Optional.of(OUTBOUND),
                            Optional.of(URI.create("http://127.0.0.1/" + HOOK))));
            send(
                    clearing,
                    new ViberContent.KeyboardMessage(
                            Content.text(OUTBOUND),
                            ViberKeyboard.of(ViberButton.reply(OUTBOUND).text(OUTBOUND))
                                    .favorite(ViberFavorite.link(URI.create("https://cdn.example/" + HOOK))
                                            .title(OUTBOUND))));
            sendToBoth(clearing);
            simulator.failNext(
                    "/send_message",
                    Fault.hangUp(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.expiredToken(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/" + HOOK)),
                    Fault.slowAnswer(Duration.ofSeconds(8)),
                    Fault.status(
                            200,
                            "application/json",
                            "{\"status\":3,\"status_message\":\"" + ANA + " " + OUTBOUND + "\"}"));
            for (int i = 0; i < 7; i++) {
                send(clearing, Content.text(OUTBOUND));
            }
            simulator.viber().refuseAll(7);
            callInVain(account);
        }
        send(clearing, Content.text(OUTBOUND));
        hear(inbox, reader, Examples.text("delivered"));
        hear(inbox, reader, Examples.text("failed"));
        hear(inbox, reader, Examples.text("conversation-started"));
        hear(inbox, reader, Examples.text("subscribed"));
        hear(inbox, reader, Examples.text("unsubscribed"));
        hear(inbox, reader, Examples.text("client-status"));
        hear(inbox, reader, body("STOP"));
        hear(inbox, reader, "{\"broken\":\"" + INBOUND);
        hear(inbox, reader, body(INBOUND).replace("\"text\"", "\"hologram\""));
    }

    private void setUp(Simulator simulator, ViberAccount account) {
        ViberWebhook webhook = ViberWebhook.builder(URI.create("http://127.0.0.1:9/" + HOOK))
                .withNames()
                .build();
        show(webhook);
        try {
            account.setWebhook(webhook);
        } catch (IOException nobodyThere) {
            showThrown(nobodyThere);
        }
        simulator.viber().webhookTo(URI.create("http://127.0.0.1:9/" + HOOK));
        try {
            show(account.info());
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static Content payment() {
        return new ViberContent.Payment(
                ViberContent.Payment.App.GOOGLE_PAY,
                Optional.of(OUTBOUND),
                1_990,
                "UAH",
                ViberPaymentGateway.portmone(
                        "m", URI.create("https://pay.example/" + HOOK), "login", PASSWORD, "payee"));
    }

    /** The third time Viber is not asked any more. */
    private void askAbout(Simulator simulator, ViberAccount account) {
        simulator.viber().person(ANA).named("Ana Pr\u00e9vost").subscribes();
        Address ana = Address.of(Address.Kind.VIBER_USER, ANA);
        for (int i = 0; i < 3; i++) {
            try {
                show(account.details(ana));
                show(account.presence(List.of(ana)));
            } catch (IOException tooOften) {
                showThrown(tooOften);
            }
        }
        try {
            show(account.details(Address.of(Address.Kind.VIBER_USER, BEA)));
        } catch (IOException unknown) {
            showThrown(unknown);
        }
    }

    private void callInVain(ViberAccount account) {
        try {
            account.removeWebhook();
        } catch (IOException blocked) {
            showThrown(blocked);
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

            @Override
            public int receiversPerRequest(Content content) {
                return transport.receiversPerRequest(content);
            }
        };
    }

    private static String body(String text) {
        return Examples.text("in-text")
                .replaceAll("\"text\": \"O[^\"]*\"", "\"text\": \"" + text + "\"")
                .replaceAll("\"message_token\": [0-9]+", "\"message_token\": " + text.length());
    }

    private void send(Clearing clearing, Content content) {
        Address ana = Address.of(Address.Kind.VIBER_USER, ANA);
        clearing.hears(ana);
        Message message = Message.of(Recipient.of(ana), Purpose.SERVICE, content);
        show(message);
        show(content);
        SendResult result = clearing.send(message);
        show(result);
        clearing.sendLog().claims().forEach(this::show);
        clearing.decisions().decisions().forEach(this::show);
    }

    private void sendToBoth(Clearing clearing) {
        List<Message> messages = List.of(ANA, BEA).stream()
                .map(id -> Message.of(
                        Recipient.of(Address.of(Address.Kind.VIBER_USER, id)), Purpose.NEWS, Content.text(OUTBOUND)))
                .toList();
        clearing.sendAll(messages).forEach(this::show);
    }

    private void hear(Inbox inbox, ViberWebhooks reader, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = HmacSha256.of(TOKEN).hex(bytes);
        WebhookRequest request = Examples.post(bytes, signature);
        show(request);
        show(inbox.receive("viber", request));
        try {
            Reading reading = reader.read(request);
            reading.events().forEach(this::show);
            reading.events().stream().map(InboundEvent::key).forEach(this::show);
            reading.events().stream()
                    .flatMap(event -> ViberPaymentTap.of(event).stream())
                    .forEach(this::show);
            reader.read(Examples.post(bytes, signature.substring(1) + "0"));
        } catch (SignatureException wrong) {
            showThrown(wrong);
        }
    }
}
