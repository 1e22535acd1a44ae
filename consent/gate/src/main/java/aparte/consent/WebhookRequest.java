package aparte.consent;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTTP request at a webhook's endpoint, free of any framework. Header names match in any letter case. Thread-safe.
 */
public final class WebhookRequest {
    private final String method;
    private final Map<String, List<String>> headers;
    private final Map<String, String> query;
    private final byte[] body;

    /**
     * Makes a request. The bytes are copied.
     *
     * @param method such as {@code POST}
     * @param headers all values by name
     * @param query the decoded parameters of the query
     * @param body the bytes exactly as they came; signatures are computed over them
     */
    public WebhookRequest(String method, Map<String, List<String>> headers, Map<String, String> query, byte[] body) {
        this.method = Objects.requireNonNull(method, "method").toUpperCase(Locale.ROOT);
        Map<String, List<String>> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (name != null && !values.isEmpty()) {
                lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
            }
        });
        this.headers = Map.copyOf(lower);
        this.query = Map.copyOf(query);
        this.body = body.clone();
    }

    /** Returns the method in capitals. */
    public String method() {
        return method;
    }

    /** Returns the first value of a header. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns a parameter of the query. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Returns a copy of the bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns a view of the bytes that cannot be written to, without a copy. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    /** Returns the number of bytes. */
    public int length() {
        return body.length;
    }

    /** Shows the method and the length only. */
    @Override
    public String toString() {
        return method + " of " + body.length + " bytes";
    }
}
