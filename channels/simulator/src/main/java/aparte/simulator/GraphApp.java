package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** An app at the Graph API: the token it knows, what it signs with, and where its webhooks go. Thread-safe. */
final class GraphApp {
    private final String accessToken;
    private final ByteString key;
    private final String verifyToken;
    private final Webhooks webhooks;
    private volatile @Nullable URI callback;

    GraphApp(String accessToken, String appSecret, String verifyToken, Webhooks webhooks) {
        this.accessToken = accessToken;
        this.key = ByteString.encodeUtf8(appSecret);
        this.verifyToken = verifyToken;
        this.webhooks = webhooks;
    }

    boolean isToken(String given) {
        return same(given, accessToken);
    }

    /** Whether this is the app's own token: its id and its secret. */
    boolean isAppToken(String given, String appId) {
        return same(given, appId + "|" + key.utf8());
    }

    /** Whether this is the {@code appsecret_proof} of the token. */
    boolean isProof(String given) {
        return same(given, ByteString.encodeUtf8(accessToken).hmacSha256(key).hex());
    }

    Optional<URI> callback() {
        return Optional.ofNullable(callback);
    }

    void webhookTo(URI uri) {
        callback = http(uri);
        webhooks.callbackSet();
    }

    /** Asks the callback to prove itself, and sends webhooks there if it did. */
    Handshake subscribe(URI uri, String challenge) {
        return subscribe(uri, challenge, verifyToken);
    }

    /** The same with another token. */
    Handshake subscribe(URI uri, String challenge, String token) {
        String separator = http(uri).getRawQuery() == null ? "?" : "&";
        Optional<HttpResponse<String>> answer =
                webhooks.get(URI.create(uri + separator + "hub.mode=subscribe&hub.challenge=" + challenge
                        + "&hub.verify_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
        boolean accepted = answer.filter(response -> response.statusCode() == 200)
                .filter(response -> response.body().equals(challenge))
                .isPresent();
        if (accepted) {
            webhookTo(uri);
        }
        return new Handshake(
                answer.map(response -> OptionalInt.of(response.statusCode())).orElse(OptionalInt.empty()), accepted);
    }

    String signature(ByteString body) {
        return "sha256=" + body.hmacSha256(key).hex();
    }

    /** The signature by SHA-1, which the platform still sends beside the other one. */
    String oldSignature(ByteString body) {
        return "sha1=" + body.hmacSha1(key).hex();
    }

    Map<String, String> headers(ByteString body) {
        return Map.of(
                "Content-Type", "application/json",
                "User-Agent", "facebookexternalua",
                "X-Hub-Signature-256", signature(body));
    }

    private static boolean same(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static URI http(URI callback) {
        String scheme = requireNonNull(callback, "callback").getScheme();
        if (callback.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("callback is no http or https address");
        }
        return callback;
    }
}
