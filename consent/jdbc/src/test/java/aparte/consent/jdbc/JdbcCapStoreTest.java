package aparte.consent.jdbc;

import aparte.consent.CapStore;
import aparte.testkit.CapStoreContract;
import org.junit.jupiter.api.Nested;

class JdbcCapStoreTest {
    @Nested
    class OnSqlite extends CapStoreContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.SQLITE);

        @Override
        protected CapStore capStore() {
            return storage.capStore();
        }

        @Override
        protected CapStore elsewhere() {
            return Brands.again(TestDatabase.SQLITE, storage).capStore();
        }
    }

    @Nested
    class OnH2 extends CapStoreContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.H2);

        @Override
        protected CapStore capStore() {
            return storage.capStore();
        }

        @Override
        protected CapStore elsewhere() {
            return Brands.again(TestDatabase.H2, storage).capStore();
        }
    }

    @Nested
    class OnPostgresql extends CapStoreContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.POSTGRESQL);

        @Override
        protected CapStore capStore() {
            return storage.capStore();
        }

        @Override
        protected CapStore elsewhere() {
            return Brands.again(TestDatabase.POSTGRESQL, storage).capStore();
        }
    }
}
