package aparte.whatsapp;

import aparte.channel.http.JsonInput;
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
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("profile", "wa_id", "user_id", "parent_user_id");
    private static final JsonInput.Names PROFILE = JsonInput.Names.of("name", "username");

    static @Nullable WireContact read(JsonInput reader) throws IOException {
        String name = null;
        String userName = null;
        String waId = null;
        String userId = null;
        String parent = null;
        if (!reader.object()) {
            return null;
        }
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> {
                    if (reader.object()) {
                        while (reader.hasNext()) {
                            int part = reader.name(PROFILE);
                            switch (part) {
                                case 0 -> name = reader.text();
                                case 1 -> userName = reader.text();
                                default -> reader.skip();
                            }
                        }
                        reader.end();
                    }
                }
                case 1 -> waId = reader.text();
                case 2 -> userId = reader.text();
                case 3 -> parent = reader.text();
                default -> reader.skip();
            }
        }
        reader.end();
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
            details.put("profile.name", JsonInput.wellFormed(name));
        }
        if (userName != null) {
            details.put("profile.username", JsonInput.wellFormed(userName));
        }
    }
}
