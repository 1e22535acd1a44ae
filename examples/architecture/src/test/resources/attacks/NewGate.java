package attack;

import aparte.consent.ConsentGate;

final class NewGate {
    Object make(ConsentGate.Builder builder) {
        return new ConsentGate(builder, null, null);
    }
}
