package aparte.viber;

import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.WebhookReaderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ViberBusinessWebhooksContractTest extends WebhookReaderContract {
    @Override
    protected WebhookReader reader() {
        return ViberBusinessWebhooks.builder(() -> BusinessExamples.SECRET).build();
    }

    @Override
    protected WebhookRequest request(byte[] body, Signature signature) {
        return switch (signature) {
            case RIGHT -> BusinessExamples.signed(body, BusinessExamples.SECRET);
            case WRONG -> BusinessExamples.signed(body, "another-secret-of-another-account");
            case MISSING -> new WebhookRequest("POST", Map.of(), Map.of(), body);
        };
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                sample("bm-submitted"),
                sample("bm-delivered"),
                sample("bm-read"),
                sample("bm-rejected"),
                sample("bm-undeliverable"),
                sample("bm-teleported", "teleported"),
                sample("bm-in-text", "mon colis"),
                sample("bm-in-image", "ana-1.jpg"),
                sample("bm-in-video", "ana-2.mp4"),
                sample("bm-in-file", "facture-ana"),
                sample("bm-in-hologram", "ana-4"));
    }

    private static Sample sample(String name, String... personal) {
        List<String> hidden = new ArrayList<>(List.of(personal));
        hidden.add("33639980001");
        return new Sample(name, Examples.text(name), 1, hidden);
    }
}
