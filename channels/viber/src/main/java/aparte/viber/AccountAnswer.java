package aparte.viber;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** What Viber answered to a call of the account. */
final class AccountAnswer {
    private static final JsonReader.Options FIELDS = JsonReader.Options.of(
            "status", "event_types", "id", "name", "uri", "country", "webhook", "subscribers_count", "user", "users");

    private OptionalLong status = OptionalLong.empty();
    private final List<String> eventTypes = new ArrayList<>();
    private @Nullable String id; // each of them as it came
    private @Nullable String name;
    private @Nullable String uri;
    private @Nullable String country;
    private @Nullable String webhook;
    private OptionalLong subscribers = OptionalLong.empty();
    private final Map<String, String> user = new HashMap<>();
    private final List<Map<String, String>> users = new ArrayList<>();

    private AccountAnswer() {}

    /** Reads an answer; empty if it has no readable status. Never throws. */
    static Optional<AccountAnswer> read(byte[] body) {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            AccountAnswer answer = new AccountAnswer();
            reader.beginObject();
            while (reader.hasNext()) {
                answer.field(reader);
            }
            reader.endObject();
            boolean whole = reader.peek() == JsonReader.Token.END_DOCUMENT && answer.status.isPresent();
            return whole ? Optional.of(answer) : Optional.empty();
        } catch (IOException | JsonDataException unreadable) {
            return Optional.empty();
        }
    }

    private void field(JsonReader reader) throws IOException {
        switch (reader.selectName(FIELDS)) {
            case 0 -> status = Json.whole(Json.text(reader));
            case 1 -> events(reader);
            case 2 -> id = Json.text(reader);
            case 3 -> name = Json.text(reader);
            case 4 -> uri = Json.text(reader);
            case 5 -> country = Json.text(reader);
            case 6 -> webhook = Json.text(reader);
            case 7 -> subscribers = Json.whole(Json.text(reader));
            case 8 -> texts(reader, user);
            case 9 -> users(reader);
            default -> Json.skipField(reader);
        }
    }

    private void events(JsonReader reader) throws IOException {
        if (Json.array(reader)) {
            while (reader.hasNext()) {
                String event = Json.text(reader);
                if (event != null) {
                    eventTypes.add(event);
                }
            }
            reader.endArray();
        }
    }

    private void users(JsonReader reader) throws IOException {
        if (Json.array(reader)) {
            while (reader.hasNext()) {
                Map<String, String> each = new HashMap<>();
                texts(reader, each);
                users.add(each);
            }
            reader.endArray();
        }
    }

    /** The texts and numbers of an object. */
    private static void texts(JsonReader reader, Map<String, String> texts) throws IOException {
        if (Json.object(reader)) {
            while (reader.hasNext()) {
                String key = reader.nextName();
                String text = Json.text(reader);
                if (text != null) {
                    texts.put(key, Json.wellFormed(text));
                }
            }
            reader.endObject();
        }
    }

    long status() {
        return status.orElseThrow();
    }

    List<String> eventTypes() {
        return eventTypes;
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    String uri() {
        return uri;
    }

    @Nullable
    String country() {
        return country;
    }

    @Nullable
    String webhook() {
        return webhook == null || webhook.isEmpty() ? null : webhook;
    }

    OptionalLong subscribers() {
        return subscribers;
    }

    Map<String, String> user() {
        return user;
    }

    List<Map<String, String>> users() {
        return users;
    }
}
