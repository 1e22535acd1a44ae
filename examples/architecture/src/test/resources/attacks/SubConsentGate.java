package attack;

import aparte.consent.ConsentGate;

final class SubConsentGate extends ConsentGate {}
