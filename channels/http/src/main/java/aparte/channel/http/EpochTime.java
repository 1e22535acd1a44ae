package aparte.channel.http;

import java.time.Instant;
import java.util.Optional;

/** Meta's times: seconds or milliseconds since 1970, as a text or as a number. Not to be made. */
public final class EpochTime {
    /**
     * The first moment that counts, the beginning of 2016: the platforms' interfaces are not older, and a stop that claimed to be
     * older than every agreement would stop nothing.
     */
    public static final Instant EARLIEST = Instant.parse("2016-01-01T00:00:00Z");

    /** Beyond the year 5138 it is taken for milliseconds. */
    private static final long LAST_SECOND = 99_999_999_999L;

    private EpochTime() {}

    /**
     * Reads a time: below 10^11 it is seconds, else milliseconds; empty if it is no such number or before {@link #EARLIEST}. Never
     * throws.
     */
    public static Optional<Instant> parse(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text);
            Instant at = number > LAST_SECOND ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            return at.isBefore(EARLIEST) ? Optional.empty() : Optional.of(at);
        } catch (NumberFormatException odd) {
            return Optional.empty();
        }
    }
}
