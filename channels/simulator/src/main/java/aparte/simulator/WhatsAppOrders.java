package aparte.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The orders that a business account opened, and how far they came. Guarded by the world.
 *
 * <p>Chosen where the documents are silent: an order that is completed or cancelled does not change any more (2046), and one that was
 * paid or shipped cannot be cancelled (2047).
 */
final class WhatsAppOrders {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Set<String> ENDS = Set.of("completed", "canceled");

    private static final class Order {
        private String status = "pending";
        private boolean paid;
    }

    private final Map<String, Order> orders = new HashMap<>();

    /** Takes an interactive message of any type; those without order are passed over. */
    void take(Map<String, Object> interactive, Instant now) throws GraphRefusal {
        Map<String, Object> parameters = WhatsAppTree.objectAt(interactive, "action", "parameters");
        String type = WhatsAppTree.text(interactive, "type").orElse("");
        String reference = WhatsAppTree.text(parameters, "reference_id").orElse("");
        if (type.equals("order_details")) {
            open(reference, WhatsAppTree.objectAt(parameters, "order"), now);
        } else if (type.equals("order_status")) {
            change(reference, parameters);
        }
    }

    private void open(String reference, Map<String, Object> order, Instant now) throws GraphRefusal {
        Map<String, Object> expiration = WhatsAppTree.objectAt(order, "expiration");
        if (!expiration.isEmpty()
                && WhatsAppTree.whole(expiration, "timestamp")
                        < now.plus(SHORTEST).getEpochSecond()) {
            throw WhatsAppError.refusal(131009, "The order must not expire within 300 seconds.");
        }
        if (orders.putIfAbsent(reference, new Order()) != null) {
            throw WhatsAppError.refusal(131009, "Param reference_id was used before.");
        }
    }

    private void change(String reference, Map<String, Object> parameters) throws GraphRefusal {
        Order order = orders.get(reference);
        if (order == null) {
            throw WhatsAppError.refusal(131009, "Param reference_id names no order.");
        }
        String next = WhatsAppTree.text(WhatsAppTree.objectAt(parameters, "order"), "status")
                .orElse("");
        if (ENDS.contains(order.status) && !next.equals(order.status)) {
            throw WhatsAppError.refusal(2046, "The order is " + order.status + ".");
        }
        if (next.equals("canceled") && (order.paid || order.status.endsWith("shipped"))) {
            throw WhatsAppError.refusal(2047, "The order was paid or shipped.");
        }
        order.status = next;
        order.paid |= WhatsAppTree.text(WhatsAppTree.objectAt(parameters, "payment"), "status")
                .orElse("")
                .equals("captured");
    }
}
