package aparte.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The webhooks of one account. */
final class InstagramMailbox implements Mailbox {
    /**
     * One thing that happened.
     *
     * @param field the field that it is of
     * @param time {@code entry[].time} in milliseconds
     * @param test whether the dashboard's test button made it
     */
    record Happened(String field, Map<String, Object> value, long time, boolean test) implements Update {}

    private final InstagramSettings settings;
    private final GraphApp app;
    private volatile InstagramSpelling spelling = InstagramSpelling.ofToday();

    InstagramMailbox(InstagramSettings settings, GraphApp app) {
        this.settings = settings;
        this.app = app;
    }

    void spell(InstagramSpelling other) {
        spelling = other;
    }

    @Override
    public Optional<URI> callback() {
        return app.callback();
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return app.headers(body);
    }

    @Override
    public ByteString body(List<Update> updates) {
        List<Object> entries = new ArrayList<>();
        for (Update update : updates) {
            entries.add(entry((Happened) update));
        }
        ByteString body = Json.write(Json.object("object", "instagram", "entry", entries));
        return spelling.inArrays() ? ByteString.encodeUtf8("[" + body.utf8() + "]") : body;
    }

    private Map<String, Object> entry(Happened next) {
        boolean comment = next.field().contains("comments");
        Map<String, Object> entry = Json.object(
                "id", next.test() ? "0" : settings.accountId(), "time", comment ? next.time() / 1000 : next.time());
        if (comment && spelling.commentsInEntries()) {
            entry.put("field", next.field());
            entry.put("value", next.value());
        } else if (comment || next.test() || spelling.messagesAsChanges()) {
            entry.put("changes", List.of(Json.object("field", next.field(), "value", next.value())));
        } else {
            entry.put("messaging", List.of(next.value()));
        }
        return entry;
    }
}
