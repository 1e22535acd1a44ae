package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows of keyboards, cards and payments, and what a tap does. */
class ViberPhoneTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .viber(ViberSettings.builder().payments().build())
            .start();

    private final ViberClient client = new ViberClient(simulator);
    private final PhoneClient phone = new PhoneClient(simulator);
    private final ViberPerson ana = simulator.viber().person(ANA).named("Ana");

    @BeforeEach
    void subscribe() {
        simulator.viber().webhookTo(URI.create("http://127.0.0.1:9/viber"));
        ana.subscribes();
    }

    /** Single quotes stand for double ones. */
    private Tree sent(String fields) {
        String body = "{'receiver':'" + ANA + "','sender':{'name':'Lumen'},'min_api_version':10," + fields + "}";
        assertThat(ViberClient.status(client.send(body.replace('\'', '"')))).isEqualTo("0");
        Tree messages = phone.open("viber", ANA).at("messages");
        return messages.at(messages.size() - 1);
    }

    private Tree keyboard(String fields) {
        sent("'keyboard':{'Type':'keyboard'," + fields + "}");
        return phone.open("viber", ANA).at("state");
    }

    private HttpResponse<String> choose(String place) {
        return phone.act("viber", ANA, "choose", place);
    }

    private Tree lastSaid() {
        Tree messages = phone.open("viber", ANA).at("messages");
        return messages.at(messages.size() - 1);
    }

    @Nested
    class TheKeyboard {
        private static final String BUTTONS = """
                'ButtonsGroupColumns':4,'InputFieldState':'hidden','Buttons':[
                 {'ActionBody':'YES','Text':'<b>Oui</b><br><font color=\\"#fff\\">vite</font> 1 < 2','Columns':4,'BgColor':'#102030'},
                 {'ActionType':'open-url','ActionBody':'https://shop.example/','Text':'Voir','Columns':2,'Rows':2,'Silent':true},
                 {'ActionType':'location-picker','ActionBody':'x','Text':'Ici','Columns':1},
                 {'ActionType':'share-phone','ActionBody':'x','Image':'https://cdn.example/p.png','Columns':1},
                 {'ActionType':'none','ActionBody':'none','Text':'Rien'}]""";

        @Test
        void is_drawn_as_a_grid() {
            Tree state = keyboard(BUTTONS);

            assertThat(state.text("keyboard_columns")).isEqualTo("4");
            assertThat(state.text("input_hidden")).isEqualTo("true");
            assertThat(state.size("keyboard")).isEqualTo(5);
            assertThat(state.text("keyboard", 0, "columns")).isEqualTo("4");
            assertThat(state.text("keyboard", 1, "rows")).isEqualTo("2");
            assertThat(state.text("keyboard", 0, "background")).isEqualTo("#102030");
            assertThat(state.text("keyboard", 3, "picture")).isEqualTo("https://cdn.example/p.png");
        }

        @Test
        void shows_the_words_without_their_markup() {
            assertThat(keyboard(BUTTONS).text("keyboard", 0, "title")).isEqualTo("Oui\nvite 1 < 2");
        }

        @Test
        void leads_to_the_page_that_a_key_opens() {
            assertThat(keyboard(BUTTONS).text("keyboard", 1, "url")).isEqualTo("https://shop.example/");
        }

        @Test
        void sends_what_a_key_says() {
            String tap = keyboard(BUTTONS).text("keyboard", 0, "tap");

            assertThat(choose(tap).statusCode()).isEqualTo(200);

            assertThat(lastSaid().text("from")).isEqualTo("person");
            assertThat(lastSaid().text("text")).isEqualTo("YES");
        }

        @Test
        void keeps_a_silent_tap_out_of_the_chat() {
            String tap = keyboard(BUTTONS).text("keyboard", 1, "tap");
            int queued = simulator.webhooks().queued();

            choose(tap);

            assertThat(lastSaid().text("from")).isEqualTo("business");
            assertThat(simulator.webhooks().queued()).isEqualTo(queued + 1);
        }

        @Test
        void gives_the_place_and_the_number_that_it_asks_for() {
            Tree state = keyboard(BUTTONS);

            choose(state.text("keyboard", 2, "tap"));
            String first = lastSaid().text("type");
            choose(state.text("keyboard", 3, "tap"));

            assertThat(first).isEqualTo("location");
            assertThat(lastSaid().text("type")).isEqualTo("contact");
        }

        @Test
        void does_nothing_by_a_key_that_only_shows() {
            assertThat(keyboard(BUTTONS).text("keyboard", 4, "tap")).isNull();
            assertThat(choose("4").statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"5", "-1", "x", "0.0", "0 1", "", "9999", "0."})
        void has_no_other_keys(String place) {
            keyboard(BUTTONS);

            assertThat(choose(place).statusCode()).isEqualTo(400);
        }

        @Test
        void stays_until_another_message_brings_one() {
            keyboard(BUTTONS);
            sent("'type':'text','text':'Bonjour'");

            assertThat(phone.open("viber", ANA).size("state", "keyboard")).isEqualTo(5);
        }
    }

    @Nested
    class TheCards {
        private Tree cards() {
            return sent("""
                    'type':'rich_media','rich_media':{'Type':'rich_media','ButtonsGroupColumns':3,'ButtonsGroupRows':2,'Buttons':[
                     {'ActionType':'none','ActionBody':'none','Text':'Rouge','Columns':3,'Rows':1},
                     {'ActionBody':'RED','Text':'Choisir','Columns':3,'Rows':1},
                     {'ActionType':'open-url','ActionBody':'https://shop.example/b','Image':'https://cdn.example/b.jpg','Columns':3,'Rows':2}]}""");
        }

        @Test
        void stand_side_by_side_with_their_buttons() {
            Tree cards = cards().at("cards");

            assertThat(cards.size()).isEqualTo(2);
            assertThat(cards.text(0, "columns")).isEqualTo("3");
            assertThat(cards.text(0, "keys", 1, "title")).isEqualTo("Choisir");
            assertThat(cards.text(1, "keys", 0, "picture")).isEqualTo("https://cdn.example/b.jpg");
            assertThat(cards.text(1, "keys", 0, "url")).isEqualTo("https://shop.example/b");
        }

        @Test
        void send_what_a_button_says_also_when_later_messages_came() {
            String tap = cards().text("cards", 0, "keys", 1, "tap");
            sent("'type':'text','text':'Bonjour'");

            assertThat(choose(tap).statusCode()).isEqualTo(200);

            assertThat(lastSaid().text("text")).isEqualTo("RED");
        }

        @Test
        void have_no_other_buttons() {
            String token = cards().text("id");

            assertThat(choose("0.2 " + token).statusCode()).isEqualTo(400);
            assertThat(choose("2.0 " + token).statusCode()).isEqualTo(400);
            assertThat(choose("0.1 7").statusCode()).isEqualTo(400);
            assertThat(choose("0.1").statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class APayment {
        private Tree payment() {
            return sent("""
                    'type':'payment','payment':{'type':'GooglePay','description':'Une lampe','total_price':19.9,'currency_code':'UAH',
                     'payment_parameters':[{'key':'gateway','value':'liqpay'},{'key':'gatewayMerchantId','value':'m'},
                      {'key':'url','value':'https://pay.example/'},{'key':'data','value':'d'},{'key':'signature','value':'s'},
                      {'key':'payeeId','value':'p'}]}""");
        }

        private HttpResponse<String> pay(Tree payment) {
            return choose(payment.text("choices", 0, "tap") + " " + payment.text("id"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"pay", "pay 7", "pay x", "pay 9999999999999999999"})
        void is_tapped_by_its_own_button_alone(String place) {
            payment();

            assertThat(choose(place).statusCode()).isEqualTo(400);
        }

        @Test
        void says_what_for_and_how_much() {
            assertThat(payment().at("details").value()).isEqualTo(java.util.List.of("Une lampe", "19.9 UAH"));
        }

        @Test
        void tells_the_business_that_it_was_tapped() {
            Tree payment = payment();
            int queued = simulator.webhooks().queued();

            assertThat(pay(payment).statusCode()).isEqualTo(200);

            assertThat(simulator.webhooks().queued()).isEqualTo(queued + 1);
        }

        @Test
        void is_over_after_15_minutes() {
            Tree payment = payment();
            simulator.advance(Duration.ofMinutes(15));

            assertThat(pay(payment).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shows_a_place_a_contact_and_the_name_of_a_file() {
        assertThat(sent("'type':'location','location':{'lat':48.5,'lon':2}").text("details", 0))
                .isEqualTo("48.5 2");
        assertThat(sent("'type':'contact','contact':{'name':'Ben','phone_number':'+331'}")
                        .text("details", 0))
                .isEqualTo("Ben +331");
        assertThat(sent("'type':'file','media':'https://cdn.example/a.pdf','size':7,'file_name':'Mode.pdf'")
                        .text("header"))
                .isEqualTo("Mode.pdf");
    }
}
