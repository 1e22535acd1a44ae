package aparte.whatsapp;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.WebhookReaderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class WhatsAppWebhooksContractTest extends WebhookReaderContract {
    @Override
    protected WebhookReader reader() {
        return WhatsAppWebhooks.builder(Signed.SECRET, "verify-me").build();
    }

    @Override
    protected WebhookRequest request(byte[] body, Signature signature) {
        return switch (signature) {
            case RIGHT -> Signed.post(body);
            case WRONG ->
                Signed.post(body, "sha256=" + HmacSha256.of("another secret").hex(body));
            case MISSING -> new WebhookRequest("POST", Map.of(), Map.of(), body);
        };
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                sample("in-text", 1, "mon colis"),
                sample("in-text-from-ad", 1, "depuis la pub"),
                sample("in-image", 1, "Voici la photo"),
                sample("in-document", 1, "Ma facture", "facture.pdf"),
                sample("in-location", 1, "48.8566", "Chez Ana"),
                sample("in-contact", 1, "Martin", "bea@example.org", "39 98 00 02"),
                sample("in-reaction", 1, "\u2764"),
                sample("in-template-button", 1, "sinscrire"),
                sample("in-list-reply", 1, "Mardi matin"),
                sample("in-unsupported", 1, "poll"),
                sample("in-hidden-phone", 1, "visible"),
                sample("statuses", 5, "FR.134912"),
                sample("status-failed", 1, "call "),
                sample("preference-stop", 1, "requested"),
                sample("template-status", 1, "promo"),
                sample("mixed", 6, "premier mot", "autre compte"));
    }

    private static Sample sample(String name, int events, String... personal) {
        List<String> hidden = new ArrayList<>(List.of(personal));
        hidden.add("33639980001");
        hidden.add("Ana Pr");
        return new Sample(name, Examples.text(name), events, hidden);
    }
}
