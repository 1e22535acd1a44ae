package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

class H2LedgerTest extends LedgerContractOn {
    H2LedgerTest() {
        super(TestDatabase.H2);
    }

    /** Readers wait for nobody; so the table becomes one that takes for ever to read. */
    @Override
    void hang(Connection holder) throws SQLException {
        holder.createStatement().execute("ALTER TABLE aparte_head RENAME TO hidden");
        holder.createStatement().execute("CREATE ALIAS doze FOR 'java.lang.Thread.sleep(long)'");
        holder.createStatement().execute("""
                CREATE VIEW aparte_head AS SELECT h.* FROM hidden h
                WHERE (SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000) WHERE doze(10) IS NOT NULL) = 0""");
    }

    @Override
    void release(Connection holder) throws SQLException {
        holder.createStatement().execute("DROP VIEW aparte_head");
        holder.createStatement().execute("ALTER TABLE hidden RENAME TO aparte_head");
    }
}
