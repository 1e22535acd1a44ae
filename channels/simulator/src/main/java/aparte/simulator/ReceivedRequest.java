package aparte.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that reached the simulator, as it came, without its secrets. Immutable and thread-safe.
 *
 * <p>It is kept as soon as it was read, so before it is answered.
 */
public final class ReceivedRequest {
    private final Call call;
    private final Instant at;
    private final long nanoTime;
    private final Optional<Fault> fault;

    ReceivedRequest(Call call, Instant at, long nanoTime, Optional<Fault> fault) {
        this.call = call;
        this.at = at;
        this.nanoTime = nanoTime;
        this.fault = fault;
    }

    /** The HTTP method. */
    public String method() {
        return call.method();
    }

    /** The path, without the query. */
    public String path() {
        return call.path();
    }

    /** The decoded query, without {@code access_token} and {@code appsecret_proof}. */
    public Map<String, String> query() {
        return call.query();
    }

    /** The headers by lower-case name, without {@code authorization} and {@code x-viber-auth-token}. */
    public Map<String, String> headers() {
        return call.headers();
    }

    /** The bytes of the body, as they came, so with a token that a client wrote into them; a new array each time. */
    public byte[] body() {
        return call.body().toByteArray();
    }

    /** The body read as UTF-8. */
    public String text() {
        return call.body().utf8();
    }

    /** When the request arrived, by the simulator's clock. */
    public Instant at() {
        return at;
    }

    /** When the request arrived, by {@link System#nanoTime()}, to compare with moments of the same process. */
    public long nanoTime() {
        return nanoTime;
    }

    /** The fault that this request met, if one had been ordered. */
    public Optional<Fault> fault() {
        return fault;
    }

    /** The method and the length of the body, nothing that could name a person. */
    @Override
    public String toString() {
        return method() + " with " + call.body().size() + " bytes"
                + fault.map(met -> " (" + met + ")").orElse("");
    }
}
