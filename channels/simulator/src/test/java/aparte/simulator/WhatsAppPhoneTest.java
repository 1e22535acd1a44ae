package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows of contents, and what a tap does. */
class WhatsAppPhoneTest {
    private static final String ANA = "+33639980001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);
    private final PhoneClient phone = new PhoneClient(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);
    private String hello = "";

    @BeforeEach
    void open_the_window() {
        hello = ana.writes("Hello");
    }

    private Tree sent(String type, String content) {
        String id = client.post(
                        "/v24.0/200000000000001/messages",
                        "{'messaging_product':'whatsapp','to':'" + ANA + "','type':'" + type + "','" + type + "':"
                                + content + "}")
                .messageId();
        assertThat(id).isNotNull();
        return shown(id);
    }

    private Tree shown(String id) {
        Tree messages = phone.open("whatsapp", ANA).at("messages");
        for (int i = 0; i < messages.size(); i++) {
            if (messages.text(i, "id").equals(id)) {
                return messages.at(i);
            }
        }
        throw new AssertionError("not shown");
    }

    private Tree lastSaid() {
        Tree messages = phone.open("whatsapp", ANA).at("messages");
        return messages.at(messages.size() - 1);
    }

    private HttpResponse<String> choose(String place, Tree message) {
        return phone.act("whatsapp", ANA, "choose", place + " " + message.text("id"));
    }

    @Nested
    class Shows {
        @Test
        void header_footer_and_buttons() {
            Tree message = sent("interactive", """
                    {'type':'button','header':{'type':'text','text':'Visit'},'body':{'text':'Coming?'},
                     'footer':{'text':'The museum'},
                     'action':{'buttons':[{'type':'reply','reply':{'id':'y','title':'Yes'}}]}}""");

            assertThat(message.text("header")).isEqualTo("Visit");
            assertThat(message.text("footer")).isEqualTo("The museum");
            assertThat(message.text("choices", 0, "title")).isEqualTo("Yes");
            assertThat(message.text("choices", 0, "tap")).isEqualTo("0");
        }

        @Test
        void a_link_that_is_no_answer() {
            Tree choice = sent("interactive", """
                    {'type':'cta_url','body':{'text':'Tickets'},'action':{'name':'cta_url',
                     'parameters':{'display_text':'Open','url':'https://example.com/t'}}}""").at("choices", 0);

            assertThat(choice.text("url")).isEqualTo("https://example.com/t");
            assertThat(choice.text("tap")).isNull();
        }

        @Test
        void a_place_and_contacts() {
            assertThat(sent("location", "{'latitude':'48.85','longitude':'2.35','name':'Museum'}")
                            .text("details", 0))
                    .isEqualTo("48.85, 2.35");
            Tree contacts = sent("contacts", """
                    [{'name':{'formatted_name':'Zoé'},'phones':[{'phone':'+33639980002'}],
                      'emails':[{'email':'zoe@example.com'}]}]""");
            assertThat(contacts.at("details").value())
                    .isEqualTo(java.util.List.of("Zoé", "+33639980002", "zoe@example.com"));
        }

        @Test
        void the_reaction_of_the_business_on_the_message_until_it_is_taken_back() {
            react("👍");
            assertThat(shown(hello).text("reaction")).isEqualTo("👍");
            assertThat(phone.open("whatsapp", ANA).size("messages")).isEqualTo(1);

            react("");
            assertThat(shown(hello).text("reaction")).isNull();
        }

        private void react(String emoji) {
            client.post(
                    "/v24.0/200000000000001/messages",
                    "{'messaging_product':'whatsapp','to':'" + ANA + "','type':'reaction','reaction':{'message_id':'"
                            + hello + "','emoji':'" + emoji + "'}}");
        }

        @Test
        void that_a_document_is_held() {
            String id = client.upload("application/pdf", new byte[] {1}).json().text("id");

            Tree message = sent("document", "{'id':'" + id + "','filename':'a.pdf'}");

            assertThat(message.text("uploaded")).isEqualTo("true");
            assertThat(message.text("picture")).isEqualTo("false");
            assertThat(message.text("header")).isEqualTo("a.pdf");
        }
    }

    @Nested
    class Taps {
        private static final String LIST = """
                {'type':'list','body':{'text':'Topics'},'action':{'button':'See','sections':[{'rows':[
                  {'id':'h','title':'Hours','description':'When'},{'id':'o','title':'Orders'}]}]}}""";

        @ParameterizedTest
        @CsvSource({"0,Hours", "1,Orders"})
        void a_row(String place, String title) {
            assertThat(choose(place, sent("interactive", LIST)).statusCode()).isEqualTo(200);

            assertThat(lastSaid().text("text")).isEqualTo(title);
            assertThat(lastSaid().text("from")).isEqualTo("person");
        }

        @Test
        void a_card_of_a_template() {
            simulator.whatsApp().templates().add("""
                    {'name':'cards','language':'fr','category':'UTILITY','components':[{'type':'BODY','text':'New'},
                     {'type':'CAROUSEL','cards':[#,#]}]}""".replace("#", """
                    {'components':[{'type':'HEADER','format':'IMAGE','example':{'header_handle':['4::a']}},
                      {'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'More'}]}]}""").replace('\'', '"'));
            Tree message = sent("template", """
                    {'name':'cards','language':{'code':'fr'},'components':[{'type':'carousel','cards':[#,$]}]}""".replace("#", card(0)).replace("$", card(1)));

            choose("1.0", message);

            assertThat(lastSaid().text("text")).isEqualTo("More");
            assertThat(ana.screen().get(ana.screen().size() - 1).value("button.payload"))
                    .contains("m1");
        }

        private String card(int index) {
            return "{'card_index':" + index + ",'components':[{'type':'header','parameters':[{'type':'image','image':"
                    + "{'link':'https://example.com/a.png'}}]},{'type':'button','sub_type':'quick_reply','index':'0',"
                    + "'parameters':[{'type':'payload','payload':'m" + index + "'}]}]}";
        }

        @ParameterizedTest
        @CsvSource({
            "location_request_message,send_location,location",
            "request_contact_info,request_contact_info,contacts",
            "call_permission_request,call_permission_request,interactive"
        })
        void what_the_business_asked_for(String type, String name, String answer) {
            Tree message = sent(
                    "interactive", "{'type':'" + type + "','body':{'text':'Please'},'action':{'name':'" + name + "'}}");

            assertThat(choose("0", message).statusCode()).isEqualTo(200);

            assertThat(lastSaid().text("type")).isEqualTo(answer);
            assertThat(lastSaid().text("from")).isEqualTo("person");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2", "0.0", "x", "-1", "0.0.0", ""})
        void nothing_where_nothing_is(String place) {
            assertThat(choose(place, sent("interactive", LIST)).statusCode()).isEqualTo(400);
        }

        @Test
        void nothing_in_a_message_that_is_not_there() {
            assertThat(phone.act("whatsapp", ANA, "choose", "0 wamid.nothing").statusCode())
                    .isEqualTo(400);
            assertThat(phone.act("whatsapp", ANA, "choose", "0").statusCode()).isEqualTo(400);
        }

        @Test
        void no_link() {
            Tree message = sent("interactive", """
                    {'type':'cta_url','body':{'text':'Tickets'},'action':{'name':'cta_url',
                     'parameters':{'display_text':'Open','url':'https://example.com/t'}}}""");

            assertThat(choose("0", message).statusCode()).isEqualTo(400);
        }
    }
}
