package aparte.whatsapp;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes with an item and has no place of its own: texts, numbers and truth values by their paths. Not thread-safe. */
final class WireDetails {
    /** Beyond this a body that somebody else signed could only waste memory. */
    private static final int MOST = 64;

    private @Nullable Map<String, String> details; // most items have none

    /** Keeps a detail, unless it is missing or empty. */
    void put(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (details == null) {
            details = new LinkedHashMap<>();
        }
        if (details.size() < MOST) {
            details.put(name, JsonInput.wellFormed(value));
        }
    }

    /** Reads the next value, whatever it is, and keeps all that it holds. */
    void read(JsonInput reader, String path) throws IOException {
        if (reader.isObject()) {
            reader.object();
            while (reader.hasNext()) {
                String name = reader.name();
                read(reader, path + "." + JsonInput.wellFormed(name));
            }
            reader.end();
        } else if (reader.isArray()) {
            reader.array();
            for (int i = 0; reader.hasNext(); i++) {
                read(reader, path + "." + i);
            }
            reader.end();
        } else {
            String value = reader.scalar();
            if (value == null) {
                reader.skip();
            }
            put(path, value);
        }
    }

    /** Returns the value of a detail; empty if it is not there. */
    String get(String name) {
        return details == null ? "" : details.getOrDefault(name, "");
    }

    Map<String, String> all() {
        return details == null ? Map.of() : details;
    }
}
