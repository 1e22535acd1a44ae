package aparte.consent.jdbc;

import aparte.consent.ConsentLedger;
import aparte.testkit.CrmImportContract;

class PostgresCrmImportTest extends CrmImportContract {
    @Override
    protected ConsentLedger ledger() {
        return Storages.over(TestDatabase.POSTGRESQL.create()).ledger();
    }
}
