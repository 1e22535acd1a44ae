package aparte.viber;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error numbers of Vonage's Messages API, in answers and in statuses. Meaning: its list of errors of 2021, as of 2026-11
 * the last that names them all.
 */
final class VonageErrors {
    /** "The message was sent already": whether it was ours is left open. */
    static final String DUPLICATE = "1320";

    private static final Pattern NUMBER = Pattern.compile("(?:.*#)?([0-9]{3,5})");

    private record Row(Kind kind, String hint) {}

    private static final Map<String, Row> ROWS = rows();

    private VonageErrors() {}

    /** The number: the end of the type's address, or the title, which holds it in some events. */
    static Optional<String> code(@Nullable String type, @Nullable String title) {
        for (String text : new String[] {type, title}) {
            Matcher number = NUMBER.matcher(text == null ? "" : text);
            if (number.matches()) {
                return Optional.of(number.group(1));
            }
        }
        return Optional.empty();
    }

    static DeliveryFailure failure(String code) {
        Row row = ROWS.get(code);
        return row == null
                ? DeliveryFailure.of(Kind.UNKNOWN, code, "an error that is not documented")
                : DeliveryFailure.of(row.kind(), code, row.hint());
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new HashMap<>();
        // Passes.
        put(rows, Kind.THROTTLED, "1000", "too fast: wait, then try again");
        put(rows, Kind.TEMPORARY, "1030", "an internal error of the platform: try again later");
        put(rows, Kind.TEMPORARY, "1100", "the platform could not reach Viber: try again later");
        put(rows, Kind.TEMPORARY, "1180", "the person is absent for now: try again later");
        put(rows, Kind.TEMPORARY, "1220", "the person's device is busy: try again later");
        put(rows, Kind.TEMPORARY, "1230", "an error of the network: try again later");
        put(rows, Kind.TEMPORARY, "1331", "an error of Viber: try again later");
        // About the person.
        put(rows, Kind.PERSON_LEFT, "1050", "the person barred the service: write no more");
        put(rows, Kind.PERSON_LEFT, "1240", "the person opted out of the service: write no more");
        put(rows, Kind.UNDELIVERABLE, "1190", "the person is absent for good");
        put(rows, Kind.UNDELIVERABLE, "1260", "the person cannot be reached, or the country is not enabled");
        put(rows, Kind.UNDELIVERABLE, "1300", "the number is not on Viber: use another channel");
        put(rows, Kind.UNDELIVERABLE, "1310", "the person's device or Viber is too old");
        put(rows, Kind.UNDELIVERABLE, "1360", "it expired before it arrived; it is not charged");
        put(rows, Kind.WINDOW_CLOSED, "1340", "outside of the window: wait until the person writes");
        // About the request.
        put(rows, Kind.INVALID_REQUEST, "1010", "a mandatory field is missing");
        put(rows, Kind.INVALID_REQUEST, "1020", "a value is not allowed");
        put(rows, Kind.INVALID_REQUEST, "1022", "the template is not allowed, or does not fit");
        put(rows, Kind.INVALID_REQUEST, "1040", "the message is not allowed");
        put(rows, Kind.INVALID_REQUEST, "1130", "the time to live is not allowed");
        put(rows, Kind.INVALID_REQUEST, DUPLICATE, "the message was sent already");
        put(rows, Kind.INVALID_REQUEST, "1380", "the media are not allowed");
        put(rows, Kind.INVALID_REQUEST, "1381", "the media were not found");
        put(rows, Kind.INVALID_REQUEST, "1382", "the media could not be used");
        // About the account.
        put(rows, Kind.ACCOUNT, "1060", "the account is barred");
        put(rows, Kind.ACCOUNT, "1070", "the account's quota is used up");
        put(rows, Kind.ACCOUNT, "1140", "the account is not allowed to do this");
        return Map.copyOf(rows);
    }

    private static void put(Map<String, Row> rows, Kind kind, String code, String hint) {
        rows.put(code, new Row(kind, hint));
    }
}
