package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstagramTest {
    private static final String ZOE = "8000000000000001";
    private static final byte[] PNG = {(byte) 137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0};

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Instagram instagram = simulator.instagram();
    private final InstagramSettings settings = instagram.settings();
    private final InstagramPerson zoe = instagram.person(ZOE);
    private final Client client = new Client(simulator);

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(simulator.baseUri().resolve(path))
                .header("Authorization", "Bearer " + settings.accessToken());
    }

    private Reply post(String path, String json) {
        return client.exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    private Reply send(String message) {
        return post(
                "/v26.0/" + settings.accountId() + "/messages",
                "{'recipient':{'id':'" + ZOE + "'},'messaging_type':'RESPONSE','message':{" + message + "}}");
    }

    private Reply upload(String node, String platform, String type, byte[] bytes) {
        byte[] head = (Client.part(
                                "message", "{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}")
                        + (platform.isEmpty() ? "" : Client.part("platform", platform))
                        + "--limit\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"\r\n"
                        + "Content-Type: " + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8);
        return client.exchange(request("/" + node + "/message_attachments")
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArrays(List.of(head, bytes, tail))));
    }

    private static String error(Reply reply) {
        String subcode = reply.json().text("error", "error_subcode");
        return reply.code() + (subcode == null ? "" : "/" + subcode);
    }

    private static String images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'type':'image','payload':{'url':'https://cdn.example.org/" + i + "'}}")
                .collect(Collectors.joining(",", "'attachments':[", "]"));
    }

    @Nested
    class WhenTheWindowIsOpen {
        WhenTheWindowIsOpen() {
            zoe.writes("Bonjour");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'text':'Bonjour'",
                    "'attachment':{'type':'image','payload':{'url':'https://cdn.example.org/a'}}",
                    "'attachment':{'type':'video','payload':{'url':'https://cdn.example.org/a'}}",
                    "'attachment':{'type':'audio','payload':{'url':'https://cdn.example.org/a'}}",
                    "'attachment':{'type':'file','payload':{'url':'https://cdn.example.org/a'}}",
                    "'attachment':{'type':'like_heart'}",
                    "'attachment':{'type':'MEDIA_SHARE','payload':{'id':'18000000000000001'}}",
                    "'text':'?','quick_replies':[{'content_type':'text','title':'Oui','payload':'y'}]",
                    "'attachment':{'type':'template','payload':{'template_type':'button','text':'?','buttons':["
                            + "{'type':'web_url','title':'Voir','url':'https://shop.example.org'}]}}",
                    "'attachment':{'type':'template','payload':{'template_type':'generic','elements':["
                            + "{'title':'a','subtitle':'b','buttons':[{'type':'postback','title':'x','payload':'y'}]}]}}",
                    "'attachment':{'type':'template','payload':{'template_type':'product','elements':[{'id':'1'}]}}"
                })
        void takes_what_the_documents_name(String message) {
            Reply reply = send(message);

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().text("recipient_id")).isEqualTo(ZOE);
            assertThat(reply.json().text("message_id"))
                    .isEqualTo(instagram.sent().get(0).id());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'text':''",
                    "'text':'a','attachment':{'type':'like_heart'}",
                    "'attachment':{'type':'sticker','payload':{'id':'1'}}",
                    "'attachment':{'type':'MEDIA_SHARE','payload':{'id':'mine'}}",
                    "'attachment':{'type':'image','payload':{}}",
                    "'attachment':{'type':'template','payload':{'template_type':'receipt'}}",
                    "'attachment':{'type':'template','payload':{'template_type':'button','text':'?','buttons':["
                            + "{'type':'phone_number','title':'x','payload':'+33639980001'}]}}",
                    "'attachment':{'type':'template','payload':{'template_type':'generic','elements':[{'title':'a'}]}}",
                    "'text':'?','quick_replies':[{'content_type':'user_email'}]",
                    "'sticker_id':'369239263222822'",
                    "'attachments':[{'type':'video','payload':{'url':'https://cdn.example.org/a'}}]"
                })
        void refuses_the_rest(String message) {
            Reply reply = send(message);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(instagram.sent()).isEmpty();
        }

        @Test
        void counts_a_text_by_bytes() {
            assertThat(send("'text':'" + "x".repeat(1_000) + "'").status()).isEqualTo(200);
            assertThat(error(send("'text':'" + "x".repeat(1_001) + "'"))).isEqualTo("100/2534015");
            assertThat(send("'text':'" + "é".repeat(500) + "'").status()).isEqualTo(200);
            assertThat(error(send("'text':'" + "é".repeat(500) + "x'"))).isEqualTo("100/2534015");
        }

        @Test
        void takes_ten_images_and_no_more() {
            assertThat(send(images(10)).status()).isEqualTo(200);
            assertThat(instagram.sent().get(0).attachments()).isEqualTo(10);
            assertThat(error(send(images(11)))).isEqualTo("100");
        }

        @Test
        void knows_one_reaction() {
            String messages = "/v26.0/me/messages";
            String to = "{'recipient':{'id':'" + ZOE + "'},'sender_action':'react','payload':{'message_id':'"
                    + zoe.screen().get(0).id() + "','reaction':";

            assertThat(post(messages, to + "'love'}}").status()).isEqualTo(200);
            assertThat(zoe.screen().get(0).reaction()).contains("love");
            assertThat(error(post(messages, to + "'haha'}}"))).isEqualTo("100");
        }

        @Test
        void refuses_utility_and_dead_tags() {
            for (String type :
                    List.of("'messaging_type':'UTILITY'", "'messaging_type':'MESSAGE_TAG','tag':'ACCOUNT_UPDATE'")) {
                assertThat(error(post(
                                "/me/messages",
                                "{'recipient':{'id':'" + ZOE + "'}," + type + ",'message':{'text':'a'}}")))
                        .isEqualTo("100");
            }
        }
    }

    @Nested
    class WhenTheWindowIsClosed {
        private Reply tagged() {
            return post(
                    "/me/messages",
                    "{'recipient':{'id':'" + ZOE
                            + "'},'messaging_type':'MESSAGE_TAG','tag':'HUMAN_AGENT','message':{'text':'a'}}");
        }

        @Test
        void refuses_after_a_day_but_for_a_human_agent() {
            zoe.writes("Bonjour");
            simulator.advance(Duration.ofHours(24));

            Reply reply = send("'text':'a'");

            assertThat(reply.status()).isEqualTo(403);
            assertThat(error(reply)).isEqualTo("10/2534022");
            assertThat(reply.json().text("error", "type")).isEqualTo("IGApiException");
            assertThat(tagged().status()).isEqualTo(200);
            simulator.advance(Duration.ofDays(6));
            assertThat(error(tagged())).isEqualTo("10/2534022");
        }

        @Test
        void is_opened_by_a_link_only_where_there_is_a_conversation() {
            zoe.followsLink("flyer");
            assertThat(zoe.windowOpen()).isFalse();

            zoe.writes("Bonjour");
            simulator.advance(Duration.ofDays(2));
            zoe.followsLink("flyer");
            assertThat(zoe.windowOpen()).isTrue();
        }

        @Test
        void is_not_opened_by_a_comment_or_a_reaction() {
            zoe.comments("Joli");
            zoe.reacts("x", "❤");

            assertThat(zoe.windowOpen()).isFalse();
        }

        @Test
        void stays_open_for_a_week_after_an_ad() {
            zoe.comesFromAd("6045246247433");
            zoe.writes("Bonjour");
            simulator.advance(Duration.ofDays(6));

            assertThat(zoe.windowOpen()).isTrue();
        }
    }

    @Nested
    class WhenACommentIsAnswered {
        private Reply answer(String comment) {
            return post("/me/messages", "{'recipient':{'comment_id':'" + comment + "'},'message':{'text':'Oui'}}");
        }

        @Test
        void takes_one_answer_within_a_week() {
            String first = zoe.comments("Il en reste ?");
            String second = zoe.comments("Et en bleu ?");

            assertThat(answer(first).status()).isEqualTo(200);
            assertThat(error(answer(first))).isEqualTo("100/2534025");
            assertThat(error(answer("1"))).isEqualTo("100/2534025");
            simulator.advance(Duration.ofDays(7));
            assertThat(error(answer(second))).isEqualTo("100/2534025");
        }
    }

    @Nested
    class WhenBytesAreUploaded {
        @Test
        void demands_the_platform_through_a_page_alone() {
            assertThat(error(upload(settings.pageId(), "", "image/png", PNG))).isEqualTo("100");

            String id = upload(settings.pageId(), "instagram", "image/png", PNG)
                    .json()
                    .text("attachment_id");

            assertThat(instagram.attachment(id).orElseThrow()).isEqualTo(PNG);
            assertThat(upload(settings.accountId(), "", "image/png", PNG).status())
                    .isEqualTo(200);
            zoe.writes("Bonjour");
            assertThat(send("'attachment':{'type':'image','payload':{'attachment_id':'" + id + "'}}")
                            .status())
                    .isEqualTo(200);
            assertThat(error(send("'attachment':{'type':'video','payload':{'attachment_id':'" + id + "'}}")))
                    .isEqualTo("100/2018047");
            assertThat(error(send("'attachment':{'type':'image','payload':{'attachment_id':'9'}}")))
                    .isEqualTo("100/2018074");
        }

        @Test
        void refuses_other_types_and_more_than_8_megabytes() {
            assertThat(error(upload(settings.pageId(), "instagram", "image/webp", PNG)))
                    .isEqualTo("100/2018047");
            assertThat(error(upload(settings.pageId(), "instagram", "image/png", new byte[8 * 1024 * 1024 + 1])))
                    .isEqualTo("100/2018109");
        }
    }

    @Nested
    class WhenItIsSetUp {
        @Test
        void tells_only_what_is_subscribed() {
            instagram.webhookTo(URI.create("http://127.0.0.1:9/"));
            post("/me/subscribed_apps", "{'subscribed_fields':'messages'}");

            zoe.comments("Joli");
            zoe.taps("Horaires", "hours");
            zoe.writes("Bonjour");

            assertThat(simulator.webhooks().queued()).isEqualTo(1);
            assertThat(error(post("/me/subscribed_apps", "{'subscribed_fields':'message_echoes'}")))
                    .isEqualTo("100");
        }

        @Test
        void refuses_a_wrong_token() {
            Reply reply = client.exchange(
                    HttpRequest.newBuilder(simulator.baseUri().resolve("/" + settings.accountId() + "/messages"))
                            .header("Authorization", "Bearer wrong")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}")));

            assertThat(reply.code()).isEqualTo("190");
        }

        @Test
        void keeps_its_people_apart_from_messengers() {
            simulator.messenger().person(ZOE).writes("Bonjour");

            assertThat(error(send("'text':'a'"))).isEqualTo("10/2534022");
            assertThat(simulator.messenger().sent()).isEmpty();
        }

        @Test
        void refuses_settings_that_could_not_be_told_apart() {
            InstagramSettings same = InstagramSettings.builder()
                    .accessToken(MessengerSettings.ofDefaults().accessToken())
                    .build();

            assertThatThrownBy(() -> Simulator.builder().instagram(same).start())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> InstagramSettings.builder().accountId("me").build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> instagram.person("zoe")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void lacks_features_where_they_are_taken_away() {
            try (Simulator bare = Simulator.builder()
                    .instagram(InstagramSettings.builder()
                            .withoutHumanAgent()
                            .withoutSeveralImages()
                            .build())
                    .start()) {
                bare.instagram().person(ZOE).writes("Bonjour");
                Client other = new Client(bare);

                assertThat(error(other.exchange(
                                HttpRequest.newBuilder(bare.baseUri().resolve("/me/messages"))
                                        .header("Authorization", "Bearer " + settings.accessToken())
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(
                                                ("{'recipient':{'id':'" + ZOE + "'},'message':{" + images(2) + "}}")
                                                        .replace('\'', '"'))))))
                        .isEqualTo("100/2534068");
            }
        }
    }

    @Test
    void shows_neither_people_nor_secrets() {
        zoe.writes("SECRET");

        assertThat(List.of(instagram, settings, zoe, zoe.screen().get(0)).toString())
                .doesNotContain("SECRET", ZOE, settings.accessToken(), settings.appSecret());
    }
}
