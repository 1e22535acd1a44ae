package aparte.consent;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a webhook's endpoint answers. Thread-safe. */
public final class WebhookResponse {
    private final int status;
    private final String contentType;
    private final byte[] body;

    private WebhookResponse(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    /**
     * Returns an answer without a body.
     *
     * @throws IllegalArgumentException if the status is not 200 to 599
     */
    public static WebhookResponse of(int status) {
        return of(status, "text/plain", new byte[0]);
    }

    /**
     * Returns an answer with a text, as {@code text/plain} in UTF-8.
     *
     * @throws IllegalArgumentException if the status is not 200 to 599
     */
    public static WebhookResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns an answer. The bytes are copied.
     *
     * @throws IllegalArgumentException if the status is not 200 to 599
     */
    public static WebhookResponse of(int status, String contentType, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599");
        }
        return new WebhookResponse(status, Objects.requireNonNull(contentType, "contentType"), body.clone());
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the body's type. */
    public String contentType() {
        return contentType;
    }

    /** Returns a copy of the bytes. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return status + " with " + body.length + " bytes";
    }
}
