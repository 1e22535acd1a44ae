package aparte.instagram;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.WebhookReaderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class InstagramWebhooksContractTest extends WebhookReaderContract {
    @Override
    protected WebhookReader reader() {
        return InstagramWebhooks.builder(Signed.SECRET, "verify-me").build();
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
                sample("in-story-reply", 1, "Quelle couleur", "story.mp4"),
                sample("in-text-from-ad", 1, "depuis la pub", "spring"),
                sample("in-media", 4, "Voici la photo", "a.jpg"),
                sample("in-shared", 4, "Gateau", "r.mp4"),
                sample("in-unsupported", 1),
                sample("in-template", 2, "Regarde"),
                sample("in-quick-reply", 1, "Mardi matin", "slot-2"),
                sample("in-postback", 1, "Horaires"),
                sample("in-postback-old", 1, "Horaires"),
                sample("in-reaction", 1, "\u2764"),
                sample("edited", 1, "ma commande"),
                sample("unsent", 1),
                sample("read", 1),
                sample("referral", 1, "flyer-7"),
                sample("echo", 1, "Votre colis"),
                sample("optin-stop", 1),
                sample("standby", 1, "A un autre"),
                sample("comment", 1, "Il reste", "zoe.lyon"),
                sample("comment-in-entry", 1, "Il reste", "zoe.lyon"),
                sample("message-as-change", 1),
                sample("mention", 1),
                sample("handover", 1),
                sample("mixed", 5, "premier mot", "autre compte"));
    }

    private static Sample sample(String name, int events, String... personal) {
        List<String> hidden = new ArrayList<>(List.of(personal));
        hidden.add(Examples.IGSID);
        return new Sample(name, Examples.text(name), events, hidden);
    }
}
