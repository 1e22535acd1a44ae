package aparte.channel.http;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something of ours on Meta's Graph, such as a Page or a business number, and how to speak to it: what the builders of a
 * channel's transport and account share. Not for hosts. Not thread-safe.
 */
public final class GraphNode {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{1,2})\\.[0-9]");
    private static final int OLDEST_VERSION = 24;

    private final String id;
    private final Supplier<String> token;
    private URI baseUri = URI.create("https://graph.facebook.com");
    private String version = "v26.0";
    private HttpSettings http = HttpSettings.ofDefaults();
    private @Nullable HmacSha256 appSecret; // optional

    private GraphNode(String id, Supplier<String> token) {
        this.id = id;
        this.token = token;
    }

    /**
     * Returns a node at Meta's own address, in version {@code v26.0}, with default time-outs and without a proof.
     *
     * @param token gives the access token at each request
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static GraphNode of(String id, Supplier<String> token) {
        return new GraphNode(digits(id), Objects.requireNonNull(token, "token"));
    }

    /**
     * Checks that an id of Meta's is one.
     *
     * @throws IllegalArgumentException if it is not made of 1 to 32 digits
     */
    public static String digits(String id) {
        if (!DIGITS.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id must be digits: take Meta's id from the app's settings, not a name or a telephone number");
        }
        return id;
    }

    /** Sets where Graph answers; {@code https://graph.facebook.com} by default. Plain http goes to loopback only. */
    public void baseUri(URI value) {
        this.baseUri = Objects.requireNonNull(value, "baseUri");
    }

    /**
     * Sets Graph's version; {@code v26.0} by default.
     *
     * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
     */
    public void version(String value) {
        var matcher = VERSION.matcher(value);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_VERSION) {
            throw new IllegalArgumentException("Graph version must look like v26.0 and be v24.0 or newer");
        }
        this.version = value;
    }

    /**
     * Sets the app secret, for apps that require {@code appsecret_proof}.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public void appSecret(String value) {
        this.appSecret = HmacSha256.of(value);
    }

    /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
    public void http(HttpSettings value) {
        this.http = Objects.requireNonNull(value, "http");
    }

    /** Returns its id. */
    public String id() {
        return id;
    }

    /** Returns time-outs, connections and tries. */
    public HttpSettings http() {
        return http;
    }

    /** Returns the path of something on Graph, which begins with the version. */
    public String path(String... segments) {
        return "/" + version + "/" + String.join("/", segments);
    }

    /**
     * Returns the HTTP to speak to it.
     *
     * @param messagePathEnds how the paths end that carry messages, at least one
     * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
     * @throws IllegalStateException if OkHttp on the class path is older than 5
     */
    public StrictHttp open(String... messagePathEnds) {
        StrictHttp.Builder strict = StrictHttp.builder(baseUri, token, messagePathEnds);
        if (appSecret != null) {
            strict.appSecret(appSecret);
        }
        return strict.settings(http).build();
    }

    /** Shows the id. */
    @Override
    public String toString() {
        return "GraphNode[" + id + "]";
    }
}
