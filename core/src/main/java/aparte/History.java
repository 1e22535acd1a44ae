package aparte;

import java.util.List;
import java.util.Objects;

/**
 * What the ledger knows of a person, in any order.
 *
 * @param person the person with all linked addresses
 * @param entries all entries about any of them
 */
public record History(Identity person, List<ConsentEntry> entries) {
    /** Copies the entries. */
    public History {
        Objects.requireNonNull(person, "person");
        entries = List.copyOf(entries);
    }

    /** Returns the history of somebody the ledger does not know. */
    public static History empty(Identity person) {
        return new History(person, List.of());
    }

    /** Shows the number of entries only. */
    @Override
    public String toString() {
        return "History[" + entries.size() + " entries]";
    }
}
