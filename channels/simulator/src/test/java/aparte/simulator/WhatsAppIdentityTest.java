package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppIdentityTest {
    private static final String SETTINGS = "/v24.0/200000000000001/settings";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001", "FR.Ana");

    @BeforeEach
    void open_the_window() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
        ana.writes("Hello");
        simulator.webhooks().drop();
    }

    private void check(boolean on) {
        assertThat(client.call(
                                "POST",
                                SETTINGS,
                                "{\"user_identity_change\":{\"enable_identity_key_check\":" + on + "}}")
                        .text())
                .isEqualTo("{\"success\":true}");
    }

    private List<Tree> values() {
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0, "value"))
                .toList();
    }

    private void sendFor(String hash) {
        assertThat(client.send("""
                        {"messaging_product":"whatsapp","to":"+33639980001","text":{"body":"Hi"},
                         "recipient_identity_key_hash":"%s"}""".formatted(hash)).status()).isEqualTo(200);
    }

    @Test
    void delivers_to_the_identity_that_was_meant() {
        sendFor(ana.identityKeyHash());

        assertThat(values())
                .extracting(value -> value.text("statuses", 0, "status"))
                .containsExactly("sent", "delivered");
    }

    @Test
    void fails_for_another_identity() {
        String old = ana.identityKeyHash();
        ana.changesIdentity();
        sendFor(old);

        List<Tree> values = values();
        assertThat(values).hasSize(1);
        assertThat(values.get(0).text("statuses", 0, "errors", 0, "code")).isEqualTo("137000");
        assertThat(ana.screen()).hasSize(1);
    }

    @Test
    void tells_no_hash_by_default() {
        ana.writes("Hello");

        assertThat(values().get(0).text("contacts", 0, "identity_key_hash")).isNull();
    }

    @Nested
    class WhenTheNumberChecks {
        @BeforeEach
        void check_identities() {
            check(true);
        }

        @Test
        void tells_the_hash_in_messages() {
            ana.writes("Hello");

            assertThat(values().get(0).text("contacts", 0, "identity_key_hash")).isEqualTo(ana.identityKeyHash());
        }

        @Test
        void tells_the_hash_in_statuses() {
            sendFor(ana.identityKeyHash());

            assertThat(values())
                    .extracting(value -> value.text("statuses", 0, "recipient_identity_key_hash"))
                    .containsOnly(ana.identityKeyHash());
        }

        @Test
        void tells_a_change() {
            ana.changesIdentity();

            Tree value = values().get(0);
            assertThat(value.at("contacts").value()).isNull();
            assertThat(value.text("messages", 0, "system", "type")).isEqualTo("customer_identity_changed");
            assertThat(value.text("messages", 0, "identity", "hash")).isEqualTo(ana.identityKeyHash());
            assertThat(value.text("messages", 0, "identity", "acknowledged")).isEqualTo("false");
        }

        @Test
        void says_so_in_its_settings() {
            assertThat(client.get(SETTINGS).json().text("user_identity_change", "enable_identity_key_check"))
                    .isEqualTo("true");
        }

        @Test
        void stops_on_request() {
            check(false);
            ana.changesIdentity();

            assertThat(values()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|131008",
                "{\"user_identity_change\":{}}|100",
                "{\"user_identity_change\":{\"enable_identity_key_check\":\"yes\"}}|100"
            })
    void refuses_malformed_settings(String json, String code) {
        assertThat(client.call("POST", SETTINGS, json).code()).isEqualTo(code);
    }
}
