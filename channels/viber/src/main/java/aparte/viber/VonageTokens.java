package aparte.viber;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The bearer's tokens of a Vonage application, signed with its private key (RS256).
 *
 * <p>A token lives for 15 minutes and is given until a minute before its end. Thread-safe. No input, no output.
 */
public final class VonageTokens implements Supplier<String> {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration SPARE = Duration.ofMinutes(1);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String application;
    private final PrivateKey key;
    private final Clock clock;
    private volatile @Nullable Made made; // the latest

    private record Made(String token, Instant at, Instant until) {
        /** Hides the token. */
        @Override
        public String toString() {
            return "Made[…]";
        }
    }

    private VonageTokens(String application, PrivateKey key, Clock clock) {
        this.application = application;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Returns the tokens of an application by the system's clock.
     *
     * @param application the application's id
     * @param privateKey the file that Vonage gave with it: PEM, {@code BEGIN PRIVATE KEY}
     * @throws IllegalArgumentException if the id is blank, or the key is no RSA key in PKCS 8
     */
    public static VonageTokens of(String application, String privateKey) {
        return of(application, privateKey, Clock.systemUTC());
    }

    /**
     * Returns the tokens of an application by this clock.
     *
     * @param application the application's id
     * @param privateKey the file that Vonage gave with it: PEM, {@code BEGIN PRIVATE KEY}
     * @throws IllegalArgumentException if the id is blank, or the key is no RSA key in PKCS 8
     */
    public static VonageTokens of(String application, String privateKey, Clock clock) {
        if (Words.require(application, "application").length() > 128) {
            throw new IllegalArgumentException("application must have at most 128 characters");
        }
        return new VonageTokens(application, key(privateKey), Objects.requireNonNull(clock, "clock"));
    }

    private static PrivateKey key(String pem) {
        String bare = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        try {
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(bare));
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            // Without the cause, whose message may hold a piece of the key.
            throw new IllegalArgumentException("private key must be PEM of an RSA key in PKCS 8, BEGIN PRIVATE KEY");
        }
    }

    @Override
    public String get() {
        Instant now = clock.instant();
        Made known = made;
        if (known == null
                || now.isBefore(known.at())
                || !now.isBefore(known.until().minus(SPARE))) {
            known = make(now);
            made = known;
        }
        return known.token();
    }

    private Made make(Instant now) {
        Instant until = now.plus(LIFE);
        String signed = BASE64.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII))
                + "." + BASE64.encodeToString(claims(now, until));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return new Made(signed + "." + BASE64.encodeToString(signature.sign()), now, until);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform signs with RSA", impossible);
        }
    }

    private byte[] claims(Instant now, Instant until) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            json.name("application_id").value(application);
            json.name("iat").value(now.getEpochSecond());
            json.name("exp").value(until.getEpochSecond());
            json.name("jti").value(UUID.randomUUID().toString());
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory does not fail", impossible);
        }
        return buffer.readByteArray();
    }

    /** Hides the application and its key. */
    @Override
    public String toString() {
        return "VonageTokens[…]";
    }
}
