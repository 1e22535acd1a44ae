package attack;

import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import aparte.consent.ClearedMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps an attempt, and makes its request once send has returned. */
public final class StashedAttempt {
    private StashedAttempt() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.agree();
            AtomicReference<ClearedMessage.Attempt> stash = new AtomicReference<>();
            String first = scene.send(scene.gate(inner -> new Decorator(inner, cleared -> {
                stash.set(cleared.attempt(inner.sender()));
                throw new IOException("later");
            })));
            System.out.println("SEND SAID " + first);
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            return StrictHttp.builder(
                            scene.simulator.baseUri(),
                            () -> scene.simulator.whatsApp().settings().accessToken(),
                            "/messages")
                    .build()
                    .send(stash.get(), ProviderRequest.post("/v26.0/100000000000001/messages", body));
        });
    }
}
