package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments of a bot that has the right to ask for them. Single quotes stand for double ones. */
class ViberPaymentTest {
    private static final String PARAMETERS = "{'key':'gateway','value':'ipay'},{'key':'gatewayMerchantId','value':'m'},"
            + "{'key':'url','value':'https://pay.example/'},{'key':'subMerchantId','value':'s'},"
            + "{'key':'authSalt','value':'a'},{'key':'authSign','value':'b'}";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .viber(ViberSettings.builder().payments().build())
            .start();

    @AutoClose
    private final ViberHost host = new ViberHost();

    private final ViberClient client = new ViberClient(simulator);
    private final ViberPerson ana = simulator.viber().person("ana");

    @BeforeEach
    void subscribe() {
        client.post("set_webhook", "{\"url\":\"" + host.uri() + "\",\"event_types\":[]}");
        host.await();
        ana.subscribes();
        simulator.webhooks().drop();
    }

    private String send(int level, String payment) {
        return ViberClient.status(client.send(("{'receiver':'ana','sender':{'name':'Lumen'},'tracking_data':'k-1',"
                        + "'min_api_version':" + level + ",'type':'payment','payment':{" + payment + "}}")
                .replace('\'', '"')));
    }

    private static String payment(String price, String currency, String parameters) {
        return "'type':'ApplePay','total_price':" + price + ",'currency_code':'" + currency + "','payment_parameters':["
                + parameters + "]";
    }

    @Test
    void is_shown_and_tells_of_the_tap_whatever_events_were_chosen() {
        assertThat(send(10, payment("12.5", "UAH", PARAMETERS))).isEqualTo("0");

        long token = ana.pays();
        simulator.webhooks().deliver();

        ViberHost.Received event = host.await();
        assertThat(event.event()).isEqualTo("client_status");
        assertThat(event.token()).isEqualTo(token);
        assertThat(event.json().text("user", "id")).isEqualTo("ana");
        assertThat(event.json().text("status", "type")).isEqualTo("payment");
        assertThat(event.json().text("status", "code")).isEqualTo("0");
        assertThat(event.json().text("status", "tracking_data")).isEqualTo("k-1");
        assertThat(event.json().size("status", "supported_psps")).isEqualTo(3);
        assertThat(ana.screen().get(0).details()).containsEntry("payment.total_price", "12.5");
    }

    @Test
    void needs_version_10() {
        assertThat(send(9, payment("1", "UAH", PARAMETERS))).isEqualTo("14");
    }

    @Test
    void cannot_be_paid_after_15_minutes_nor_if_there_is_none() {
        assertThatIllegalStateException().isThrownBy(ana::pays);
        send(10, payment("1", "UAH", PARAMETERS));
        simulator.advance(Duration.ofMinutes(15));

        assertThatIllegalStateException().isThrownBy(ana::pays);
    }

    @ParameterizedTest
    @CsvSource({"0,UAH", "-1,UAH", "'\"1\"',UAH", "1,uah", "1,UA"})
    void is_refused_without_a_price_and_a_currency(String price, String currency) {
        assertThat(send(10, payment(price, currency, PARAMETERS))).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{'key':'gateway','value':'ipay'}", "{'key':'gateway','value':'bank'}", "7"})
    void is_refused_without_what_the_gateway_needs(String parameters) {
        assertThat(send(10, payment("1", "UAH", parameters))).isEqualTo("3");
    }
}
