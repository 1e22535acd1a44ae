package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A contact that a person shares.
 *
 * @param name the whole name; empty for a contact without one
 * @param phone {@code +} and 4 to 15 digits
 */
public record WhatsAppContact(Optional<String> name, String phone) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code phone} is not {@code +} and 4 to 15 digits
     */
    public WhatsAppContact {
        requireNonNull(name, "name");
        WhatsApp.digits(phone);
    }

    /** A contact with a name. */
    public static WhatsAppContact of(String name, String phone) {
        return new WhatsAppContact(Optional.of(name), phone);
    }

    /** A contact without a name. */
    public static WhatsAppContact nameless(String phone) {
        return new WhatsAppContact(Optional.empty(), phone);
    }

    Map<String, Object> inWebhook(String origin) {
        String digits = WhatsApp.digits(phone);
        return Json.object(
                "name",
                name.map(whole -> Json.object("formatted_name", whole, "first_name", whole)),
                "phones",
                List.of(Json.object("phone", phone, "wa_id", digits, "type", "CELL")),
                "origin",
                origin,
                "vcard",
                "BEGIN:VCARD\nVERSION:3.0\nFN:" + name.orElse("") + "\nTEL;type=CELL;waid=" + digits + ":" + phone
                        + "\nEND:VCARD");
    }

    /** Nothing about the contact. */
    @Override
    public String toString() {
        return "WhatsAppContact";
    }
}
