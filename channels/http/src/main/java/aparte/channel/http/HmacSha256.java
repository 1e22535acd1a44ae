package aparte.channel.http;

import aparte.consent.SignatureException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with one secret: webhook signatures and Graph's {@code appsecret_proof}.
 *
 * <p>The key schedule is made once. Signatures are compared in constant time. Thread-safe.
 */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HUB_PREFIX = "sha256=";
    private static final int HEX_LENGTH = 64;
    private static final HexFormat HEX = HexFormat.of();

    private final Mac prototype;

    private HmacSha256(Mac prototype) {
        this.prototype = prototype;
    }

    /**
     * Returns the HMAC with this secret, as UTF-8.
     *
     * @throws IllegalArgumentException if the secret is blank
     */
    public static HmacSha256 of(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("secret is blank");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(new byte[0]); // takes the padded key in, so that each copy starts behind it
            return new HmacSha256((Mac) mac.clone());
        } catch (NoSuchAlgorithmException | InvalidKeyException | CloneNotSupportedException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256 that can be copied", impossible);
        }
    }

    /** Returns the HMAC of the data in lower-case hex. */
    public String hex(byte[] data) {
        return HEX.formatHex(digest(data));
    }

    /**
     * Tells whether this is the HMAC of the data in hex.
     *
     * <p>Both letter cases are taken: the platforms write lower case today, and a change of theirs must not cost us
     * opt-outs. It weakens nothing.
     */
    public boolean matches(byte[] data, String hex) {
        if (hex.length() != HEX_LENGTH) {
            return false;
        }
        for (int i = 0; i < HEX_LENGTH; i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                return false;
            }
        }
        return MessageDigest.isEqual(digest(data), HEX.parseHex(hex));
    }

    /**
     * Checks Meta's header {@code X-Hub-Signature-256}, which is {@code sha256=} and the HMAC in hex.
     *
     * @param header the header's value
     * @param body the bytes as they came
     * @throws SignatureException if it is missing, malformed or wrong
     */
    public void verifyHubSignature(Optional<String> header, byte[] body) throws SignatureException {
        if (header.isEmpty()) {
            throw new SignatureException("X-Hub-Signature-256 is missing: only the platform may call this endpoint");
        }
        String value = header.get();
        if (!value.startsWith(HUB_PREFIX) || value.length() != HUB_PREFIX.length() + HEX_LENGTH) {
            throw new SignatureException("X-Hub-Signature-256 is malformed: it must be sha256= and 64 hex digits");
        }
        if (!matches(body, value.substring(HUB_PREFIX.length()))) {
            throw new SignatureException(
                    "X-Hub-Signature-256 does not fit the body: check the app secret, and hand over"
                            + " the bytes as they came");
        }
    }

    private byte[] digest(byte[] data) {
        try {
            return ((Mac) prototype.clone()).doFinal(data);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("it was copied before", impossible);
        }
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "HmacSha256[…]";
    }
}
