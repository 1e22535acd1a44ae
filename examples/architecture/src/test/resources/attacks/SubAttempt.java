package attack;

import aparte.consent.ClearedMessage;

final class SubAttempt extends ClearedMessage.Attempt {}
