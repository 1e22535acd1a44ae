package aparte;

import java.util.UUID;

/**
 * The name of a consent entry; a ledger keeps an id once.
 *
 * @param value 1 to 200 visible ASCII characters, no personal data
 */
public record EntryId(String value) {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public EntryId {
        Check.token(value, "entry id", 200);
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static EntryId of(String value) {
        return new EntryId(value);
    }

    /** Returns a new, random id. */
    public static EntryId random() {
        return new EntryId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
