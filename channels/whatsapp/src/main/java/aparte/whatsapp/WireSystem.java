package aparte.whatsapp;

import aparte.Address;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What WhatsApp itself says in a conversation: that the person moved, that their device's key changed.
 *
 * <p>As of 2026-11 the reference names the new addresses as {@code wa_id} and {@code user_id}; {@code new_wa_id} is older, and
 * {@code previous_user_id} is seen in clients only. Where a user id changed and nothing else names the former one, it is
 * taken from the sentence beside it, if that ends with the new one.
 */
final class WireSystem {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "type", "body", "wa_id", "new_wa_id", "user_id", "parent_user_id", "previous_user_id", "identity");
    private static final Pattern FROM_TO = Pattern.compile("([A-Z]{2}\\.[A-Za-z0-9.]{1,132}) to (\\S{1,140})");

    private @Nullable String type; // each of them as it came
    private @Nullable String body;
    private @Nullable String waId;
    private @Nullable String newWaId;
    private @Nullable String userId;
    private @Nullable String parentUserId;
    private @Nullable String previousUserId;

    private WireSystem() {}

    /** Reads the object; what has no meaning for us goes to the details. */
    static WireSystem read(JsonInput reader, WireDetails details) throws IOException {
        WireSystem read = new WireSystem();
        if (!reader.object()) {
            return read;
        }
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.type = reader.text();
                case 1 -> read.body = reader.text();
                case 2 -> read.waId = reader.text();
                case 3 -> read.newWaId = reader.text();
                case 4 -> read.userId = reader.text();
                case 5 -> read.parentUserId = reader.text();
                case 6 -> read.previousUserId = reader.text();
                case 7 -> details.read(reader, "identity");
                default -> reader.skip();
            }
        }
        reader.end();
        details.put("system.body", read.body);
        return read;
    }

    /** The event; {@code speaker} is the person as the message around it names them. */
    InboundEvent event(InboundEvent.Source around, List<Address> speaker) {
        String word = type == null ? "" : JsonInput.wellFormed(type);
        boolean moved = word.endsWith("changed_number") || word.endsWith("changed_user_id");
        List<Address> now = People.addresses(newWaId != null ? newWaId : waId, userId, parentUserId);
        if (moved && !now.isEmpty()) {
            Identity person = Identity.of(now);
            List<Address> former = new ArrayList<>(speaker);
            People.addUser(former, previousUserId != null ? previousUserId : previousInBody());
            former.removeIf(person::has);
            if (!former.isEmpty()) {
                return new InboundEvent.AddressChanged(
                        new InboundEvent.Source(around.key(), around.sender(), person, around.at(), around.details()),
                        Identity.of(former));
            }
        }
        return new InboundEvent.PersonNoticed(around, word);
    }

    /** The addresses that it names, for want of others. */
    List<Address> addresses() {
        return People.addresses(waId, userId, parentUserId);
    }

    private @Nullable String previousInBody() {
        if (body == null || userId == null) {
            return null;
        }
        Matcher sentence = FROM_TO.matcher(body);
        return sentence.find() && sentence.group(2).startsWith(userId) ? sentence.group(1) : null;
    }
}
