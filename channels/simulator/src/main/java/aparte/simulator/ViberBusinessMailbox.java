package aparte.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The webhook of an account at Vonage: one address for statuses and messages, one event a request. */
final class ViberBusinessMailbox implements Mailbox {
    /**
     * One status or message.
     *
     * @param body as it goes out
     */
    record Event(Map<String, Object> body) implements Update {}

    private final VonageJwt jwt;
    private volatile Optional<URI> callback = Optional.empty();

    ViberBusinessMailbox(VonageJwt jwt) {
        this.jwt = jwt;
    }

    void callback(URI uri) {
        callback = Optional.of(uri);
    }

    @Override
    public int largestBatch() {
        return 1;
    }

    @Override
    public Optional<URI> callback() {
        return callback;
    }

    @Override
    public ByteString body(List<Update> updates) {
        return Json.writeUtf8(((Event) updates.get(0)).body());
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return Map.of("Content-Type", "application/json", "Authorization", jwt.signature(body));
    }
}
