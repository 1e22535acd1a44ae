package aparte.whatsapp;

import aparte.Address;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.Participant;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a group: it was made, came to an end, somebody joined or left. Ids may be numbers, as in the official
 * sample. What is not about participants goes to the details, by path.
 */
final class WireGroup implements WireEvent {
    private static final List<String> FIELDS = List.of("wa_id", "input", "user_id", "parent_user_id");

    private @Nullable String id; // each of them as it came
    private @Nullable String timestamp;
    private @Nullable String type;
    private final Somebody asking = new Somebody();
    private final List<Somebody> added = new ArrayList<>(1);
    private final List<Somebody> removed = new ArrayList<>(1);
    private final WireDetails details = new WireDetails();

    private WireGroup() {}

    /** Somebody as the group's event names them. */
    private static final class Somebody {
        private final @Nullable String[] ids = new String[4]; // each of them as it came

        private Identity person() throws NotKnown {
            List<Address> addresses = People.addresses(ids[0], ids[2], ids[3]);
            if (addresses.isEmpty()) {
                addresses = People.addresses(ids[1], null, null);
            }
            if (addresses.isEmpty()) {
                throw new NotKnown("a group's participant without an id that is read");
            }
            return Identity.of(addresses);
        }

        private void addTo(WireDetails details, String path) {
            for (int i = 0; i < ids.length; i++) {
                details.put(path + "." + FIELDS.get(i), ids[i]);
            }
        }

        private boolean isThere() {
            return ids[0] != null || ids[2] != null || ids[3] != null;
        }
    }

    /** Reads the fields of an object that was entered. */
    static WireGroup read(JsonInput reader) throws IOException {
        WireGroup read = new WireGroup();
        while (reader.hasNext()) {
            String name = reader.name();
            switch (name) {
                case "group_id" -> read.id = reader.text();
                case "timestamp" -> read.timestamp = reader.text();
                case "type" -> read.type = reader.text();
                case "wa_id" -> read.asking.ids[0] = reader.text();
                case "user_id" -> read.asking.ids[2] = reader.text();
                case "parent_user_id" -> read.asking.ids[3] = reader.text();
                case "added_participants" -> somebody(reader, name, read.added, read.details);
                case "removed_participants" -> somebody(reader, name, read.removed, read.details);
                default -> read.details.read(reader, JsonInput.wellFormed(name));
            }
        }
        return read;
    }

    private static void somebody(JsonInput reader, String list, List<Somebody> into, WireDetails details)
            throws IOException {
        if (!reader.array()) {
            return;
        }
        while (reader.hasNext()) {
            Somebody somebody = new Somebody();
            if (reader.object()) {
                while (reader.hasNext()) {
                    String name = reader.name();
                    int field = FIELDS.indexOf(name);
                    if (field < 0) {
                        details.read(reader, list + "." + into.size() + "." + JsonInput.wellFormed(name));
                    } else {
                        somebody.ids[field] = reader.text();
                    }
                }
                reader.end();
            }
            into.add(somebody);
        }
        reader.end();
    }

    @Override
    public @Nullable String timestamp() {
        return timestamp;
    }

    /** The provider's word; empty if there is none. */
    String word() {
        return type == null ? "" : JsonInput.wellFormed(type);
    }

    /** Whether it is about a group that never came to be: it was to be made, and has no id. */
    boolean isOfNoGroup() {
        return (id == null || id.isBlank()) && !word().isEmpty();
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        if (id == null || id.isBlank()) {
            throw new NotKnown("a change of a group without an id");
        }
        List<Participant> participants;
        try {
            participants = participants();
        } catch (NotKnown nobody) {
            participants = List.of(); // whoever keeps a roster learns that it is no longer right
            details.put("participants", "unread");
            added.forEach(somebody -> somebody.addTo(details, "added_participants." + added.indexOf(somebody)));
            removed.forEach(somebody -> somebody.addTo(details, "removed_participants." + removed.indexOf(somebody)));
        }
        Address group = new Address(Address.Kind.GROUP, JsonInput.wellFormed(id), "whatsapp");
        return new InboundEvent.GroupChanged(
                key(around, participants),
                around.sender(),
                group,
                around.time(timestamp),
                word(),
                participants,
                details.all());
    }

    private List<Participant> participants() throws NotKnown {
        List<Participant> participants = new ArrayList<>(added.size() + removed.size() + 1);
        for (Somebody somebody : added) {
            participants.add(new Participant(somebody.person(), Participant.Move.JOINED));
        }
        Participant.Move gone =
                details.get("initiated_by").equals("business") ? Participant.Move.REMOVED : Participant.Move.LEFT;
        for (Somebody somebody : removed) {
            participants.add(new Participant(somebody.person(), gone));
        }
        if (asking.isThere()) {
            participants.add(new Participant(
                    asking.person(),
                    word().equals("group_join_request_revoked")
                            ? Participant.Move.ASKED_NO_MORE
                            : Participant.Move.ASKED));
        }
        return participants;
    }

    /** It has no id of its own: what it says names it, hidden by our key. */
    private String key(Surroundings around, List<Participant> participants) {
        StringBuilder all = new StringBuilder(around.sender().value())
                .append(' ')
                .append(id)
                .append(' ')
                .append(type)
                .append(' ')
                .append(timestamp);
        for (Participant participant : participants) {
            all.append(' ').append(participant.move());
            for (Address address : participant.person().addresses()) {
                all.append(' ').append(address.value());
            }
        }
        details.all()
                .forEach((name, value) ->
                        all.append(' ').append(name).append('=').append(value));
        return "group:"
                + around.keys()
                        .hex(all.toString().getBytes(StandardCharsets.UTF_8))
                        .substring(0, 32);
    }
}
