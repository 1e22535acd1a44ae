package aparte.whatsapp;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.EpochTime;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import aparte.channel.http.RawEvents;
import aparte.consent.WebhookRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's body: all entries, changes and items, in one pass over the bytes. Keys come in any order, so items are kept
 * until their change ends. What is given with its JSON is cut out of the bytes by {@link RawEvents}. Not thread-safe.
 */
final class WebhookBody {
    private static final JsonInput.Names ROOT = JsonInput.Names.of("object", "entry");
    private static final int ROOT_ENTRY = 1;
    private static final String ACCOUNT = "whatsapp_business_account";
    private static final JsonInput.Names OBJECTS = JsonInput.Names.of(ACCOUNT);
    private static final JsonInput.Names ENTRY = JsonInput.Names.of("changes");
    private static final JsonInput.Names CHANGE = JsonInput.Names.of("field", "value");
    private static final int CHANGE_VALUE = 1;
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("messages", "user_preferences");
    /** The lists of items first, then what is about all of them, then the names of {@link WireAccount#FIELDS}. */
    private static final JsonInput.Names VALUE = JsonInput.Names.join(
            JsonInput.Names.of(
                    "messages",
                    "statuses",
                    "user_preferences",
                    "errors",
                    "message_echoes",
                    "groups",
                    "metadata",
                    "contacts"),
            WireAccount.FIELDS);

    private static final int VALUE_LISTS = 6;

    /** Stands for "the whole of it" in a place. */
    private static final int WHOLE = -1;

    private static final int MESSAGES = 0;
    private static final int STATUSES = 1;
    private static final int PREFERENCES = 2;
    private static final int ERRORS = 3;
    private static final int ECHOES = 4;
    private static final int METADATA = 6;
    private static final int CONTACTS = 7;
    private static final int VALUE_ACCOUNT = 8;
    private static final JsonInput.Names ID = JsonInput.Names.of("id");
    private static final JsonInput.Names METADATA_FIELDS = JsonInput.Names.of("phone_number_id");

    private static final InboundEvent NOT_CUT_OUT_YET =
            RawEvents.unknown(ChannelId.WHATSAPP, "", Instant.EPOCH, "not cut out yet");

    private final WebhookRequest request;
    private final ByteBuffer view;
    private final Numbers numbers;
    private final HmacSha256 keys;
    private final Clock clock;
    private final List<InboundEvent> events = new ArrayList<>(1);
    private List<Late> late = List.of();

    /** An event that needs its JSON: its index among the events, where its JSON is, and what to make of all that was cut. */
    private record Late(int index, String place, Function<Map<String, String>, InboundEvent> make) {}

    /** An item of a list, until its change ends; {@code parsed} is null if it is no object. */
    private record Item(int list, int index, @Nullable WireEvent parsed) {}

    private static final class Change {
        private final int entry;
        private final int index;
        private int list = WHOLE; // the first list with items, nearly always the only one
        private int count;
        private int @Nullable [] counts; // of all lists, once there are several
        private String field = "";
        private @Nullable String sender; // template and account fields have none
        private List<WireContact> contacts = List.of();
        private @Nullable Item first; // nearly always the only one
        private List<Item> more = List.of();
        private @Nullable WireAccount account; // only where something is said of one

        private Change(int entry, int index) {
            this.entry = entry;
            this.index = index;
        }

        private void add(Item item) {
            if (first == null) {
                first = item;
            } else {
                more = more.isEmpty() ? new ArrayList<>() : more;
                more.add(item);
            }
        }

        private int next(int name) {
            if (counts == null) {
                list = list == WHOLE ? name : list;
                if (list == name) {
                    return count++;
                }
                counts = new int[VALUE_LISTS];
                counts[list] = count;
            }
            return counts[name]++;
        }
    }

    WebhookBody(WebhookRequest request, ByteBuffer view, Numbers numbers, HmacSha256 keys, Clock clock) {
        this.request = request;
        this.view = view;
        this.numbers = numbers;
        this.keys = keys;
        this.clock = clock;
    }

