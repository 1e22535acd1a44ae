package aparte.consent.jdbc;

import aparte.consent.InboxJournal;
import aparte.testkit.InboxJournalContract;
import org.junit.jupiter.api.Nested;

class JdbcInboxJournalTest {
    @Nested
    class OnSqlite extends InboxJournalContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.SQLITE);

        @Override
        protected InboxJournal journal() {
            return storage.inboxJournal();
        }

        @Override
        protected InboxJournal elsewhere() {
            return Brands.again(TestDatabase.SQLITE, storage).inboxJournal();
        }
    }

    @Nested
    class OnH2 extends InboxJournalContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.H2);

        @Override
        protected InboxJournal journal() {
            return storage.inboxJournal();
        }

        @Override
        protected InboxJournal elsewhere() {
            return Brands.again(TestDatabase.H2, storage).inboxJournal();
        }
    }

    @Nested
    class OnPostgresql extends InboxJournalContract {
        private final JdbcStorage storage = Brands.next(TestDatabase.POSTGRESQL);

        @Override
        protected InboxJournal journal() {
            return storage.inboxJournal();
        }

        @Override
        protected InboxJournal elsewhere() {
            return Brands.again(TestDatabase.POSTGRESQL, storage).inboxJournal();
        }
    }
}
