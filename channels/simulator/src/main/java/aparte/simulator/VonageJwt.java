package aparte.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What the account's requests are let in by and its webhooks are signed with: JWTs, RS256 the one way and HS256 the other.
 * Thread-safe.
 */
final class VonageJwt {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final ViberBusinessSettings settings;
    private final Clock clock;
    private @Nullable KeyPair keys; // made when somebody asks, for it takes a while

    VonageJwt(ViberBusinessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private synchronized KeyPair keys() {
        KeyPair made = keys;
        if (made == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2_048);
                made = generator.generateKeyPair();
                keys = made;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java platform has RSA", impossible);
            }
        }
        return made;
    }

    /** The application's private key, as the file that the platform gives. */
    String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** A bearer's token as the application would make it now. */
    String token() {
        Instant now = clock.instant();
        String signed = part(Json.object("alg", "RS256", "typ", "JWT")) + "."
                + part(Json.object(
                        "application_id", settings.applicationId(),
                        "iat", now.getEpochSecond(),
                        "exp", now.plus(LIFE).getEpochSecond(),
                        "jti", UUID.randomUUID().toString()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(ByteString.of(signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform signs with RSA", impossible);
        }
    }

    /** Whether this {@code Authorization} is one of the account's. */
    boolean admits(Optional<String> authorization) {
        String value = authorization.orElse("");
        if (value.startsWith(BASIC)) {
            ByteString expected = ByteString.encodeUtf8(settings.apiKey() + ":" + settings.apiSecret());
            return same(value.substring(BASIC.length()), expected.base64());
        }
        return value.startsWith(BEARER) && admits(value.substring(BEARER.length()));
    }

    private boolean admits(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        Map<String, Object> head = read(parts[0]);
        Map<String, Object> claims = read(parts[1]);
        return "RS256".equals(head.get("alg"))
                && settings.applicationId().equals(claims.get("application_id"))
                && isAlive(claims)
                && isSigned(parts);
    }

    private static Map<String, Object> read(String part) {
        return Optional.ofNullable(ByteString.decodeBase64(part))
                .flatMap(Json::readObject)
                .orElse(Map.of());
    }

    private boolean isAlive(Map<String, Object> claims) {
        Object end = claims.get("exp");
        return end == null
                || (end instanceof Json.Word word
                        && word.written().matches("[0-9]{1,12}")
                        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(word.written()))));
    }

    private boolean isSigned(String[] parts) {
        ByteString signed = ByteString.decodeBase64(parts[2]);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys().getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signed != null && signature.verify(signed.toByteArray());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The {@code Authorization} of a webhook with this body. */
    String signature(ByteString body) {
        String signed = part(Json.object("alg", "HS256", "typ", "JWT")) + "."
                + part(Json.object(
                        "iat", clock.instant().getEpochSecond(),
                        "jti", UUID.randomUUID().toString(),
                        "iss", "Vonage",
                        "payload_hash", body.sha256().hex(),
                        "api_key", settings.apiKey(),
                        "application_id", settings.applicationId()));
        ByteString hmac = ByteString.encodeUtf8(signed).hmacSha256(ByteString.encodeUtf8(settings.signatureSecret()));
        return BEARER + signed + "." + base64(hmac);
    }

    private static String part(Map<String, Object> object) {
        return base64(Json.writeUtf8(object));
    }

    private static String base64(ByteString bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