    List<InboundEvent> events() {
        try {
            JsonInput reader = JsonInput.of(view);
            if (!reader.object()) {
                return List.of(unreadable("the body is no JSON object"));
            }
            Optional<String> flaw = root(reader);
            if (!reader.atEnd()) {
                return List.of(unreadable("something follows the JSON"));
            }
            if (flaw.isPresent()) {
                return List.of(unreadable(flaw.get()));
            }
            complete();
            return events;
        } catch (IOException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
    }

    private Optional<String> root(JsonInput reader) throws IOException {
        String object = ACCOUNT;
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
                object = Objects.requireNonNullElse(reader.text(OBJECTS), "");
            } else {
                reader.skip();
            }
        }
        reader.end();
        if (!object.equals(ACCOUNT)) {
            return Optional.of("the body is not of a WhatsApp account");
        }
        return entries ? Optional.empty() : Optional.of("the body has no entry");
    }

    private void entry(JsonInput reader, int entry) throws IOException {
        boolean changes = false;
        int change = 0;
        if (reader.object()) {
            while (reader.hasNext()) {
                if (reader.name(ENTRY) < 0) {
                    reader.skip();
                } else if (reader.array()) {
                    changes = true;
                    while (reader.hasNext()) {
                        change(reader, new Change(entry, change++));
                    }
                    reader.end();
                }
            }
            reader.end();
        }
        if (!changes) {
            unknown("entry/" + entry, "an entry without changes", null);
        }
    }

    private void change(JsonInput reader, Change change) throws IOException {
        if (reader.object()) {
            while (reader.hasNext()) {
                int name = reader.name(CHANGE);
                if (name == CHANGE_VALUE) {
                    if (reader.object()) {
                        while (reader.hasNext()) {
                            value(reader, change);
                        }
                        reader.end();
                    }
                } else if (name == 0) {
                    change.field = Objects.requireNonNullElse(reader.text(FIELDS), "");
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        end(change);
    }

    private void value(JsonInput reader, Change change) throws IOException {
        int name = reader.name(VALUE);
        if (name == METADATA) {
            if (reader.object()) {
                while (reader.hasNext()) {
                    int field = reader.name(METADATA_FIELDS);
                    if (field == 0) {
                        change.sender = numbers.read(reader);
                    } else {
                        reader.skip();
                    }
                }
                reader.end();
            }
        } else if (name == CONTACTS) {
            contacts(reader, change);
        } else if (name < 0) {
            reader.skip();
        } else if (name >= VALUE_ACCOUNT) {
            if (change.account == null) {
                change.account = new WireAccount();
            }
            change.account.read(reader, name - VALUE_ACCOUNT);
        } else if (reader.array()) {
            while (reader.hasNext()) {
                int index = change.next(name);
                change.add(new Item(name, index, item(reader, name)));
            }
            reader.end();
        }
    }

    private static void contacts(JsonInput reader, Change change) throws IOException {
        if (reader.array()) {
            change.contacts = change.contacts.isEmpty() ? new ArrayList<>(1) : change.contacts;
            while (reader.hasNext()) {
                WireContact contact = WireContact.read(reader);
                if (contact != null) {
                    change.contacts.add(contact);
                }
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
            case ERRORS -> WireProblem.read(reader);
            case ECHOES -> WireEcho.read(reader);
            default -> WireGroup.read(reader);
        };
        reader.end();
        return event;
    }

    private static boolean hasItems(String field) {
        return switch (field) {
            case "messages",
                    "user_preferences",
                    "smb_message_echoes",
                    "group_lifecycle_update",
                    "group_participants_update",
                    "group_settings_update",
                    "group_status_update" -> true;
            default -> false;
        };
    }

    private void end(Change change) {
        if (hasItems(change.field)) {
            if (change.first == null) {
                unknown(place(change, WHOLE, WHOLE), "a change without items", null);
            } else {
                items(change, change.first);
            }
            return;
        }
        WireAccount account = change.account == null ? new WireAccount() : change.account;
        Optional<InboundEvent.TemplateChanged.Aspect> aspect = WireAccount.aspect(change.field);
        if (aspect.isPresent()) {
            late(
                    place(change, WHOLE, WHOLE),
                    cut -> account.template(about(change, cut), aspect.get(), raw(change, cut)));
        } else if (WireAccount.isAccount(change.field)) {
            late(
                    place(change, WHOLE, WHOLE),
                    cut -> account.account(about(change, cut), change.field, raw(change, cut)));
        } else {
            unknown(place(change, WHOLE, WHOLE), "a change of a field that is not read", null);
        }
    }

    private void items(Change change, Item first) {
        SenderId sender = sender(change.sender);
        WireEvent.Surroundings around =
                sender == null ? null : new WireEvent.Surroundings(sender, change.contacts, keys, clock);
        item(change, first, around);
        for (int i = 0; i < change.more.size(); i++) {
            item(change, change.more.get(i), around);
        }
    }

    private void item(Change change, Item item, WireEvent.@Nullable Surroundings around) {
        WireEvent parsed = item.parsed();
        if (parsed == null) {
            unknown(place(change, item), "an item that is no object", null);
        } else if (parsed instanceof WireProblem problem) {
            aboutAccount(change, item, problem.word());
        } else if (parsed instanceof WireGroup group && group.isOfNoGroup()) {
            aboutAccount(change, item, group.word());
        } else if (around == null) {
            unknown(place(change, item), "an item without a phone number id", parsed.timestamp());
        } else {
            add(change, item, parsed, around);
        }
    }

    private void aboutAccount(Change change, Item item, String word) {
        String place = place(change, item);
        late(place, cut -> WireAccount.account(about(change, cut), change.field, word, cut.getOrDefault(place, "")));
    }

    private static String raw(Change change, Map<String, String> cut) {
        return cut.getOrDefault(place(change, WHOLE, WHOLE), "");
    }

    private void add(Change change, Item item, WireEvent parsed, WireEvent.Surroundings around) {
        try {
            events.add(parsed.event(around));
        } catch (WireEvent.NotKnown unknown) {
            unknown(place(change, item), unknown.problem(), parsed.timestamp());
        } catch (IllegalArgumentException malformed) {
            unknown(place(change, item), "an item with a malformed part", parsed.timestamp());
        }
    }

    private @Nullable SenderId sender(@Nullable String phoneNumberId) {
        return phoneNumberId == null ? null : numbers.sender(phoneNumberId);
    }

    private WireAccount.About about(Change change, Map<String, String> cut) {
        return new WireAccount.About(
                scalar(cut.get(idOf(change))),
                scalar(cut.get(timeOf(change))),
                Optional.ofNullable(sender(change.sender)),
                keys,
                clock);
    }

    /** What of an entry is seldom needed is cut out with the JSON. */
    private static String idOf(Change change) {
        return "entry/" + change.entry + "/id";
    }

    private static String timeOf(Change change) {
        return "entry/" + change.entry + "/time";
    }

    /** A text or a number out of its JSON; empty if it is neither. */
    private static String scalar(@Nullable String json) {
        if (json == null) {
            return "";
        }
        byte[] object = ("{\"id\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return JsonInput.find(object, ID).map(JsonInput::wellFormed).orElse("");
    }

    private static String place(Change change, Item item) {
        return place(change, item.list(), item.index());
    }

    /** Names and indexes from the root on. */
    private static String place(Change change, int list, int item) {
        String whole = "entry/" + change.entry + "/changes/" + change.index;
        return list == WHOLE ? whole : whole + "/value/" + VALUE.get(list) + "/" + item;
    }

    private void unknown(String place, String problem, @Nullable String timestamp) {
        late(place, cut -> {
            Optional<Instant> at = timestamp == null ? Optional.empty() : EpochTime.parse(timestamp);
            return RawEvents.unknown(
                    ChannelId.WHATSAPP, cut.getOrDefault(place, ""), at.orElseGet(clock::instant), problem);
        });
    }

    /** Takes the event's place among the others until its JSON is cut out. */
    private void late(String place, Function<Map<String, String>, InboundEvent> make) {
        late = late.isEmpty() ? new ArrayList<>() : late;
        late.add(new Late(events.size(), place, make));
        events.add(NOT_CUT_OUT_YET);
    }

    private void complete() throws IOException {
        if (late.isEmpty()) {
            return;
        }
        Set<String> places = new HashSet<>();
        for (Late one : late) {
            places.add(one.place());
            String entry = one.place().substring(0, one.place().indexOf('/', "entry/".length()) + 1);
            if (!entry.isEmpty()) {
                places.add(entry + "id");
                places.add(entry + "time");
            }
        }
        Map<String, String> cut = RawEvents.cut(request.body(), places);
        for (Late one : late) {
            events.set(one.index(), one.make().apply(cut));
        }
    }

    private InboundEvent unreadable(String problem) {
        return RawEvents.unreadable(ChannelId.WHATSAPP, request.body(), clock.instant(), problem);
    }
}
