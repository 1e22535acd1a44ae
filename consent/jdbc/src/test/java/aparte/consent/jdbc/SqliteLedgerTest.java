package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

class SqliteLedgerTest extends LedgerContractOn {
    SqliteLedgerTest() {
        super(TestDatabase.SQLITE);
    }

    /** Nothing in WAL makes a reader wait, but somebody who takes the whole file for himself. */
    @Override
    void hang(Connection holder) throws SQLException {
        holder.createStatement().execute("PRAGMA locking_mode = EXCLUSIVE");
        holder.createStatement().execute("BEGIN EXCLUSIVE");
        holder.createStatement().execute("UPDATE aparte_schema SET version = version");
    }

    @Override
    void release(Connection holder) throws SQLException {
        holder.createStatement().execute("ROLLBACK");
        holder.createStatement().execute("PRAGMA locking_mode = NORMAL");
    }
}
