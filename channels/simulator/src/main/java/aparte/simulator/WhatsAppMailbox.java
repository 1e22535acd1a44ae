package aparte.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The webhooks of one WhatsApp business account. */
final class WhatsAppMailbox implements Mailbox {
    private final WhatsAppSettings settings;
    private final ByteString key;
    private volatile @Nullable URI callback;

    WhatsAppMailbox(WhatsAppSettings settings) {
        this.settings = settings;
        key = ByteString.encodeString(settings.appSecret(), StandardCharsets.UTF_8);
    }

    void callback(URI uri) {
        callback = uri;
    }

    @Override
    public Optional<URI> callback() {
        return Optional.ofNullable(callback);
    }

    String signature(ByteString body) {
        return "sha256=" + body.hmacSha256(key).hex();
    }

    @Override
    public Map<String, String> headers(ByteString body) {
        return Map.of(
                "Content-Type", "application/json",
                "User-Agent", "facebookexternalua",
                "X-Hub-Signature-256", signature(body));
    }

    /** Neighbours that share field, list and number share one change, as on the platform. */
    @Override
    public ByteString body(List<Update> updates) {
        List<Object> changes = new ArrayList<>();
        List<WhatsAppUpdate> neighbours = new ArrayList<>();
        for (Update update : updates) {
            WhatsAppUpdate next = (WhatsAppUpdate) update;
            if (!neighbours.isEmpty() && !neighbours.get(0).fitsBeside(next)) {
                changes.add(change(neighbours));
                neighbours.clear();
            }
            neighbours.add(next);
        }
        changes.add(change(neighbours));
        return Json.write(Json.object(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Json.object("id", settings.businessAccountId(), "changes", changes))));
    }

    private static Map<String, Object> change(List<WhatsAppUpdate> updates) {
        WhatsAppUpdate first = updates.get(0);
        List<Map<String, Object>> contacts = updates.stream()
                .flatMap(update -> update.contact().stream())
                .distinct()
                .toList();
        List<Map<String, Object>> items =
                updates.stream().map(WhatsAppUpdate::item).toList();
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
