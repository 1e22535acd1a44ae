package aparte.consent;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * Where agreements and opt-outs are kept. The host implements it over its own storage; {@code aparte-testkit} has the
 * contract as tests, {@code ConsentLedgerContract}.
 *
 * <p>An implementation must
 *
 * <ul>
 *   <li>read committed truth: an entry whose {@link #append} returned, on any machine, is in every later {@link #read},
 *       also while the caller has a transaction open that began earlier; so read through a small pool of its own, never
 *       inside the ambient transaction, and from the primary, never from a replica or a cache;
 *   <li>append durably before it returns, outside the ambient transaction, and keep an id once, also when several append
 *       the same id at the same instant;
 *   <li>find a person under every {@linkplain Identity#keys() spelling} of every address, and through every
 *       {@code LINKED} entry, directly or not, unless a later {@code UNLINKED} parts them;
 *   <li>throw, rather than answer with less than the truth, when it cannot read; and bound its own waiting: a read that
 *       comes back after the gate's {@code ledgerTimeout} counts as no answer.
 * </ul>
 *
 * <p>Thread-safe. Methods may block.
 */
public interface ConsentLedger {
    /**
     * Returns all that is known of a person: the entries about any of the addresses, about any address linked to them, and
     * about the reference.
     *
     * @throws RuntimeException if the storage does not answer; nothing is sent then
     */
    History read(Identity person);

    /**
     * Keeps an entry, durably on return.
     *
     * @return false if an entry of this id is already kept; that one stays as it is
     * @throws RuntimeException if it is not certain that the entry is kept
     */
    boolean append(ConsentEntry entry);

    /**
     * Forgets a person. Afterwards {@link #read} still answers {@code SUPPRESSED} where an opt-out or an objection was in
     * force, or where {@code suppress} asks for it; nothing else remains, but for an {@code ERASED} line. Of what an opt-out
     * closed, {@code SERVICE} is left out: only a new message of the person opens it anyway, and that may be answered.
     *
     * @throws RuntimeException if it is not certain that the person is forgotten
     */
    void erase(Identity person, boolean suppress);

    /**
     * Returns the histories of several people, in the order asked. By default one {@link #read} each; override it where one
     * round trip can answer for many.
     *
     * @throws RuntimeException if the storage does not answer; nothing is sent then
     */
    default List<History> readAll(List<Identity> people) {
        List<History> histories = new ArrayList<>(people.size());
        for (Identity person : people) {
            histories.add(read(person));
        }
        return histories;
    }
}
