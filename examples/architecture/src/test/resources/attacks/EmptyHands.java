package aparte.consent;

import attack.Scene;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** In our package as well, but with nothing to put into the clearance. */
public final class EmptyHands {
    private EmptyHands() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            LedgerView view = new LedgerView(scene.ledger, Clock.systemUTC(), Duration.ofSeconds(2));
            Judge judge = new Judge(
                    List.of(scene.transport),
                    view,
                    scene.conversations,
                    List.of(),
                    Clock.systemUTC(),
                    Duration.ofDays(7));
            List<Judgement> refused = judge.judge(List.of(Dispatch.of(scene.message())));
            return scene.transport.deliver(new ClearedMessage(null, null, null, null, refused));
        });
    }
}
