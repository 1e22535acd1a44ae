package aparte.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** Bodies that a test wrote itself: each a request of its own, signed as all others. */
final class WhatsAppHandWritten implements Mailbox {
    record Body(ByteString bytes) implements Update {}

    private final GraphApp app;

    WhatsAppHandWritten(GraphApp app) {
        this.app = app;
    }

    @Override
    public int largestBatch() {
        return 1;
    }

    @Override
    public Optional<URI> callback() {
        return app.callback();
    }

    @Override
    public ByteString body(List<Update> updates) {
        return ((Body) updates.get(0)).bytes();
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return app.headers(body);
    }
}
