package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The client that Viber itself wrote for Node, npm {@code viber-bot}, unchanged: its web server takes the webhooks, checks their
 * signatures and answers them.
 *
 * <p>It offers no other host than the platform's, so its inner client is told our address.
 */
@Timeout(180)
class ViberNodeClientTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";
    private static final Simulator SIMULATOR = Simulator.start();

    private static NodeBot bot;
    private static ViberPerson ana;
    private static List<WebhookDelivery> deliveries;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(ViberNodeClientTest.class);
        ana = SIMULATOR.viber().person(ANA).named("Ana");
        bot = NodeBot.start(
                "npm-viber-bot",
                Map.of(
                        "SIMULATOR",
                        SIMULATOR.baseUri().toString(),
                        "TOKEN",
                        SIMULATOR.viber().settings().authToken()));
        bot.listenUntil("listening");
        ana.opensConversation("affiche");
        SIMULATOR.webhooks().deliver();
        ana.subscribes();
        ana.writes("Où / quand ? 😀");
        ana.writes("tout");
        SIMULATOR.webhooks().deliver();
        bot.listenUntil("answered");
        ana.failNext("the keyboard is not valid");
        new ViberClient(SIMULATOR).send(ViberClient.textTo(ANA, "Lost"));
        ana.seesMessages();
        ana.sendsSticker(46105);
        ana.leaves();
        deliveries = SIMULATOR.webhooks().deliver();
        bot.listenUntil("unsubscribed");
        bot.dismiss();
    }

    @AfterAll
    static void stop() throws Exception {
        SIMULATOR.close();
        if (bot != null) {
            bot.kill();
        }
    }

    private static List<ViberMessage> sent() {
        return SIMULATOR.viber().sent().stream()
                .filter(message -> !message.welcome())
                .toList();
    }

    @Test
    void sets_its_webhook_and_answers_the_probe() {
        assertThat(bot.said("webhook"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.text("status")).isEqualTo("0"));
        assertThat(SIMULATOR.viber().webhook()).isPresent();
    }

    @Test
    void takes_our_signature_and_leaves_any_other_without_an_answer() {
        assertThat(bot.said("forged"))
                .singleElement()
                .satisfies(answers -> assertThat(List.of(answers.text(0), answers.text(1), answers.text(2)))
                        .containsExactly("200", "no answer", "no answer"));
        assertThat(deliveries).allMatch(WebhookDelivery::acknowledged);
    }

    @Test
    void welcomes_without_naming_a_sender() {
        assertThat(bot.said("opened"))
                .extracting(opened -> opened.text("id"), opened -> opened.text("subscribed"), o -> o.text("context"))
                .containsExactly(tuple(ANA, "false", "affiche"));
        assertThat(SIMULATOR.viber().ignoredWelcomes()).isEmpty();
        assertThat(ana.screen().get(0).welcome()).isTrue();
        assertThat(ana.screen().get(0).text()).isEqualTo("Bienvenue");
        assertThat(ana.screen().get(0).senderName()).contains("Simulator");
    }

    @Test
    void welcomes_once_though_it_repeats_its_welcome_in_each_answer_that_follows() {
        assertThat(ana.screen().stream().filter(ViberMessage::welcome)).hasSize(1);
    }

    @Test
    void reads_what_the_person_does() {
        assertThat(bot.said("subscribed"))
                .singleElement()
                .satisfies(name -> assertThat(name.text()).isNull()); // it does not ask set_webhook for names
        assertThat(bot.said("received"))
                .extracting(message -> message.text("type"), message -> message.text("text"))
                .containsExactly(
                        tuple("TextMessage", "Où / quand ? 😀"),
                        tuple("TextMessage", "tout"),
                        tuple("StickerMessage", ""));
        assertThat(bot.said("unsubscribed")).extracting(Tree::text).containsExactly(ANA);
    }

    @Test
    void sends_each_type_that_it_has() {
        assertThat(sent())
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
                        "text",
                        "keyboard",
                        "text");
        assertThat(sent().get(0).text()).isEqualTo("Voilà: 😀");
        assertThat(sent().get(6).media()).contains("https://cdn.example/%C3%A9");
        assertThat(sent().get(9).trackingData()).contains("{\"k\":1}");
        assertThat(sent().subList(0, 11)).allSatisfy(message -> {
            assertThat(message.status()).isEqualTo(ViberMessage.Status.SEEN);
            assertThat(message.senderName()).contains("Maison Lumen");
            assertThat(message.details()).containsEntry("sender.avatar", "https://cdn.example/lumen.jpg");
        });
        assertThat(ana.keyboard()).containsExactly("STOP");
    }

    @Test
    void reads_receipts_of_each_and_what_the_phone_refused() {
        List<String> tokens = sent().subList(0, 11).stream()
                .map(message -> Long.toString(message.token()))
                .toList();

        assertThat(bot.said("delivered")).extracting(Tree::text).containsExactlyElementsOf(tokens);
        assertThat(bot.said("seen")).extracting(Tree::text).containsExactlyElementsOf(tokens);
        assertThat(bot.said("failed")).extracting(Tree::text).containsExactly("the keyboard is not valid");
    }

    @Test
    void understands_our_answers() {
        assertThat(bot.said("sent")).extracting(Tree::size).containsExactly(9, 1, 1);
        assertThat(bot.said("profile")).extracting(info -> info.text("name")).containsExactly("Simulator");
        assertThat(bot.said("details")).extracting(info -> info.text("name")).containsExactly("Ana");
        assertThat(bot.said("online"))
                .extracting(answer -> answer.text("users", 0, "online_status"))
                .containsExactly("0");
    }

    @Test
    void understands_our_refusals() {
        assertThat(bot.said("refused")).extracting(Tree::text).containsExactly("noPublicChat", "receiverNotRegistered");
    }
}
