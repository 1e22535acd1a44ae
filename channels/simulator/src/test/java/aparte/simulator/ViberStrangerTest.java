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
    private static ViberPerson clo;

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
        clo = SIMULATOR.viber().person("clo").named("Clo");
        clo.writes("everything");
        SIMULATOR.webhooks().deliver();
        bot.listenUntil("done");
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
                        "Viber API - event_types names no event of the platform",
                        "Viber API - receiverNotRegistered",
                        "Viber API - rich_media takes no such ActionType",
                        "Viber API - CustomDefaultHeight needs min_api_version 3",
                        "Viber API - size must be a whole number from 1 to 27262976",
                        "Viber API - ids must have 1 to 100 ids",
                        "Viber API - tooManyRequests");
    }

    @Test
    void sends_each_type_that_it_has() {
        assertThat(bot.said("each")).hasSize(9).extracting(Tree::text).containsOnly("0");
        assertThat(toClo(false))
                .extracting(ViberMessage::type)
                .containsExactly(
                        "text", "picture", "video", "file", "contact", "location", "url", "sticker", "rich_media");
        assertThat(toClo(false))
                .allSatisfy(message -> assertThat(message.failure()).isEmpty());
        assertThat(toClo(false).get(0).trackingData()).contains("k");
        assertThat(toClo(false).get(2).details())
                .isEqualTo(Map.of("size", "10000", "duration", "10", "thumbnail", "https://cdn.example/t.jpg"));
        assertThat(toClo(false).get(5).details())
                .isEqualTo(Map.of("location.lat", "37.7898", "location.lon", "-122.3942"));
    }

    @Test
    void broadcasts_each_type_that_it_has() {
        assertThat(bot.said("cast")).hasSize(9).allSatisfy(cast -> {
            assertThat(cast.text("status")).isEqualTo("0");
            assertThat(cast.at("failed").value()).isEqualTo(List.of("nobody 5"));
        });
        assertThat(toClo(true))
                .extracting(ViberMessage::type)
                .containsExactly(
                        "text",
                        "picture",
                        "video",
                        "file",
                        "contact",
                        "location",
                        "url",
                        "sticker",
                        "rich_media",
                        "text");
    }

    @Test
    void draws_a_keyboard_with_every_field_and_two_cards() {
        ViberMessage text = toClo(false).get(0);
        ViberMessage cards = toClo(false).get(8);

        assertThat(text.keyboard())
                .extracting(ViberMessage.Button::action, ViberMessage.Button::columns, ViberMessage.Button::rows)
                .containsExactly(tuple("open-url", 3, 2), tuple("share-phone", 3, 2), tuple("location-picker", 6, 1));
        assertThat(cards.cards()).extracting(List::size).containsExactly(2, 1);
        assertThat(cards.minApiVersion()).isEqualTo(2);
    }

    @Test
    void gives_each_person_of_a_broadcast_their_own_words() {
        assertThat(bot.said("words")).extracting(Tree::text).containsExactly("0");
        assertThat(toClo(true).get(9).text()).isEqualTo("For Clo");
        assertThat(clo.keyboard()).containsExactly("clo");
    }

    private static List<ViberMessage> toClo(boolean broadcast) {
        return SIMULATOR.viber().sent().stream()
                .filter(message -> message.personId().equals("clo") && message.broadcast() == broadcast)
                .toList();
    }

    @Test
    void is_sent_the_receipts_it_chose() {
        assertThat(events).hasSize(9).allMatch(WebhookDelivery::acknowledged);
    }
}
