package aparte.whatsapp;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person named beside the items of a change.
 *
 * @param name the profile's name
 * @param userName the profile's user name
 * @param waId the phone number's digits; missing or empty where the person hides it
 * @param userId the business-scoped user id
 * @param parentUserId the id across portfolios
 */
record WireContact(
        @Nullable String name,
        @Nullable String userName,
        @Nullable String waId,
        @Nullable String userId,
        @Nullable String parentUserId) {
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("profile", "wa_id", "user_id", "parent_user_id");
    private static final JsonReader.Options PROFILE = JsonReader.Options.of("name", "username");

    static @Nullable WireContact read(JsonReader reader) throws IOException {
        String name = null;
        String userName = null;
        String waId = null;
        String userId = null;
        String parent = null;
        if (!Json.object(reader)) {
            return null;
        }
        while (reader.hasNext()) {
            int field = reader.selectName(FIELDS);
            switch (field) {
                case 0 -> {
                    if (Json.object(reader)) {
                        while (reader.hasNext()) {
                            int part = reader.selectName(PROFILE);
                            switch (part) {
                                case 0 -> name = Json.text(reader);
                                case 1 -> userName = Json.text(reader);
                                default -> Json.skip(reader, part);
                            }
                        }
                        reader.endObject();
                    }
                }
                case 1 -> waId = Json.text(reader);
                case 2 -> userId = Json.text(reader);
                case 3 -> parent = Json.text(reader);
                default -> Json.skip(reader, field);
            }
        }
        reader.endObject();
        return new WireContact(name, userName, waId, userId, parent);
    }

    /** The contact of a person, found by an id, never by position; null if none fits. */
    static @Nullable WireContact of(
            List<WireContact> contacts, @Nullable String phone, @Nullable String userId, @Nullable String parent) {
        for (WireContact contact : contacts) {
            if (same(contact.waId, phone) || same(contact.userId, userId) || same(contact.parentUserId, parent)) {
                return contact;
            }
        }
        return null;
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty() && one.equals(other);
    }

    void addDetails(Map<String, String> details) {
        if (name != null) {
            details.put("profile.name", Json.wellFormed(name));
        }
        if (userName != null) {
            details.put("profile.username", Json.wellFormed(userName));
        }
    }
}
