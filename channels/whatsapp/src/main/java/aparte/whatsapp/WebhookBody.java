package aparte.whatsapp;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.HmacSha256;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's body: all entries, changes and items, in one pass over the bytes. Keys come in any order, so items are kept
 * until their change ends. What is not known is cut out of the bytes by {@link RawJson}. Not thread-safe.
 */
final class WebhookBody {
    static final JsonReader.Options ROOT = JsonReader.Options.of("object", "entry");
    static final int ROOT_ENTRY = 1;
    static final JsonReader.Options ENTRY = JsonReader.Options.of("changes");
    static final int ENTRY_CHANGES = 0;
    static final JsonReader.Options CHANGE = JsonReader.Options.of("field", "value");
    static final int CHANGE_VALUE = 1;
    /** The lists of items first. */
    static final JsonReader.Options VALUE =
            JsonReader.Options.of("messages", "statuses", "user_preferences", "errors", "metadata", "contacts");

    static final int VALUE_LISTS = 4;

    private static final int MESSAGES = 0;
    private static final int STATUSES = 1;
    private static final int PREFERENCES = 2;
    private static final int METADATA = 4;
    private static final int CONTACTS = 5;
    private static final JsonReader.Options METADATA_FIELDS = JsonReader.Options.of("phone_number_id");

    private final byte[] body;
    private final HmacSha256 keys;
    private final Clock clock;
    private final List<Slot> slots = new ArrayList<>();
    private int unknowns;

    /** An event, or the place of something unknown. */
    private record Slot(@Nullable InboundEvent event, RawJson.@Nullable Place place, String problem, String at) {}

    /** An item of a list, until its change ends; {@code parsed} is null if it is no object. */
    private record Item(RawJson.Place place, @Nullable WireEvent parsed) {}

    private static final class Change {
        private String field = "";
        private @Nullable String sender; // template and account fields have none
        private final List<WireContact> contacts = new ArrayList<>(1);
        private final List<Item> items = new ArrayList<>(1);
    }

    WebhookBody(byte[] body, HmacSha256 keys, Clock clock) {
        this.body = body;
        this.keys = keys;
        this.clock = clock;
    }

