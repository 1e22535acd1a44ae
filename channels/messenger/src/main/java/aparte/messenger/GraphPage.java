package aparte.messenger;

import aparte.channel.http.HmacSha256;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.StrictHttp;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a Page is on Graph and how to speak to it: what the builders of transport and Page share. Not thread-safe. */
final class GraphPage {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{1,2})\\.[0-9]");
    private static final int OLDEST_VERSION = 24;

    private final String pageId;
    private final Supplier<String> token;
    private URI baseUri = URI.create("https://graph.facebook.com");
    private String version = "v26.0";
    private HttpSettings http = HttpSettings.ofDefaults();
    private @Nullable HmacSha256 appSecret; // optional

    GraphPage(String pageId, Supplier<String> token) {
        if (!DIGITS.matcher(pageId).matches()) {
            throw new IllegalArgumentException(
                    "Page id must be digits: take it from the Page's settings, not its name");
        }
        this.pageId = pageId;
        this.token = Objects.requireNonNull(token, "token");
    }

    void baseUri(URI value) {
        this.baseUri = Objects.requireNonNull(value, "baseUri");
    }

    void version(String value) {
        var matcher = VERSION.matcher(value);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_VERSION) {
            throw new IllegalArgumentException("Graph version must look like v26.0 and be v24.0 or newer");
        }
        this.version = value;
    }

    void appSecret(String value) {
        this.appSecret = HmacSha256.of(value);
    }

    void http(HttpSettings value) {
        this.http = Objects.requireNonNull(value, "http");
    }

    String pageId() {
        return pageId;
    }

    HttpSettings http() {
        return http;
    }

    /** The path of something of the Page, or with a page-scoped id, of a person. */
    String path(String... segments) {
        return "/" + version + "/" + String.join("/", segments);
    }

    StrictHttp open() {
        StrictHttp.Builder strict = StrictHttp.builder(baseUri, token, "/messages");
        if (appSecret != null) {
            strict.appSecret(appSecret);
        }
        return strict.settings(http).build();
    }
}
