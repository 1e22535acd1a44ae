package attack;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.ConsentLedger;
import java.time.Instant;
import java.util.List;

/** A ledger that lies: everybody agreed. Harmless unless it gets behind a clearance for the real transport. */
public final class YesMan implements ConsentLedger {
    @Override
    public History read(Identity person) {
        return new History(
                person,
                List.of(ConsentEntry.granted(person, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "made up")
                        .effectiveAt(Instant.EPOCH)
                        .build()));
    }

    @Override
    public boolean append(ConsentEntry entry) {
        return true;
    }

    @Override
    public void erase(Identity person, boolean suppress) {}
}
