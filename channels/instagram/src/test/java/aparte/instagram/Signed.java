package aparte.instagram;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Webhook requests as the platform signs them. */
final class Signed {
    static final String SECRET = "app-secret-of-the-test";

    private Signed() {}

    static WebhookRequest post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    static WebhookRequest post(byte[] body) {
        return post(body, "sha256=" + HmacSha256.of(SECRET).hex(body));
    }

    static WebhookRequest post(byte[] body, String signature) {
        return new WebhookRequest("POST", Map.of("x-hub-signature-256", List.of(signature)), Map.of(), body);
    }
}
