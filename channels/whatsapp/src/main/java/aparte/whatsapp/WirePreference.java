package aparte.whatsapp;

import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.OptInSignal.Kind;
import aparte.Scope;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a person chose about marketing in the app's settings. A stop is a stop, whatever else is odd about it. */
final class WirePreference implements WireEvent {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "wa_id", "user_id", "parent_user_id", "category", "value", "timestamp", "signup_id", "detail");

    private @Nullable String waId; // each of them as it came
    private @Nullable String userId;
    private @Nullable String parentUserId;
    private @Nullable String category;
    private @Nullable String value;
    private @Nullable String timestamp;
    private @Nullable String signupId;
    private @Nullable String detail;

    private WirePreference() {}

    /** Reads the fields of an object that was entered. */
    static WirePreference read(JsonInput reader) throws IOException {
        WirePreference read = new WirePreference();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.waId = reader.text();
                case 1 -> read.userId = reader.text();
                case 2 -> read.parentUserId = reader.text();
                case 3 -> read.category = reader.text();
                case 4 -> read.value = reader.text();
                case 5 -> read.timestamp = reader.text();
                case 6 -> read.signupId = reader.text();
                case 7 -> read.detail = reader.text();
                default -> reader.skip();
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
        WireDetails details = new WireDetails();
        if (contact != null) {
            contact.addDetails(details);
        }
        details.put("signup_id", signupId);
        details.put("detail", detail);
        return new InboundEvent.Source(key(around), around.sender(), person, around.time(timestamp), details.all());
    }

    /** A preference has no id: person, category, value and time name it, hidden by our key. */
    private String key(Surroundings around) {
        String who = userId != null && !userId.isEmpty() ? userId : String.valueOf(waId);
        String all = String.join(" ", around.sender().value(), who, category + "", value + "", timestamp + "");
        return "preference:"
                + around.keys().hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
