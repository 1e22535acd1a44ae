package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.consent.ClearedMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /messages}, written straight to bytes. */
final class WireMessage {
    private WireMessage() {}

    static byte[] json(ClearedMessage.Attempt attempt, @Nullable String uploadedId) throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        json.name("messaging_product").value("whatsapp");
        Address to = attempt.receivers().get(0);
        json.name("recipient_type").value(GroupRoster.isGroup(to) ? "group" : "individual");
        json.name(to.kind().equals(Address.Kind.WHATSAPP_USER) ? "recipient" : "to")
                .value(to.value());
        Optional<String> replyTo = attempt.replyTo();
        if (replyTo.isPresent()) {
            json.name("context").beginObject().name("message_id").value(replyTo.get());
            json.endObject();
        }
        content(json, attempt.content(), uploadedId);
        json.name("biz_opaque_callback_data").value(attempt.wireKey().toString());
        json.endObject();
        json.flush();
        return buffer.readByteArray();
    }

    private static void content(JsonWriter json, Content content, @Nullable String uploadedId) throws IOException {
        if (content instanceof Content.Text text) {
            json.name("type").value("text").name("text").beginObject();
            json.name("preview_url").value(text.linkPreview()).name("body").value(text.body());
        } else if (content instanceof Content.Image image) {
            json.name("type").value("image").name("image").beginObject();
            media(json, image.media(), uploadedId);
            if (image.caption().isPresent()) {
                json.name("caption").value(image.caption().get());
            }
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
        json.endObject();
    }

    private static void media(JsonWriter json, Media media, @Nullable String uploadedId) throws IOException {
        if (media instanceof Media.Link link) {
            json.name("link").value(link.uri().toASCIIString());
        } else if (media instanceof Media.Stored stored) {
            json.name("id").value(stored.id());
        } else if (uploadedId != null) {
            json.name("id").value(uploadedId);
        } else {
            throw new IllegalStateException("the media were not uploaded");
        }
    }
}
