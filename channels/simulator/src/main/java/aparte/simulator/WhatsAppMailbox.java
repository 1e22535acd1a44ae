package aparte.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The webhooks of one WhatsApp business account. */
final class WhatsAppMailbox implements Mailbox {
    private final WhatsAppSettings settings;
    private final GraphApp app;
    private final WhatsAppHistory history = new WhatsAppHistory();
    private volatile boolean subscribed = true;

    WhatsAppMailbox(WhatsAppSettings settings, GraphApp app) {
        this.settings = settings;
        this.app = app;
    }

    /** What became of each message, and whether the host was told. */
    WhatsAppHistory history() {
        return history;
    }

    boolean subscribed() {
        return subscribed;
    }

    void subscribe(boolean toAccount) {
        subscribed = toAccount;
    }

    @Override
    public boolean takes(Update update) {
        history.happened(update);
        return subscribed;
    }

    @Override
    public void answered(List<Update> updates, int status, ByteString body) {
        history.told(updates, status / 100 == 2);
    }

    @Override
    public Optional<URI> callback() {
        return app.callback();
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return app.headers(body);
    }

    /** Neighbours that share field, list and number share one change, as on the platform. */
    @Override
    public ByteString body(List<Update> updates) {
        List<Object> entries = new ArrayList<>();
        List<WhatsAppUpdate> neighbours = new ArrayList<>();
        for (Update update : updates) {
            if (update instanceof WhatsAppNotice notice) {
                close(entries, neighbours);
                entries.add(entry(notice));
            } else {
                neighbours.add((WhatsAppUpdate) update);
            }
        }
        close(entries, neighbours);
        return Json.write(Json.object("object", "whatsapp_business_account", "entry", entries));
    }

    private void close(List<Object> entries, List<WhatsAppUpdate> updates) {
        if (updates.isEmpty()) {
            return;
        }
        List<Object> changes = new ArrayList<>();
        List<WhatsAppUpdate> neighbours = new ArrayList<>();
        for (WhatsAppUpdate next : updates) {
            if (!neighbours.isEmpty() && !neighbours.get(0).fitsBeside(next)) {
                changes.add(change(neighbours));
                neighbours.clear();
            }
            neighbours.add(next);
        }
        changes.add(change(neighbours));
        updates.clear();
        entries.add(Json.object("id", settings.businessAccountId(), "changes", changes));
    }

    private Map<String, Object> entry(WhatsAppNotice notice) {
        return Json.object(
                "id",
                settings.businessAccountId(),
                "time",
                notice.at().getEpochSecond(),
                "changes",
                List.of(Json.object("value", notice.value(), "field", notice.field())));
    }

    private static Map<String, Object> change(List<WhatsAppUpdate> updates) {
        WhatsAppUpdate first = updates.get(0);
        List<Map<String, Object>> contacts = updates.stream()
                .flatMap(update -> update.contacts().stream())
                .distinct()
                .toList();
        List<Map<String, Object>> items =
                updates.stream().flatMap(update -> update.items().stream()).toList();
        return Json.object(
                "value",
                Json.object(
                        "messaging_product",
                        "whatsapp",
                        "metadata",
                        Json.object(
                                "display_phone_number", first.number().phone(),
                                "phone_number_id", first.number().id()),
                        "contacts",
                        contacts.isEmpty() ? Optional.empty() : contacts,
                        first.list(),
                        items),
                "field",
                first.field());
    }
}
