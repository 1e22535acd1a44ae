package aparte.whatsapp;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person named beside the items of a change.
 *
 * @param name the profile's name
 * @param userName the profile's user name
 * @param waId the phone number's digits; missing or empty where the person hides it
 * @param userId the business-scoped user id
 * @param parentUserId the id across portfolios
 * @param keyHash the hash of the key of the person's device, where the number asks for it
 */
record WireContact(
        @Nullable String name,
        @Nullable String userName,
        @Nullable String waId,
        @Nullable String userId,
        @Nullable String parentUserId,
        @Nullable String keyHash) {
    private static final JsonInput.Names FIELDS =
            JsonInput.Names.of("profile", "wa_id", "user_id", "parent_user_id", "identity_key_hash");
    private static final JsonInput.Names PROFILE = JsonInput.Names.of("name", "username");

    static @Nullable WireContact read(JsonInput reader) throws IOException {
        String name = null;
        String userName = null;
        String waId = null;
        String userId = null;
        String parent = null;
        String keyHash = null;
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
                case 4 -> keyHash = reader.text();
                default -> reader.skip();
            }
        }
        reader.end();
        return new WireContact(name, userName, waId, userId, parent, keyHash);
    }

    /** The contact of a person, found by an id, never by position; null if none fits. */
    static @Nullable WireContact of(
            List<WireContact> contacts, @Nullable String phone, @Nullable String userId, @Nullable String parent) {
        for (int i = 0; i < contacts.size(); i++) {
            WireContact contact = contacts.get(i);
            if (same(contact.waId, phone) || same(contact.userId, userId) || same(contact.parentUserId, parent)) {
                return contact;
            }
        }
        return null;
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty() && one.equals(other);
    }

    void addDetails(WireDetails details) {
        details.put("profile.name", name);
        details.put("profile.username", userName);
        details.put("identity_key_hash", keyHash);
    }
}
