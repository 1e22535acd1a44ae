package aparte.consent;

import attack.Scene;
import attack.YesMan;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Says it lives in our package, and makes a clearance that no true ledger allowed. */
public final class Burglar {
    private Burglar() {}

    public static void main(String[] args) {
        Scene.play(Burglar::breakIn);
    }

    public static Object breakIn(Scene scene) throws Exception {
        Clock clock = Clock.systemUTC();
        LedgerView view = new LedgerView(new YesMan(), clock, Duration.ofSeconds(2));
        Judge judge = new Judge(
                List.of(scene.transport), view, scene.conversations, List.of(), clock, Duration.ofDays(7));
        List<Judgement> judgements = judge.judge(List.of(Dispatch.of(scene.message())));
        return scene.transport.deliver(new ClearedMessage(judge, view, clock, decision -> {}, judgements));
    }
}
