package aparte.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * An error as Instagram words it; what it shares with Messenger is Messenger's.
 *
 * @param subcode 0 if there is none
 */
record InstagramError(int code, int subcode, int httpStatus, String message) implements GraphError {
    private record Key(int code, int subcode) {}

    private static final Map<Key, String> OWN = Map.ofEntries(
            Map.entry(new Key(10, 2534022), "The message is outside of the allowed window"),
            Map.entry(new Key(10, 2534077), "The link between Page and account is not verified"),
            Map.entry(new Key(100, 2534013), "The Page is not linked to an account"),
            Map.entry(new Key(100, 2534014), "No matching user"),
            Map.entry(new Key(100, 2534015), "The message data is not valid"),
            Map.entry(new Key(100, 2534025), "The comment is not valid for a private reply"),
            Map.entry(new Key(100, 2534029), "The business is blocked from the messaging API"),
            Map.entry(new Key(100, 2534037), "The app does not own the thread"),
            Map.entry(new Key(100, 2534068), "Several images are not enabled for this account"),
            Map.entry(new Key(200, 2534041), "The owner switched off message access for apps"),
            Map.entry(new Key(613, 2534040), "Too many messages"),
            Map.entry(new Key(36103, 0), "The account is not eligible"),
            Map.entry(new Key(230, 0), "User consent is required"));

    /** An error with its own message, or as Messenger words it. */
    static GraphError of(int code, int subcode) {
        String message = OWN.get(new Key(code, subcode));
        return message == null
                ? MessengerError.of(code, subcode)
                : new InstagramError(code, subcode, subcode == 2534022 ? 403 : 400, message);
    }

    static GraphRefusal refusal(int code, int subcode) {
        return new GraphRefusal(of(code, subcode));
    }

    /** The message is not what the platform takes. */
    static GraphRefusal data(String why) {
        return new GraphRefusal(new InstagramError(100, 2534015, 400, why));
    }

    @Override
    public Answer answer(String traceId) {
        Map<String, Object> error = Json.object(
                "message",
                "(#" + code + ") " + message,
                "type",
                subcode == 0 ? "OAuthException" : "IGApiException",
                "code",
                code,
                "error_subcode",
                subcode == 0 ? Optional.empty() : subcode,
                "fbtrace_id",
                traceId);
        return Answer.json(httpStatus, Json.object("error", error));
    }
}
