package aparte.consent;

import aparte.ConsentEntry;
import java.util.List;
import java.util.Objects;

/**
 * What became of an entry at the consent desk.
 *
 * @param entry the entry as it is kept
 * @param fresh whether it is new; false if an entry of its id was kept before
 * @param inFlight for a closing entry, the messages covered that were claimed and are not settled, on every machine: a
 *     superset of what may still leave or have left
 */
public record Recorded(ConsentEntry entry, boolean fresh, List<Claim> inFlight) {
    /** Copies the claims. */
    public Recorded {
        Objects.requireNonNull(entry, "entry");
        inFlight = List.copyOf(inFlight);
    }
}
