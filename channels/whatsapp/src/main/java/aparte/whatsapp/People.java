package aparte.whatsapp;

import aparte.Address;
import aparte.Identity;
import aparte.channel.http.JsonInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a person out of the ids that an item and its contact carry: the phone number first, then the user ids. */
final class People {
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
