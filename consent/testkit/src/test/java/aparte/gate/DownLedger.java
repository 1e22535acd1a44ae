package aparte.gate;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.consent.ConsentLedger;

/** A ledger whose storage does not answer, and whose exceptions say more than they should. */
final class DownLedger implements ConsentLedger {
    @Override
    public History read(Identity person) {
        throw new IllegalStateException("no row for +33639980001");
    }

    @Override
    public boolean append(ConsentEntry entry) {
        throw new IllegalStateException("no row for +33639980001");
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        throw new IllegalStateException("no row for +33639980001");
    }
}
