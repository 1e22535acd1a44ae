package aparte.messenger;

import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.consent.ClearedMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /messages}, written straight to bytes. */
final class SendRequest {
    private SendRequest() {}

    static byte[] json(ClearedMessage cleared, ClearedMessage.Attempt attempt, @Nullable String uploadedId)
            throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        json.name("recipient").beginObject();
        json.name("id").value(attempt.receivers().get(0).value()).endObject();
        if (cleared.lane().equals(Planning.HUMAN_AGENT)) {
            json.name("messaging_type").value("MESSAGE_TAG").name("tag").value("HUMAN_AGENT");
        } else {
            json.name("messaging_type").value(isAnswer(cleared.message()) ? "RESPONSE" : "UPDATE");
        }
        Optional<String> replyTo = attempt.replyTo();
        if (replyTo.isPresent()) {
            json.name("reply_to").beginObject().name("mid").value(replyTo.get()).endObject();
        }
        json.name("message").beginObject();
        content(json, attempt.content(), uploadedId);
        json.name("metadata").value(attempt.wireKey().toString());
        json.endObject();
        json.endObject();
        json.flush();
        return buffer.readByteArray();
    }

    /** Inside the window both types are legal for everything; the type only says what the message is. */
    private static boolean isAnswer(Message message) {
        return message.purpose() == Purpose.SERVICE || message.replyTo().isPresent();
    }

    private static void content(JsonWriter json, Content content, @Nullable String uploadedId) throws IOException {
        if (content instanceof Content.Text text) {
            json.name("text").value(text.body());
        } else if (content instanceof Content.Image image) {
            json.name("attachment").beginObject().name("type").value("image");
            json.name("payload").beginObject();
            media(json, image.media(), uploadedId);
            json.endObject().endObject();
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }

    private static void media(JsonWriter json, Media media, @Nullable String uploadedId) throws IOException {
        if (media instanceof Media.Link link) {
            json.name("url").value(link.uri().toASCIIString());
        } else if (media instanceof Media.Stored stored) {
            json.name("attachment_id").value(stored.id());
        } else if (uploadedId != null) {
            json.name("attachment_id").value(uploadedId);
        } else {
            throw new IllegalStateException("the media were not uploaded");
        }
    }
}
