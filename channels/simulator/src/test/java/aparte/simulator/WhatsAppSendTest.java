package aparte.simulator;

import static aparte.simulator.Client.imageTo;
import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppSendTest {
    private static final String ANA = "+33639980001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);

    @BeforeEach
    void open_the_window() {
        ana.writes("Hello");
    }

    private WhatsAppMessage shown() {
        return ana.screen().get(ana.screen().size() - 1);
    }

    @Nested
    class OfText {
        @Test
        void answers_with_the_input_the_wa_id_and_a_wamid() {
            Reply reply = client.send(textTo(ANA, "Salut"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
            assertThat(reply.json().text("messaging_product")).isEqualTo("whatsapp");
            assertThat(reply.json().text("contacts", 0, "input")).isEqualTo(ANA);
            assertThat(reply.json().text("contacts", 0, "wa_id")).isEqualTo("33639980001");
            assertThat(reply.json().text("contacts", 0, "user_id")).isNull();
            assertThat(reply.messageId()).startsWith("wamid.");
        }

        @Test
        void shows_it_on_the_phone() {
            String id = client.send(textTo(ANA, "Salut \\u00e9\\ud83d\\ude00")).messageId();

            assertThat(shown().id()).isEqualTo(id);
            assertThat(shown().text()).isEqualTo("Salut é😀");
            assertThat(shown().type()).isEqualTo("text");
            assertThat(shown().fromPerson()).isFalse();
            assertThat(shown().status()).isEqualTo(WhatsAppMessage.Status.DELIVERED);
        }

        @Test
        void takes_4096_code_points() {
            assertThat(client.send(textTo(ANA, "😀".repeat(4096))).status()).isEqualTo(200);
        }

        @Test
        void refuses_4097() {
            Reply reply = client.send(textTo(ANA, "a".repeat(4097)));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "error_data", "details")).contains("4096");
        }

        @Test
        void takes_type_as_text_where_none_is_given() {
            assertThat(client.send("""
                            {"messaging_product":"whatsapp","to":"+33639980001","text":{"body":"a","preview_url":true}}""").status()).isEqualTo(200);
        }

        @Test
        void keeps_the_callback_data() {
            client.send("""
                    {"messaging_product":"whatsapp","to":"+33639980001","text":{"body":"a"},
                     "biz_opaque_callback_data":"key-1"}""");

            assertThat(shown().callbackData()).contains("key-1");
        }
    }

    @Nested
    class OfAReply {
        @Test
        void shows_the_quoted_message() {
            String asked = ana.writes("Are you open?");

            client.send(reply(asked));

            assertThat(shown().replyTo()).contains(asked);
        }

        @Test
        void sends_without_a_quote_if_the_message_is_unknown() {
            Reply reply = client.send(reply("wamid.nobody"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(shown().replyTo()).isEmpty();
        }

        @Test
        void sends_without_a_quote_after_thirty_days() {
            String asked = ana.writes("Are you open?");
            simulator.advance(java.time.Duration.ofDays(31));
            ana.writes("Still there?");

            client.send(reply(asked));

            assertThat(shown().replyTo()).isEqualTo(Optional.empty());
        }

        private String reply(String id) {
            return """
                    {"messaging_product":"whatsapp","to":"+33639980001","context":{"message_id":"%s"},
                     "type":"text","text":{"body":"Yes"}}""".formatted(id);
        }
    }

    @Nested
    class OfAnImage {
        @Test
        void takes_a_link_without_fetching_it() {
            client.send(imageTo(ANA, "\"link\":\"https://example.com/a.png\",\"caption\":\"Look\""));

            assertThat(shown().link()).contains("https://example.com/a.png");
            assertThat(shown().text()).isEqualTo("Look");
            assertThat(simulator.requestCount()).isEqualTo(1);
        }

        @Test
        void takes_an_uploaded_id() {
            String id = client.upload("image/png", new byte[] {1, 2, 3}).json().text("id");

            Reply reply = client.send(imageTo(ANA, "\"id\":\"" + id + "\""));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(shown().mediaId()).contains(id);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "\"caption\":\"a\"|131008",
                    "\"id\":\"1\",\"link\":\"https://example.com\"|131009",
                    "\"id\":\"404\"|131009",
                    "\"link\":\"ftp://example.com/a.png\"|131009",
                    "\"link\":\"a.png\"|131009",
                    "\"link\":\"https://\"|131009",
                    "\"link\":7|100",
                    "\"link\":\"https://example.com\",\"filename\":\"a\"|100"
                })
        void refuses_anything_but_one_good_source(String image, String code) {
            Reply reply = client.send(imageTo(ANA, image));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo(code);
        }

        @Test
        void takes_a_caption_of_1024() {
            assertThat(client.send(captioned(1024)).status()).isEqualTo(200);
        }

        @Test
        void refuses_a_caption_of_1025() {
            assertThat(client.send(captioned(1025)).code()).isEqualTo("100");
        }

        private String captioned(int length) {
            return imageTo(ANA, "\"link\":\"https://example.com\",\"caption\":\"" + "a".repeat(length) + "\"");
        }
    }

    @Nested
    class ToSomebody {
        @ParameterizedTest
        @ValueSource(strings = {"+33639980001", "+33 6 39 98 00 01", "+33-(6)-39.98.00.01", "639980001", "33639980001"})
        void finds_the_person_in_any_written_form(String to) {
            Reply reply = client.send(textTo(to, "Hi"));

            assertThat(reply.json().text("contacts", 0, "input")).isEqualTo(to);
            assertThat(reply.json().text("contacts", 0, "wa_id")).isEqualTo("33639980001");
        }

        @Test
        void puts_the_business_country_code_before_digits_that_name_nobody() {
            Reply reply = client.send(textTo("491701234567", "Hi"));

            assertThat(reply.json().text("contacts", 0, "wa_id")).isEqualTo("33491701234567");
        }

        @Test
        void answers_with_the_user_id_when_addressed_by_it() {
            simulator.whatsApp().personOfUserId("FR.Abc123").writes("Hi");

            Reply reply = client.send(byUserId("FR.Abc123"));

            assertThat(reply.json().text("contacts", 0, "user_id")).isEqualTo("FR.Abc123");
            assertThat(reply.json().text("contacts", 0, "input")).isEqualTo("FR.Abc123");
            assertThat(reply.json().text("contacts", 0, "wa_id")).isNull();
        }

        @Test
        void takes_a_parent_user_id() {
            simulator.whatsApp().personOfUserId("US.ENT.1181").writes("Hi");

            assertThat(client.send(byUserId("US.ENT.1181")).status()).isEqualTo(200);
        }

        @Test
        void lets_the_phone_number_win_over_the_user_id() {
            Reply reply = client.send("""
                    {"messaging_product":"whatsapp","to":"+33639980001","recipient":"FR.1","text":{"body":"a"}}""");

            assertThat(reply.json().text("contacts", 0, "wa_id")).isEqualTo("33639980001");
        }

        @ParameterizedTest
        @ValueSource(strings = {"fr.1", "FR", "FR.", "FRA.1", "FR.1-2", "FR.ENT."})
        void refuses_a_malformed_user_id(String userId) {
            assertThat(client.send(byUserId(userId)).code()).isEqualTo("131009");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ana", "+", "+1", "+1234567890123456", "33+639980001"})
        void refuses_what_is_no_phone_number(String to) {
            assertThat(client.send(textTo(to, "Hi")).code()).isEqualTo("131009");
        }

        @Test
        void refuses_the_sending_number_itself() {
            assertThat(client.send(textTo("+33639980000", "Hi")).code()).isEqualTo("131021");
        }

        private String byUserId(String userId) {
            return "{\"messaging_product\":\"whatsapp\",\"recipient\":\"" + userId + "\",\"text\":{\"body\":\"a\"}}";
        }
    }

    @Nested
    class OfAnythingElse {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"}}|100",
                    "{\"messaging_product\":\"sms\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"}}|100",
                    "{\"messaging_product\":7,\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"text\":{\"body\":\"a\"}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\"}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"image\",\"text\":{\"body\":\"a\"}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"image\"}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":\"a\"}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"\"}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":null}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":[\"a\"]}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\",\"preview_url\":\"yes\"}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\",\"bold\":true}}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"},\"context\":{}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"},\"context\":\"x\"}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"},\"recipient_type\":\"all\"}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"text\":{\"body\":\"a\"},\"recipient_type\":\"group\"}|131041",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"hologram\"}|100",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"template\",\"template\":{}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"video\",\"video\":{}}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"to\":\"+33639980001\",\"type\":\"order\",\"order\":{}}|131051",
                    "[1]|100",
                    "{\"a\":1} {}|100",
                    "{|100"
                })
        void refuses_with_the_code_of_the_platform(String json, String code) {
            Reply reply = client.send(json);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo(code);
            assertThat(simulator.whatsApp().sent()).isEmpty();
        }

        @Test
        void refuses_callback_data_above_512() {
            assertThat(client.send("""
                            {"messaging_product":"whatsapp","to":"+33639980001","text":{"body":"a"},
                             "biz_opaque_callback_data":"%s"}""".formatted("k".repeat(513))).code()).isEqualTo("100");
        }

        @Test
        void refuses_a_thousand_nested_arrays() {
            assertThat(client.send("{\"text\":" + "[".repeat(1000) + "]".repeat(1000) + "}")
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void refuses_a_body_that_is_not_said_to_be_json() {
            Reply reply = client.exchange(client.request("/v24.0/200000000000001/messages")
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString(textTo(ANA, "a"))));

            assertThat(reply.code()).isEqualTo("100");
        }

        @Test
        void says_everything_that_a_graph_error_says() {
            Tree error = client.send(textTo("ana", "Hi")).json().at("error");

            assertThat(error.text("message")).isEqualTo("(#131009) Parameter value is not valid");
            assertThat(error.text("type")).isEqualTo("OAuthException");
            assertThat(error.isNumber("code")).isTrue();
            assertThat(error.text("error_data", "messaging_product")).isEqualTo("whatsapp");
            assertThat(error.text("error_data", "details")).isEqualTo("Param to is not a phone number.");
            assertThat(error.text("fbtrace_id")).isNotEmpty();
        }
    }

    @Nested
    class ToAWrongPath {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/24.0/200000000000001/messages",
                    "/v24/200000000000001/messages",
                    "/v24.0/404/messages",
                    "/v24.0/200000000000001/calls",
                    "/v24.0/200000000000001/messages/x",
                    "/"
                })
        void refuses(String path) {
            Reply reply = client.exchange(client.request(simulator.baseUri() + path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(textTo(ANA, "a"))));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"v19.0", "v24.0", "v26.0"})
        void takes_any_version(String version) {
            Reply reply = client.exchange(client.request("/" + version + "/200000000000001/messages")
                    .header("Content-Type", "application/json; charset=utf-8")
                    .POST(HttpRequest.BodyPublishers.ofString(textTo(ANA, "a"))));

            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Nested
    class FromManyThreads {
        @Test
        void takes_each_message_once() {
            List<String> ids = IntStream.range(0, 400)
                    .parallel()
                    .mapToObj(i -> client.send(textTo(ANA, "T" + i)).messageId())
                    .toList();

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(simulator.whatsApp().sent())
                    .extracting(WhatsAppMessage::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(simulator.webhooks().queued()).isEqualTo(801);
            assertThat(simulator.requestCount()).isEqualTo(400);
        }
    }

    @Nested
    class WhenAFailureIsOrdered {
        @ParameterizedTest
        @CsvSource({"131056,400", "131050,400", "131000,500", "131016,500", "190,401", "999999,400"})
        void refuses_at_once_with_that_code(int code, int status) {
            ana.refuseNext(code);

            Reply reply = client.send(textTo(ANA, "a"));

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.code()).isEqualTo(Integer.toString(code));
            assertThat(simulator.whatsApp().sent()).isEmpty();
        }

        @Test
        void fails_only_one_message() {
            ana.refuseNext(131056);
            client.send(textTo(ANA, "a"));

            assertThat(client.send(textTo(ANA, "b")).status()).isEqualTo(200);
        }

        @Test
        void accepts_and_fails_afterwards() {
            ana.failNext(131050);

            Reply reply = client.send(textTo(ANA, "a"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(simulator.whatsApp().sent().get(0).failure()).hasValue(131050);
            assertThat(simulator.whatsApp().sent().get(0).status()).isEqualTo(WhatsAppMessage.Status.FAILED);
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void leaves_other_people_alone() {
            ana.refuseNext(131056);
            simulator.whatsApp().person("+33639980002").writes("Hi");

            assertThat(client.send(textTo("+33639980002", "a")).status()).isEqualTo(200);
        }
    }
}
