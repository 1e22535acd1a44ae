package aparte.testkit;

import aparte.consent.CapStore;

class InMemoryCapStoreTest extends CapStoreContract {
    @Override
    protected CapStore capStore() {
        return new InMemoryCapStore();
    }
}
