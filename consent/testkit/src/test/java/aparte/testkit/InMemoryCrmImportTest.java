package aparte.testkit;

import aparte.consent.ConsentLedger;

class InMemoryCrmImportTest extends CrmImportContract {
    @Override
    protected ConsentLedger ledger() {
        return new InMemoryConsentLedger();
    }
}
