package aparte.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statuses of messages as {@code message_history} tells them, with what became of their webhooks. Thread-safe. */
final class WhatsAppHistory {
    private static final class Event {
        private final Map<String, Object> item;
        private String webhook = "PENDING";

        private Event(Map<String, Object> item) {
            this.item = item;
        }
    }

    private final Map<String, List<Event>> events = new LinkedHashMap<>();

    synchronized void happened(Mailbox.Update update) {
        for (Map<String, Object> item : statuses(update)) {
            events.computeIfAbsent((String) item.get("id"), id -> new ArrayList<>())
                    .add(new Event(item));
        }
    }

    synchronized void told(List<Mailbox.Update> updates, boolean acknowledged) {
        for (Mailbox.Update update : updates) {
            for (Map<String, Object> item : statuses(update)) {
                events.getOrDefault((String) item.get("id"), List.of()).stream()
                        .filter(event -> event.item == item)
                        .forEach(event -> event.webhook = acknowledged ? "DELIVERED" : "FAILED");
            }
        }
    }

    /** The ids of all messages that have a status, oldest first. */
    synchronized List<String> messages() {
        return List.copyOf(events.keySet());
    }

    synchronized List<Map<String, Object>> eventsOf(String messageId) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Event event : events.getOrDefault(messageId, List.of())) {
            told.add(Json.object(
                    "id",
                    Long.toString(
                            1_000_000_000_000_000L + Integer.toUnsignedLong(messageId.hashCode()) * 100 + told.size()),
                    "delivery_status",
                    String.valueOf(event.item.get("status")).toUpperCase(Locale.ROOT),
                    "timestamp",
                    new Json.Word(String.valueOf(event.item.get("timestamp"))),
                    "webhook_update_state",
                    event.webhook));
        }
        return told;
    }

    private static List<Map<String, Object>> statuses(Mailbox.Update update) {
        return update instanceof WhatsAppUpdate told && told.list().equals("statuses") ? told.items() : List.of();
    }
}
