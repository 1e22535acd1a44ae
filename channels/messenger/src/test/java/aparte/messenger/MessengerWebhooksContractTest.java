package aparte.messenger;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.WebhookReaderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class MessengerWebhooksContractTest extends WebhookReaderContract {
    @Override
    protected WebhookReader reader() {
        return MessengerWebhooks.builder(Signed.SECRET, "verify-me").build();
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
                sample("in-text-from-ad", 1, "depuis la pub", "spring"),
                sample("in-image", 1, "Voici la photo", "a.jpg"),
                sample("in-images", 3, "1.jpg"),
                sample("in-media", 4, "Chez Ana", "48.8566"),
                sample("in-sticker-twice", 1, "like.png"),
                sample("in-link", 1, "regarde"),
                sample("in-quick-reply", 1, "Mardi matin", "slot-2"),
                sample("in-postback", 1, "flyer"),
                sample("in-postback-old", 1, "stop-news"),
                sample("in-reaction", 1, "\u2764"),
                sample("echo-ours", 1, "Votre colis"),
                sample("echo-foreign", 1, "De la part"),
                sample("delivery", 3),
                sample("read", 1),
                sample("optin-token", 1, "5879103471986209"),
                sample("optin-stop", 1, "5879103471986209"),
                sample("optout", 1),
                sample("referral", 1, "flyer-7"),
                sample("lead", 1, "Lyon-la-nuit"),
                sample("standby", 1, "A un autre"),
                sample("feed", 1, "super secret"),
                sample("mixed", 5, "premier mot", "autre Page"));
    }

    private static Sample sample(String name, int events, String... personal) {
        List<String> hidden = new ArrayList<>(List.of(personal));
        hidden.add(Examples.PSID);
        return new Sample(name, Examples.text(name), events, hidden);
    }
}
