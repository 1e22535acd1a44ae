package aparte.viber;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.WebhookReaderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ViberWebhooksContractTest extends WebhookReaderContract {
    @Override
    protected WebhookReader reader() {
        return ViberWebhooks.builder("pa:1", () -> Examples.TOKEN).build();
    }

    @Override
    protected WebhookRequest request(byte[] body, Signature signature) {
        return switch (signature) {
            case RIGHT -> Examples.post(body, HmacSha256.of(Examples.TOKEN).hex(body));
            case WRONG -> Examples.post(body, HmacSha256.of("another-token").hex(body));
            case MISSING -> new WebhookRequest("POST", Map.of(), Map.of("sig", "0".repeat(64)), body);
        };
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                sample("in-text", 2, "mon colis", "50.76891"),
                sample("in-text-tracked", 3, "il est l"),
                sample("in-text-bare", 2, "Juste un mot"),
                sample("in-picture", 2, "Voici la photo", "ana-1.jpg"),
                sample("in-video", 2, "ana-2.mp4"),
                sample("in-file", 2, "facture-ana.pdf"),
                sample("in-contact", 2, "Martin", "33639980002"),
                sample("in-location", 2, "48.8566"),
                sample("in-sticker", 2),
                sample("in-url", 2, "ana-wish"),
                sample("in-unknown-type", 4, "en relief"),
                sample("subscribed", 1, "ana-9917"),
                sample("unsubscribed", 1),
                sample("conversation-started", 1, "affiche-metro"),
                sample("delivered", 1),
                sample("seen", 1),
                sample("failed", 1, "keyboard of Ana"),
                sample("webhook", 0),
                sample("client-status", 1),
                sample("unheard-of", 1));
    }

    private static Sample sample(String name, int events, String... personal) {
        List<String> hidden = new ArrayList<>(List.of(personal));
        hidden.add("q2T0rUuJm3gkPnXbYw1ZcA==");
        hidden.add("Ana Pr");
        return new Sample(name, Examples.text(name), events, hidden);
    }
}
