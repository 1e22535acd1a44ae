package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of content that npm {@code whatsapp-api-js} writes, and what it reads of the answers that the person taps. */
@Timeout(180)
class WhatsAppStrangerContentsTest {
    private static final String ANA = "+33639980001";
    private static final Simulator SIMULATOR = Simulator.start();

    private static NodeBot bot;
    private static List<WhatsAppMessage> sent;
    private static List<WebhookDelivery> taps;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(WhatsAppStrangerContentsTest.class);
        WhatsAppSettings settings = SIMULATOR.whatsApp().settings();
        bot = NodeBot.start(
                "npm",
                Map.of(
                        "SIMULATOR", SIMULATOR.baseUri().toString(),
                        "TOKEN", settings.accessToken(),
                        "APP_SECRET", settings.appSecret(),
                        "VERIFY_TOKEN", settings.verifyToken(),
                        "NUMBER_ID", SIMULATOR.whatsApp().number().id(),
                        "PERSON", ANA));
        String port = bot.listenUntil("listening").text("value");
        SIMULATOR.whatsApp().webhookTo(URI.create("http://127.0.0.1:" + port + "/webhook"));
        SIMULATOR.webhooks().deliver();
        SIMULATOR.whatsApp().templates().add("""
                {"name":"issue","language":"fr","category":"MARKETING","components":[
                 {"type":"HEADER","format":"TEXT","text":"For {{1}}","example":{"header_text":["Ana"]}},
                 {"type":"BODY","text":"Issue {{1}} is out.","example":{"body_text":[["12"]]}},
                 {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Unsubscribe"},
                  {"type":"URL","text":"Read","url":"https://example.com/{{1}}","example":["https://example.com/12"]}]}]}""");

        WhatsAppPerson ana = SIMULATOR.whatsApp().person(ANA, "FR.Ana1").named("Ana");
        ana.writes("menu");
        SIMULATOR.webhooks().deliver();
        sent = SIMULATOR.whatsApp().sent().stream()
                .filter(message -> message.status() != WhatsAppMessage.Status.FAILED)
                .toList();
        ana.taps(idOf("Coming?"), "Yes");
        ana.taps(idOf("When?"), "Saturday");
        ana.taps(idOf("Issue 12 is out."), "Unsubscribe");
        taps = SIMULATOR.webhooks().deliver();
        bot.dismiss();
    }

    @AfterAll
    static void stop() throws Exception {
        SIMULATOR.close();
        if (bot != null) {
            bot.kill();
        }
    }

    private static String idOf(String text) {
        return sent.stream()
                .filter(message -> message.text().equals(text))
                .map(WhatsAppMessage::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void all_kinds_but_one_are_taken() {
        assertThat(sent)
                .extracting(WhatsAppMessage::type)
                .containsExactly(
                        "interactive",
                        "interactive",
                        "interactive",
                        "interactive",
                        "interactive",
                        "location",
                        "video",
                        "document",
                        "reaction",
                        "template");
    }

    @Test
    void its_contacts_are_refused_since_it_wraps_their_list_in_an_object() {
        assertThat(bot.said("sent"))
                .hasSize(12)
                .filteredOn(answer -> answer.text("error") != null)
                .singleElement()
                .satisfies(answer -> assertThat(answer.text("error", "error_data", "details"))
                        .contains("contacts"));
    }

    @Test
    void a_template_is_shown_filled_in() {
        assertThat(sent)
                .filteredOn(message -> message.type().equals("template"))
                .singleElement()
                .satisfies(message -> assertThat(message.choices())
                        .extracting(WhatsAppChoice::id, WhatsAppChoice::title)
                        .contains(tuple("stop-news", "Unsubscribe")));
    }

    @Test
    void taps_come_back_with_their_ids() {
        assertThat(taps).isNotEmpty().allMatch(WebhookDelivery::acknowledged);
        assertThat(bot.said("message"))
                .extracting(
                        message -> message.text("type"),
                        message -> message.text("interactive", "button_reply", "id"),
                        message -> message.text("interactive", "list_reply", "id"),
                        message -> message.text("button", "payload"))
                .contains(
                        tuple("interactive", "yes", null, null),
                        tuple("interactive", null, "sat", null),
                        tuple("button", null, null, "stop-news"));
    }
}
