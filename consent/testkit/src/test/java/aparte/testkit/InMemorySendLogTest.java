package aparte.testkit;

import aparte.consent.SendLog;

class InMemorySendLogTest extends SendLogContract {
    @Override
    protected SendLog sendLog() {
        return new InMemorySendLog();
    }
}
