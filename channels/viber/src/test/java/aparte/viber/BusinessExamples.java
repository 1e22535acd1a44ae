package aparte.viber;

import aparte.consent.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as Vonage signs them. */
final class BusinessExamples {
    static final String SECRET = "signature-secret-of-the-account-never-shown";

    static final String HEAD = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private BusinessExamples() {}

    static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String claims(byte[] body) {
        return "{\"iat\":1763888400,\"jti\":\"1\",\"iss\":\"Vonage\",\"payload_hash\":\"" + hash(body)
                + "\",\"api_key\":\"a1b2c3d4\"}";
    }

    /** A JWT of this head and these claims, signed with HMAC-SHA256 whatever the head says. */
    static String jwt(String secret, String head, String claims) {
        String signed =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static WebhookRequest signed(String body) {
        return signed(body.getBytes(StandardCharsets.UTF_8), SECRET);
    }

    static WebhookRequest signed(byte[] body, String secret) {
        return post(body, "Bearer " + jwt(secret, HEAD, claims(body)));
    }

    static WebhookRequest post(byte[] body, String authorization) {
        return new WebhookRequest("POST", Map.of("Authorization", List.of(authorization)), Map.of(), body);
    }
}
