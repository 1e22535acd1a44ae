package attack;

import aparte.consent.ClearedMessage;
import com.squareup.moshi.Moshi;

/** Reads a clearance from JSON, and delivers it. */
public final class ByMoshi {
    private ByMoshi() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            ClearedMessage read = new Moshi.Builder()
                    .build()
                    .adapter(ClearedMessage.class)
                    .fromJson("{\"state\":\"NEW\",\"attempts\":0,\"dead\":false,\"judgements\":[{}]}");
            System.out.println("CAME OUT " + read.getClass().getSimpleName());
            try {
                read.attempt(scene.transport.sender());
            } catch (RuntimeException useless) {
                System.out.println("ATTEMPT THREW " + useless.getClass().getName());
            }
            return scene.transport.deliver(read);
        });
    }
}
