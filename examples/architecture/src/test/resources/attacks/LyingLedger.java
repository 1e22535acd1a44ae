package attack;

import aparte.Controller;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.testkit.InMemorySendLog;

/** A gate like any other, over a ledger that lies. */
public final class LyingLedger {
    private LyingLedger() {}

    public static void main(String[] args) {
        Scene.play(scene -> scene.send(ConsentGate.builder(new Controller("host", "Host"), new YesMan())
                .transport(scene.transport)
                .conversations(scene.conversations)
                .sendLog(new InMemorySendLog())
                .policies(ConsentPolicies.none())
                .build()));
    }
}
