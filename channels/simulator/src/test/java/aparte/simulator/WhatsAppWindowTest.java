package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhatsAppWindowTest {
    private static final String ANA = "+33639980001";
    private static final Clock STILL = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(STILL)
            .whatsApp(WhatsAppSettings.builder()
                    .number(new WhatsAppNumber("1", "33639980000", "33"))
                    .number(new WhatsAppNumber("2", "33639980009", "33"))
                    .build())
            .start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);

    @Test
    void is_closed_before_the_person_writes() {
        assertThat(ana.windowOpen()).isFalse();
    }

    @Test
    void opens_when_the_person_writes() {
        ana.writes("Hello");

        assertThat(ana.windowOpen()).isTrue();
    }

    @Test
    void stays_open_for_less_than_24_hours() {
        ana.writes("Hello");
        simulator.advance(Duration.ofHours(24).minusSeconds(1));

        assertThat(ana.windowOpen()).isTrue();
    }

    @Test
    void closes_after_24_hours() {
        ana.writes("Hello");
        simulator.advance(Duration.ofHours(24));

        assertThat(ana.windowOpen()).isFalse();
    }

    @Test
    void opens_again_with_the_next_message() {
        ana.writes("Hello");
        simulator.advance(Duration.ofHours(30));
        ana.tapsButton("wamid.x", "yes", "Yes");

        assertThat(ana.windowOpen()).isTrue();
    }

    @Test
    void does_not_open_by_a_reaction() {
        ana.reacts("wamid.x", "👍");

        assertThat(ana.windowOpen()).isFalse();
    }

    @Test
    void belongs_to_one_business_number() {
        ana.with("2").writes("Hello");

        assertThat(ana.windowOpen()).isFalse();
        assertThat(ana.with("2").windowOpen()).isTrue();
        assertThat(client.exchange(client.request("/v24.0/2/messages")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(textTo(ANA, "Hi"))))
                        .status())
                .isEqualTo(200);
        assertThat(ana.with("2").screen()).hasSize(2);
        assertThat(ana.screen()).isEmpty();
    }

    @Nested
    class WhenClosed {
        @Test
        void accepts_a_text_and_fails_it_afterwards() {
            Reply reply = client.send(textTo(ANA, "Hi"));
            simulator.whatsApp().webhookTo(java.net.URI.create("http://127.0.0.1:9/"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(ana.screen()).isEmpty();
            List<WebhookDelivery> tried = simulator.webhooks().deliver();
            assertThat(tried).hasSize(1);
            Tree status = Tree.of(tried.get(0).text()).at("entry", 0, "changes", 0, "value", "statuses", 0);
            assertThat(status.text("id")).isEqualTo(reply.messageId());
            assertThat(status.text("status")).isEqualTo("failed");
            assertThat(status.text("errors", 0, "code")).isEqualTo("131047");
            assertThat(status.text("errors", 0, "error_data", "details")).isNotEmpty();
        }

        @Test
        void refuses_at_once_if_so_set() {
            try (Simulator strict = Simulator.builder()
                    .whatsApp(WhatsAppSettings.builder().answerWindowAtOnce().build())
                    .start()) {
                Reply reply = new Client(strict).send(textTo(ANA, "Hi"));

                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.code()).isEqualTo("131047");
                assertThat(strict.webhooks().queued()).isZero();
            }
        }
    }
}
