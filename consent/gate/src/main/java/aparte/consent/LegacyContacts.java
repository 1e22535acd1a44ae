package aparte.consent;

import aparte.ConsentEntry;
import aparte.Identity;
import java.util.List;

/**
 * A contact table that knows flags but no history, as the host maps it for {@link JournaledLedger}. Thread-safe; read
 * outside the ambient transaction.
 */
public interface LegacyContacts {
    /**
     * Returns the flags of a person as entries: an opt-out flag as {@code WITHDRAWN}, dated or not; an opt-in flag without
     * proof as {@code IMPORTED}. An undated opt-out wins until the flag itself is cleared. Each flag keeps its entry id from
     * read to read.
     *
     * @throws RuntimeException if the table does not answer; nothing is sent then
     */
    List<ConsentEntry> read(Identity person);

    /**
     * Writes an entry back as a flag: sets the opt-out flag for a closing entry, clears it for an opening one. Called again
     * for the same entry after a failure.
     *
     * @throws RuntimeException if the flag may not be written
     */
    void write(ConsentEntry entry);

    /**
     * Forgets a person.
     *
     * @throws RuntimeException if the person may not be forgotten
     */
    void erase(Identity person);
}
