package aparte.viber;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What Viber answered to a message.
 *
 * @param status the outcome; 0 if it was taken
 * @param token the message's token, which all receipts bear; all people of a broadcast share it
 * @param failed who did not get a broadcast, by id, and the status of each
 * @param billing what it says of the price; older servers say nothing
 */
record SendAnswer(long status, Optional<String> token, Map<String, Long> failed, OptionalLong billing) {
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("status", "message_token", "failed_list", "billing_status");
    private static final JsonReader.Options ENTRY = JsonReader.Options.of("receiver", "status");

    /** Reads an answer; empty if a part that decides the outcome cannot be read. Never throws. */
    static Optional<SendAnswer> read(byte[] body) {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            Optional<SendAnswer> answer = answer(reader);
            return reader.peek() == JsonReader.Token.END_DOCUMENT ? answer : Optional.empty();
        } catch (IOException | JsonDataException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<SendAnswer> answer(JsonReader reader) throws IOException {
        OptionalLong status = OptionalLong.empty();
        OptionalLong billing = OptionalLong.empty();
        String token = null;
        Map<String, Long> failed = Map.of();
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.selectName(FIELDS)) {
                case 0 -> status = Json.whole(Json.text(reader));
                case 1 -> token = Json.token(reader);
                case 2 -> failed = failed(reader);
                case 3 -> billing = Json.whole(Json.text(reader));
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
        return status.isEmpty() || failed == null
                ? Optional.empty()
                : Optional.of(new SendAnswer(status.getAsLong(), Optional.ofNullable(token), failed, billing));
    }

    /** Null if somebody is named in a way that cannot be read: then nobody can be said to have got it. */
    private static @Nullable Map<String, Long> failed(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.NULL) {
            reader.skipValue();
            return Map.of();
        }
        Map<String, Long> failed = new HashMap<>();
        boolean whole = true;
        reader.beginArray();
        while (reader.hasNext()) {
            OptionalLong status = OptionalLong.empty();
            String receiver = null;
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.selectName(ENTRY)) {
                    case 0 -> receiver = Json.text(reader);
                    case 1 -> status = Json.whole(Json.text(reader));
                    default -> Json.skipField(reader);
                }
            }
            reader.endObject();
            if (receiver == null || status.isEmpty() || status.getAsLong() == Statuses.OK) {
                whole = false;
            } else {
                failed.put(receiver, status.getAsLong());
            }
        }
        reader.endArray();
        return whole ? failed : null;
    }

    /** Hides who failed. */
    @Override
    public String toString() {
        return "SendAnswer[" + status + ", " + failed.size() + " failed]";
    }
}
