package aparte.consent.jdbc;

import aparte.consent.Conversations;
import aparte.testkit.ConversationsContract;
import org.junit.jupiter.api.Nested;

class JdbcConversationsTest {
    @Nested
    class OnSqlite extends ConversationsContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.SQLITE);

        @Override
        protected Conversations conversations() {
            return storage.conversations();
        }

        @Override
        protected Conversations elsewhere() {
            return Brands.again(TestDatabase.SQLITE, storage).conversations();
        }
    }

    @Nested
    class OnH2 extends ConversationsContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.H2);

        @Override
        protected Conversations conversations() {
            return storage.conversations();
        }

        @Override
        protected Conversations elsewhere() {
            return Brands.again(TestDatabase.H2, storage).conversations();
        }
    }

    @Nested
    class OnPostgresql extends ConversationsContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.POSTGRESQL);

        @Override
        protected Conversations conversations() {
            return storage.conversations();
        }

        @Override
        protected Conversations elsewhere() {
            return Brands.again(TestDatabase.POSTGRESQL, storage).conversations();
        }
    }
}