    List<InboundEvent> events() {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                return List.of(unreadable("the body is no JSON object"));
            }
            Optional<String> flaw = root(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                return List.of(unreadable("something follows the JSON"));
            }
            return flaw.isPresent() ? List.of(unreadable(flaw.get())) : named();
        } catch (IOException | JsonDataException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
    }

    private Optional<String> root(JsonReader reader) throws IOException {
        String object = "whatsapp_business_account";
        boolean entries = false;
        int entry = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            int name = reader.selectName(ROOT);
            if (name == ROOT_ENTRY) {
                entries = true;
                if (Json.array(reader)) {
                    while (reader.hasNext()) {
                        entry(reader, entry++);
                    }
                    reader.endArray();
                }
            } else if (name == 0) {
                object = Objects.requireNonNullElse(Json.text(reader), "");
            } else {
                Json.skip(reader, name);
            }
        }
        reader.endObject();
        if (!object.equals("whatsapp_business_account")) {
            return Optional.of("the body is not of a WhatsApp account");
        }
        return entries ? Optional.empty() : Optional.of("the body has no entry");
    }

    private void entry(JsonReader reader, int entry) throws IOException {
        boolean changes = false;
        int change = 0;
        if (Json.object(reader)) {
            while (reader.hasNext()) {
                int name = reader.selectName(ENTRY);
                if (name == ENTRY_CHANGES) {
                    if (Json.array(reader)) {
                        changes = true;
                        while (reader.hasNext()) {
                            change(reader, entry, change++);
                        }
                        reader.endArray();
                    }
                } else {
                    Json.skip(reader, name);
                }
            }
            reader.endObject();
        }
        if (!changes) {
            unknown(
                    new RawJson.Place(entry, RawJson.WHOLE, RawJson.WHOLE, RawJson.WHOLE),
                    "an entry without changes",
                    "");
        }
    }

    private void change(JsonReader reader, int entry, int index) throws IOException {
        Change change = new Change();
        int[] items = new int[VALUE_LISTS];
        if (Json.object(reader)) {
            while (reader.hasNext()) {
                int name = reader.selectName(CHANGE);
                if (name == CHANGE_VALUE) {
                    if (Json.object(reader)) {
                        while (reader.hasNext()) {
                            value(reader, change, entry, index, items);
                        }
                        reader.endObject();
                    }
                } else if (name == 0) {
                    change.field = Objects.requireNonNullElse(Json.text(reader), "");
                } else {
                    Json.skip(reader, name);
                }
            }
            reader.endObject();
        }
        end(change, new RawJson.Place(entry, index, RawJson.WHOLE, RawJson.WHOLE));
    }

    private static void value(JsonReader reader, Change change, int entry, int index, int[] items) throws IOException {
        int name = reader.selectName(VALUE);
        if (name == METADATA) {
            if (Json.object(reader)) {
                while (reader.hasNext()) {
                    int field = reader.selectName(METADATA_FIELDS);
                    if (field == 0) {
                        change.sender = Json.text(reader);
                    } else {
                        Json.skip(reader, field);
                    }
                }
                reader.endObject();
            }
        } else if (name == CONTACTS) {
            if (Json.array(reader)) {
                while (reader.hasNext()) {
                    WireContact contact = WireContact.read(reader);
                    if (contact != null) {
                        change.contacts.add(contact);
                    }
                }
                reader.endArray();
            }
        } else if (name < 0) {
            Json.skip(reader, name);
        } else if (Json.array(reader)) {
            while (reader.hasNext()) {
                RawJson.Place place = new RawJson.Place(entry, index, name, items[name]++);
                change.items.add(new Item(place, item(reader, name)));
            }
            reader.endArray();
        }
    }

    private static @Nullable WireEvent item(JsonReader reader, int list) throws IOException {
        if (!Json.object(reader)) {
            return null;
        }
        WireEvent event = switch (list) {
            case MESSAGES -> WireInbound.read(reader);
            case STATUSES -> WireStatus.read(reader);
            case PREFERENCES -> WirePreference.read(reader);
            default -> WireProblem.read(reader);
        };
        reader.endObject();
        return event;
    }

    private void end(Change change, RawJson.Place place) {
        boolean known = change.field.equals("messages") || change.field.equals("user_preferences");
        if (!known || change.items.isEmpty()) {
            unknown(place, known ? "a change without items" : "a change of a field that is not read", "");
            return;
        }
        SenderId sender = sender(change.sender);
        WireEvent.Surroundings around =
                sender == null ? null : new WireEvent.Surroundings(sender, change.contacts, keys, clock);
        for (Item item : change.items) {
            WireEvent parsed = item.parsed();
            if (parsed == null) {
                unknown(item.place(), "an item that is no object", "");
            } else if (around == null) {
                unknown(item.place(), "an item without a phone number id", parsed.timestamp());
            } else {
                add(item.place(), parsed, around);
            }
        }
    }

    private void add(RawJson.Place place, WireEvent parsed, WireEvent.Surroundings around) {
        try {
            slots.add(new Slot(parsed.event(around), null, "", ""));
        } catch (WireEvent.NotKnown unknown) {
            unknown(place, unknown.problem(), parsed.timestamp());
        } catch (IllegalArgumentException malformed) {
            unknown(place, "an item with a malformed part", parsed.timestamp());
        }
    }

    private static @Nullable SenderId sender(@Nullable String phoneNumberId) {
        try {
            return phoneNumberId == null ? null : new SenderId(ChannelId.WHATSAPP, phoneNumberId);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private void unknown(RawJson.Place place, String problem, @Nullable String timestamp) {
        unknowns++;
        slots.add(new Slot(null, place, problem, Objects.requireNonNullElse(timestamp, "")));
    }

    /** All events, the unknown ones with their JSON. */
    private List<InboundEvent> named() throws IOException {
        Map<RawJson.Place, String> raw = unknowns == 0 ? Map.of() : RawJson.find(body, places());
        List<InboundEvent> events = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            events.add(slot.event() != null ? slot.event() : unknown(slot, raw.getOrDefault(slot.place(), "")));
        }
        return events;
    }

    private Set<RawJson.Place> places() {
        Set<RawJson.Place> places = new HashSet<>();
        for (Slot slot : slots) {
            if (slot.place() != null) {
                places.add(slot.place());
            }
        }
        return places;
    }

    private InboundEvent unknown(Slot slot, String raw) {
        Instant at = Timestamps.parse(slot.at()).orElseGet(clock::instant);
        return new InboundEvent.Unknown(
                ChannelId.WHATSAPP, "unknown:" + hash(ByteString.encodeUtf8(raw)), at, slot.problem(), raw);
    }

    private InboundEvent unreadable(String problem) {
        ByteString bytes = ByteString.of(body);
        return new InboundEvent.Unknown(
                ChannelId.WHATSAPP, "unreadable:" + hash(bytes), clock.instant(), problem, bytes.utf8());
    }

    private static String hash(ByteString bytes) {
        return bytes.sha256().hex().substring(0, 32);
    }
}
