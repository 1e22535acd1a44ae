package aparte.whatsapp;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads the ids in WhatsApp's answers. Empty for whatever is not the JSON expected; never throws. */
final class SendAnswer {
    private static final JsonReader.Options MESSAGES = JsonReader.Options.of("messages");
    private static final JsonReader.Options ID = JsonReader.Options.of("id");

    private SendAnswer() {}

    /** The id of the first message in the answer to a send. */
    static Optional<String> wamid(byte[] body) {
        return whole(body, SendAnswer::messages);
    }

    /** The id in the answer to an upload. */
    static Optional<String> mediaId(byte[] body) {
        return whole(body, SendAnswer::id);
    }

    private interface Part {
        @Nullable
        String read(JsonReader reader) throws IOException;
    }

    private static Optional<String> whole(byte[] body, Part part) {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            String found = part.read(reader);
            return reader.peek() == JsonReader.Token.END_DOCUMENT ? Optional.ofNullable(found) : Optional.empty();
        } catch (IOException | JsonDataException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable String messages(JsonReader reader) throws IOException {
        String id = null;
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.selectName(MESSAGES) == 0) {
                reader.beginArray();
                while (reader.hasNext()) {
                    String next = id(reader);
                    id = id == null ? next : id;
                }
                reader.endArray();
            } else {
                reader.skipName();
                reader.skipValue();
            }
        }
        reader.endObject();
        return id;
    }

    private static @Nullable String id(JsonReader reader) throws IOException {
        String id = null;
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.selectName(ID) == 0) {
                String text = Json.text(reader);
                id = text == null || text.isBlank() ? null : text;
            } else {
                reader.skipName();
                reader.skipValue();
            }
        }
        reader.endObject();
        return id;
    }
}
