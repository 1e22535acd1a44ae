package aparte.cli;

import aparte.channel.http.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a platform signs a webhook.
 *
 * @param header the header that holds the signature
 * @param signing makes its value
 */
record Seal(String header, Signing signing) {
    /** Makes the header's value for a body, of the signature given or else by the secret. */
    @FunctionalInterface
    interface Signing {
        String value(String secret, byte[] body, Optional<String> given);
    }

    /** HMAC-SHA256 of the body in hex, after a prefix. */
    static Seal hex(String header, String prefix) {
        return new Seal(header, (secret, body, given) -> {
            String hex = given.orElseGet(() -> HmacSha256.of(secret).hex(body));
            return hex.startsWith(prefix) ? hex : prefix + hex;
        });
    }

    /** A JWT (HS256) that holds the body's SHA-256, as Vonage sends it. */
    static Seal jwt() {
        return new Seal("Authorization", (secret, body, given) -> {
            String token = given.orElseGet(() -> token(secret, body));
            return token.startsWith("Bearer ") ? token : "Bearer " + token;
        });
    }

    private static String token(String secret, byte[] body) {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                + '.'
                + base64("{\"payload_hash\":\"" + HexFormat.of().formatHex(sha256(body)) + "\"}");
        byte[] mac = HexFormat.of().parseHex(HmacSha256.of(secret).hex(signed.getBytes(StandardCharsets.US_ASCII)));
        return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("each JDK has SHA-256", impossible);
        }
    }
}
