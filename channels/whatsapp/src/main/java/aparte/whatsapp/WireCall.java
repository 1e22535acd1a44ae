package aparte.whatsapp;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import okio.Buffer;

/** Bodies of calls of the account, and the form of Meta's lists. */
final class WireCall {
    private WireCall() {}

    /** Writes what follows the name of the product. */
    @FunctionalInterface
    interface Fields {
        void write(JsonWriter json) throws IOException;
    }

    /** A body that names WhatsApp as the product. */
    static byte[] body(Fields fields) throws IOException {
        return plain(json -> {
            json.name("messaging_product").value("whatsapp");
            fields.write(json);
        });
    }

    /** A body of these fields alone. */
    static byte[] plain(Fields fields) throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        fields.write(json);
        json.endObject().flush();
        return buffer.readByteArray();
    }

    /** A list of objects that each name somebody. */
    static Fields users(String list, List<String> users) {
        return json -> {
            json.name(list).beginArray();
            for (String user : users) {
                json.beginObject().name("user").value(user).endObject();
            }
            json.endArray();
        };
    }
}
