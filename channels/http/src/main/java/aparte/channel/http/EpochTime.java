package aparte.channel.http;

import java.time.Instant;
import java.util.Optional;

/** Meta's times: seconds or milliseconds since 1970, as a text or as a number. Not to be made. */
public final class EpochTime {
    /** Beyond the year 5138 it is taken for milliseconds. */
    private static final long LAST_SECOND = 99_999_999_999L;

    private EpochTime() {}

    /** Reads a time: below 10^11 it is seconds, else milliseconds; empty if it is no such number. Never throws. */
    public static Optional<Instant> parse(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number < 0) {
                return Optional.empty();
            }
            return Optional.of(number > LAST_SECOND ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
        } catch (NumberFormatException odd) {
            return Optional.empty();
        }
    }
}
