package aparte.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/** The webhook of one Viber bot: where it is, what it is told, and how. */
final class ViberMailbox implements Mailbox {
    /** What {@code set_webhook} set. */
    record Hook(URI uri, Set<String> eventTypes, boolean sendName, boolean sendPhoto) {}

    private final ByteString key;
    private volatile Optional<Hook> hook = Optional.empty();

    ViberMailbox(ViberSettings settings) {
        key = ByteString.encodeString(settings.authToken(), StandardCharsets.US_ASCII);
    }

    void hook(Optional<Hook> set) {
        hook = set;
    }

    Optional<Hook> hook() {
        return hook;
    }

    /** As long as there is no webhook, all events wait for one. */
    boolean wants(String event) {
        return hook.map(set -> set.eventTypes().contains(event)).orElse(true);
    }

    String signature(ByteString body) {
        return body.hmacSha256(key).hex();
    }

    @Override
    public int largestBatch() {
        return 1;
    }

    @Override
    public Optional<URI> callback() {
        return hook.map(Hook::uri);
    }

    @Override
    public ByteString body(List<Update> updates) {
        return Json.writeUtf8(((ViberUpdate) updates.get(0)).event());
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return Map.of("Content-Type", "application/json", "X-Viber-Content-Signature", signature(body));
    }

    @Override
    public URI address(URI callback, ByteString body) {
        String separator = callback.getRawQuery() == null ? "?" : "&";
        return URI.create(callback.toString().replaceFirst("#.*", "") + separator + "sig=" + signature(body));
    }

    @Override
    public void answered(List<Update> updates, int status, ByteString body) {
        if (status == 200) {
            ((ViberUpdate) updates.get(0)).answer().accept(body);
        }
    }
}
