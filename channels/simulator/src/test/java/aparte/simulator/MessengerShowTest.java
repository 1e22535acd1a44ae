package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What else than text and images the Page can show. Single quotes stand for double ones. */
class MessengerShowTest {
    private static final String ANA = "24000000000000001";
    private static final String LINK = "'url':'https://a.example/b'";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    @BeforeEach
    void open_the_window() {
        ana.writes("Hello");
        simulator.webhooks().drop();
    }

    private Reply send(String message) {
        return client.send(("{'recipient':{'id':'" + ANA + "'},'message':{" + message + "}}").replace('\'', '"'));
    }

    private MessengerMessage shown(String message) {
        Reply reply = send(message);
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return ana.screen().get(ana.screen().size() - 1);
    }

    private static String template(String payload) {
        return "'attachment':{'type':'template','payload':{" + payload + "}}";
    }

    private static String many(int count, String each) {
        return IntStream.range(0, count).mapToObj(i -> each).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quick(int titleLength, int payloadLength) {
        return "{'content_type':'text','title':'" + "t".repeat(titleLength) + "','payload':'"
                + "p".repeat(payloadLength) + "'}";
    }

    private static String postback(String title) {
        return "{'type':'postback','title':'" + title + "','payload':'P-" + title + "'}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"video", "audio", "file", "image"})
    void shows_media_of_each_type(String type) {
        MessengerMessage shown = shown("'attachment':{'type':'" + type + "','payload':{" + LINK + "}}");

        assertThat(shown.type()).isEqualTo(type);
        assertThat(shown.url()).contains("https://a.example/b");
        assertThat(shown.attachments()).isEqualTo(1);
    }

    @Test
    void refuses_a_saved_film_as_a_sound() {
        String id = client.post(
                        "/v26.0/me/message_attachments",
                        "{\"message\":{\"attachment\":{\"type\":\"video\",\"payload\":{\"url\":\"https://a.example/b\",\"is_reusable\":true}}}}")
                .json()
                .text("attachment_id");

        assertThat(send("'attachment':{'type':'audio','payload':{'attachment_id':'" + id + "'}}")
                        .json()
                        .text("error", "error_subcode"))
                .isEqualTo("2018047");
        assertThat(shown("'attachment':{'type':'video','payload':{'attachment_id':'" + id + "'}}")
                        .attachmentId())
                .contains(id);
    }

    @Test
    void shows_a_sticker_inside_the_window() {
        assertThat(shown("'sticker_id':'369239263222822'").stickerId()).contains("369239263222822");
    }

    @Test
    void shows_up_to_30_images() {
        String image = "{'type':'image','payload':{" + LINK + "}}";

        assertThat(shown("'attachments':" + many(30, image)).attachments()).isEqualTo(30);
        assertThat(send("'attachments':" + many(31, image)).code()).isEqualTo("100");
        assertThat(send("'attachments':[{'type':'video','payload':{" + LINK + "}}]")
                        .code())
                .isEqualTo("100");
    }

    @Test
    void shows_a_receipt_once_for_each_order() {
        String receipt = template(
                "'template_type':'receipt','recipient_name':'Ana','order_number':'1','currency':'EUR',"
                        + "'payment_method':'Visa','summary':{'total_cost':9.9},'elements':[{'title':'Tea','price':9.9}]");

        assertThat(shown(receipt).cards()).containsExactly("Tea");
        assertThat(send(receipt).json().text("error", "message")).contains("order_number");
    }

    @Test
    void shows_a_coupon() {
        assertThat(shown(template("'template_type':'coupon','title':'Ten off','coupon_code':'TEN'"))
                        .template())
                .contains("coupon");
    }

    @Test
    void takes_the_most_of_each() {
        String elements = many(10, "{'title':'" + "t".repeat(80) + "','subtitle':'s'}");

        assertThat(shown("'text':'?','quick_replies':" + many(13, quick(20, 1000)))
                        .quickReplies())
                .hasSize(13);
        assertThat(shown(template("'template_type':'button','text':'" + "t".repeat(640) + "','buttons':"
                                + many(3, postback("A"))))
                        .buttons())
                .hasSize(3);
        assertThat(shown(template("'template_type':'generic','elements':" + elements))
                        .cards())
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text':'?','sticker_id':'1'",
                "'sticker_id':'abc'",
                "'text':'?','quick_replies':[7]",
                "'text':'?','quick_replies':[{'content_type':'location'}]",
                "'text':'?','quick_replies':[{'content_type':'text','title':'a'}]",
                "'text':'?','quick_replies':[{'content_type':'text','title':'','payload':'a'}]",
                "'text':'?','quick_replies':[{'content_type':'user_email','title':'a'}]",
                "'attachment':{'type':'template','payload':{'template_type':'list'}}",
                "'attachment':{'type':'template','payload':{'template_type':'button','text':'a'}}",
                "'attachment':{'type':'template','payload':{'template_type':'button','text':'a','buttons':[{'type':'payment'}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'button','text':'a','buttons':[{'type':'web_url','title':'a','url':'b'}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{'title':'a'}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{'title':'a','default_action':{'type':'web_url','title':'b'}}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'media','elements':[{'media_type':'image','url':'https://a.example/b'}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'media','elements':[{'media_type':'image','attachment_id':'1'}]}}",
                "'attachment':{'type':'template','payload':{'template_type':'coupon','title':'a'}}",
                "'attachment':{'type':'template','payload':{'template_type':'coupon','title':'a','coupon_code':'b c'}}",
                "'attachment':{'type':'template','payload':{'template_type':'receipt','recipient_name':'a'}}"
            })
    void refuses_with_code_100(String message) {
        assertThat(send(message).code()).isEqualTo("100");
        assertThat(simulator.messenger().sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"14, 20, 1000", "1, 21, 1000", "1, 20, 1001"})
    void refuses_quick_replies_beyond_their_limits(int count, int titleLength, int payloadLength) {
        assertThat(send("'text':'?','quick_replies':" + many(count, quick(titleLength, payloadLength)))
                        .code())
                .isEqualTo("100");
    }

    @Nested
    class WhenThePersonTaps {
        private MessengerMessage question() {
            return shown("'text':'?','quick_replies':[{'content_type':'text','title':'Yes','payload':'YES'},"
                    + "{'content_type':'user_email'}]");
        }

        @Test
        void answers_by_a_quick_reply() {
            assertThat(ana.tapsOn(question().id(), "Yes")).isPresent();

            assertThat(ana.screen())
                    .last()
                    .satisfies(answer -> assertThat(answer.text()).isEqualTo("Yes"));
        }

        @Test
        void hands_over_an_address() {
            ana.handsOver(question().id(), "user_email", "ana@example.org");

            assertThat(ana.screen())
                    .last()
                    .satisfies(answer -> assertThat(answer.text()).isEqualTo("ana@example.org"));
        }

        @Test
        void finds_no_quick_reply_below_a_later_message() {
            String question = question().id();
            ana.writes("Wait");

            assertThatThrownBy(() -> ana.tapsOn(question, "Yes")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void taps_a_button_at_any_time() {
            MessengerMessage shown = shown(template("'template_type':'button','text':'?','buttons':[" + postback("A")
                    + ",{'type':'web_url','title':'Shop'," + LINK + "}]"));
            ana.writes("Wait");

            assertThat(ana.tapsOn(shown.id(), "A")).isPresent();
            assertThat(ana.screen())
                    .last()
                    .satisfies(tap -> assertThat(tap.type()).isEqualTo("postback"));
            assertThat(ana.tapsOn(shown.id(), "Shop")).isEmpty();
        }
    }
}
