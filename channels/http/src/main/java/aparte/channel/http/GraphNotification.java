package aparte.channel.http;

import aparte.ChannelId;
import aparte.InboundEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A webhook's body of Meta's messaging: all notifications, entries and items, in one pass over the bytes. For the readers of
 * channels, not for hosts.
 *
 * <p>The body is an object, or an array of them as in Meta's samples. Items stand in the lists {@code messaging} and {@code
 * standby}, as the value of one of the {@code changes}, or as the value of the entry itself. Keys come in any order, so
 * items are kept until their entry ends. What is not read becomes {@code Unknown}, cut out of the bytes by {@link RawEvents};
 * nothing throws. Not thread-safe.
 *
 * @param <I> an item as the channel reads it
 */
public final class GraphNotification<I> {
    private static final JsonInput.Names ROOT = JsonInput.Names.of("object", "entry");
    private static final JsonInput.Names ENTRY =
            JsonInput.Names.of("id", "time", "field", "value", "messaging", "standby", "changes");
    private static final JsonInput.Names CHANGE = JsonInput.Names.of("field", "value");

    private final byte[] body;
    private final String object;
    private final ChannelId channel;
    private final Clock clock;
    private final Items<I> items;
    private final List<Slot> slots = new ArrayList<>();

    /** Where an item stands. */
    public enum From {
        /** In {@code messaging}: it is ours. */
        MESSAGING,
        /** In {@code standby}: another app holds the thread. */
        STANDBY,
        /** The value of a field that changed. */
        CHANGE
    }

    /**
     * What stands around an item.
     *
     * @param from where it stands
     * @param field the field that changed; empty elsewhere
     * @param node the id of what of ours it belongs to, as the entry names it; the dashboard's test button writes 0
     * @param at the entry's time
     */
    public record Around(From from, String field, Optional<String> node, Optional<Instant> at) {
        /** Checks the parts. */
        public Around {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * What an item says.
     *
     * @param events what is read of it
     * @param problem what is not read, in our words; then the item comes as {@code Unknown} too
     */
    public record Said(List<InboundEvent> events, Optional<String> problem) {
        /** Copies the events. */
        public Said {
            events = List.copyOf(events);
            Objects.requireNonNull(problem, "problem");
        }

        /** Returns one event. */
        public static Said of(InboundEvent event) {
            return new Said(List.of(event), Optional.empty());
        }

        /** Returns that nothing of it is read. */
        public static Said unread(String problem) {
            return new Said(List.of(), Optional.of(problem));
        }
    }

    /** How a channel reads items. */
    public interface Items<I> {
        /**
         * Reads an item; the reader entered its object, and this must leave it.
         *
         * @throws IOException if the JSON is broken
         */
        I read(JsonInput json) throws IOException;

        /** Returns when it happened, as it says itself. */
        Optional<Instant> at(I item);

        /**
         * Returns what it says; an {@code IllegalArgumentException} means that it has a malformed part. For the value of
         * a change the caller says which field it is of.
         */
        Said said(I item, Around around);
    }

    /** An event, or the place of something that is not read. */
    private record Slot(@Nullable InboundEvent event, String place, String problem, Optional<Instant> at) {}

    /** An item until its entry ends; null if it is no object. */
    private record Kept<I>(
            From from, String field, String place, @Nullable I item) {}

    private GraphNotification(byte[] body, String object, ChannelId channel, Clock clock, Items<I> items) {
        this.body = body;
        this.object = object;
        this.channel = channel;
        this.clock = clock;
        this.items = items;
    }

    /**
     * Returns all events of a body.
     *
     * @param object what {@code object} must say, such as {@code page}; it may be missing
     * @param clock for what names no time
     */
    public static <I> List<InboundEvent> events(
            byte[] body, String object, ChannelId channel, Clock clock, Items<I> items) {
        return new GraphNotification<>(body, object, channel, clock, items).events();
    }

    private List<InboundEvent> events() {
        try {
            JsonInput json = JsonInput.of(body);
            Optional<String> flaw = json.isArray() ? several(json) : notification(json, "");
            if (!json.atEnd()) {
                return List.of(unreadable("something follows the JSON"));
            }
            return flaw.isPresent() ? List.of(unreadable(flaw.get())) : named();
        } catch (IOException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
    }

    private Optional<String> several(JsonInput json) throws IOException {
        json.array();
        int index = 0;
        while (json.hasNext()) {
            String place = Integer.toString(index++);
            notification(json, place + "/").ifPresent(flaw -> unread(place, flaw, Optional.empty()));
        }
        json.end();
        return index == 0 ? Optional.of("the body holds no notification") : Optional.empty();
    }

    /** Returns what is wrong with it; then it left no slot. */
    private Optional<String> notification(JsonInput json, String prefix) throws IOException {
        if (!json.object()) {
            return Optional.of("the body is no JSON object");
        }
        int before = slots.size();
        String named = object;
        boolean entries = false;
        int entry = 0;
        while (json.hasNext()) {
            switch (json.name(ROOT)) {
                case 0 -> named = Objects.requireNonNullElse(json.text(), "");
                case 1 -> {
                    entries = true;
                    if (json.array()) {
                        while (json.hasNext()) {
                            entry(json, prefix + "entry/" + entry++);
                        }
                        json.end();
                    }
                }
                default -> json.skip();
            }
        }
        json.end();
        if (!named.equals(object)) {
            slots.subList(before, slots.size()).clear();
            return Optional.of("the body is not of the object " + object);
        }
        return entries ? Optional.empty() : Optional.of("the body has no entry");
    }

    private void entry(JsonInput json, String place) throws IOException {
        String node = null;
        String time = null;
        String field = "";
        boolean holds = false;
        Map<String, Integer> counts = new HashMap<>();
        List<Kept<I>> kept = new ArrayList<>(1);
        I value = null;
        boolean hasValue = false;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(ENTRY)) {
                    case 0 -> node = json.text();
                    case 1 -> time = json.text();
                    case 2 -> field = Objects.requireNonNullElse(json.text(), "");
                    case 3 -> {
                        hasValue = true;
                        value = item(json);
                    }
                    case 4 -> holds |= list(json, From.MESSAGING, place + "/messaging", counts, kept);
                    case 5 -> holds |= list(json, From.STANDBY, place + "/standby", counts, kept);
                    case 6 -> holds |= list(json, From.CHANGE, place + "/changes", counts, kept);
                    default -> json.skip();
                }
            }
            json.end();
        }
        if (hasValue) {
            kept.add(new Kept<>(From.CHANGE, field, place, value));
        }
        Optional<Instant> at = Optional.ofNullable(time).flatMap(EpochTime::parse);
        if (!holds && !hasValue) {
            unread(place, "an entry without items", at);
        }
        for (Kept<I> one : kept) {
            add(one, Optional.ofNullable(node), at);
        }
    }

