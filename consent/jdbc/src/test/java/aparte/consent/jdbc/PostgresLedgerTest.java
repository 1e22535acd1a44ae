package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

class PostgresLedgerTest extends LedgerContractOn {
    PostgresLedgerTest() {
        super(TestDatabase.POSTGRESQL);
    }

    @Override
    void hang(Connection holder) throws SQLException {
        holder.setAutoCommit(false);
        holder.createStatement().execute("LOCK TABLE aparte_head IN ACCESS EXCLUSIVE MODE");
    }

    @Override
    void release(Connection holder) throws SQLException {
        holder.rollback();
        holder.setAutoCommit(true);
    }
}
