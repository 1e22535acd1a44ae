package aparte.consent;

import aparte.ConsentEntry;
import aparte.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * A contact table that knows flags but no history, as the host maps it for {@link JournaledLedger}. Thread-safe; read
 * outside the ambient transaction, committed truth only.
 */
public interface LegacyContacts {
    /**
     * Returns the flags of a person as entries: an opt-out flag as {@code WITHDRAWN}, dated or not; an opt-in flag without
     * proof as {@code IMPORTED}. An undated opt-out wins until the flag itself is cleared, so its scope is what the flag
     * means and no more. Each flag keeps its entry id from read to read; the id holds no address.
     *
     * @param person to be found under every {@linkplain Identity#keys() spelling} of every address, and the reference
     * @throws RuntimeException if the table does not answer; nothing is sent then
     */
    List<ConsentEntry> read(Identity person);

    /**
     * Returns the flags of several people, in the order asked. By default one {@link #read} each; override it where one
     * query can answer for many.
     *
     * @throws RuntimeException if the table does not answer; nothing is sent then
     */
    default List<List<ConsentEntry>> readAll(List<Identity> people) {
        List<List<ConsentEntry>> flags = new ArrayList<>(people.size());
        for (Identity person : people) {
            flags.add(read(person));
        }
        return flags;
    }

    /**
     * Writes an entry back as a flag: sets the opt-out flag for a closing entry, clears it for an opening one. Only entries
     * that decide come here: a withdrawal, an objection, a platform's stop or a suppression that is in force, and an
     * agreement that reopens. Called again for the same entry after a failure. A person who is not in the table needs no
     * flag, nor does an entry whose scope is not what the flag means: the journal has them all.
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
