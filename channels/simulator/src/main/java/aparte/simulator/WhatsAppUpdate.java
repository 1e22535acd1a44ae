package aparte.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * One item of a WhatsApp webhook.
 *
 * @param field the webhook field
 * @param list the name of the list that holds the item
 * @param contact the person, as listed beside the items
 */
record WhatsAppUpdate(
        String field,
        String list,
        WhatsAppNumber number,
        Optional<Map<String, Object>> contact,
        Map<String, Object> item)
        implements Mailbox.Update {
    boolean fitsBeside(WhatsAppUpdate other) {
        return field.equals(other.field) && list.equals(other.list) && number.equals(other.number);
    }
}
