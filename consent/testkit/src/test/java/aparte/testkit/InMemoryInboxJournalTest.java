package aparte.testkit;

import aparte.consent.InboxJournal;

class InMemoryInboxJournalTest extends InboxJournalContract {
    @Override
    protected InboxJournal journal() {
        return new InMemoryInboxJournal();
    }
}
