package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.channel.http.HttpSettings;
import aparte.consent.Inbox;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberBusinessSettings;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.Overheard;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs a whole conversation with its mishaps and looks for secrets in all that was printed, logged, thrown or shown. */
@Isolated("takes System.out and the root logger")
class ViberBusinessLeaksTest {
    private static final String ANA = "33639980001";
    private static final String API_SECRET = "api-secret-never-shown";
    private static final String OUTBOUND = "Le gateau au citron est au four";
    private static final String INBOUND = "mon colis";

    private final Overheard overheard = new Overheard();

    @Test
    void shows_no_number_no_secret_and_no_text() throws Exception {
        String everything = overheard.during(this::converse);

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
            overheard.show(transport);
            overheard.show(reader);
            overheard.show(settings);
            overheard.show(simulator.viberBusiness());
            Clearing clearing = Clearing.of(overheard.watched(transport));
            Inbox inbox = Inbox.builder(clearing.gate())
                    .endpoint("vonage", reader)
                    .listener(event -> {
                        overheard.show(event);
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .journal(new InMemoryInboxJournal())
                    .build();
            simulator.viberBusiness().person("+" + ANA).writes(OUTBOUND);
            overheard.show(simulator.viberBusiness().person("+" + ANA).screen());
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

    private void send(Clearing clearing, Content content) {
        Address ana = Address.phone("+" + ANA);
        clearing.hears(ana);
        Message message = Message.builder(Recipient.of(ana), Purpose.SERVICE, content)
                .expiresAt(Instant.now().plusSeconds(3_600))
                .build();
        overheard.show(message);
        overheard.show(content);
        overheard.show(clearing.send(message));
        clearing.sendLog().claims().forEach(overheard::show);
        clearing.decisions().decisions().forEach(overheard::show);
    }

    private void hear(Inbox inbox, ViberBusinessWebhooks reader, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        WebhookRequest request = BusinessExamples.signed(body);
        overheard.show(request);
        overheard.show(inbox.receive("vonage", request));
        try {
            reader.read(request).events().forEach(event -> {
                overheard.show(event);
                overheard.show(event.key());
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
                overheard.show(reader.read(forged));
            } catch (SignatureException wrong) {
                overheard.showThrown(wrong);
            }
        }
    }
}
