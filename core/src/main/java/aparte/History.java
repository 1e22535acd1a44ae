package aparte;

import java.util.List;
import java.util.Objects;

/**
 * What the ledger knows of a person, in any order.
 *
 * @param person the person with all linked addresses
 * @param entries all entries about any of them
 * @param head the place of the ledger's last entry when it was read, the first one having place 1; 0 where the ledger does
 *     not count
 */
public record History(Identity person, List<ConsentEntry> entries, long head) {
    /**
     * Copies the entries.
     *
     * @throws IllegalArgumentException if the head is negative
     */
    public History {
        Objects.requireNonNull(person, "person");
        entries = List.copyOf(entries);
        if (head < 0) {
            throw new IllegalArgumentException("head must not be negative");
        }
    }

    /** Makes the history of a ledger that does not count its entries. */
    public History(Identity person, List<ConsentEntry> entries) {
        this(person, entries, 0);
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
