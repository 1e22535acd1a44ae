package aparte.messenger;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.channel.http.EpochTime;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import aparte.channel.http.RawEvents;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's body: all entries and items, in one pass over the bytes. Keys come in any order, so items are kept until
 * their entry ends. What is not known is cut out of the bytes by {@link RawEvents}. Not thread-safe.
 */
final class WebhookBody {
    private static final JsonInput.Names ROOT = JsonInput.Names.of("object", "entry");
    private static final JsonInput.Names ENTRY = JsonInput.Names.of("id", "time", "messaging", "standby", "changes");
    private static final JsonInput.Names CHANGE = JsonInput.Names.of("field", "value");

    private final byte[] body;
    private final HmacSha256 keys;
    private final Optional<String> appId;
    private final Clock clock;
    private final List<Slot> slots = new ArrayList<>();

    /** Where items stand. */
    private enum From {
        MESSAGING,
        STANDBY,
        CHANGES
    }

    /** An event, or the place of something that is shown as it came, and what it is made of that. */
    private record Slot(@Nullable InboundEvent event, String place, Function<String, InboundEvent> ofRaw) {}

    /** An item of a list, until its entry ends; {@code parsed} is null if it is no object. */
    private record Item(From from, String place, @Nullable WireItem parsed) {}

    WebhookBody(byte[] body, HmacSha256 keys, Optional<String> appId, Clock clock) {
        this.body = body;
        this.keys = keys;
        this.appId = appId;
        this.clock = clock;
    }

    List<InboundEvent> events() {
        try {
            JsonInput json = JsonInput.of(body);
            if (!json.object()) {
                return List.of(unreadable("the body is no JSON object"));
            }
            Optional<String> flaw = root(json);
            if (!json.atEnd()) {
                return List.of(unreadable("something follows the JSON"));
            }
            return flaw.isPresent() ? List.of(unreadable(flaw.get())) : named();
        } catch (IOException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
    }

    private Optional<String> root(JsonInput json) throws IOException {
        String object = "page";
        boolean entries = false;
        int entry = 0;
        while (json.hasNext()) {
            switch (json.name(ROOT)) {
                case 0 -> object = Objects.requireNonNullElse(json.text(), "");
                case 1 -> {
                    entries = true;
                    if (json.array()) {
                        while (json.hasNext()) {
                            entry(json, "entry/" + entry++);
                        }
                        json.end();
                    }
                }
                default -> json.skip();
            }
        }
        json.end();
        if (!object.equals("page")) {
            return Optional.of("the body is not of a Page");
        }
        return entries ? Optional.empty() : Optional.of("the body has no entry");
    }

    private void entry(JsonInput json, String place) throws IOException {
        String page = null;
        String time = null;
        boolean lists = false;
        Map<From, Integer> counts = new EnumMap<>(From.class);
        List<Item> items = new ArrayList<>(1);
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(ENTRY)) {
                    case 0 -> page = json.text();
                    case 1 -> time = json.text();
                    case 2 -> lists |= items(json, From.MESSAGING, place + "/messaging/", counts, items);
                    case 3 -> lists |= items(json, From.STANDBY, place + "/standby/", counts, items);
                    case 4 -> lists |= items(json, From.CHANGES, place + "/changes/", counts, items);
                    default -> json.skip();
                }
            }
            json.end();
        }
        Optional<Instant> at = Optional.ofNullable(time).flatMap(EpochTime::parse);
        if (!lists) {
            unknown(place, "an entry without items", at);
        }
        Surroundings around = new Surroundings(page, at, keys, appId, clock);
        for (Item item : items) {
            add(item, around);
        }
    }

    private static boolean items(JsonInput json, From from, String place, Map<From, Integer> counts, List<Item> items)
            throws IOException {
        if (!json.array()) {
            return false;
        }
        while (json.hasNext()) {
            WireItem parsed = from == From.CHANGES ? change(json) : WireItem.read(json);
            items.add(new Item(from, place + (counts.merge(from, 1, Integer::sum) - 1), parsed));
        }
        json.end();
        return true;
    }

    /** A change of a field, as the dashboard's test button makes them of items too; null if its value is no object. */
    private static @Nullable WireItem change(JsonInput json) throws IOException {
        String field = "";
        WireItem value = null;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(CHANGE)) {
                    case 0 -> field = Objects.requireNonNullElse(json.text(), "");
                    case 1 -> value = WireItem.read(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return value == null ? null : value.ofField(field);
    }

    private void add(Item item, Surroundings around) {
        WireItem parsed = item.parsed();
        if (parsed == null) {
            unknown(item.place(), "an item that is no object", around.at());
            return;
        }
        Optional<Instant> at = parsed.at().or(around::at);
        try {
            if (parsed.isOfAccount()) {
                slots.add(new Slot(null, item.place(), parsed.ofAccount(around)));
                return;
            }
            WireItem.Events read = item.from() == From.STANDBY ? parsed.standby(around) : parsed.events(around);
            read.events().forEach(event -> slots.add(new Slot(event, "", raw -> event)));
            if (read.isPartly()) {
                unknown(item.place(), "a message of which a part is not read", at);
            }
        } catch (NotRead problem) {
            unknown(item.place(), problem.problem(), at);
        } catch (IllegalArgumentException malformed) {
            unknown(item.place(), "an item with a malformed part", at);
        }
    }

    private void unknown(String place, String problem, Optional<Instant> at) {
        Instant when = at.orElseGet(clock::instant);
        slots.add(new Slot(null, place, raw -> RawEvents.unknown(ChannelId.MESSENGER, raw, when, problem)));
    }

    /** All events, those that show it with their JSON. */
    private List<InboundEvent> named() throws IOException {
        List<String> places = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.event() == null) {
                places.add(slot.place());
            }
        }
        Map<String, String> raw = places.isEmpty() ? Map.of() : RawEvents.cut(body, places);
        List<InboundEvent> events = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            InboundEvent event = slot.event();
            events.add(event != null ? event : slot.ofRaw().apply(raw.getOrDefault(slot.place(), "")));
        }
        return events;
    }

    private InboundEvent unreadable(String problem) {
        return RawEvents.unreadable(ChannelId.MESSENGER, body, clock.instant(), problem);
    }
}
