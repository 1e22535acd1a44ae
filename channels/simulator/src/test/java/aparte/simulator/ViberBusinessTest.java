package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViberBusinessTest {
    private static final String ANA = "+33639980001";
    private static final String PATH = "/v1/messages";

    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC))
            .viberBusiness(ViberBusinessSettings.builder()
                    .services("20001", "20002")
                    .name("Maison Lumen")
                    .account("key-1", "secret-1")
                    .build())
            .start();
    private final ViberBusiness business = simulator.viberBusiness();
    private final ViberBusinessPerson ana = business.person(ANA);
    private final Client client = new Client(simulator);
    private final ViberHost host = new ViberHost();

    @BeforeEach
    void open() {
        business.webhookTo(host.uri());
    }

    @AfterEach
    void close() {
        host.close();
        simulator.close();
    }

    /** In the given JSON single quotes stand for double ones. */
    private Reply send(String json) {
        return sendAs(
                "Basic " + Base64.getEncoder().encodeToString("key-1:secret-1".getBytes(StandardCharsets.UTF_8)), json);
    }

    private Reply sendAs(String authorization, String json) {
        return client.exchange(HttpRequest.newBuilder(simulator.baseUri().resolve(PATH))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    private static String message(String rest) {
        return "{'channel':'viber_service','from':'20001','to':'33639980001'," + rest + "}";
    }

    private static String text(String text) {
        return message("'message_type':'text','text':'" + text + "'");
    }

    private static String codeOf(Reply reply) {
        String type = reply.json().text("type");
        return type.substring(type.indexOf('#') + 1);
    }

    private List<Tree> heard() {
        simulator.webhooks().deliver();
        return host.received().stream().map(ViberHost.Received::json).toList();
    }

    @Nested
    class WhenAMessageComes {
        @Test
        void is_taken_with_202_and_an_id() {
            Reply reply = send(text("Bonjour"));

            assertThat(reply.status()).isEqualTo(202);
            assertThat(business.sent().get(0).uuid()).isEqualTo(reply.json().text("message_uuid"));
            assertThat(ana.screen()).singleElement().satisfies(shown -> {
                assertThat(shown.text()).isEqualTo("Bonjour");
                assertThat(shown.category()).isEqualTo("transaction");
                assertThat(shown.status()).isEqualTo(ViberBusinessMessage.Status.DELIVERED);
            });
        }

        @Test
        void is_taken_with_a_bearers_token_until_it_ends() {
            String token = "Bearer " + business.token();

            int alive = sendAs(token, text("Bonjour")).status();
            simulator.advance(Duration.ofMinutes(15));
            int dead = sendAs(token, text("Bonjour")).status();

            assertThat(alive).isEqualTo(202);
            assertThat(dead).isEqualTo(401);
        }

        @Test
        void is_refused_with_a_token_that_was_changed() {
            String[] parts = business.token().split("\\.", -1);
            String claims = ByteString.decodeBase64(parts[1]).utf8().replace("\"jti\":\"", "\"jti\":\"x");
            String forged =
                    parts[0] + "." + ByteString.encodeUtf8(claims).base64Url().replace("=", "") + "." + parts[2];

            assertThat(sendAs("Bearer " + forged, text("Bonjour")).status()).isEqualTo(401);
            assertThat(business.sent()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"''", "Bearer x", "Bearer a.b.c", "Basic a2V5LTE6d3Jvbmc=", "key-1:secret-1"})
        void is_refused_with_other_credentials(String authorization) {
            Reply reply = authorization.isEmpty()
                    ? client.exchange(HttpRequest.newBuilder(simulator.baseUri().resolve(PATH))
                            .POST(HttpRequest.BodyPublishers.ofString(text("x"))))
                    : sendAs(authorization, text("x"));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.json().text("title")).isEqualTo("Unauthorized");
        }

        @Test
        void is_refused_once_as_told() {
            business.refuseNext(402, 0);

            assertThat(send(text("Bonjour")).status()).isEqualTo(402);
            assertThat(send(text("Bonjour")).status()).isEqualTo(202);
        }

        @Test
        void meets_faults_as_on_other_platforms() {
            simulator.failNext(PATH, Fault.tooManyRequests(Duration.ofSeconds(3)), Fault.serviceUnavailable());

            Reply throttled = send(text("Bonjour"));
            Reply down = send(text("Bonjour"));

            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.header("Retry-After")).isEqualTo("3");
            assertThat(codeOf(throttled)).isEqualTo("1000");
            assertThat(down.status()).isEqualTo(503);
            assertThat(business.sent()).isEmpty();
        }

        @Test
        void has_no_other_calls() {
            assertThat(client.get(PATH).status()).isEqualTo(405);
            assertThat(client.call("PATCH", PATH + "/some-id", "{}").status()).isEqualTo(404);
        }
    }

    @Nested
    class WhenAMessageIsNotAllowed {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "1010 | 'message_type':'text'",
                    "1010 | 'message_type':'image'",
                    "1010 | 'message_type':'image','image':{}",
                    "1010 | 'message_type':'video','video':{'url':'https://a.example/b.mp4'},'viber_service':{'duration':1,'file_size':1}",
                    "1010 | 'message_type':'video','video':{'url':'https://a.example/b.mp4','thumb_url':'https://a.example/b.png'}",
                    "1010 | 'message_type':'text','text':'x','viber_service':{'action':{'url':'https://a.example'}}",
                    "1010 | 'message_type':'text','text':'x','viber_service':{'action':{'text':'Voir'}}",
                    "1010 | 'message_type':'text','text':null",
                    "1020 | 'message_type':'audio','audio':{'url':'https://a.example/b.mp3'}",
                    "1020 | 'message_type':'text','text':''",
                    "1020 | 'message_type':'text','text':5",
                    "1020 | 'message_type':'image','image':'https://a.example/b.png'",
                    "1020 | 'message_type':'image','image':{'url':'https://a.example/b.png','caption':'x'}",
                    "1020 | 'message_type':'image','image':{'url':'ftp://a.example/b.png'}",
                    "1020 | 'message_type':'text','text':'x','viber_service':{'category':'news'}",
                    "1020 | 'message_type':'text','text':'x','failover':[]",
                    "1020 | 'message_type':'text','text':'x','webhook_url':'https://a.example'",
                    "1020 | 'message_type':'file','file':{'url':'https://a.example/b.pdf'},'viber_service':{'action':{'url':'https://a.example','text':'x'}}",
                    "1020 | 'message_type':'file','file':{'url':'https://a.example/b.pdf','name':'b.exe'}",
                    "1022 | 'message_type':'text','text':'x','viber_service':{'type':'survey'}",
                    "1130 | 'message_type':'text','text':'x','viber_service':{'ttl':29}",
                    "1130 | 'message_type':'text','text':'x','viber_service':{'ttl':259201}",
                    "1130 | 'message_type':'text','text':'x','viber_service':{'ttl':'60'}",
                    "1380 | 'message_type':'image','image':{'url':'https://a.example/b.gif'}",
                    "1380 | 'message_type':'file','file':{'url':'https://a.example/b.exe'}",
                    "1380 | 'message_type':'video','video':{'url':'https://a.example/b.mov','thumb_url':'https://a.example/b.png'},'viber_service':{'duration':1,'file_size':1}"
                })
        void is_refused_with_422_and_the_number(String code, String rest) {
            Reply reply = send(message(rest));

            assertThat(reply.status()).isEqualTo(422);
            assertThat(codeOf(reply)).isEqualTo(code);
            assertThat(business.sent()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"1000, 202", "1001, 422"})
        void has_a_text_of_1000_characters(int length, int status) {
            assertThat(send(text("x".repeat(length))).status()).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"30, 202", "31, 422"})
        void has_a_label_of_30_characters(int length, int status) {
            String action =
                    "'viber_service':{'action':{'url':'https://a.example','text':'" + "x".repeat(length) + "'}}";

            assertThat(send(message("'message_type':'text','text':'x'," + action))
                            .status())
                    .isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"1, 1, 202", "600, 200, 202", "0, 1, 422", "601, 1, 422", "1, 0, 422", "1, 201, 422"})
        void has_a_film_of_600_seconds_and_200_megabytes(int seconds, int megabytes, int status) {
            String film =
                    "'message_type':'video','video':{'url':'https://a.example/b.3gpp','thumb_url':'https://a.example/b'},"
                            + "'viber_service':{'duration':" + seconds + ",'file_size':" + megabytes + "}";

            assertThat(send(message(film)).status()).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"25, 202", "26, 422"})
        void has_a_file_with_a_name_of_25_characters(int length, int status) {
            String name = "x".repeat(length - 4) + ".pdf";

            assertThat(send(message("'message_type':'file','file':{'url':'https://a.example/b.pdf','name':'" + name
                                    + "'}"))
                            .status())
                    .isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"30, 202", "259200, 202"})
        void lives_from_30_seconds_to_3_days(int ttl, int status) {
            assertThat(send(message("'message_type':'text','text':'x','viber_service':{'ttl':" + ttl + "}"))
                            .status())
                    .isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"+33639980001", "0033639980001", "0639980001", "12", "ana"})
        void goes_to_digits_alone(String to) {
            Reply reply = send(
                    "{'channel':'viber_service','from':'20001','to':'" + to + "','message_type':'text','text':'x'}");

            assertThat(reply.status()).isEqualTo(422);
        }

        @Test
        void comes_from_a_service_of_the_account_by_its_channel() {
            assertThat(send(text("x").replace("20001", "30001")).status()).isEqualTo(422);
            assertThat(send(text("x").replace("viber_service", "sms")).status()).isEqualTo(422);
            assertThat(send("[]").status()).isEqualTo(422);
            assertThat(send(text("x").replace("20001", "20002")).status()).isEqualTo(202);
        }
    }

    @Nested
    class WhenViberTells {
        @Test
        void tells_each_step_once_with_the_reference_and_the_price() {
            send(message("'message_type':'text','text':'x','client_ref':'c-1'"));
            ana.seesMessages();

            List<Tree> heard = heard();

            assertThat(heard)
                    .extracting(event -> event.text("status"))
                    .containsExactly("submitted", "delivered", "read");
            assertThat(heard).allSatisfy(event -> {
                assertThat(event.text("client_ref")).isEqualTo("c-1");
                assertThat(event.text("channel")).isEqualTo("viber_service");
                assertThat(event.text("timestamp")).isEqualTo("2026-11-23T09:00:00Z");
            });
            assertThat(heard.get(1).text("usage", "price")).isEqualTo("0.0189");
        }

        @Test
        void signs_each_with_the_secret_and_the_bodys_hash() {
            ana.writes("Bonjour");

            WebhookDelivery delivery = simulator.webhooks().deliver().get(0);
            String[] parts =
                    delivery.headers().get("Authorization").substring(7).split("\\.", -1);

            ByteString hmac = ByteString.encodeUtf8(parts[0] + "." + parts[1])
                    .hmacSha256(ByteString.encodeUtf8(business.settings().signatureSecret()));
            assertThat(ByteString.decodeBase64(parts[2])).isEqualTo(hmac);
            Tree claims = Tree.of(ByteString.decodeBase64(parts[1]).utf8());
            assertThat(claims.text("payload_hash"))
                    .isEqualTo(ByteString.of(delivery.body()).sha256().hex());
            assertThat(claims.text("api_key")).isEqualTo("key-1");
            assertThat(claims.text("iss")).isEqualTo("Vonage");
        }

        @Test
        void rejects_for_whoever_blocked_left_or_was_never_there() {
            ana.blocks();
            send(text("x"));
            ana.unblocks();
            ana.leavesViber();
            send(text("x"));
            send(text("x").replace("33639980001", "33639980077"));

            assertThat(business.sent())
                    .extracting(ViberBusinessMessage::error)
                    .containsExactly(OptionalInt.of(1050), OptionalInt.of(1300), OptionalInt.of(1300));
            assertThat(ana.screen()).isEmpty();
        }

        @Test
        void rejects_the_next_as_told() {
            ana.rejectNext(1240);
            send(text("x"));
            send(text("y"));

            assertThat(heard())
                    .extracting(event -> event.text("status"))
                    .containsExactly("submitted", "rejected", "submitted", "delivered");
        }

        @Test
        void delivers_what_waited_until_its_time_to_live_is_over() {
            ana.turnsPhoneOff();
            send(message("'message_type':'text','text':'short','viber_service':{'ttl':60}"));
            send(text("long"));
            simulator.advance(Duration.ofSeconds(61));
            ana.turnsPhoneOn();

            assertThat(ana.screen()).extracting(ViberBusinessMessage::text).containsExactly("long");
            assertThat(business.sent().get(0).error()).isEqualTo(OptionalInt.of(1360));
            assertThat(business.sent().get(0).status()).isEqualTo(ViberBusinessMessage.Status.UNDELIVERABLE);
        }

        @Test
        void delivers_again_byte_for_byte_what_was_not_acknowledged() {
            host.answerNext(500, "");
            ana.writes("Bonjour");
            WebhookDelivery first = simulator.webhooks().deliver().get(0);

            WebhookDelivery second = simulator.webhooks().redeliver().get(0);

            assertThat(first.acknowledged()).isFalse();
            assertThat(second.acknowledged()).isTrue();
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers()).isEqualTo(first.headers());
        }

        @Test
        void tells_what_people_send() {
            ana.sendsImage(URI.create("https://media.example/1.jpg"));
            ana.sendsFile(URI.create("https://media.example/1.pdf"), "carte.pdf");
            ana.sendsUnknown("hologram");

            List<Tree> heard = heard();

            assertThat(heard)
                    .extracting(event -> event.text("message_type"))
                    .containsExactly("image", "file", "hologram");
            assertThat(heard.get(1).text("file", "name")).isEqualTo("carte.pdf");
            assertThat(heard.get(0).text("to")).isEqualTo("20001");
            assertThat(heard.get(0).text("from")).isEqualTo("33639980001");
        }
    }

    @Nested
    class ThePage {
        private final PhoneClient page = new PhoneClient(simulator);

        @Test
        void shows_the_chat_with_each_service() {
            send(
                    message(
                            "'message_type':'text','text':'Bonjour','viber_service':{'action':{'url':'https://a.example/b','text':'Voir'}}"));
            send(text("Autre").replace("20001", "20002"));

            Tree chat = page.open("viber-business", ANA);

            assertThat(chat.size("messages")).isEqualTo(1);
            assertThat(chat.text("messages", 0, "text")).isEqualTo("Bonjour\n[Voir]");
            assertThat(chat.text("messages", 0, "link")).isEqualTo("https://a.example/b");
            assertThat(chat.text("state", "registered")).isEqualTo("true");
        }

        @Test
        void lets_the_person_write_block_and_lose_the_network() {
            page.act("viber-business", ANA, "write", "STOP");
            page.act("viber-business", ANA, "block", "");
            page.act("viber-business", ANA, "phone_off", "");

            Tree chat = page.open("viber-business", ANA);

            assertThat(ana.screen()).extracting(ViberBusinessMessage::text).containsExactly("STOP");
            assertThat(chat.text("state", "blocked")).isEqualTo("true");
            assertThat(chat.text("state", "phone_off")).isEqualTo("true");
        }
    }

    @Test
    void refuses_settings_and_people_that_cannot_be() {
        assertThatThrownBy(() -> ViberBusinessSettings.builder().services().build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        ViberBusinessSettings.builder().services("x".repeat(51)).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        ViberBusinessSettings.builder().signatureSecret(" ").build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> business.person("33639980001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> business.webhookTo(URI.create("ftp://x.example")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> business.refuseNext(200, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_no_secret_and_nobody() {
        ana.writes("Ma carte est perdue");

        String shown = business + " " + business.settings() + " " + ana + " " + ana.screen();

        assertThat(shown).doesNotContain("secret", "33639980001", "carte");
    }
}
