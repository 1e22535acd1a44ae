package aparte.consent.jdbc;

import aparte.consent.ConsentLedger;
import aparte.testkit.ConsentLedgerContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;

/** The contract of every ledger, with all that a database can do to one. */
abstract class LedgerContractOn extends ConsentLedgerContract {
    private final TestDatabase database;
    private final Pool source;
    private final Pool elsewhere;
    private final AtomicBoolean down = new AtomicBoolean();

    LedgerContractOn(TestDatabase database) {
        this.database = database;
        String url = database.newUrl();
        this.source = database.open(url);
        this.elsewhere = database.open(url);
    }

    @Override
    protected ConsentLedger ledger() {
        return Storages.over((Connections) () -> {
                    if (down.get()) {
                        throw new SQLException("the line is cut");
                    }
                    return source.getConnection();
                })
                .ledger();
    }

    @Override
    protected ConsentLedger elsewhere() {
        return Storages.over(elsewhere).ledger();
    }

    @Override
    protected void outage(Runnable whileDown) {
        down.set(true);
        whileDown.run();
        down.set(false);
    }

    @Override
    protected void hangingStorage(Runnable whileHanging) throws Exception {
        try (Connection holder = source.getConnection()) {
            hang(holder);
            whileHanging.run();
            release(holder);
        }
    }

    /** Makes every read wait, or take for ever. */
    abstract void hang(Connection holder) throws SQLException;

    abstract void release(Connection holder) throws SQLException;

    @Override
    protected <T> T insideCallersTransaction(Callable<T> work) throws Exception {
        try (Connection connection = source.getConnection()) {
            if (database != TestDatabase.SQLITE) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .executeQuery("SELECT COUNT(*) FROM aparte_line")
                    .close();
            T result = work.call();
            connection.rollback();
            connection.setAutoCommit(true);
            return result;
        }
    }

    @AfterEach
    void close() throws SQLException {
        source.close();
        elsewhere.close();
    }
}