    private boolean list(JsonInput json, From from, String place, Map<String, Integer> counts, List<Kept<I>> kept)
            throws IOException {
        if (!json.array()) {
            return false;
        }
        while (json.hasNext()) {
            String its = place + "/" + (counts.merge(place, 1, Integer::sum) - 1);
            kept.add(from == From.CHANGE ? change(json, its) : new Kept<>(from, "", its, item(json)));
        }
        json.end();
        return true;
    }

    private Kept<I> change(JsonInput json, String place) throws IOException {
        String field = "";
        I value = null;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(CHANGE)) {
                    case 0 -> field = Objects.requireNonNullElse(json.text(), "");
                    case 1 -> value = item(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return new Kept<>(From.CHANGE, field, place, value);
    }

    private @Nullable I item(JsonInput json) throws IOException {
        return json.object() ? items.read(json) : null;
    }

    private void add(Kept<I> kept, Optional<String> node, Optional<Instant> entryAt) {
        I item = kept.item();
        if (item == null) {
            unread(kept.place(), "an item that is no object", entryAt);
            return;
        }
        Optional<Instant> at = items.at(item).or(() -> entryAt);
        try {
            Said said = items.said(item, new Around(kept.from(), kept.field(), node, entryAt));
            said.events().forEach(event -> slots.add(new Slot(event, "", "", at)));
            said.problem().ifPresent(problem -> unread(kept.place(), problem, at));
        } catch (IllegalArgumentException malformed) {
            unread(kept.place(), "an item with a malformed part", at);
        }
    }

    private void unread(String place, String problem, Optional<Instant> at) {
        slots.add(new Slot(null, place, problem, at));
    }

    /** All events, the unread ones with their JSON. */
    private List<InboundEvent> named() throws IOException {
        List<String> places = slots.stream()
                .filter(slot -> slot.event() == null)
                .map(Slot::place)
                .toList();
        Map<String, String> raw = places.isEmpty() ? Map.of() : RawEvents.cut(body, places);
        List<InboundEvent> events = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            InboundEvent event = slot.event();
            events.add(
                    event != null
                            ? event
                            : RawEvents.unknown(
                                    channel,
                                    raw.getOrDefault(slot.place(), ""),
                                    slot.at().orElseGet(clock::instant),
                                    slot.problem()));
        }
        return events;
    }

    private InboundEvent unreadable(String problem) {
        return RawEvents.unreadable(channel, body, clock.instant(), problem);
    }

    /** Hides the body. */
    @Override
    public String toString() {
        return "GraphNotification[" + object + "]";
    }
}
