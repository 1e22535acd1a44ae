package aparte.viber;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The person beside an event. Only the id is always there: the person or {@code set_webhook} may hide the rest.
 *
 * @param id the person's id with this bot
 * @param name the name shown
 * @param avatar the picture's address
 * @param country ISO 3166, mostly
 * @param language such as {@code fr} or {@code en-CA}
 * @param apiVersion what the person's app can show
 */
record WireUser(
        @Nullable String id,
        @Nullable String name,
        @Nullable String avatar,
        @Nullable String country,
        @Nullable String language,
        @Nullable String apiVersion) {
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("id", "name", "avatar", "country", "language", "api_version");

    /** Reads a value; null if it is no object. */
    static @Nullable WireUser read(JsonReader reader) throws IOException {
        if (!Json.object(reader)) {
            return null;
        }
        String[] parts = new String[FIELDS.strings().size()];
        while (reader.hasNext()) {
            int field = reader.selectName(FIELDS);
            if (field < 0) {
                Json.skipField(reader);
            } else {
                parts[field] = Json.text(reader);
            }
        }
        reader.endObject();
        return new WireUser(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    void addDetails(Map<String, String> details) {
        add(details, "profile.name", name);
        add(details, "profile.avatar", avatar);
        add(details, "profile.country", country);
        add(details, "profile.language", language);
        add(details, "profile.api_version", apiVersion);
    }

    static void add(Map<String, String> details, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            details.put(name, Json.wellFormed(value));
        }
    }

    /** Hides the person. */
    @Override
    public String toString() {
        return "WireUser[…]";
    }
}
