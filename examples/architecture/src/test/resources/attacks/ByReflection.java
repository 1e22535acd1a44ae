package attack;

import aparte.Message;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentLedger;
import aparte.consent.Conversations;
import aparte.consent.DecisionLog;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Forces every door of the package that is not public. */
public final class ByReflection {
    private ByReflection() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            Clock clock = Clock.systemUTC();
            Class<?> viewType = Class.forName("aparte.consent.LedgerView");
            Class<?> judgeType = Class.forName("aparte.consent.Judge");
            Object view = make(
                    viewType.getDeclaredConstructor(ConsentLedger.class, Clock.class, Duration.class),
                    new YesMan(),
                    clock,
                    Duration.ofSeconds(2));
            Object judge = make(
                    judgeType.getDeclaredConstructor(
                            List.class, viewType, Conversations.class, List.class, Clock.class, Duration.class),
                    List.of(scene.transport),
                    view,
                    scene.conversations,
                    List.of(),
                    clock,
                    Duration.ofDays(7));
            Method of = Class.forName("aparte.consent.Dispatch").getDeclaredMethod("of", Message.class);
            of.setAccessible(true);
            Method judging = judgeType.getDeclaredMethod("judge", List.class);
            judging.setAccessible(true);
            DecisionLog nowhere = decision -> {};
            Object cleared = make(
                    ClearedMessage.class.getDeclaredConstructor(
                            judgeType, viewType, Clock.class, DecisionLog.class, List.class),
                    judge,
                    view,
                    clock,
                    nowhere,
                    judging.invoke(judge, List.of(of.invoke(null, scene.message()))));
            return scene.transport.deliver((ClearedMessage) cleared);
        });
    }

    private static Object make(Constructor<?> constructor, Object... parts) throws ReflectiveOperationException {
        constructor.setAccessible(true);
        return constructor.newInstance(parts);
    }
}
