package aparte.consent.jdbc;

import aparte.consent.ConsentLedger;
import aparte.testkit.CrmImportContract;

class SqliteCrmImportTest extends CrmImportContract {
    @Override
    protected ConsentLedger ledger() {
        return Storages.over(TestDatabase.SQLITE.create()).ledger();
    }
}
