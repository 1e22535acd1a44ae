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
import aparte.channel.http.HmacSha256;
import aparte.channel.http.HttpSettings;
import aparte.consent.Inbox;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberSettings;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.Overheard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final Overheard overheard = new Overheard();

    @Test
    void speaks_of_secrets_to_begin_with() {
        assertThat(body(INBOUND)).contains(INBOUND, ANA);
    }

    @Test
    void shows_no_id_no_token_and_no_text() throws Exception {
        String everything = overheard.during(this::converse);

        assertThat(everything)
                .contains("Accepted", "Unconfirmed", "Failed", "Refused", "MessageReceived", "its answer was lost")
                .contains("OptOutSignal", "StatusChanged", "ViberAccountException")
                .contains("ViberUser[", "Online[]", "ViberBilling[", "ViberPaymentTap[", "Payment[GOOGLE_PAY")
                .doesNotContain(ANA, BEA, TOKEN, OUTBOUND, INBOUND, HOOK, PASSWORD, "Ana Pr\u00e9vost");
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
                    .billing(overheard::show)
                    .http(http)
                    .build();
            ViberAccount account =
                    ViberAccount.builder(() -> TOKEN).baseUri(base).http(http).build();
            clearing = Clearing.of(overheard.watched(transport));
            inbox = Inbox.builder(clearing.gate())
                    .endpoint("viber", reader)
                    .listener(event -> {
                        overheard.show(event);
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .journal(new InMemoryInboxJournal())
                    .build();
            overheard.show(transport);
            overheard.show(reader);
            overheard.show(account);
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
        overheard.show(webhook);
        try {
            account.setWebhook(webhook);
        } catch (IOException nobodyThere) {
            overheard.showThrown(nobodyThere);
        }
        simulator.viber().webhookTo(URI.create("http://127.0.0.1:9/" + HOOK));
        try {
            overheard.show(account.info());
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
                overheard.show(account.details(ana));
                overheard.show(account.presence(List.of(ana)));
            } catch (IOException tooOften) {
                overheard.showThrown(tooOften);
            }
        }
        try {
            overheard.show(account.details(Address.of(Address.Kind.VIBER_USER, BEA)));
        } catch (IOException unknown) {
            overheard.showThrown(unknown);
        }
    }

    private void callInVain(ViberAccount account) {
        try {
            account.removeWebhook();
        } catch (IOException blocked) {
            overheard.showThrown(blocked);
        }
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
        overheard.show(message);
        overheard.show(content);
        SendResult result = clearing.send(message);
        overheard.show(result);
        clearing.sendLog().claims().forEach(overheard::show);
        clearing.decisions().decisions().forEach(overheard::show);
    }

    private void sendToBoth(Clearing clearing) {
        List<Message> messages = List.of(ANA, BEA).stream()
                .map(id -> Message.of(
                        Recipient.of(Address.of(Address.Kind.VIBER_USER, id)), Purpose.NEWS, Content.text(OUTBOUND)))
                .toList();
        clearing.sendAll(messages).forEach(overheard::show);
    }

    private void hear(Inbox inbox, ViberWebhooks reader, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = HmacSha256.of(TOKEN).hex(bytes);
        WebhookRequest request = Examples.post(bytes, signature);
        overheard.show(request);
        overheard.show(inbox.receive("viber", request));
        try {
            Reading reading = reader.read(request);
            reading.events().forEach(overheard::show);
            reading.events().stream().map(InboundEvent::key).forEach(overheard::show);
            reading.events().stream()
                    .flatMap(event -> ViberPaymentTap.of(event).stream())
                    .forEach(overheard::show);
            reader.read(Examples.post(bytes, signature.substring(1) + "0"));
        } catch (SignatureException wrong) {
            overheard.showThrown(wrong);
        }
    }
}
