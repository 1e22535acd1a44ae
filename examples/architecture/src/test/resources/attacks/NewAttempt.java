package attack;

import aparte.consent.ClearedMessage;

final class NewAttempt {
    Object make(ClearedMessage cleared) {
        return cleared.new Attempt(1);
    }
}
