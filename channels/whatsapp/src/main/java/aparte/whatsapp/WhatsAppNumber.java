package aparte.whatsapp;

import aparte.Address;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.EpochTime;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A business number at WhatsApp: how it stands, what people see of it, its settings. Words of Meta's are kept as they are, for
 * Meta adds to them.
 *
 * <p>As of 2026-11, Cloud API reference. Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class WhatsAppNumber {
    private static final String FIELDS = "display_phone_number,verified_name,quality_rating,throughput,"
            + "whatsapp_business_manager_messaging_limit,status,health_status";
    private static final JsonInput.Names FACTS = JsonInput.Names.of(FIELDS.split(","));
    private static final JsonInput.Names LEVEL = JsonInput.Names.of("level");
    private static final JsonInput.Names HEALTH = JsonInput.Names.of("can_send_message", "entities");
    private static final JsonInput.Names ENTITY = JsonInput.Names.of("entity_type", "can_send_message", "errors");
    private static final JsonInput.Names ERROR = JsonInput.Names.of("error_code");
    private static final JsonInput.Names DELETED = JsonInput.Names.of("deleted");
    private static final JsonInput.Names MESSAGE = JsonInput.Names.of("message_id", "events");
    private static final JsonInput.Names EVENTS = JsonInput.Names.of("data");
    private static final JsonInput.Names EVENT =
            JsonInput.Names.of("delivery_status", "timestamp", "webhook_update_state");
    private static final String HISTORY_FIELDS = "id,message_id,events{delivery_status,webhook_update_state,timestamp}";

    private final String path;
    private final GraphCalls graph;

    WhatsAppNumber(GraphNode number, GraphCalls graph) {
        this.path = number.path(number.id());
        this.graph = graph;
    }

    /**
     * How a number stands with WhatsApp.
     *
     * @param phone the number as people see it
     * @param name the name as people see it
     * @param quality {@code GREEN}, {@code YELLOW}, {@code RED} or {@code UNKNOWN}: how people take its messages
     * @param throughput {@code STANDARD}, which is 80 messages a second, or {@code HIGH}, 1,000
     * @param messagingLimit how many people the business may write to first in 24 hours, such as {@code TIER_2K}
     * @param status such as {@code CONNECTED}
     * @param health whether messages can be sent, and what is in the way
     */
    public record Facts(
            Optional<String> phone,
            Optional<String> name,
            Optional<String> quality,
            Optional<String> throughput,
            Optional<String> messagingLimit,
            Optional<String> status,
            Health health) {
        /** Checks the parts. */
        public Facts {
            Objects.requireNonNull(phone, "phone");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(quality, "quality");
            Objects.requireNonNull(throughput, "throughput");
            Objects.requireNonNull(messagingLimit, "messagingLimit");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(health, "health");
        }
    }

    /**
     * Whether messages can be sent.
     *
     * @param canSend {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}, by all together; empty if Meta does not say
     * @param parts the same of the number, the account, the business, the app
     */
    public record Health(Optional<String> canSend, List<Part> parts) {
        /** Copies the parts. */
        public Health {
            Objects.requireNonNull(canSend, "canSend");
            parts = List.copyOf(parts);
        }

        /** Tells whether Meta says that nothing can be sent. */
        public boolean isBlocked() {
            return canSend.filter("BLOCKED"::equals).isPresent();
        }
    }

    /**
     * Whether one of those that a message depends on lets it pass.
     *
     * @param kind such as {@code PHONE_NUMBER}, {@code WABA}, {@code BUSINESS}, {@code APP}
     * @param canSend {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}
     * @param errors the codes of what is in the way
     */
    public record Part(String kind, String canSend, List<Long> errors) {
        /** Copies the codes. */
        public Part {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(canSend, "canSend");
            errors = List.copyOf(errors);
        }
    }

    /**
     * Something that Meta remembers about a message.
     *
     * @param status what became of it, such as {@code DELIVERED}
     * @param at when, if Meta says so
     * @param webhook what became of telling us, such as {@code FAILED}, if Meta says so
     */
    public record Event(String status, Optional<Instant> at, Optional<String> webhook) {
        /** Checks the parts. */
        public Event {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(webhook, "webhook");
        }
    }

    /**
     * Returns how the number stands.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Facts facts() throws IOException {
        return graph.read(ProviderRequest.get(path, Map.of("fields", FIELDS)), WhatsAppNumber::facts);
    }

    /**
     * Returns what people see of the business.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public WhatsAppProfile profile() throws IOException {
        List<WhatsAppProfile> found = GraphPages.all(
                graph,
                path + "/whatsapp_business_profile",
                Map.of("fields", WhatsAppProfile.ASKED),
                "",
                WhatsAppProfile::read);
        return found.isEmpty() ? WhatsAppProfile.builder().build() : found.get(0);
    }

    /**
     * Changes what people see of the business; what the profile does not set stays as it is.
     *
     * @throws IllegalArgumentException if it sets nothing
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void profile(WhatsAppProfile profile) throws IOException {
        if (profile.isEmpty()) {
            throw new IllegalArgumentException("the profile sets nothing");
        }
        graph.change(ProviderRequest.post(path + "/whatsapp_business_profile", WireCall.body(profile::write)));
    }

    /**
     * Sets whether webhooks tell the hash of a person's identity, which changes with their phone or app.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void checkIdentities(boolean check) throws IOException {
        graph.change(ProviderRequest.post(
                path + "/settings",
                WireCall.plain(json -> json.name("user_identity_change")
                        .beginObject()
                        .name("enable_identity_key_check")
                        .value(check)
                        .endObject())));
    }

    /**
     * Takes a person out of the contact book that Meta keeps for the whole portfolio, as an erasure wants it. Meta then tells
     * their phone number no longer.
     *
     * @param person a user id
     * @return whether they were in it, as far as Meta says
     * @throws IllegalArgumentException if it is no user id
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public boolean forgetContact(Address person) throws IOException {
        if (!person.kind().equals(Address.Kind.WHATSAPP_USER)) {
            throw new IllegalArgumentException("the contact book knows people by user id: kind whatsapp-user");
        }
        return graph.read(
                ProviderRequest.delete(
                        path + "/contact_book", Map.of("messaging_product", "whatsapp", "bsuid", person.value())),
                json -> {
                    boolean deleted = true;
                    while (json.hasNext()) {
                        if (json.name(DELETED) == 0) {
                            deleted = json.bool();
                        } else {
                            json.skip();
                        }
                    }
                    json.end();
                    return deleted;
                });
    }

    /**
     * Returns what Meta remembers about a message, oldest first as Meta gives it; empty if it knows none. Not every app may
     * ask. A message whose id never came cannot be found.
     *
     * @param providerId the {@code wamid} of the message
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Event> history(String providerId) throws IOException {
        Objects.requireNonNull(providerId, "providerId");
        List<List<Event>> found = GraphPages.all(
                graph,
                path + "/message_history",
                Map.of("message_id", providerId, "fields", HISTORY_FIELDS),
                "",
                json -> events(json, providerId));
        return found.stream().flatMap(List::stream).toList();
    }

    private static Facts facts(JsonInput json) throws IOException {
        List<Optional<String>> texts = new ArrayList<>(Collections.nCopies(6, Optional.empty()));
        Health health = new Health(Optional.empty(), List.of());
        while (json.hasNext()) {
            int name = json.name(FACTS);
            switch (name) {
                case 0, 1, 2, 4, 5 -> texts.set(name, word(json));
                case 3 -> texts.set(name, level(json));
                case 6 -> health = health(json);
                default -> json.skip();
            }
        }
        json.end();
        return new Facts(texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5), health);
    }

    private static Optional<String> word(JsonInput json) throws IOException {
        return Optional.ofNullable(json.text()).filter(text -> !text.isBlank()).map(JsonInput::wellFormed);
    }

    private static Optional<String> level(JsonInput json) throws IOException {
        Optional<String> level = Optional.empty();
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(LEVEL) == 0) {
                    level = word(json);
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return level;
    }

    private static Health health(JsonInput json) throws IOException {
        Optional<String> canSend = Optional.empty();
        List<Part> parts = List.of();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(HEALTH)) {
                    case 0 -> canSend = word(json);
                    case 1 -> parts = GraphPages.items(json, WhatsAppNumber::part);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return new Health(canSend, parts);
    }

    private static Optional<Part> part(JsonInput json) throws IOException {
        Optional<String> kind = Optional.empty();
        Optional<String> canSend = Optional.empty();
        List<Long> errors = List.of();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(ENTITY)) {
                    case 0 -> kind = word(json);
                    case 1 -> canSend = word(json);
                    case 2 -> errors = GraphPages.items(json, item -> WireFailure.one(item, ERROR));
                    default -> json.skip();
                }
            }
            json.end();
        }
        return kind.isEmpty() || canSend.isEmpty()
                ? Optional.empty()
                : Optional.of(new Part(kind.get(), canSend.get(), errors));
    }

    private static Optional<List<Event>> events(JsonInput json, String providerId) throws IOException {
        String message = null;
        List<Event> events = List.of();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(MESSAGE)) {
                    case 0 -> message = json.text();
                    case 1 -> events = eventsOf(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return providerId.equals(message) ? Optional.of(events) : Optional.empty();
    }

    private static List<Event> eventsOf(JsonInput json) throws IOException {
        List<Event> events = List.of();
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(EVENTS) == 0) {
                    events = GraphPages.items(json, WhatsAppNumber::event);
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return events;
    }

    private static Optional<Event> event(JsonInput json) throws IOException {
        Optional<String> status = Optional.empty();
        Optional<Instant> at = Optional.empty();
        Optional<String> webhook = Optional.empty();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(EVENT)) {
                    case 0 -> status = word(json);
                    case 1 -> at = word(json).flatMap(EpochTime::parse);
                    case 2 -> webhook = word(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return status.isEmpty() ? Optional.empty() : Optional.of(new Event(status.get(), at, webhook));
    }

    @Override
    public String toString() {
        return "WhatsAppNumber[" + graph + "]";
    }
}
