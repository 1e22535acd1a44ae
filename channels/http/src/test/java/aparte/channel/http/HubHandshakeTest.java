package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubHandshakeTest {
    private final HubHandshake handshake = HubHandshake.of("verify-me");

    private WebhookResponse answer(Map<String, String> query) {
        return handshake.answer(new WebhookRequest("GET", Map.of(), query, new byte[0]));
    }

    @Test
    void gives_the_challenge_as_it_came() {
        WebhookResponse answer =
                answer(Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me", "hub.challenge", "1158"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/plain");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("1158");
    }

    @Test
    void refuses_everything_else() {
        assertThat(answer(Map.of("hub.mode", "subscribe", "hub.verify_token", "wrong", "hub.challenge", "1"))
                        .status())
                .isEqualTo(403);
        assertThat(answer(Map.of("hub.verify_token", "verify-me", "hub.challenge", "1"))
                        .status())
                .isEqualTo(403);
        assertThat(answer(Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me"))
                        .status())
                .isEqualTo(403);
        assertThat(answer(Map.of()).status()).isEqualTo(403);
    }

    @Test
    void needs_a_token_and_hides_it() {
        assertThatThrownBy(() -> HubHandshake.of(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(handshake).hasToString("HubHandshake[…]");
    }
}
