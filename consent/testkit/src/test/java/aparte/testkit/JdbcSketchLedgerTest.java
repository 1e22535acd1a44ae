package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aparte.consent.ConsentLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class JdbcSketchLedgerTest {
    private static EngineExecutionResults contractOf(Class<?> ledger) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ledger))
                .execute();
    }

    @Nested
    class WhenItReadsThroughAPoolOfItsOwn {
        @Test
        void keeps_the_whole_contract() {
            EngineExecutionResults contract = contractOf(OwnPool.class);

            contract.testEvents()
                    .assertStatistics(tests -> tests.failed(0).aborted(0).skipped(0));
            assertThat(contract.testEvents().succeeded().count()).isGreaterThan(80);
        }
    }

    @Nested
    class WhenItReadsInTheCallersTransaction {
        @Test
        void fails_exactly_the_test_of_the_stale_snapshot() {
            EngineExecutionResults contract = contractOf(AmbientTransaction.class);

            assertThat(contract.testEvents().failed().stream())
                    .singleElement()
                    .extracting(event -> event.getTestDescriptor().getDisplayName())
                    .isEqualTo("reads_an_opt_out_that_was_committed_meanwhile()");
            assertThat(contract.testEvents().succeeded().count()).isGreaterThan(80);
        }
    }

    static class OwnPool extends Contract {
        @Override
        JdbcSketchLedger.Ambient readsFrom() {
            return Optional::empty;
        }
    }

    static class AmbientTransaction extends Contract {
        @Override
        JdbcSketchLedger.Ambient readsFrom() {
            return () -> Optional.ofNullable(AMBIENT.get());
        }
    }

    abstract static class Contract extends ConsentLedgerContract {
        static final ThreadLocal<Connection> AMBIENT = new ThreadLocal<>();
        private final Semaphore pool = new Semaphore(16);
        private final JdbcDataSource database = new JdbcDataSource();
        private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

        abstract JdbcSketchLedger.Ambient readsFrom();

        @Override
        protected ConsentLedger ledger() {
            database.setURL(url);
            try {
                JdbcSketchLedger.createTables(database);
            } catch (SQLException failure) {
                throw new IllegalStateException("no tables", failure);
            }
            return new JdbcSketchLedger(database, pool, readsFrom());
        }

        @Override
        protected ConsentLedger elsewhere() {
            return new JdbcSketchLedger(database, new Semaphore(16), Optional::empty);
        }

        @Override
        protected void outage(Runnable whileDown) {
            database.setURL(url + ";IFEXISTS=TRUE;USER=nobody");
            whileDown.run();
            database.setURL(url);
        }

        @Override
        protected void hangingStorage(Runnable whileHanging) {
            pool.acquireUninterruptibly(16);
            whileHanging.run();
            pool.release(16);
        }

        @Override
        protected <T> T insideCallersTransaction(Callable<T> work) throws Exception {
            try (Connection connection = database.getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                connection
                        .createStatement()
                        .executeQuery("SELECT COUNT(*) FROM entry")
                        .close();
                AMBIENT.set(connection);
                try {
                    return work.call();
                } finally {
                    AMBIENT.remove();
                    connection.rollback();
                }
            }
        }

        @AfterEach
        void close() throws SQLException {
            try (Connection connection = database.getConnection()) {
                connection.createStatement().execute("SHUTDOWN");
            }
        }
    }
}
