package aparte.viber;

import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import aparte.consent.SignatureException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import okio.ByteString;

/**
 * Vonage's signature of a webhook: a JWT in {@code Authorization}, signed with the account's secret (HS256), whose claim
 * {@code payload_hash} is the SHA-256 of the body.
 *
 * <p>Vonage calls the hash a thing that one may check; here it must be there and fit, since nothing else ties the signature to
 * the body. The header of the JWT is not read: whatever it claims, only HS256 passes. As of 2026-11, Messages API, signed
 * webhooks.
 */
final class SignedWebhook {
    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";
    private static final JsonInput.Names HASH = JsonInput.Names.of("payload_hash");

    private SignedWebhook() {}

    /**
     * Checks the signature over the bytes as they came.
     *
     * @throws SignatureException if it is missing, malformed or wrong
     */
    static void verify(Optional<String> header, HmacSha256 signatures, byte[] body) throws SignatureException {
        if (header.isEmpty()) {
            throw new SignatureException(HEADER + " is missing: only the platform may call this endpoint");
        }
        String value = header.get();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed();
        }
        String token = value.substring(SCHEME.length()).strip();
        int claims = token.indexOf('.') + 1;
        int signature = token.lastIndexOf('.') + 1;
        if (claims == 0 || signature == claims) {
            throw malformed();
        }
        byte[] signed = token.substring(0, signature - 1).getBytes(StandardCharsets.UTF_8);
        if (!signatures.matches(signed, HexFormat.of().formatHex(decoded(token.substring(signature))))) {
            throw new SignatureException(HEADER + " is not signed with the account's secret: check the secret");
        }
        Optional<String> hash = JsonInput.find(decoded(token.substring(claims, signature - 1)), HASH);
        if (hash.isEmpty()) {
            throw new SignatureException(HEADER + " names no payload_hash: the body is not signed");
        }
        if (!MessageDigest.isEqual(
                ascii(hash.get().toLowerCase(Locale.ROOT)),
                ascii(ByteString.of(body).sha256().hex()))) {
            throw new SignatureException(
                    HEADER + " does not fit the body: hand over the bytes as they came, of this very request");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(String base64) throws SignatureException {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException odd) {
            throw malformed();
        }
    }

    private static SignatureException malformed() {
        return new SignatureException(HEADER + " is malformed: it must be Bearer and a JWT");
    }
}
