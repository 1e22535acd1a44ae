package aparte.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import okio.ByteString;

/** One webhook request that the simulator made, and what came of it. Immutable and thread-safe. */
public final class WebhookDelivery {
    private final Mailbox mailbox;
    private final URI callback;
    private final ByteString body;
    private final Map<String, String> headers;
    private final List<Mailbox.Update> updates;
    private final OptionalInt status;

    WebhookDelivery(
            Mailbox mailbox,
            URI callback,
            ByteString body,
            Map<String, String> headers,
            List<Mailbox.Update> updates,
            OptionalInt status) {
        this.mailbox = mailbox;
        this.callback = callback;
        this.body = body;
        this.headers = headers;
        this.updates = List.copyOf(updates);
        this.status = status;
    }

    /** Where it went. */
    public URI callback() {
        return callback;
    }

    /** The bytes that were signed and sent; a new array each time. */
    public byte[] body() {
        return body.toByteArray();
    }

    /** The body read as UTF-8. */
    public String text() {
        return body.utf8();
    }

    /** The headers that the platform sets, its signature among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** How many updates the body holds. */
    public int updates() {
        return updates.size();
    }

    /** The HTTP status that was answered; empty if no answer came within ten seconds. */
    public OptionalInt status() {
        return status;
    }

    /** Whether the host took it: answered with 200 to 299. All others can be delivered again. */
    public boolean acknowledged() {
        return status.isPresent() && status.getAsInt() / 100 == 2;
    }

    /** The number of updates and the status, nothing of the body. */
    @Override
    public String toString() {
        return updates() + " updates, " + (status.isPresent() ? "HTTP " + status.getAsInt() : "no answer");
    }

    Mailbox mailbox() {
        return mailbox;
    }

    List<Mailbox.Update> content() {
        return updates;
    }

    WebhookDelivery to(URI other) {
        return new WebhookDelivery(mailbox, other, body, headers, updates, status);
    }

    WebhookDelivery answered(OptionalInt other) {
        return new WebhookDelivery(mailbox, callback, body, headers, updates, other);
    }
}
