package aparte.viber;

import aparte.Content;
import aparte.Media;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import okio.Buffer;

/** The bodies of {@code send_message} and {@code broadcast_message}, written straight to bytes. */
final class WireMessage {
    /** The most bytes of one request: 30 kB. */
    static final int MOST_BYTES = 30 * 1024;

    private WireMessage() {}

    /** A message to one person; what tracks it comes back with the person's next messages. */
    static byte[] toOne(String senderName, String receiver, Content content, String trackingData) {
        return written(json -> {
            json.name("receiver").value(receiver);
            json.name("tracking_data").value(trackingData);
            addShown(json, senderName, content);
        });
    }

    /** A message in the answer to a callback: Viber knows whom it welcomes. */
    static byte[] welcome(String senderName, Content content, String trackingData) {
        return written(json -> {
            json.name("tracking_data").value(trackingData);
            addShown(json, senderName, content);
        });
    }

    /** The same message to many. It is not tracked: our key names one message of one person. */
    static byte[] toMany(String senderName, Collection<String> receivers, Content content) {
        return written(json -> {
            json.name("broadcast_list").beginArray();
            for (String receiver : receivers) {
                json.value(receiver);
            }
            json.endArray();
            addShown(json, senderName, content);
        });
    }

    private interface Part {
        void write(JsonWriter json) throws IOException;
    }

    private static byte[] written(Part part) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            part.write(json);
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory does not fail", impossible);
        }
        return buffer.readByteArray();
    }

    private static void addShown(JsonWriter json, String senderName, Content content) throws IOException {
        json.name("sender").beginObject().name("name").value(senderName).endObject();
        if (content instanceof Content.Text text) {
            json.name("type").value("text").name("text").value(text.body());
        } else if (content instanceof Content.Image image && image.media() instanceof Media.Link link) {
            json.name("type")
                    .value("picture")
                    .name("text")
                    .value(image.caption().orElse(""));
            json.name("media").value(link.uri().toASCIIString());
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }
}
