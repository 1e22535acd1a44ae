package aparte.consent.jdbc;

import aparte.consent.BitemporalLedger;
import aparte.testkit.BitemporalLedgerContract;
import aparte.testkit.MutableClock;

class PostgresPastTest extends BitemporalLedgerContract {
    @Override
    protected BitemporalLedger ledger(MutableClock time) {
        JdbcStorage storage = JdbcStorage.builder(Storages.BRAND, TestDatabase.POSTGRESQL.create(), Storages.PEPPER)
                .clock(time)
                .build();
        storage.migrate();
        return storage.ledger();
    }
}
