package attack;

import aparte.Message;
import aparte.Purpose;
import aparte.consent.ConsentGate;

final class InternalSend {
    Object send(ConsentGate gate, Message message) {
        return gate.sendInternal(message, Purpose.CONSENT_CONFIRMATION);
    }
}
