package aparte.channel.http;

import aparte.consent.Inbox;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of the JDK's HTTP server that hands requests to an inbox. Give the server an executor with several threads.
 *
 * <p>A body larger than the inbox reads is answered with 413 before it is read. Thread-safe.
 */
public final class WebhookHandler implements HttpHandler {
    private final Inbox inbox;
    private final String endpoint;

    private WebhookHandler(Inbox inbox, String endpoint) {
        this.inbox = Objects.requireNonNull(inbox, "inbox");
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /**
     * Returns a handler.
     *
     * @param endpoint the name under which the inbox knows the channel's reader
     */
    public static WebhookHandler of(Inbox inbox, String endpoint) {
        return new WebhookHandler(inbox, endpoint);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            if (body == null) {
                exchange.getResponseHeaders().set("Connection", "close");
                answer(exchange, WebhookResponse.of(413));
            } else {
                answer(exchange, inbox.receive(endpoint, request(exchange, body)));
            }
        }
    }

    /** The body, or null if it is too large. */
    private byte @Nullable [] body(HttpExchange exchange) throws IOException {
        int max = inbox.maxBodyBytes();
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && isAbove(length, max)) {
            return null;
        }
        byte[] body = exchange.getRequestBody().readNBytes(max == Integer.MAX_VALUE ? max : max + 1);
        return body.length > max ? null : body;
    }

    private static boolean isAbove(String length, int max) {
        try {
            return Long.parseLong(length.strip()) > max;
        } catch (NumberFormatException odd) {
            return true;
        }
    }

    private static WebhookRequest request(HttpExchange exchange, byte[] body) {
        return new WebhookRequest(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                query(exchange.getRequestURI().getRawQuery()),
                body);
    }

    /** The parameters, decoded; of several of one name, the first. */
    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static void answer(HttpExchange exchange, WebhookResponse response) throws IOException {
        byte[] body = response.body();
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(body);
            }
        }
    }

    @Override
    public String toString() {
        return "WebhookHandler[" + endpoint + "]";
    }
}
