package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as the Send API words it.
 *
 * <p>The documents tell clients not to judge by the HTTP status; ours is 400 but for tokens (401), permissions (403) and breakdowns.
 *
 * @param subcode 0 if there is none
 * @param passing whether the platform says that a later try may succeed
 */
record MessengerError(int code, int subcode, int httpStatus, boolean passing, String message) implements GraphError {
    private record Key(int code, int subcode) {}

    private record Entry(int httpStatus, boolean passing, String message) {}

    private static final Map<Key, Entry> KNOWN = known();

    /** An error with the message of the table. */
    static MessengerError of(int code, int subcode) {
        Entry entry = KNOWN.getOrDefault(new Key(code, subcode), new Entry(400, false, "Unlisted error"));
        return new MessengerError(code, subcode, entry.httpStatus(), entry.passing(), entry.message());
    }

    static GraphRefusal refusal(int code, int subcode) {
        return new GraphRefusal(of(code, subcode));
    }

    /** A bad parameter: code 100 with this message. */
    static GraphRefusal parameter(String message) {
        return new GraphRefusal(new MessengerError(100, 0, 400, false, message));
    }

    @Override
    public Answer answer(String traceId) {
        return answer(httpStatus, traceId);
    }

    Answer answer(int status, String traceId) {
        Map<String, Object> error = Json.object(
                "message",
                "(#" + code + ") " + message,
                "type",
                "OAuthException",
                "code",
                code,
                "error_subcode",
                subcode == 0 ? Optional.empty() : subcode,
                "is_transient",
                passing ? true : Optional.empty(),
                "fbtrace_id",
                traceId);
        return Answer.json(status, Json.object("error", error));
    }

    private static Map<Key, Entry> known() {
        Map<Key, Entry> known = new LinkedHashMap<>();
        known.put(new Key(1, 0), new Entry(500, true, "An unknown error happened"));
        known.put(new Key(2, 0), new Entry(503, true, "The service is down for a while"));
        known.put(new Key(4, 0), new Entry(400, true, "The app reached its request limit"));
        known.put(new Key(4, 2018354), new Entry(400, false, "This person was notified too lately"));
        known.put(new Key(10, 0), new Entry(403, false, "The app lacks a permission"));
        known.put(new Key(10, 1893015), new Entry(403, false, "The person stopped the notifications of this topic"));
        known.put(new Key(10, 1893063), new Entry(403, false, "The Page is restricted for a while"));
        known.put(new Key(10, 2018065), new Entry(403, false, "The Page is not registered for news"));
        known.put(new Key(10, 2018108), new Entry(403, false, "The person cannot receive messages now"));
        known.put(new Key(10, 2018278), new Entry(403, false, "The message is outside of the allowed window"));
        known.put(new Key(17, 0), new Entry(400, true, "The user reached the request limit"));
        known.put(new Key(32, 0), new Entry(400, true, "The Page reached its request limit"));
        known.put(new Key(100, 0), new Entry(400, false, "Invalid parameter"));
        known.put(new Key(100, 33), new Entry(400, false, "The object does not exist, or permission is missing"));
        known.put(new Key(100, 2018001), new Entry(400, false, "No matching user"));
        known.put(new Key(100, 2018008), new Entry(400, false, "The media could not be fetched"));
        known.put(new Key(100, 2018014), new Entry(400, false, "A message and a sender action exclude each other"));
        known.put(new Key(100, 2018047), new Entry(400, false, "The upload failed: the file is not of its type"));
        known.put(new Key(100, 2018074), new Entry(400, false, "The attachment does not exist or has expired"));
        known.put(new Key(100, 2018109), new Entry(400, false, "The attachment is too large"));
        known.put(new Key(100, 2018164), new Entry(400, false, "The app id is wrong"));
        known.put(new Key(100, 2018276), new Entry(400, false, "The tag needs an approval that the app lacks"));
        known.put(new Key(104, 0), new Entry(401, false, "An access token is required"));
        known.put(new Key(190, 0), new Entry(401, false, "The access token is not valid"));
        known.put(new Key(190, 463), new Entry(401, false, "The access token has expired"));
        known.put(new Key(200, 0), new Entry(403, false, "The app lacks a permission"));
        known.put(new Key(200, 1545041), new Entry(403, false, "This person is not available"));
        known.put(new Key(200, 2018028), new Entry(403, false, "The app is not reviewed and cannot reach this person"));
        known.put(new Key(230, 0), new Entry(403, false, "The permission pages_messaging is missing"));
        known.put(new Key(368, 0), new Entry(403, false, "Blocked for abuse"));
        known.put(new Key(551, 0), new Entry(400, false, "This person is not available"));
        known.put(new Key(551, 1545041), new Entry(400, false, "This person is not available"));
        known.put(new Key(613, 0), new Entry(400, true, "Calls to this API exceeded the rate limit"));
        known.put(new Key(613, 2018338), new Entry(400, false, "Tags to this person look abusive"));
        known.put(new Key(613, 1893016), new Entry(400, false, "The person was asked about this topic already"));
        known.put(new Key(10900, 0), new Entry(400, false, "It was answered privately already"));
        known.put(new Key(10903, 0), new Entry(400, false, "It cannot be answered privately any more"));
        known.put(new Key(1200, 0), new Entry(500, true, "Sending failed for a while"));
        known.put(new Key(2200, 0), new Entry(400, false, "The callback did not prove itself"));
        known.put(new Key(80006, 0), new Entry(400, true, "The Page sends too many messages"));
        known.put(new Key(2018300, 0), new Entry(400, false, "Another app controls the conversation"));
        return known;
    }
}
