package aparte.whatsapp;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** WhatsApp's times: whole seconds since 1970, as a string or as a number. */
final class Timestamps {
    /** Beyond the year 5000 it is taken for milliseconds. */
    private static final long LAST_SECOND = 99_999_999_999L;

    private Timestamps() {}

    static Optional<Instant> parse(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 15) {
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
