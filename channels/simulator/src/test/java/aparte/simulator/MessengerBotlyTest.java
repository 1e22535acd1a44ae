package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bot framework that we did not write, npm {@code botly}, both ways and unchanged: its own option names the address of Graph. */
@Timeout(180)
class MessengerBotlyTest {
    private static final String ANA = "24000000000000001";
    private static final String BOB = "24000000000000002";
    private static final Simulator SIMULATOR = Simulator.start();
    private static final Messenger MESSENGER = SIMULATOR.messenger();

    private static NodeBot bot;
    private static Handshake handshake;
    private static MessengerPerson ana;
    private static List<WebhookDelivery> inbound;
    private static List<String> menuBefore;
    private static int statusOfForgery;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(MessengerBotlyTest.class);
        MessengerSettings settings = MESSENGER.settings();
        ana = MESSENGER.person(ANA).named("Ana", "Martin").speaks("fr_FR");
        MESSENGER.person(BOB);
        bot = NodeBot.start(
                "npm-botly",
                Map.of(
                        "SIMULATOR", SIMULATOR.baseUri().toString(),
                        "TOKEN", settings.accessToken(),
                        "APP_SECRET", settings.appSecret(),
                        "VERIFY_TOKEN", settings.verifyToken(),
                        "PAGE", settings.pageId(),
                        "PERSON", ANA,
                        "STRANGER", BOB));
        URI callback =
                URI.create("http://127.0.0.1:" + bot.listenUntil("listening").text("value") + "/webhook");
        handshake = MESSENGER.subscribe(callback);
        ana.writes("Bonjour 😀");
        SIMULATOR.webhooks().deliver();
        bot.listenUntil("answered");
        menuBefore = ana.menu();
        ana.reads();
        ana.sendsImage(new byte[] {1, 2, 3}, "image/jpeg");
        ana.followsLink("poster");
        ana.clicksPlugin("shop");
        MESSENGER.apps().takes(MessengerApps.PAGE_INBOX, ANA, "");
        MESSENGER.apps().passesBack(ANA, "done");
        ana.tapsMenu("Leave");
        inbound = SIMULATOR.webhooks().deliver();
        bot.listenUntil("removed");
        statusOfForgery = postWithTheSignatureOfOtherBytes(callback);
        bot.dismiss();
    }

    @AfterAll
    static void stop() throws Exception {
        SIMULATOR.close();
        if (bot != null) {
            bot.kill();
        }
    }

    private static int postWithTheSignatureOfOtherBytes(URI callback) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(callback)
                                .header("Content-Type", "application/json")
                                .header("X-Hub-Signature", "sha1=0000000000000000000000000000000000000000")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        inbound.get(0).body()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Tree said(String what) {
        return bot.said(what).get(0);
    }

    private static List<Tree> heard(String event) {
        return bot.said("heard").stream()
                .filter(each -> event.equals(each.text("event")))
                .toList();
    }

    @Test
    void proves_itself_in_the_handshake() {
        assertThat(handshake.accepted()).isTrue();
    }

    @Test
    void finds_our_old_signatures_right_and_others_wrong() {
        assertThat(inbound).isNotEmpty().allMatch(WebhookDelivery::acknowledged);
        assertThat(statusOfForgery).isEqualTo(403);
        assertThat(bot.said("refused")).extracting(error -> error.text()).containsExactly("Invalid X-Hub-Signature");
        assertThat(bot.said("error")).isEmpty();
    }

    @Test
    void hears_what_people_do() {
        assertThat(heard("message"))
                .extracting(each -> each.text("person"), each -> each.text("value", "text"))
                .contains(tuple(ANA, "Bonjour 😀"));
        assertThat(heard("message"))
                .filteredOn(each -> each.at("value", "attachments").value() != null)
                .singleElement()
                .satisfies(each -> assertThat(each.text("value", "attachments", "image", 0))
                        .startsWith("http://"));
        assertThat(heard("read")).hasSize(1);
        assertThat(heard("referral"))
                .extracting(each -> each.text("value", "value"))
                .containsExactly("poster");
        assertThat(heard("optin"))
                .extracting(each -> each.text("value", "value"))
                .containsExactly("shop");
        assertThat(heard("postback"))
                .extracting(each -> each.text("value", "value"))
                .containsExactly("STOP");
    }

    @Test
    void hears_its_echoes_deliveries_and_what_it_is_passed() {
        assertThat(heard("echo")).hasSize(MESSENGER.sent().size());
        assertThat(heard("delivery")).hasSize(MESSENGER.sent().size());
        assertThat(heard("passThreadControl"))
                .extracting(each -> each.text("value", "metadata"))
                .containsExactly("done");
    }

    @Test
    void sends_text_media_and_templates() {
        assertThat(MESSENGER.sent())
                .extracting(MessengerMessage::type)
                .containsExactly(
                        "text", "image", "video", "audio", "file", "image", "template", "template", "template");
        assertThat(MESSENGER.sent().get(0).text()).isEqualTo("Où / quand ? 😀");
        assertThat(said("text").text("message_id"))
                .isEqualTo(MESSENGER.sent().get(0).id());
        assertThat(said("image").text("attachment_id")).isNotNull();
        assertThat(said("typing").text("recipient_id")).isEqualTo(ANA);
        assertThat(said("seen").text("recipient_id")).isEqualTo(ANA);
    }

    @Test
    void reads_people_and_sets_its_page() {
        assertThat(said("person").text("first_name")).isEqualTo("Ana");
        assertThat(said("person").text("locale")).isEqualTo("fr_FR");
        for (String what : List.of("start", "greeting", "menu", "domains", "linking", "no menu")) {
            assertThat(said(what).text("result")).withFailMessage(what).isEqualTo("success");
        }
        assertThat(ana.greeting()).contains("Hello");
        assertThat(menuBefore).containsExactly("Leave");
        assertThat(ana.menu()).isEmpty();
    }

    @Test
    void is_refused_what_the_platform_took_once() {
        for (String what : List.of("list", "open graph", "location", "audience")) {
            assertThat(said(what).text("error", "code")).withFailMessage(what).isEqualTo("100");
        }
        assertThat(said("closed").text("error", "error_subcode")).isEqualTo("2018278");
    }

    @Test
    void gets_umlauts_and_slashes_escaped() {
        assertThat(inbound)
                .extracting(delivery -> new String(delivery.body(), StandardCharsets.UTF_8))
                .anyMatch(body -> body.contains("http:\\/\\/"));
    }
}
