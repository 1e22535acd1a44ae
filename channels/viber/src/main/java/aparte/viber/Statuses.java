package aparte.viber;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.channel.http.ProviderAnswer;
import java.util.HashMap;
import java.util.Map;

/**
 * The statuses in the bodies of Viber's answers, as of 2026-11: HTTP is 200 for refusals too, and the words beside the number
 * change. Meaning: Viber REST Bot API, error codes.
 */
final class Statuses {
    static final long OK = 0;

    /** The bot's rate or the person's hour: Viber does not say which. */
    static final long TOO_FAST = 12;

    /** "Broadcast failed", for causes that the document leaves open: somebody may have got it. */
    private static final long CANNOT_BROADCAST = 19;

    private record Row(Kind kind, String hint) {}

    private static final Map<Long, Row> ROWS = rows();

    private Statuses() {}

    /** Whether the status tells for certain that nobody gets the message. */
    static boolean isRefusal(long status) {
        return status != CANNOT_BROADCAST && ROWS.containsKey(status);
    }

    /** What a status other than 0 means. */
    static DeliveryFailure failure(long status) {
        Row row = ROWS.get(status);
        return row == null
                ? DeliveryFailure.of(Kind.UNKNOWN, Long.toString(status), "a status that is not documented")
                : DeliveryFailure.of(row.kind(), Long.toString(status), row.hint());
    }

    /** What a status other than 0 means, with the wait that the answer asks for, if it does. */
    static DeliveryFailure failure(long status, ProviderAnswer answer) {
        DeliveryFailure failure = failure(status);
        return answer.retryAfter().map(failure::retryAfter).orElse(failure);
    }

    private static Map<Long, Row> rows() {
        Map<Long, Row> rows = new HashMap<>();
        // Passes.
        put(rows, Kind.THROTTLED, TOO_FAST, "too fast, or 100 messages in an hour to a person who does not answer");
        // About the person.
        put(rows, Kind.PERSON_LEFT, 6, "the person is not subscribed to the bot: wait until they write");
        put(rows, Kind.UNDELIVERABLE, 5, "the person is not on Viber any more");
        put(rows, Kind.UNDELIVERABLE, 11, "the person's devices or their Viber are too old");
        put(rows, Kind.UNDELIVERABLE, 13, "the person's Viber is older than the message needs: send it simpler");
        put(rows, Kind.UNDELIVERABLE, 21, "Viber bots are not available in the person's country");
        // About the token, the bot, its money.
        put(rows, Kind.UNAUTHORIZED, 2, "the token is wrong: take it from the bot's settings");
        put(rows, Kind.ACCOUNT, 1, "the webhook's address is not https, not trusted, or did not answer 200");
        put(rows, Kind.ACCOUNT, 7, "Viber blocked the bot: stop, and ask Viber");
        put(rows, Kind.ACCOUNT, 8, "the token belongs to no bot");
        put(rows, Kind.ACCOUNT, 9, "Viber suspended the bot: stop, and ask Viber");
        put(rows, Kind.ACCOUNT, 10, "the bot has no webhook: set one first");
        put(rows, Kind.ACCOUNT, 15, "the bot is not authorised for this");
        put(rows, Kind.ACCOUNT, 18, "the bot has no public chat");
        put(rows, Kind.ACCOUNT, 20, "the bot may not broadcast: build its transport withoutBroadcast()");
        put(rows, Kind.ACCOUNT, 22, "the bot has no payments");
        put(rows, Kind.ACCOUNT, 23, "the free messages of this calendar month (UTC) are used up");
        put(rows, Kind.ACCOUNT, 24, "the bot's balance is empty: top it up");
        // About the request.
        put(rows, Kind.INVALID_REQUEST, 3, "the request is malformed or a value is not allowed");
        put(rows, Kind.INVALID_REQUEST, 4, "a mandatory field is missing");
        put(rows, Kind.INVALID_REQUEST, 14, "the message needs a higher min_api_version");
        put(rows, Kind.INVALID_REQUEST, 16, "inline messages are not allowed here");
        put(rows, Kind.INVALID_REQUEST, 17, "the bot is not an inline bot");
        put(rows, Kind.UNKNOWN, CANNOT_BROADCAST, "the broadcast failed, and Viber does not say why");
        return Map.copyOf(rows);
    }

    private static void put(Map<Long, Row> rows, Kind kind, long status, String hint) {
        rows.put(status, new Row(kind, hint));
    }
}
