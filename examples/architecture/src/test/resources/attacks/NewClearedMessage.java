package attack;

import aparte.consent.ClearedMessage;

final class NewClearedMessage {
    Object make() {
        return new ClearedMessage(null, null, null, null, null);
    }
}
