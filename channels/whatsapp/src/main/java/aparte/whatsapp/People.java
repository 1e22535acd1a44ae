package aparte.whatsapp;

import aparte.Address;
import aparte.Identity;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a person out of the ids that an item and its contact carry: the phone number first, then the user ids. */
final class People {
    private static final JsonInput.Names PERSON = JsonInput.Names.of("wa_id", "user_id", "parent_user_id");

    private People() {}

    /** The person, or an exception where no id is usable. */
    static Identity person(
            @Nullable WireContact contact, @Nullable String phone, @Nullable String userId, @Nullable String parent)
            throws WireEvent.NotKnown {
        if (contact == null && userId == null && parent == null) {
            Address alone = phone(phone);
            if (alone != null) {
                return Identity.of(List.of(alone));
            }
        }
        List<Address> addresses = addresses(contact, phone, userId, parent);
        if (addresses.isEmpty()) {
            throw new WireEvent.NotKnown("an item that names no person");
        }
        return Identity.of(addresses);
    }

    static List<Address> addresses(
            @Nullable WireContact contact, @Nullable String phone, @Nullable String userId, @Nullable String parent) {
        List<Address> addresses = new ArrayList<>(3);
        addPhone(addresses, phone);
        if (contact != null) {
            addPhone(addresses, contact.waId());
        }
        addUser(addresses, userId);
        addUser(addresses, parent);
        if (contact != null) {
            addUser(addresses, contact.userId());
            addUser(addresses, contact.parentUserId());
        }
        return addresses;
    }

    /** The addresses that some ids make; those that make none are left out. */
    static List<Address> addresses(@Nullable String phone, @Nullable String userId, @Nullable String parent) {
        return addresses(null, phone, userId, parent);
    }

    /** The person of an answer to the account; empty where no id is usable. */
    static Optional<Identity> known(@Nullable String phone, @Nullable String userId, @Nullable String parent) {
        try {
            return Optional.of(person(null, phone, userId, parent));
        } catch (WireEvent.NotKnown nobody) {
            return Optional.empty();
        }
    }

    /** The person in the object that comes next, by these fields; empty where no id is usable. */
    static Optional<Identity> read(JsonInput json) throws IOException {
        String phone = null;
        String user = null;
        String parent = null;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(PERSON)) {
                    case 0 -> phone = json.text();
                    case 1 -> user = json.text();
                    case 2 -> parent = json.text();
                    default -> json.skip();
                }
            }
            json.end();
        }
        return known(phone, user, parent);
    }

    /**
     * What calls of the account name people by.
     *
     * @throws IllegalArgumentException if one has neither a phone number nor a user id, or is named twice
     */
    static List<String> users(List<Address> people) {
        List<String> users = new ArrayList<>(people.size());
        Set<Address> known = new HashSet<>();
        for (Address person : people) {
            if (!person.kind().equals(Address.Kind.PHONE) && !person.kind().equals(Address.Kind.WHATSAPP_USER)) {
                throw new IllegalArgumentException("WhatsApp knows people by phone number or user id");
            }
            if (!known.add(person.keys().get(0))) {
                throw new IllegalArgumentException("somebody is named twice");
            }
            users.add(person.value());
        }
        return users;
    }

    private static void addPhone(List<Address> addresses, @Nullable String digits) {
        Address phone = phone(digits);
        if (phone != null) {
            add(addresses, phone);
        }
    }

    /** The phone number; null if it is none. */
    private static @Nullable Address phone(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return null;
        }
        String number = digits.charAt(0) == '+' ? digits : "+" + digits;
        boolean plain = number.length() >= 8 && number.length() <= 16 && number.charAt(1) != '0';
        for (int i = 1; i < number.length(); i++) {
            plain &= number.charAt(i) >= '0' && number.charAt(i) <= '9';
        }
        return plain ? Address.phone(number) : null;
    }

    static void addUser(List<Address> addresses, @Nullable String id) {
        if (id != null && !id.isBlank() && id.length() <= 512) {
            add(addresses, Address.of(Address.Kind.WHATSAPP_USER, JsonInput.wellFormed(id)));
        }
    }

    private static void add(List<Address> addresses, Address address) {
        if (!addresses.contains(address)) {
            addresses.add(address);
        }
    }
}
