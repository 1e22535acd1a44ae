package attack;

import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import java.nio.charset.StandardCharsets;

/** The host's own HTTP call, for which it takes our HTTP and says that other paths carry messages. */
public final class OwnHttp {
    private OwnHttp() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            String json = "{\"messaging_product\":\"whatsapp\",\"to\":\"33639980001\",\"type\":\"text\","
                    + "\"text\":{\"body\":\"Buy now!\"}}";
            return StrictHttp.builder(
                            scene.simulator.baseUri(),
                            () -> scene.simulator.whatsApp().settings().accessToken(),
                            "/elsewhere")
                    .build()
                    .call(ProviderRequest.post(
                            "/v26.0/100000000000001/messages", json.getBytes(StandardCharsets.UTF_8)))
                    .status();
        });
    }
}
