package aparte.consent.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the tables hold them: whole microseconds since 1970, rounded down. */
final class Micros {
    private Micros() {}

    /**
     * Returns the number of an instant.
     *
     * @throws ArithmeticException if it is more than 292,000 years away
     */
    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
