package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that we did not write, npm {@code messaging-api-viber}, unchanged: it lets its users choose the host. */
@Timeout(180)
class ViberStrangerTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";
    private static final String BEN = "Zx/9+bbbm3gkPnXbYw1ZcA==";
    private static final Simulator SIMULATOR = Simulator.start();

    private static NodeBot bot;
    private static ViberPerson ana;
    private static ViberPerson ben;
    private static List<WebhookDelivery> events;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(ViberStrangerTest.class);
        ana = SIMULATOR.viber().person(ANA).named("Ana");
        ben = SIMULATOR.viber().person(BEN);
        bot = NodeBot.start(
                "npm-viber",
                Map.of(
                        "SIMULATOR",
                        SIMULATOR.baseUri().toString(),
                        "TOKEN",
                        SIMULATOR.viber().settings().authToken(),
                        "PERSON",
                        ANA,
                        "OTHER",
                        BEN));
        bot.listenUntil("listening");
        ben.subscribes();
        ana.writes("Où / quand ? 😀");
        SIMULATOR.webhooks().deliver();
        bot.listenUntil("answered");
        ana.seesMessages();
        events = SIMULATOR.webhooks().deliver();
        bot.dismiss();
    }

    @AfterAll
    static void stop() throws Exception {
        SIMULATOR.close();
        if (bot != null) {
            bot.kill();
        }
    }

    @Test
    void sets_and_removes_its_webhook() {
        assertThat(bot.said("webhook"))
                .extracting(answer -> answer.at("eventTypes").value())
                .containsExactly(List.of("message", "subscribed", "unsubscribed", "delivered", "seen"));
        assertThat(bot.said("event")).extracting(event -> event.text()).startsWith("webhook", "subscribed", "message");
        assertThat(bot.said("removed")).hasSize(1);
        assertThat(SIMULATOR.viber().webhook()).isEmpty();
    }

    @Test
    void reads_the_text_as_the_person_wrote_it() {
        assertThat(bot.said("message"))
                .extracting(
                        message -> message.text("id"), message -> message.text("name"), message -> message.text("text"))
                .containsExactly(tuple(ANA, "Ana", "Où / quand ? 😀"));
    }

    @Test
    void sends_texts_and_a_picture() {
        assertThat(ana.screen())
                .filteredOn(message -> !message.fromPerson())
                .extracting(ViberMessage::type, ViberMessage::text, ViberMessage::broadcast)
                .containsExactly(
                        tuple("text", "Voilà: Où / quand ? 😀", false),
                        tuple("text", "Go on?", false),
                        tuple("picture", "Look", false),
                        tuple("text", "To all", true));
        assertThat(SIMULATOR.viber().sent())
                .extracting(ViberMessage::senderName)
                .allMatch(name -> name.isPresent());
    }

    @Test
    void sends_tracking_data_and_a_keyboard() {
        assertThat(ana.screen().get(1).trackingData()).contains("key-1");
        assertThat(ana.keyboard()).containsExactly("STOP");
    }

    @Test
    void broadcasts_and_learns_who_was_not_reached() {
        assertThat(ben.screen()).extracting(ViberMessage::text).containsExactly("To all");
        assertThat(bot.said("broadcast")).singleElement().satisfies(answer -> {
            assertThat(answer.size("failedList")).isEqualTo(1);
            assertThat(answer.text("failedList", 0, "receiver")).isEqualTo("nobody");
            assertThat(answer.text("failedList", 0, "status")).isEqualTo("5");
        });
    }

    @Test
    void understands_our_answers() {
        assertThat(bot.said("sent"))
                .hasSize(3)
                .extracting(sent -> sent.text("status"))
                .containsOnly("0");
        assertThat(bot.said("account")).extracting(info -> info.text("name")).containsExactly("Simulator");
        assertThat(bot.said("details")).extracting(info -> info.text("name")).containsExactly("Ana");
        assertThat(bot.said("online"))
                .extracting(answer -> answer.text(0, "onlineStatus"), answer -> answer.text(1, "onlineStatus"))
                .containsExactly(tuple("0", "4"));
    }

    @Test
    void understands_our_refusals() {
        assertThat(bot.said("refused"))
                .extracting(message -> message.text())
                .containsExactly(
                        "Viber API - event_types names no event of the platform", "Viber API - receiverNotRegistered");
    }

    @Test
    void is_sent_the_receipts_it_chose() {
        assertThat(events).hasSize(9).allMatch(WebhookDelivery::acknowledged);
    }
}
