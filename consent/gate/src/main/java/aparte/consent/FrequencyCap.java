package aparte.consent;

import aparte.Purpose;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * At most so many messages to one address in any window of so long. Attempts count that reached the provider.
 *
 * @param name the cap's name, stable, in lower-case words
 * @param purposes the purposes that count together
 * @param limit the most messages, at least 1
 * @param window the length of the sliding window
 */
public record FrequencyCap(String name, Set<Purpose> purposes, int limit, Duration window) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is empty, zero or negative
     */
    public FrequencyCap {
        Objects.requireNonNull(name, "name");
        purposes = Set.copyOf(purposes);
        if (name.isBlank() || purposes.isEmpty() || limit < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "a frequency cap needs a name, a purpose, a limit of at least 1 and a window longer than 0");
        }
    }
}
