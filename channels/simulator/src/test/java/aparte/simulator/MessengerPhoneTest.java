package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows of Messenger's messages, and taps. Single quotes stand for double ones. */
class MessengerPhoneTest {
    private static final String ANA = "24000000000000001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    @AutoClose
    private final Host host = new Host();

    private final PageClient client = new PageClient(simulator);
    private final PhoneClient phone = new PhoneClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    @BeforeEach
    void open_the_window() {
        ana.writes("Hello");
    }

    private Tree shown(String message) {
        client.send(("{'recipient':{'id':'" + ANA + "'},'message':{" + message + "}}").replace('\'', '"'));
        return phone.open("messenger", ANA).at("messages", 1);
    }

    private int choose(String place, Tree message) {
        return phone.act("messenger", ANA, "choose", place + " " + message.text("id"))
                .statusCode();
    }

    @Test
    void shows_cards_and_buttons_and_taps_what_tells_the_page() {
        Tree message = shown("'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{"
                + "'title':'Sencha','subtitle':'Green','buttons':[{'type':'web_url','title':'See','url':'https://a.example/b'},"
                + "{'type':'postback','title':'Buy','payload':'buy'}]}]}}");

        assertThat(message.text("header")).isEqualTo("generic");
        assertThat(message.text("cards", 0, "text")).isEqualTo("Sencha");
        assertThat(message.text("choices", 0, "url")).isEqualTo("https://a.example/b");
        assertThat(message.text("choices", 1, "title")).isEqualTo("Buy");
        assertThat(choose("1", message)).isEqualTo(200);
        assertThat(List.copyOf(ana.screen()).get(2).type()).isEqualTo("postback");
    }

    @Test
    void taps_the_button_of_the_card_where_all_say_the_same() {
        String buy = "'buttons':[{'type':'postback','title':'Buy','payload':'";
        Tree message = shown("'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                + "{'title':'Sencha'," + buy + "sencha'}]},{'title':'Matcha'," + buy + "matcha'}]}]}}");

        assertThat(choose("1", message)).isEqualTo(200);
        simulator.messenger().webhookTo(host.uri());
        simulator.webhooks().deliver();
        assertThat(host.received())
                .last()
                .extracting(Host.Received::body)
                .asString()
                .contains("\"payload\":\"matcha\"");
    }

    @Test
    void taps_a_quick_reply_once() {
        Tree message = shown("'text':'Which?','quick_replies':[{'content_type':'text','title':'Tea','payload':'t'}]");

        assertThat(choose("0", message)).isEqualTo(200);
        assertThat(choose("0", message)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "x", "-1", "9999"})
    void refuses_a_tap_on_nothing(String place) {
        Tree message = shown("'text':'Which?','quick_replies':[{'content_type':'text','title':'Tea','payload':'t'}]");

        assertThat(choose(place, message)).isEqualTo(400);
    }
}
