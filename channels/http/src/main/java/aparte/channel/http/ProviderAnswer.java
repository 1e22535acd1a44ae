package aparte.channel.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider answered, read to its last byte. Thread-safe. */
public final class ProviderAnswer {
    private final int status;
    private final byte[] body;
    private final @Nullable Duration retryAfter; // only where the provider names a wait
    private final @Nullable GraphUsage usage; // only where Graph tells

    ProviderAnswer(int status, byte[] body, @Nullable Duration retryAfter, @Nullable GraphUsage usage) {
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
        this.usage = usage;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Tells whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status <= 299;
    }

    /** Returns a copy of the body; at most 1 MiB. */
    public byte[] body() {
        return body.clone();
    }

    byte[] raw() {
        return body;
    }

    /** Returns how long the provider asks to wait, from {@code Retry-After} as seconds or as a date. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Returns how much of its quota Graph says that we used. */
    Optional<GraphUsage> usage() {
        return Optional.ofNullable(usage);
    }

    /** Shows the status and the length only. */
    @Override
    public String toString() {
        return "HTTP " + status + " with " + body.length + " bytes";
    }
}
