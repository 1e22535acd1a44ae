package aparte.simulator.planted;

import aparte.MessageId;

/** Breaks an arrow on purpose: the simulator knows nothing of ours. */
final class KnowsOurWords {
    private KnowsOurWords() {}

    static String read(String id) {
        return MessageId.of(id).value();
    }
}
