package aparte.consent;

import aparte.Identity;

/**
 * Hears that a person was erased, so that what else is kept of them goes too: the CRM's own rows, queues, caches, processors
 * that got the data (GDPR article 19).
 *
 * <p>Called after the ledger forgot the person, on the thread that erases, possibly again for the same person. Thread-safe.
 */
@FunctionalInterface
public interface ErasureListener {
    /**
     * Forgets the person.
     *
     * @param person the person with all addresses that the ledger had linked
     * @throws RuntimeException if something of the person may be left; whoever erases is told to erase again
     */
    void erased(Identity person);
}
