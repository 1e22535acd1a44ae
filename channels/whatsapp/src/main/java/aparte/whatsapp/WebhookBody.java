package aparte.whatsapp;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.EpochTime;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import aparte.channel.http.RawEvents;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's body: all entries, changes and items, in one pass over the bytes. Keys come in any order, so items are kept
 * until their change ends. What is not known is cut out of the bytes by {@link RawEvents}. Not thread-safe.
 */
final class WebhookBody {
    private static final JsonInput.Names ROOT = JsonInput.Names.of("object", "entry");
    private static final int ROOT_ENTRY = 1;
    private static final JsonInput.Names ENTRY = JsonInput.Names.of("changes");
    private static final int ENTRY_CHANGES = 0;
    private static final JsonInput.Names CHANGE = JsonInput.Names.of("field", "value");
    private static final int CHANGE_VALUE = 1;
    /** The lists of items first. */
    private static final JsonInput.Names VALUE =
            JsonInput.Names.of("messages", "statuses", "user_preferences", "errors", "metadata", "contacts");

    private static final int VALUE_LISTS = 4;

    /** Stands for "the whole of it" in a {@link Place}. */
    private static final int WHOLE = -1;

    private static final int MESSAGES = 0;
    private static final int STATUSES = 1;
    private static final int PREFERENCES = 2;
    private static final int METADATA = 4;
    private static final int CONTACTS = 5;
    private static final JsonInput.Names METADATA_FIELDS = JsonInput.Names.of("phone_number_id");

    private final byte[] body;
    private final HmacSha256 keys;
    private final Clock clock;
    private final List<Slot> slots = new ArrayList<>();
    private int unknowns;

    /** An event, or the place of something unknown. */
    private record Slot(
            @Nullable InboundEvent event, @Nullable Place place, String problem, String at) {}

    /**
     * Where a part is.
     *
     * @param entry the index in the list of entries
     * @param change the index in the list of changes, or {@link #WHOLE}
     * @param list the index of the list's name, or {@link #WHOLE}
     * @param item the index in the list, or {@link #WHOLE}
     */
    private record Place(int entry, int change, int list, int item) {
        String path() {
            String path = "entry/" + entry;
            if (change != WHOLE) {
                path += "/changes/" + change;
            }
            return list == WHOLE ? path : path + "/value/" + VALUE.get(list) + "/" + item;
        }
    }

    /** An item of a list, until its change ends; {@code parsed} is null if it is no object. */
    private record Item(Place place, @Nullable WireEvent parsed) {}

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
            JsonInput reader = JsonInput.of(body);
            if (!reader.object()) {
                return List.of(unreadable("the body is no JSON object"));
            }
            Optional<String> flaw = root(reader);
            if (!reader.atEnd()) {
                return List.of(unreadable("something follows the JSON"));
            }
            return flaw.isPresent() ? List.of(unreadable(flaw.get())) : named();
        } catch (IOException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
    }

    private Optional<String> root(JsonInput reader) throws IOException {
        String object = "whatsapp_business_account";
        boolean entries = false;
        int entry = 0;
        while (reader.hasNext()) {
            int name = reader.name(ROOT);
            if (name == ROOT_ENTRY) {
                entries = true;
                if (reader.array()) {
                    while (reader.hasNext()) {
                        entry(reader, entry++);
                    }
                    reader.end();
                }
            } else if (name == 0) {
                object = Objects.requireNonNullElse(reader.text(), "");
            } else {
                reader.skip();
            }
        }
        reader.end();
        if (!object.equals("whatsapp_business_account")) {
            return Optional.of("the body is not of a WhatsApp account");
        }
        return entries ? Optional.empty() : Optional.of("the body has no entry");
    }

    private void entry(JsonInput reader, int entry) throws IOException {
        boolean changes = false;
        int change = 0;
        if (reader.object()) {
            while (reader.hasNext()) {
                int name = reader.name(ENTRY);
                if (name == ENTRY_CHANGES) {
                    if (reader.array()) {
                        changes = true;
                        while (reader.hasNext()) {
                            change(reader, entry, change++);
                        }
                        reader.end();
                    }
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        if (!changes) {
            unknown(new Place(entry, WHOLE, WHOLE, WHOLE), "an entry without changes", "");
        }
    }

    private void change(JsonInput reader, int entry, int index) throws IOException {
        Change change = new Change();
        int[] items = new int[VALUE_LISTS];
        if (reader.object()) {
            while (reader.hasNext()) {
                int name = reader.name(CHANGE);
                if (name == CHANGE_VALUE) {
                    if (reader.object()) {
                        while (reader.hasNext()) {
                            value(reader, change, entry, index, items);
                        }
                        reader.end();
                    }
                } else if (name == 0) {
                    change.field = Objects.requireNonNullElse(reader.text(), "");
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        end(change, new Place(entry, index, WHOLE, WHOLE));
    }

    private static void value(JsonInput reader, Change change, int entry, int index, int[] items) throws IOException {
        int name = reader.name(VALUE);
        if (name == METADATA) {
            if (reader.object()) {
                while (reader.hasNext()) {
                    int field = reader.name(METADATA_FIELDS);
                    if (field == 0) {
                        change.sender = reader.text();
                    } else {
                        reader.skip();
                    }
                }
                reader.end();
            }
        } else if (name == CONTACTS) {
            if (reader.array()) {
                while (reader.hasNext()) {
                    WireContact contact = WireContact.read(reader);
                    if (contact != null) {
                        change.contacts.add(contact);
                    }
                }
                reader.end();
            }
        } else if (name < 0) {
            reader.skip();
        } else if (reader.array()) {
            while (reader.hasNext()) {
                Place place = new Place(entry, index, name, items[name]++);
                change.items.add(new Item(place, item(reader, name)));
            }
            reader.end();
        }
    }

    private static @Nullable WireEvent item(JsonInput reader, int list) throws IOException {
        if (!reader.object()) {
            return null;
        }
        WireEvent event = switch (list) {
            case MESSAGES -> WireInbound.read(reader);
            case STATUSES -> WireStatus.read(reader);
            case PREFERENCES -> WirePreference.read(reader);
            default -> WireProblem.read(reader);
        };
        reader.end();
        return event;
    }

    private void end(Change change, Place place) {
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

    private void add(Place place, WireEvent parsed, WireEvent.Surroundings around) {
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

    private void unknown(Place place, String problem, @Nullable String timestamp) {
        unknowns++;
        slots.add(new Slot(null, place, problem, Objects.requireNonNullElse(timestamp, "")));
    }

    /** All events, the unknown ones with their JSON. */
    private List<InboundEvent> named() throws IOException {
        Map<String, String> raw = unknowns == 0 ? Map.of() : RawEvents.cut(body, places());
        List<InboundEvent> events = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            events.add(slot.event() != null ? slot.event() : unknown(slot, raw));
        }
        return events;
    }

    private List<String> places() {
        List<String> places = new ArrayList<>(unknowns);
        for (Slot slot : slots) {
            if (slot.place() != null) {
                places.add(slot.place().path());
            }
        }
        return places;
    }

    private InboundEvent unknown(Slot slot, Map<String, String> raw) {
        String json = slot.place() == null ? "" : raw.getOrDefault(slot.place().path(), "");
        Instant at = EpochTime.parse(slot.at()).orElseGet(clock::instant);
        return RawEvents.unknown(ChannelId.WHATSAPP, json, at, slot.problem());
    }

    private InboundEvent unreadable(String problem) {
        return RawEvents.unreadable(ChannelId.WHATSAPP, body, clock.instant(), problem);
    }
}
