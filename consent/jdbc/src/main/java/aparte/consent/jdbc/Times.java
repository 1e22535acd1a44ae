package aparte.consent.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Times as they are kept: ISO 8601 in payloads, microseconds since 1970 in lines. */
final class Times {
    /** Numbers stay exact in JSON up to 2^53; this is the year 2255. */
    private static final long LAST_SECOND = (1L << 53) / 1_000_000 - 1;

    private Times() {}

    /** Returns the microseconds since 1970, rounded down; the last one that can be counted for times beyond. */
    static long micros(Instant time) {
        if (time.getEpochSecond() > LAST_SECOND) {
            return LAST_SECOND * 1_000_000;
        }
        if (time.getEpochSecond() < -LAST_SECOND) {
            return -LAST_SECOND * 1_000_000;
        }
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Reads what {@link Instant#toString} wrote; years of four digits the quick way.
     *
     * @throws java.time.DateTimeException if it is no time
     */
    static Instant parse(String text) {
        int length = text.length();
        boolean usual = length >= 20
                && length <= 30
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(length - 1) == 'Z'
                && (length == 20 || text.charAt(19) == '.');
        int nanos = 0;
        int days = usual ? digits(text, 0, 4) | digits(text, 5, 7) | digits(text, 8, 10) : -1;
        int clock = usual ? digits(text, 11, 13) | digits(text, 14, 16) | digits(text, 17, 19) : -1;
        if (usual && length > 20) {
            nanos = digits(text, 20, length - 1);
            for (int i = length - 21; i < 9; i++) {
                nanos *= 10;
            }
        }
        if (days < 0 || clock < 0 || nanos < 0 || digits(text, 11, 13) > 23 || digits(text, 17, 19) > 59) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                .toEpochDay();
        long second = digits(text, 11, 13) * 3600L + digits(text, 14, 16) * 60L + digits(text, 17, 19);
        return Instant.ofEpochSecond(day * 86_400 + second, nanos);
    }

    /** Returns the number that the digits stand for; negative if one is no digit. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
