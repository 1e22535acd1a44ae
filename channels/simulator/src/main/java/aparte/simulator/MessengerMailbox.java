package aparte.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The webhooks of one Page. */
final class MessengerMailbox implements Mailbox {
    private final MessengerSettings settings;
    private final GraphApp app;
    private volatile MessengerSpelling spelling = MessengerSpelling.ofToday();

    MessengerMailbox(MessengerSettings settings, GraphApp app) {
        this.settings = settings;
        this.app = app;
    }

    void spell(MessengerSpelling other) {
        spelling = other;
    }

    MessengerSpelling spelling() {
        return spelling;
    }

    @Override
    public Optional<URI> callback() {
        return app.callback();
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        Map<String, String> headers = new LinkedHashMap<>(app.headers(body));
        headers.put("X-Hub-Signature", app.oldSignature(body));
        return headers;
    }

    /** One entry for each item, since {@code messaging} holds one. */
    @Override
    public ByteString body(List<Update> updates) {
        List<Object> entries = new ArrayList<>();
        for (Update update : updates) {
            if (update instanceof MessengerChange change) {
                entries.add(change(change));
                continue;
            }
            MessengerUpdate next = (MessengerUpdate) update;
            entries.add(next.testOf().isPresent() ? test(next, next.testOf().get()) : entry(next));
        }
        return Json.write(Json.object("object", "page", "entry", entries));
    }

    private Map<String, Object> entry(MessengerUpdate update) {
        return Json.object(
                "id",
                spelling.id(settings.pageId()),
                "time",
                update.time(),
                update.overheard() ? "standby" : "messaging",
                List.of(update.item()));
    }

    private Map<String, Object> change(MessengerChange change) {
        return Json.object(
                "id",
                spelling.id(settings.pageId()),
                "time",
                change.time(),
                "changes",
                List.of(Json.object("field", change.field(), "value", change.value())));
    }

    private static Map<String, Object> test(MessengerUpdate update, String field) {
        return Json.object(
                "id",
                "0",
                "time",
                update.time() / 1000,
                "changes",
                List.of(Json.object("field", field, "value", update.item())));
    }
}
