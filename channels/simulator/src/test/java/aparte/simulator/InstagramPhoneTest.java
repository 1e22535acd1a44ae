package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Instagram on the page. */
class InstagramPhoneTest {
    private static final String ZOE = "8000000000000001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    @AutoClose
    private final Host host = new Host();

    private final PhoneClient phone = new PhoneClient(simulator);

    private Tree open() {
        return phone.open("instagram", ZOE);
    }

    @Test
    void lists_the_account_and_its_people() {
        simulator.instagram().person(ZOE).named("Zoé Martin", "zoe.lyon").writes("Bonjour");

        Tree state = Tree.of(phone.get("/phone/api/state").body());

        assertThat(state.text("apps", 3, "app")).isEqualTo("instagram");
        assertThat(state.text("apps", 3, "title")).isEqualTo("Instagram");
        assertThat(state.text("apps", 3, "people", 0, "name")).isEqualTo("Zoé Martin");
    }

    @Test
    void shows_what_was_said_and_when_the_window_closes() {
        simulator.instagram().person(ZOE);
        phone.act("instagram", ZOE, "write", "Bonjour");

        assertThat(open().text("messages", 0, "text")).isEqualTo("Bonjour");
        assertThat(open().text("state", "window_until")).isNotBlank();
    }

    @Test
    void lets_people_comment_block_read_and_lose_the_network() {
        simulator.instagram().webhookTo(URI.create("http://127.0.0.1:9/"));
        InstagramPerson zoe = simulator.instagram().person(ZOE);
        phone.act("instagram", ZOE, "comment", "");
        assertThat(simulator.webhooks().queued()).isEqualTo(1);

        phone.act("instagram", ZOE, "block", "");
        assertThat(open().text("state", "blocked")).isEqualTo("true");
        phone.act("instagram", ZOE, "unblock", "");
        assertThat(open().text("state", "blocked")).isEqualTo("false");

        phone.act("instagram", ZOE, "phone_off", "");
        zoe.hearsOwner("Bonjour");
        phone.act("instagram", ZOE, "phone_on", "");
        phone.act("instagram", ZOE, "read", "");
        assertThat(open().text("messages", 0, "read")).isEqualTo("true");
        assertThat(phone.act("instagram", ZOE, "subscribe", "").statusCode()).isEqualTo(400);
    }

    private Tree sent(String message) {
        simulator.instagram().person(ZOE).writes("Bonjour");
        String request = "{'recipient':{'id':'" + ZOE + "'},'message':{" + message + "}}";
        new Client(simulator)
                .exchange(HttpRequest.newBuilder(simulator.baseUri().resolve("/v26.0/me/messages"))
                        .header(
                                "Authorization",
                                "Bearer " + simulator.instagram().settings().accessToken())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request.replace('\'', '"'))));
        return open().at("messages", 1);
    }

    private int choose(String place, Tree message) {
        return phone.act("instagram", ZOE, "choose", place + " " + message.text("id"))
                .statusCode();
    }

    @Test
    void shows_cards_and_taps_the_button_that_was_meant() {
        String buy = "'buttons':[{'type':'web_url','title':'See','url':'https://a.example/b'},"
                + "{'type':'postback','title':'Buy','payload':'";
        Tree message = sent("'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                + "{'title':'Sencha'," + buy + "sencha'}]},{'title':'Matcha'," + buy + "matcha'}]}]}}");

        assertThat(message.text("cards", 1, "text")).isEqualTo("Matcha");
        assertThat(message.text("choices", 0, "url")).isEqualTo("https://a.example/b");
        assertThat(message.text("choices", 3, "title")).isEqualTo("Buy");
        assertThat(choose("3", message)).isEqualTo(200);
        simulator.instagram().webhookTo(host.uri());
        simulator.webhooks().deliver();
        assertThat(host.received())
                .last()
                .extracting(Host.Received::body)
                .asString()
                .contains("\"payload\":\"matcha\"");
    }

    @Test
    void taps_a_quick_reply_once_and_nothing_that_is_not_there() {
        Tree message = sent("'text':'Which?','quick_replies':[{'content_type':'text','title':'Tea','payload':'t'}]");

        assertThat(choose("1", message)).isEqualTo(400);
        assertThat(choose("x", message)).isEqualTo(400);
        assertThat(choose("0", message)).isEqualTo(200);
        assertThat(choose("0", message)).isEqualTo(400);
    }

    @Test
    void adds_people_by_an_id_or_without_one() {
        String given = phone.post(
                        "/phone/api/people", "{\"app\":\"instagram\",\"id\":\"" + ZOE + "\",\"name\":\"Zoé\"}")
                .body();
        String made = phone.post("/phone/api/people", "{\"app\":\"instagram\"}").body();

        assertThat(Tree.of(given).text("id")).isEqualTo(ZOE);
        assertThat(open().text("name")).isEqualTo("Zoé");
        assertThat(Tree.of(made).text("id")).matches("[0-9]{16}");
        assertThat(phone.post("/phone/api/people", "{\"app\":\"instagram\",\"id\":\"zoe\"}")
                        .statusCode())
                .isEqualTo(400);
    }
}
