package aparte.testkit;

import aparte.consent.BitemporalLedger;

class InMemoryPastTest extends BitemporalLedgerContract {
    @Override
    protected BitemporalLedger ledger(MutableClock time) {
        return new InMemoryConsentLedger(time);
    }
}
