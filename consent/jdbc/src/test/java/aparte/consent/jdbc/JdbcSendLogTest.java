package aparte.consent.jdbc;

import aparte.consent.SendLog;
import aparte.testkit.SendLogContract;
import org.junit.jupiter.api.Nested;

class JdbcSendLogTest {
    @Nested
    class OnSqlite extends SendLogContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.SQLITE);

        @Override
        protected SendLog sendLog() {
            return storage.sendLog();
        }

        @Override
        protected SendLog elsewhere() {
            return Brands.again(TestDatabase.SQLITE, storage).sendLog();
        }
    }

    @Nested
    class OnH2 extends SendLogContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.H2);

        @Override
        protected SendLog sendLog() {
            return storage.sendLog();
        }

        @Override
        protected SendLog elsewhere() {
            return Brands.again(TestDatabase.H2, storage).sendLog();
        }
    }

    @Nested
    class OnPostgresql extends SendLogContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.POSTGRESQL);

        @Override
        protected SendLog sendLog() {
            return storage.sendLog();
        }

        @Override
        protected SendLog elsewhere() {
            return Brands.again(TestDatabase.POSTGRESQL, storage).sendLog();
        }
    }
}
