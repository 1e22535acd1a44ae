package aparte.simulator;

import static aparte.simulator.PageClient.MESSAGES;
import static aparte.simulator.PageClient.actionTo;
import static aparte.simulator.PageClient.imageTo;
import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerSendTest {
    private static final String ANA = "24000000000000001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    @BeforeEach
    void open_the_window() {
        ana.writes("Hello");
        simulator.webhooks().drop();
    }

    private MessengerMessage shown() {
        List<MessengerMessage> screen = ana.screen();
        return screen.get(screen.size() - 1);
    }

    @Nested
    class OfAText {
        @Test
        void answers_with_recipient_and_message() {
            Reply reply = client.send(textTo(ANA, "Hi"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("recipient_id")).isEqualTo(ANA);
            assertThat(reply.json().text("message_id")).startsWith("m_").hasSize(98);
            assertThat(reply.json().text("attachment_id")).isNull();
        }

        @Test
        void appears_on_the_persons_phone() {
            Reply reply = client.send(textTo(ANA, "Où / quand ? 😀"));

            assertThat(shown().text()).isEqualTo("Où / quand ? 😀");
            assertThat(shown().id()).isEqualTo(reply.json().text("message_id"));
            assertThat(shown().messagingType()).contains("RESPONSE");
            assertThat(shown().fromPerson()).isFalse();
            assertThat(shown().at()).isBeforeOrEqualTo(simulator.now());
            assertThat(shown().type()).isEqualTo("text");
        }

        @Test
        void takes_1999_characters() {
            assertThat(client.send(textTo(ANA, "😀".repeat(1999))).status()).isEqualTo(200);
        }

        @Test
        void refuses_2000() {
            Reply reply = client.send(textTo(ANA, "a".repeat(2000)));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "message")).contains("1999");
        }

        @Test
        void keeps_metadata_of_999_characters() {
            client.send(withMetadata(999));

            assertThat(shown().metadata()).contains("k".repeat(999));
        }

        @Test
        void refuses_metadata_of_1000() {
            assertThat(client.send(withMetadata(1000)).code()).isEqualTo("100");
        }

        private String withMetadata(int length) {
            return """
                    {"recipient":{"id":"%s"},"message":{"text":"a","metadata":"%s"}}""".formatted(ANA, "k".repeat(length));
        }

        @Test
        void shows_the_quoted_message() {
            String asked = ana.writes("Are you open?");

            client.send(reply(asked));

            assertThat(shown().replyTo()).contains(asked);
        }

        @Test
        void sends_without_a_quote_if_the_message_is_unknown() {
            assertThat(client.send(reply("m_nobody")).status()).isEqualTo(200);
            assertThat(shown().replyTo()).isEmpty();
        }

        private String reply(String mid) {
            return """
                    {"recipient":{"id":"%s"},"message":{"text":"Yes"},"reply_to":{"mid":"%s"}}""".formatted(ANA, mid);
        }
    }

    @Nested
    class OfAnImage {
        @Test
        void takes_an_address_without_fetching_it() {
            Reply reply = client.send(imageTo(ANA, "\"url\":\"https://example.com/a.png\""));

            assertThat(reply.json().text("attachment_id")).isNull();
            assertThat(shown().type()).isEqualTo("image");
            assertThat(shown().url()).contains("https://example.com/a.png");
            assertThat(shown().attachmentId()).isEmpty();
            assertThat(simulator.requestCount()).isEqualTo(1);
        }

        @Test
        void answers_with_an_attachment_if_it_is_reusable() {
            Reply first = client.send(imageTo(ANA, "\"url\":\"https://example.com/a.png\",\"is_reusable\":true"));
            String id = first.json().text("attachment_id");

            Reply second = client.send(imageTo(ANA, "\"attachment_id\":\"" + id + "\""));

            assertThat(second.status()).isEqualTo(200);
            assertThat(second.json().text("attachment_id")).isNull();
            assertThat(shown().attachmentId()).contains(id);
            assertThat(shown().url()).contains("https://example.com/a.png");
        }

        @Test
        void is_reusable_by_a_text_too_as_in_forms() {
            assertThat(client.send(imageTo(ANA, "\"url\":\"https://example.com/a.png\",\"is_reusable\":\"true\""))
                            .json()
                            .text("attachment_id"))
                    .isNotNull();
        }

        @Test
        void travels_in_the_request() {
            Reply reply = client.file(
                    MESSAGES,
                    Client.part("recipient", "{\"id\":\"" + ANA + "\"}")
                            + Client.part("message", "{\"attachment\":{\"type\":\"image\",\"payload\":{}}}"),
                    "image/png",
                    new byte[] {1, 2, 3});

            assertThat(reply.status()).isEqualTo(200);
            assertThat(simulator
                            .messenger()
                            .attachment(shown().attachmentId().orElseThrow())
                            .orElseThrow())
                    .containsExactly(1, 2, 3);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "``|0",
                    "\"url\":\"https://example.com\",\"attachment_id\":\"1\"|0",
                    "\"attachment_id\":\"404\"|2018074",
                    "\"attachment_id\":\"abc\"|0",
                    "\"url\":\"ftp://example.com/a.png\"|0",
                    "\"url\":7|0",
                    "\"url\":\"https://example.com\",\"is_reusable\":\"perhaps\"|0"
                })
        void refuses_anything_but_one_good_source(String payload, String subcode) {
            Tree error = client.send(imageTo(ANA, payload)).json().at("error");

            assertThat(error.text("code")).isEqualTo("100");
            assertThat(String.valueOf(error.text("error_subcode"))).isEqualTo(subcode.equals("0") ? "null" : subcode);
        }
    }

    @Nested
    class OfASenderAction {
        @Test
        void answers_without_a_message() {
            Reply reply = client.send(actionTo(ANA, "\"typing_on\""));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"recipient_id\":\"" + ANA + "\"}");
            assertThat(simulator.messenger().sent()).isEmpty();
        }

        @Test
        void shows_typing_for_twenty_seconds() {
            client.send(actionTo(ANA, "\"typing_on\""));
            assertThat(ana.seesTyping()).isTrue();

            simulator.advance(Duration.ofSeconds(20));

            assertThat(ana.seesTyping()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"sender_action\":\"typing_off\",", "{\"message\":{\"text\":\"a\"},"})
        void ends_typing(String next) {
            client.send(actionTo(ANA, "\"typing_on\""));

            client.send(next + "\"recipient\":{\"id\":\"" + ANA + "\"}}");

            assertThat(ana.seesTyping()).isFalse();
        }

        @Test
        void marks_as_seen() {
            client.send(actionTo(ANA, "\"mark_seen\""));

            assertThat(shown().status()).isEqualTo(MessengerMessage.Status.READ);
        }

        @Test
        void reacts_and_takes_it_back() {
            String mid = ana.writes("Fine");

            client.send(actionTo(ANA, "\"react\",\"payload\":{\"message_id\":\"" + mid + "\",\"reaction\":\"😊\"}"));
            assertThat(shown().reaction()).contains("😊");
            client.send(actionTo(ANA, "\"unreact\",\"payload\":{\"message_id\":\"" + mid + "\"}"));
            assertThat(shown().reaction()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"dance\"",
                    "7",
                    "\"react\"",
                    "\"react\",\"payload\":{\"message_id\":\"m_404\",\"reaction\":\"😊\"}",
                    "\"react\",\"payload\":{\"message_id\":\"m_404\"}",
                    "\"unreact\",\"payload\":{}"
                })
        void refuses_what_it_does_not_know(String action) {
            assertThat(client.send(actionTo(ANA, action)).code()).isEqualTo("100");
        }

        @Test
        void excludes_a_message() {
            Tree error = client.send(actionTo(ANA, "\"typing_on\",\"message\":{\"text\":\"a\"}"))
                    .json()
                    .at("error");

            assertThat(error.text("code")).isEqualTo("100");
            assertThat(error.text("error_subcode")).isEqualTo("2018014");
        }

        @Test
        void needs_an_open_window() {
            simulator.advance(Duration.ofDays(1));

            assertThat(client.send(actionTo(ANA, "\"typing_on\"")).json().text("error", "error_subcode"))
                    .isEqualTo("2018278");
        }
    }

    @Nested
    class InAnyForm {
        private static final String RECIPIENT = "{\"id\":\"" + ANA + "\"}";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/me/messages",
                    "/v25.0/me/messages",
                    "/v26.0/300000000000001/messages",
                    "/v3.2/me/messages",
                    "/300000000000001/messages"
                })
        void takes_any_version_or_none(String path) {
            assertThat(client.post(path, textTo(ANA, "Hi")).status()).isEqualTo(200);
        }

        @Test
        void takes_urlencoded_fields_with_json_inside() {
            Reply reply = client.form(
                    MESSAGES,
                    "recipient",
                    RECIPIENT,
                    "message",
                    "{\"text\":\"Où & quand\"}",
                    "messaging_type",
                    "UPDATE");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(shown().text()).isEqualTo("Où & quand");
            assertThat(shown().messagingType()).contains("UPDATE");
        }

        @Test
        void takes_the_single_quotes_of_curl_lines() {
            client.form(MESSAGES, "recipient", "{'id':'" + ANA + "'}", "message", "{'text':'Hi'}");

            assertThat(shown().text()).isEqualTo("Hi");
        }

        @Test
        void takes_parameters_in_the_query() {
            Reply reply = client.post(
                    MESSAGES + "?" + PageClient.encoded("recipient", RECIPIENT, "message", "{\"text\":\"Hi\"}"), "{}");

            assertThat(reply.status()).isEqualTo(200);
        }

        @Test
        void takes_a_recipient_that_is_a_number() {
            assertThat(client.send("{\"recipient\":{\"id\":" + ANA + "},\"message\":{\"text\":\"a\"}}")
                            .json()
                            .text("recipient_id"))
                    .isEqualTo(ANA);
        }

        @Test
        void passes_over_fields_that_it_does_not_know() {
            assertThat(client.send("""
                            {"id":"1","format":"json","recipient":%s,"notification_type":"NO_PUSH","persona_id":"7",
                             "message":{"text":"a"}}""".formatted(RECIPIENT)).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{",
                    "[1]",
                    "{\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":\"24000000000000001\",\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"ana\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\",\"colour\":\"red\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"user_ref\":\"r\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"comment_id\":\"r\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"phone_number\":\"+33639980001\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\",\"notification_messages_token\":\"1\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"notification_messages_token\":\"404\"},\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":\"a\"}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":\"\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":7}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":null}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":\"a\",\"bold\":true}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":\"a\",\"reply_to\":{\"mid\":\"m_1\"}}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":\"a\"},\"reply_to\":{}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"text\":\"a\",\"quick_replies\":[]}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"attachment\":{}}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"attachment\":{\"type\":\"hologram\"}}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"attachment\":{\"type\":\"video\",\"payload\":{}}}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"message\":{\"attachment\":{\"type\":\"template\",\"payload\":{}}}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"messaging_type\":\"REPLY\",\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"messaging_type\":\"UTILITY\",\"message\":{\"text\":\"a\"}}",
                    "{\"recipient\":{\"id\":\"24000000000000001\"},\"notification_type\":\"LOUD\",\"message\":{\"text\":\"a\"}}"
                })
        void refuses_with_code_100(String json) {
            Reply reply = client.send(json);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(simulator.messenger().sent()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"multipart/form-data; boundary=limit", "multipart/form-data"})
        void refuses_a_form_that_breaks_off(String contentType) {
            assertThat(client.body("POST", MESSAGES, contentType, "--limit\r\nA: b")
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void refuses_a_body_of_another_type() {
            assertThat(client.body("POST", MESSAGES, "text/plain", textTo(ANA, "a"))
                            .code())
                    .isEqualTo("100");
        }
    }

    @Nested
    class ToAWrongPath {
        @ParameterizedTest
        @CsvSource({
            "POST,/v25.0/404/messages,33",
            "POST,/v25.0/me/messages/x,33",
            "POST,/v25.0/me/calls,",
            "PUT,/v25.0/me/messages,",
            "GET,/v25.0/404,33"
        })
        void refuses(String method, String path, String subcode) {
            Reply reply = client.body(method, path, "application/json", "{}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "error_subcode")).isEqualTo(subcode);
        }
    }

    @Nested
    class AnyAnswer {
        @Test
        void names_its_version_and_the_quota() {
            Reply reply = client.post("/v24.0/me/messages", textTo(ANA, "Hi"));

            assertThat(reply.header("facebook-api-version")).isEqualTo("v24.0");
            assertThat(Tree.of(reply.header("x-business-use-case-usage")).text("300000000000001", 0, "type"))
                    .isEqualTo("messenger");
            assertThat(client.post("/me/messages", "{}").header("facebook-api-version"))
                    .isEqualTo("v26.0");
        }

        @Test
        void says_everything_that_a_graph_error_says() {
            ana.refuseNext(613);

            Tree error = client.send(textTo(ANA, "a")).json().at("error");

            assertThat(error.text("message")).startsWith("(#613) ");
            assertThat(error.text("type")).isEqualTo("OAuthException");
            assertThat(error.isNumber("code")).isTrue();
            assertThat(error.text("is_transient")).isEqualTo("true");
            assertThat(error.text("fbtrace_id")).isNotEmpty();
        }
    }

    @Nested
    class FromManyThreads {
        @Test
        void takes_each_message_once() {
            List<String> ids = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> client.send(textTo(ANA, "T" + i)).json().text("message_id"))
                    .toList();

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(simulator.messenger().sent())
                    .extracting(MessengerMessage::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(simulator.webhooks().queued()).isEqualTo(400);
        }
    }

    @Nested
    class WhenARefusalIsOrdered {
        @ParameterizedTest
        @CsvSource({
            "613,0,400",
            "4,0,400",
            "10,2018108,403",
            "10,1893063,403",
            "551,0,400",
            "200,1545041,403",
            "190,463,401",
            "1200,0,500",
            "2,0,503",
            "999,7,400"
        })
        void refuses_once_with_that_code(int code, int subcode, int status) {
            ana.refuseNext(code, subcode);

            Reply reply = client.send(textTo(ANA, "a"));

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.code()).isEqualTo(Integer.toString(code));
            assertThat(reply.json().text("error", "error_subcode"))
                    .isEqualTo(subcode == 0 ? null : Integer.toString(subcode));
            assertThat(simulator.messenger().sent()).isEmpty();
            assertThat(client.send(textTo(ANA, "b")).status()).isEqualTo(200);
        }

        @Test
        void leaves_other_people_alone() {
            ana.refuseNext(613);
            simulator.messenger().person("24000000000000002").writes("Hi");

            assertThat(client.send(textTo("24000000000000002", "a")).status()).isEqualTo(200);
        }
    }
}
