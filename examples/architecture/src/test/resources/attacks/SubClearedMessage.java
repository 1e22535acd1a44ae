package attack;

import aparte.consent.ClearedMessage;

final class SubClearedMessage extends ClearedMessage {}
