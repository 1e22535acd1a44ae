package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhatsAppFreeEntryTest {
    private static final String ANA = "+33639980001";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @AutoClose
    private final Simulator simulator =
            Simulator.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);

    @BeforeEach
    void come_from_an_ad() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
        ana.comesFrom(WhatsAppReferral.ad("ad-1"), "Hello");
        simulator.webhooks().drop();
    }

    private List<Tree> statusesOfAnAnswer() {
        client.send(textTo(ANA, "Hi"));
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0, "value", "statuses", 0))
                .toList();
    }

    @Test
    void does_not_begin_before_the_answer() {
        assertThat(ana.freeEntryUntil()).isEmpty();
        assertThat(ana.windowOpen()).isTrue();
    }

    @Test
    void lasts_72_hours_from_the_answer() {
        simulator.advance(Duration.ofHours(2));
        statusesOfAnAnswer();

        assertThat(ana.freeEntryUntil()).hasValue(NOW.plus(Duration.ofHours(74)));
    }

    @Test
    void has_a_conversation_and_its_own_price_in_statuses() {
        List<Tree> statuses = statusesOfAnAnswer();

        Tree sent = statuses.get(0);
        Tree delivered = statuses.get(1);
        assertThat(sent.text("conversation", "id")).matches("[0-9a-f]{32}");
        assertThat(sent.text("conversation", "expiration_timestamp")).isEqualTo("1795687200");
        assertThat(sent.text("conversation", "origin", "type")).isEqualTo("referral_conversion");
        assertThat(sent.text("pricing", "type")).isEqualTo("free_entry_point");
        assertThat(sent.text("pricing", "category")).isEqualTo("referral_conversion");
        assertThat(sent.text("pricing", "billable")).isEqualTo("false");
        assertThat(delivered.text("conversation", "id")).isEqualTo(sent.text("conversation", "id"));
        assertThat(delivered.text("conversation", "expiration_timestamp")).isNull();
    }

    @Test
    void is_one_conversation_until_it_ends() {
        String first = statusesOfAnAnswer().get(0).text("conversation", "id");
        simulator.advance(Duration.ofHours(23));
        ana.writes("Still there?");
        simulator.webhooks().drop();

        assertThat(statusesOfAnAnswer().get(0).text("conversation", "id")).isEqualTo(first);
    }

    @Test
    void ends() {
        statusesOfAnAnswer();
        simulator.advance(Duration.ofDays(3));
        ana.writes("Still there?");
        simulator.webhooks().drop();

        Tree sent = statusesOfAnAnswer().get(0);

        assertThat(sent.text("conversation")).isNull();
        assertThat(sent.text("pricing", "type")).isEqualTo("free_customer_service");
    }

    @Test
    void never_begins_with_an_answer_after_24_hours() {
        simulator.advance(Duration.ofHours(24));
        ana.writes("Anybody?");
        simulator.webhooks().drop();

        assertThat(statusesOfAnAnswer().get(0).text("conversation")).isNull();
        assertThat(ana.freeEntryUntil()).isEmpty();
    }

    @Test
    void opens_no_service_window_by_itself() {
        statusesOfAnAnswer();
        simulator.advance(Duration.ofHours(25));

        assertThat(ana.windowOpen()).isFalse();
        assertThat(statusesOfAnAnswer().get(0).text("errors", 0, "code")).isEqualTo("131047");
    }

    @Test
    void makes_templates_free_outside_of_the_service_window() {
        statusesOfAnAnswer();
        simulator.whatsApp().templates().add("""
                {"name":"news","language":"fr","category":"UTILITY","components":[{"type":"BODY","text":"Hello"}]}""");
        simulator.webhooks().drop();
        simulator.advance(Duration.ofHours(25));

        client.send("""
                {"messaging_product":"whatsapp","to":"+33639980001","type":"template",
                 "template":{"name":"news","language":{"code":"fr"}}}""");

        String body = simulator.webhooks().deliver().get(0).text();
        Tree sent = Tree.of(body).at("entry", 0, "changes", 0, "value", "statuses", 0);
        assertThat(sent.text("pricing", "type")).isEqualTo("free_entry_point");
        assertThat(sent.text("conversation", "origin", "type")).isEqualTo("referral_conversion");
    }

    @Test
    void is_no_part_of_a_conversation_without_ad() {
        simulator.whatsApp().person("+33639980002").writes("Hello");
        simulator.webhooks().drop();
        client.send(textTo("+33639980002", "Hi"));

        String body = simulator.webhooks().deliver().get(0).text();

        assertThat(body).doesNotContain("conversation");
    }
}
