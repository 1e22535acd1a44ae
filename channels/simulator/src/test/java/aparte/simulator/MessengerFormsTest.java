package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids, products, forms, utility templates, personas, private replies and tokens. Single quotes stand for double ones. */
class MessengerFormsTest {
    private static final String ANA = "24000000000000001";
    private static final String PRIVACY = "'business_privacy':{'url':'https://a.example/p'}";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    @BeforeEach
    void open_the_window() {
        ana.writes("Hello");
        simulator.webhooks().drop();
        simulator.messenger().webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private Reply post(String request) {
        return client.send(("{" + request + "}").replace('\'', '"'));
    }

    private Reply send(String message) {
        return post("'recipient':{'id':'" + ANA + "'},'message':{" + message + "}");
    }

    private static String template(String payload) {
        return "'attachment':{'type':'template','payload':{" + payload + "}}";
    }

    private String shown(String message) {
        Reply reply = send(message);
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json().text("message_id");
    }

    private String told() {
        return simulator.webhooks().deliver().stream()
                .map(WebhookDelivery::text)
                .collect(Collectors.joining())
                .replace('"', '\'');
    }

    private static String many(int count, String each) {
        return IntStream.range(0, count).mapToObj(i -> each).collect(Collectors.joining(",", "[", "]"));
    }

    private static String grid(int title, int subtitle, int images, int buttons) {
        return template("'template_type':'image_grid','elements':[{'title':'" + "t".repeat(title) + "','subtitle':'"
                + "s".repeat(subtitle) + "','images':" + many(images, "{'url':'https://a.example/b'}") + ",'buttons':"
                + many(buttons, "{'type':'postback','title':'a','payload':'b'}") + "}]");
    }

    private static String feedback(int title, int subtitle, int button, int question, int hint, int days) {
        return template("'template_type':'customer_feedback','title':'" + "t".repeat(title) + "','subtitle':'"
                + "s".repeat(subtitle) + "','button_title':'" + "b".repeat(button)
                + "','feedback_screens':[{'questions':[{'id':'q_1','type':'csat','title':'" + "q".repeat(question)
                + "','follow_up':{'type':'free_form','placeholder':'" + "h".repeat(hint) + "'}}]}]," + PRIVACY
                + ",'expires_in_days':" + days);
    }

    private static String notification(String type, int title, int payload) {
        return template("'template_type':'" + type + "','title':'" + "t".repeat(title) + "','payload':'"
                + "p".repeat(payload) + "'");
    }

    static List<String> onTheLimit() {
        return List.of(
                grid(45, 80, 6, 3),
                grid(1, 1, 2, 1),
                template("'template_type':'product','elements':" + many(10, "{'id':7}")),
                feedback(65, 80, 20, 85, 65, 7),
                feedback(1, 1, 1, 5, 1, 1),
                template("'template_type':'customer_information','countries':['FR']," + PRIVACY
                        + ",'expires_in_days':7"),
                notification("notification_messages", 65, 1000),
                notification("one_time_notif_req", 65, 1000));
    }

    @ParameterizedTest
    @MethodSource("onTheLimit")
    void takes_what_stands_on_a_limit(String message) {
        assertThat(send(message).status()).isEqualTo(200);
    }

    static List<String> beyondALimit() {
        return List.of(
                grid(46, 1, 2, 1),
                grid(1, 81, 2, 1),
                grid(1, 1, 1, 1),
                grid(1, 1, 7, 1),
                grid(1, 1, 2, 4),
                template("'template_type':'product','elements':" + many(11, "{'id':7}")),
                template("'template_type':'product','elements':[{'id':'sku'}]"),
                feedback(66, 1, 1, 5, 1, 1),
                feedback(1, 81, 1, 5, 1, 1),
                feedback(1, 1, 21, 5, 1, 1),
                feedback(1, 1, 1, 4, 1, 1),
                feedback(1, 1, 1, 86, 1, 1),
                feedback(1, 1, 1, 5, 66, 1),
                feedback(1, 1, 1, 5, 1, 0),
                feedback(1, 1, 1, 5, 1, 8),
                feedback(1, 1, 1, 5, 1, 1).replace("q_1", "q 1"),
                feedback(1, 1, 1, 5, 1, 1).replace("csat", "stars"),
                template("'template_type':'customer_information','countries':['France']," + PRIVACY),
                template("'template_type':'customer_information','countries':['FR']"),
                notification("notification_messages", 66, 1),
                notification("notification_messages", 1, 1001),
                notification("one_time_notif_req", 66, 1),
                grid(1, 1, 2, 1)
                        .replace("'url':'https://a.example/b'", "'url':'https://a.example/b','is_hero_image':true"),
                grid(1, 1, 2, 1).replace("'postback','title'", "'phone_number','title'"));
    }

    @ParameterizedTest
    @MethodSource("beyondALimit")
    void refuses_what_is_beyond_a_limit(String message) {
        assertThat(send(message).code()).isEqualTo("100");
    }

    @Test
    void shows_the_persona() {
        post("'recipient':{'id':'" + ANA + "'},'persona_id':'5001','message':{'text':'a'}");

        assertThat(ana.screen().get(1).persona()).contains("5001");
    }

    @Test
    void refuses_the_persona_of_nobody_once_the_page_has_some() {
        String persona = client.post(
                        "/v26.0/me/personas", "{\"name\":\"Zoe\",\"profile_picture_url\":\"https://a.example/z.png\"}")
                .json()
                .text("id");
        String rest = "','message':{'text':'a'}";

        assertThat(post("'recipient':{'id':'" + ANA + "'},'persona_id':'" + persona + rest)
                        .status())
                .isEqualTo(200);
        assertThat(post("'recipient':{'id':'" + ANA + "'},'persona_id':'5001" + rest)
                        .code())
                .isEqualTo("100");
    }

    @Test
    void a_tap_on_a_picture_of_a_grid_comes_back() {
        String id = shown(template("'template_type':'image_grid','elements':[{'images':["
                + "{'url':'https://a.example/b','action':{'type':'postback','payload':'p','text':'Tea'}},"
                + "{'url':'https://a.example/c'}]}]"));

        ana.tapsOn(id, "Tea");

        assertThat(told()).contains("'postback':", "'payload':'p'");
    }

    @Nested
    class Forms {
        @Test
        void are_answered() {
            String rate = shown(feedback(1, 1, 1, 5, 1, 1));
            String ship = shown(template("'template_type':'customer_information','countries':['FR']," + PRIVACY));

            ana.rates(rate, "4", "Fine");
            String rated = told();
            ana.givesAddress(ship, Map.of("name", "Ana"));

            assertThat(rated)
                    .contains(
                            "'messaging_feedback':{'feedback_screens':[{'screen_id':0,'questions':{'q_1':{'type':'csat',"
                                    + "'payload':'4','follow_up':{'type':'free_form','payload':'Fine'}}}}]}");
            assertThat(told())
                    .contains("'messaging_customer_information':{'screens':[{'screen_id':'0','responses':["
                            + "{'key':'name','value':'Ana'}]}]}");
        }

        @Test
        void end_with_their_days() {
            String rate = shown(feedback(1, 1, 1, 5, 1, 2));
            simulator.advance(Duration.ofDays(2));

            assertThatThrownBy(() -> ana.rates(rate, "4", "")).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void are_sent_inside_the_window_alone() {
            simulator.advance(Duration.ofHours(25));

            Reply tagged = post("'recipient':{'id':'" + ANA + "'},'messaging_type':'MESSAGE_TAG','tag':'HUMAN_AGENT',"
                    + "'message':{" + feedback(1, 1, 1, 5, 1, 1) + "}");

            assertThat(tagged.json().text("error", "error_subcode")).isEqualTo("2018278");
        }

        @Test
        void ask_about_a_topic_once() {
            shown(notification("notification_messages", 1, 1));

            assertThat(send(notification("notification_messages", 1, 1)).json().text("error", "error_subcode"))
                    .isEqualTo("1893016");
        }

        @Test
        void a_coupon_tells_that_its_code_was_seen() {
            String id = shown(template("'template_type':'coupon','title':'Ten','coupon_code':'TEN','payload':'p'"));

            ana.revealsCoupon(id);

            assertThat(told()).contains("'template':{'type':'coupon','payload':'p','coupon_code':'TEN'}");
        }
    }

    @Nested
    class Tokens {
        private Reply by(String key, String token) {
            return post("'recipient':{'" + key + "':'" + token + "'},'message':{'text':'a'}");
        }

        @Test
        void for_a_topic_come_by_a_tap_on_the_question() {
            String token = ana.agreesTo(shown(notification("notification_messages", 3, 2)));
            simulator.advance(Duration.ofDays(30));

            assertThat(told()).contains("'type':'notification_messages'", "'title':'ttt'", token);
            assertThat(by("notification_messages_token", token).status()).isEqualTo(200);
        }

        @Test
        void for_one_message_are_used_once() {
            String token = ana.agreesTo(shown(notification("one_time_notif_req", 3, 2)));
            simulator.advance(Duration.ofDays(30));

            assertThat(by("one_time_notif_token", token).status()).isEqualTo(200);
            assertThat(by("one_time_notif_token", token).code()).isEqualTo("100");
        }

        @Test
        void for_one_message_live_a_year() {
            String token = ana.wantsOne("stock");
            simulator.advance(Duration.ofDays(365));

            assertThat(by("one_time_notif_token", token).code()).isEqualTo("100");
        }
    }

    @Nested
    class PrivateReplies {
        private Reply reply(String key, String id) {
            return post("'recipient':{'" + key + "':'" + id + "'},'message':{'text':'a'}");
        }

        @Test
        void answer_a_comment_once() {
            MessengerPerson ben = simulator.messenger().person("24000000000000002");
            String id = ben.comments("How much?");

            assertThat(told()).contains("'changes':[{'field':'feed'", "'item':'comment'", "'comment_id':'" + id + "'");
            assertThat(reply("comment_id", id).json().text("recipient_id")).isEqualTo("24000000000000002");
            assertThat(reply("comment_id", id).code()).isEqualTo("10900");
            assertThat(ben.windowOpen()).isFalse();
            assertThat(ben.screen()).hasSize(1);
        }

        @Test
        void answer_a_post_within_7_days() {
            String early = ana.posts("Hello");
            String late = ana.posts("Hello again");

            assertThat(reply("post_id", early).status()).isEqualTo(200);
            simulator.advance(Duration.ofDays(7));
            assertThat(reply("post_id", late).code()).isEqualTo("10903");
        }

        @Test
        void answer_nothing_else() {
            assertThat(reply("comment_id", "1_2").code()).isEqualTo("100");
            assertThat(reply("comment_id", "x").code()).isEqualTo("100");
        }
    }

    @Nested
    class UtilityTemplates {
        private static final String NAMED = "'name':'order','language':{'code':'fr'},'components':[{'type':'body',"
                + "'parameters':[{'type':'text','parameter_name':'nr','text':'12'}]},{'type':'buttons','parameters':["
                + "{'type':'URL','url':'12'}]}]";

        private Reply utility(String type, String template) {
            return post("'recipient':{'id':'" + ANA + "'}," + type + "'message':{'template':{" + template + "}}");
        }

        @Test
        void need_no_window() {
            simulator.advance(Duration.ofDays(30));

            assertThat(utility("'messaging_type':'UTILITY',", NAMED).status()).isEqualTo(200);
            assertThat(ana.screen().get(1).text()).isEqualTo("order: 12");
        }

        @Test
        void are_those_of_the_page_once_it_made_some() {
            client.post(
                    "/v26.0/me/message_templates",
                    "{'name':'parcel','language':'fr','category':'UTILITY','components':[{'type':'BODY','text':'Comes {{1}} !'}]}"
                            .replace('\'', '"'));
            String parcel = "'name':'parcel','language':{'code':'fr'},'components':[{'type':'body','parameters':["
                    + "{'type':'text','text':'today'}]}]";

            assertThat(utility("'messaging_type':'UTILITY',", parcel).status()).isEqualTo(200);
            assertThat(utility("'messaging_type':'UTILITY',", NAMED).code()).isEqualTo("100");
            assertThat(utility("'messaging_type':'UTILITY',", "'name':'parcel','language':{'code':'fr'}")
                            .code())
                    .isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "'messaging_type':'RESPONSE',"})
        void need_their_type(String type) {
            assertThat(utility(type, NAMED).code()).isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'name':'order'",
                    "'name':'order','language':{'code':'French'}",
                    "'name':'order','language':{'code':'fr'},'components':[{'type':'footer','parameters':[]}]",
                    "'name':'order','language':{'code':'fr'},'components':[{'type':'body','parameters':[{'type':'text'}]}]",
                    "'name':'order','language':{'code':'fr'},'components':[{'type':'buttons','parameters':[{'type':'URL'}]}]",
                    "'name':'order','language':{'code':'fr'},'components':[{'type':'body','parameters':[{'type':'text','text':'a'},{'type':'text','text':'b','parameter_name':'c'}]}]"
                })
        void keep_their_form(String template) {
            assertThat(utility("'messaging_type':'UTILITY',", template).code()).isEqualTo("100");
        }
    }

    @Test
    void people_do_more_than_write() {
        ana.sendsCart(List.of("Tea"), "Quick, please");
        String cart = told();
        ana.judges(shown("'text':'a'"), false);
        String judged = told();
        ana.shares("reel", "https://a.example/r", "A film");

        assertThat(cart).contains("'order':{'products':[{'id':'7000'", "'note':'Quick, please'");
        assertThat(judged).contains("'response_feedback':{'feedback':'Bad response'");
        assertThat(told()).contains("'type':'reel'");
    }
}
