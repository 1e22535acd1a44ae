package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** The advertisement or post that a person came from. Immutable and thread-safe: each method answers a changed copy. */
public final class WhatsAppReferral {
    private final Map<String, Object> fields;

    private WhatsAppReferral(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** An advertisement of this id, with a click id; an ad in a status has none, see {@link #withoutClickId()}. */
    public static WhatsAppReferral ad(String id) {
        return of("ad", id).with("ctwa_clid", "click-" + id);
    }

    /** A post of this id. */
    public static WhatsAppReferral post(String id) {
        return of("post", id);
    }

    private static WhatsAppReferral of(String type, String id) {
        return new WhatsAppReferral(Json.object(
                "source_url", "https://fb.me/" + requireNonNull(id, "id"), "source_id", id, "source_type", type));
    }

    /** The headline and the text. */
    public WhatsAppReferral saying(String headline, String body) {
        return with("headline", headline).with("body", body);
    }

    /** The image that was shown. */
    public WhatsAppReferral image(String url) {
        return with("media_type", "image").with("image_url", url);
    }

    /** The video that was shown. */
    public WhatsAppReferral video(String url, String thumbnailUrl) {
        return with("media_type", "video").with("video_url", url).with("thumbnail_url", thumbnailUrl);
    }

    /** What the app greeted the person with. */
    public WhatsAppReferral welcome(String text) {
        return with("welcome_message", Json.object("text", requireNonNull(text, "text")));
    }

    /** Without {@code ctwa_clid}. */
    public WhatsAppReferral withoutClickId() {
        Map<String, Object> fewer = new LinkedHashMap<>(fields);
        fewer.remove("ctwa_clid");
        return new WhatsAppReferral(fewer);
    }

    private WhatsAppReferral with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, requireNonNull(value, name));
        return new WhatsAppReferral(more);
    }

    Map<String, Object> inWebhook() {
        return new LinkedHashMap<>(fields);
    }

    /** The kind and id of the source. */
    @Override
    public String toString() {
        return "WhatsAppReferral[" + fields.get("source_type") + " " + fields.get("source_id") + "]";
    }
}
