package aparte.consent;

import aparte.Recipient;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Finds the time zone of a person of whom the host knows no zone but, say, the postal code. Thread-safe, without input or
 * output, since a judgement asks it for each message.
 */
@FunctionalInterface
public interface ZoneResolver {
    /** Returns the zone, if it is known. */
    Optional<ZoneId> zoneOf(Recipient person);
}
