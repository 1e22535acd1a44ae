package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in one list of a WhatsApp webhook: one item, or several that arrived together.
 *
 * @param field the webhook field
 * @param list the name of the list that holds the items
 * @param contacts the people, as listed beside the items
 */
record WhatsAppUpdate(
        String field,
        String list,
        WhatsAppNumber number,
        List<Map<String, Object>> contacts,
        List<Map<String, Object>> items)
        implements Mailbox.Update {
    WhatsAppUpdate(
            String field,
            String list,
            WhatsAppNumber number,
            Optional<Map<String, Object>> contact,
            Map<String, Object> item) {
        this(field, list, number, contact.stream().toList(), List.of(item));
    }

    /** Statuses of a group stay alone: one webhook is about one message and one status. */
    boolean fitsBeside(WhatsAppUpdate other) {
        return field.equals(other.field)
                && list.equals(other.list)
                && number.equals(other.number)
                && !isOfGroup()
                && !other.isOfGroup();
    }

    private boolean isOfGroup() {
        return items.stream().anyMatch(item -> "group".equals(item.get("recipient_type")));
    }
}
