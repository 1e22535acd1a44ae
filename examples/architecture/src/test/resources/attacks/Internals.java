package attack;

import aparte.consent.Judge;

final class Internals {
    Judge judge;
}
