package aparte.whatsapp;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import okio.Buffer;
import okio.Okio;

/**
 * JSON that a host wrote, copied token by token: what is not one well-formed value never reaches a request, and nothing
 * written in it ends the object that it stands in.
 */
final class ForeignJson {
    private ForeignJson() {}

    /** Writes a value that {@link #isObject} or {@link #isArray} found to be readable. */
    static void copy(String text, JsonWriter into) throws IOException {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            value(reader, into);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new IOException("more than one JSON value");
            }
        }
    }

    static boolean isObject(String text) {
        return begins(text, '{') && isReadable(text);
    }

    static boolean isArray(String text) {
        return begins(text, '[') && isReadable(text);
    }

    static boolean isFilledObject(String text) {
        return isObject(text) && text.indexOf(':') > 0;
    }

    private static boolean begins(String text, char first) {
        return text.stripLeading().indexOf(first) == 0;
    }

    private static boolean isReadable(String text) {
        try (JsonWriter nowhere = JsonWriter.of(Okio.buffer(Okio.blackhole()))) {
            // As deep as it stands in a request at most.
            nowhere.beginObject()
                    .name("interactive")
                    .beginObject()
                    .name("action")
                    .beginObject();
            nowhere.name("parameters")
                    .beginObject()
                    .name("payload")
                    .beginObject()
                    .name("data");
            copy(text, nowhere);
            nowhere.endObject().endObject().endObject().endObject().endObject();
            return true;
        } catch (IOException | JsonDataException | NumberFormatException unreadable) {
            return false;
        }
    }

    private static void value(JsonReader reader, JsonWriter into) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                into.beginObject();
                while (reader.hasNext()) {
                    into.name(reader.nextName());
                    value(reader, into);
                }
                reader.endObject();
                into.endObject();
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                into.beginArray();
                while (reader.hasNext()) {
                    value(reader, into);
                }
                reader.endArray();
                into.endArray();
            }
            case STRING -> into.value(reader.nextString());
            case NUMBER -> into.value(new BigDecimal(reader.nextString()));
            case BOOLEAN -> into.value(reader.nextBoolean());
            default -> {
                reader.<Object>nextNull();
                into.setSerializeNulls(true);
                into.nullValue();
            }
        }
    }
}
