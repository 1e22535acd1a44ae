package aparte.whatsapp;

import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.OptInSignal.Kind;
import aparte.Scope;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person chose about marketing in the app's settings. A stop is a stop, whatever else is odd about it. */
final class WirePreference implements WireEvent {
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("wa_id", "user_id", "parent_user_id", "category", "value", "timestamp", "signup_id");

    private @Nullable String waId; // each of them as it came
    private @Nullable String userId;
    private @Nullable String parentUserId;
    private @Nullable String category;
    private @Nullable String value;
    private @Nullable String timestamp;
    private @Nullable String signupId;

    private WirePreference() {}

    /** Reads the fields of an object that was entered. */
    static WirePreference read(JsonReader reader) throws IOException {
        WirePreference read = new WirePreference();
        while (reader.hasNext()) {
            int field = reader.selectName(FIELDS);
            switch (field) {
                case 0 -> read.waId = Json.text(reader);
                case 1 -> read.userId = Json.text(reader);
                case 2 -> read.parentUserId = Json.text(reader);
                case 3 -> read.category = Json.text(reader);
                case 4 -> read.value = Json.text(reader);
                case 5 -> read.timestamp = Json.text(reader);
                case 6 -> read.signupId = Json.text(reader);
                default -> Json.skip(reader, field);
            }
        }
        return read;
    }

    @Override
    public @Nullable String timestamp() {
        return timestamp;
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        Scope scope = Scope.promotional().only(around.sender());
        if ("stop".equals(value)) {
            return new InboundEvent.OptOutSignal(source(around), scope);
        }
        if (category != null && !category.equals("marketing_messages")) {
            throw new NotKnown("a preference of a category that is not read");
        }
        if ("resume".equals(value)) {
            return new InboundEvent.OptInSignal(source(around), scope, Kind.RESUME);
        }
        if ("signup".equals(value)) {
            return new InboundEvent.OptInSignal(source(around), scope, Kind.SIGNUP);
        }
        throw new NotKnown("a preference with a value that is not read");
    }

    private InboundEvent.Source source(Surroundings around) throws NotKnown {
        WireContact contact = WireContact.of(around.contacts(), waId, userId, parentUserId);
        Identity person = People.person(contact, waId, userId, parentUserId);
        Map<String, String> details = new LinkedHashMap<>();
        if (contact != null) {
            contact.addDetails(details);
        }
        if (signupId != null) {
            details.put("signup_id", Json.wellFormed(signupId));
        }
        return new InboundEvent.Source(
                key(around),
                around.sender(),
                person,
                Timestamps.parse(timestamp).orElseGet(around.clock()::instant),
                details);
    }

    /** A preference has no id: person, category, value and time name it, hidden by our key. */
    private String key(Surroundings around) {
        String who = userId != null && !userId.isEmpty() ? userId : String.valueOf(waId);
        String all = String.join(" ", around.sender().value(), who, category + "", value + "", timestamp + "");
        return "preference:"
                + around.keys().hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
