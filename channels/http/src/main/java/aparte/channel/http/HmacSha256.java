package aparte.channel.http;

import aparte.consent.SignatureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 with one secret: webhook signatures and Graph's {@code appsecret_proof}.
 *
 * <p>The key schedule is made once, and what a computation needs is used again by the next. Signatures are compared in
 * constant time. Thread-safe.
 */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HUB_PREFIX = "sha256=";
    private static final int HEX_LENGTH = 64;
    private static final HexFormat HEX = HexFormat.of();

    private static final int CHUNK = 4_096;

    private final Mac prototype;
    private final AtomicReference<@Nullable Computation> idle = new AtomicReference<>();

    private HmacSha256(Mac prototype) {
        this.prototype = prototype;
    }

    /** What one computation at a time needs; kept for the next one, for it is larger than all that a status becomes. */
    private static final class Computation {
        private final Mac mac;
        private final byte[] chunk = new byte[CHUNK];

        private Computation(Mac mac) {
            this.mac = mac;
        }

        private byte[] of(ByteBuffer data) {
            int start = data.position();
            while (data.hasRemaining()) {
                int length = Math.min(data.remaining(), CHUNK);
                data.get(chunk, 0, length);
                mac.update(chunk, 0, length);
            }
            data.position(start);
            return mac.doFinal();
        }
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
            return new HmacSha256(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256 that can be copied", impossible);
        }
    }

    /** Returns the HMAC of the data in lower-case hex. */
    public String hex(byte[] data) {
        return HEX.formatHex(digest(ByteBuffer.wrap(data)));
    }

    /**
     * Tells whether this is the HMAC of the data in hex.
     *
     * <p>Both letter cases are taken: the platforms write lower case today, and a change of theirs must not cost us
     * opt-outs. It weakens nothing.
     */
    public boolean matches(byte[] data, String hex) {
        return hex.length() == HEX_LENGTH && matches(ByteBuffer.wrap(data), hex, 0);
    }

    /** Compares every digit, whatever the first ones are, so that the time it takes tells nothing. */
    private boolean matches(ByteBuffer data, String text, int from) {
        byte[] digest = digest(data);
        int difference = 0;
        for (int i = 0; i < digest.length; i++) {
            difference |=
                    (digest[i] & 0xFF) ^ (digit(text.charAt(from + 2 * i)) << 4 | digit(text.charAt(from + 2 * i + 1)));
        }
        return difference == 0;
    }

    /** The value of a hexadecimal digit; of anything else, one that fits no byte. */
    private static int digit(char c) {
        return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : 0x1000;
    }

    /**
     * Checks Meta's header {@code X-Hub-Signature-256}, which is {@code sha256=} and the HMAC in hex.
     *
     * @param header the header's value
     * @param body the bytes as they came
     * @throws SignatureException if it is missing, malformed or wrong
     */
    public void verifyHubSignature(Optional<String> header, byte[] body) throws SignatureException {
        verifyHubSignature(header, ByteBuffer.wrap(body));
    }

    /**
     * Checks the header as {@link #verifyHubSignature(Optional, byte[])} does, without a copy of the body.
     *
     * @param body a view of the bytes as they came; its position is left alone
     * @throws SignatureException if it is missing, malformed or wrong
     */
    public void verifyHubSignature(Optional<String> header, ByteBuffer body) throws SignatureException {
        if (header.isEmpty()) {
            throw new SignatureException("X-Hub-Signature-256 is missing: only the platform may call this endpoint");
        }
        String value = header.get();
        if (!value.startsWith(HUB_PREFIX) || value.length() != HUB_PREFIX.length() + HEX_LENGTH) {
            throw new SignatureException("X-Hub-Signature-256 is malformed: it must be sha256= and 64 hex digits");
        }
        if (!matches(body, value, HUB_PREFIX.length())) {
            throw new SignatureException(
                    "X-Hub-Signature-256 does not fit the body: check the app secret, and hand over"
                            + " the bytes as they came");
        }
    }

    private byte[] digest(ByteBuffer data) {
        Computation computation = idle.getAndSet(null);
        if (computation == null) {
            computation = new Computation(copy());
        }
        byte[] digest = computation.of(data);
        idle.set(computation); // one that threw is not kept
        return digest;
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256 that can be copied", impossible);
        }
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "HmacSha256[…]";
    }
}
