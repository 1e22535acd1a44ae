package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppReadMarkTest {
    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");

    private Reply mark(String id, String more) {
        return client.send(
                "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"" + id + "\"" + more + "}");
    }

    @Test
    void marks_the_message_and_earlier_ones() {
        ana.writes("One");
        String second = ana.writes("Two");
        ana.writes("Three");

        Reply reply = mark(second, "");

        assertThat(reply.text()).isEqualTo("{\"success\":true}");
        assertThat(ana.screen())
                .extracting(WhatsAppMessage::status)
                .containsExactly(
                        WhatsAppMessage.Status.READ, WhatsAppMessage.Status.READ, WhatsAppMessage.Status.DELIVERED);
        assertThat(ana.seesTyping()).isFalse();
    }

    @Test
    void shows_typing_for_25_seconds() {
        mark(ana.writes("One"), ",\"typing_indicator\":{\"type\":\"text\"}");

        assertThat(ana.seesTyping()).isTrue();
        simulator.advance(Duration.ofSeconds(25));
        assertThat(ana.seesTyping()).isFalse();
    }

    @Test
    void shows_typing_until_the_answer() {
        mark(ana.writes("One"), ",\"typing_indicator\":{\"type\":\"text\"}");
        client.send(textTo("+33639980001", "Hi"));

        assertThat(ana.seesTyping()).isFalse();
    }

    @Test
    void refuses_an_unknown_message() {
        assertThat(mark("wamid.x", "").code()).isEqualTo("131009");
    }

    @Test
    void refuses_a_message_of_the_business() {
        ana.writes("Hello");
        String own = client.send(textTo("+33639980001", "Hi")).messageId();

        assertThat(mark(own, "").code()).isEqualTo("131009");
    }

    @Test
    void refuses_a_message_of_more_than_thirty_days_ago() {
        String old = ana.writes("One");
        simulator.advance(Duration.ofDays(31));

        assertThat(mark(old, "").code()).isEqualTo("131009");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messaging_product\":\"whatsapp\",\"status\":\"read\"}|131008",
                "{\"messaging_product\":\"whatsapp\",\"status\":\"seen\",\"message_id\":\"a\"}|100",
                "{\"status\":\"read\",\"message_id\":\"a\"}|100",
                "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"a\",\"typing_indicator\":{}}|131008",
                "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"a\",\"typing_indicator\":{\"type\":\"audio\"}}|100"
            })
    void refuses_a_malformed_mark(String json, String code) {
        assertThat(client.send(json).code()).isEqualTo(code);
    }
}
