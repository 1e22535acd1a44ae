package attack;

import aparte.consent.Outcome;
import java.util.Map;

final class NewOutcome {
    Object make() {
        return Outcome.accepted("wamid.made-up", Map.of());
    }
}
