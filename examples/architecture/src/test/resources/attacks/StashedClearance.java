package attack;

import aparte.consent.ClearedMessage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a clearance, and uses it once send has returned. */
public final class StashedClearance {
    private StashedClearance() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.agree();
            AtomicReference<ClearedMessage> stash = new AtomicReference<>();
            String first = scene.send(scene.gate(inner -> new Decorator(inner, cleared -> {
                stash.set(cleared);
                throw new IOException("later");
            })));
            System.out.println("SEND SAID " + first);
            return scene.transport.deliver(stash.get());
        });
    }
}
