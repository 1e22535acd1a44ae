package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.viber.bot.Request;
import com.viber.bot.ViberSignatureValidator;
import com.viber.bot.api.ApiResponse;
import com.viber.bot.api.MessageDestination;
import com.viber.bot.api.ViberBot;
import com.viber.bot.event.Event;
import com.viber.bot.message.Contact;
import com.viber.bot.message.ContactMessage;
import com.viber.bot.message.FileMessage;
import com.viber.bot.message.KeyboardMessage;
import com.viber.bot.message.Location;
import com.viber.bot.message.LocationMessage;
import com.viber.bot.message.Message;
import com.viber.bot.message.MessageKeyboard;
import com.viber.bot.message.PictureMessage;
import com.viber.bot.message.RichMediaMessage;
import com.viber.bot.message.RichMediaObject;
import com.viber.bot.message.StickerMessage;
import com.viber.bot.message.TextMessage;
import com.viber.bot.message.TrackingData;
import com.viber.bot.profile.BotProfile;
import com.viber.bot.profile.UserProfile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The client that Viber itself wrote, Maven {@code com.viber:viber-bot}, unchanged.
 *
 * <p>It offers no other host than the platform's, so its own inner client is put in place with our address.
 */
@Timeout(60)
class ViberOfficialClientTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";

    private final Simulator simulator = Simulator.start();
    private final Viber viber = simulator.viber();
    private final ViberPerson ana = viber.person(ANA).named("Ana");
    private final ViberSignatureValidator validator =
            new ViberSignatureValidator(viber.settings().authToken());
    private final BlockingQueue<UserProfile> met = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private ViberBot bot;
    private HttpServer host;

    @BeforeEach
    void start() throws Exception {
        bot = botOnLoopback();
        bot.onConversationStarted(
                event -> CompletableFuture.completedFuture(Optional.of(new TextMessage("Bienvenue"))));
        bot.onMessageReceived((event, message, response) -> {
            heard.add("message " + message.getMapRepresentation().get("text") + " " + message.getTrackingData());
            met.add(event.getSender());
        });
        bot.onSubscribe(
                (event, response) -> heard.add("subscribed " + event.getUser().getName()));
        bot.onUnsubscribe(event -> heard.add("unsubscribed " + event.getUserId()));
        bot.onMessageSeen(event -> heard.add("seen " + event.getToken()));
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", this::receive);
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
        simulator.close();
    }

    private ViberBot botOnLoopback() throws ReflectiveOperationException {
        ViberBot plain =
                new ViberBot(new BotProfile("Maison Lumen"), viber.settings().authToken());
        Constructor<?> constructor =
                Class.forName("com.viber.bot.api.ViberClient").getDeclaredConstructor(String.class, String.class);
        constructor.setAccessible(true);
        Object client = constructor.newInstance(
                simulator.baseUri() + "/pa", viber.settings().authToken());
        Field sender = ViberBot.class.getDeclaredField("messageSender");
        sender.setAccessible(true);
        for (Object owner : List.of(plain, sender.get(plain))) {
            Field field = owner.getClass().getDeclaredField("client");
            field.setAccessible(true);
            field.set(owner, client);
        }
        return plain;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("X-Viber-Content-Signature");
            if (!validator.isSignatureValid(signature, body)) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            byte[] answer;
            try (InputStream stream = wait(bot.incoming(Request.fromJsonString(body)))) {
                answer = stream == null ? new byte[0] : stream.readAllBytes();
            }
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static <T> T wait(Future<T> future) throws IOException {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/viber");
    }

    /** Ana, as the bot knows her from her message. */
    private MessageDestination introduce() throws InterruptedException {
        viber.webhookTo(address());
        ana.writes("Hello");
        simulator.webhooks().deliver();
        return new MessageDestination(met.poll(20, TimeUnit.SECONDS));
    }

    private String heard() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void sets_its_webhook() throws Exception {
        ApiResponse answer = bot.setWebhook(address().toString(), List.of(Event.MESSAGE_DELIVERED))
                .get(20, TimeUnit.SECONDS);

        assertThat(answer).containsEntry("status", 0);
        assertThat(viber.webhook()).contains(address());
    }

    @Test
    void finds_our_signatures_right_and_others_wrong() {
        viber.webhookTo(address());
        ana.writes("Où / quand ? 😀");

        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
        assertThat(validator.isSignatureValid(viber.signature("{}".getBytes(StandardCharsets.UTF_8)), "{ }"))
                .isFalse();
    }

    @Test
    void welcomes_in_its_answer() {
        viber.webhookTo(address());
        ana.opensConversation("campaign");

        simulator.webhooks().deliver();

        assertThat(viber.ignoredWelcomes()).isEmpty();
        assertThat(ana.screen())
                .extracting(ViberMessage::text, ViberMessage::welcome)
                .containsExactly(tuple("Bienvenue", true));
    }

    @Test
    void reads_our_events() throws Exception {
        viber.webhookTo(address());
        ana.subscribes();
        ana.writes("Où / quand ? 😀");
        ana.leaves();

        assertThat(simulator.webhooks().deliver()).hasSize(3).allMatch(WebhookDelivery::acknowledged);
        assertThat(List.of(heard(), heard(), heard()))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).isEqualTo("subscribed Ana"),
                        line -> assertThat(line).startsWith("message Où / quand ? 😀"),
                        line -> assertThat(line).isEqualTo("unsubscribed " + ANA));
    }

    @Test
    void reads_the_token_of_what_was_seen() throws Exception {
        MessageDestination destination = introduce();
        heard();
        String token = bot.sendMessage(destination, new TextMessage("Hi"))
                .get(20, TimeUnit.SECONDS)
                .iterator()
                .next();
        ana.seesMessages();
        simulator.webhooks().deliver();

        assertThat(heard()).isEqualTo("seen " + token);
        assertThat(viber.sent()).extracting(ViberMessage::token).containsExactly(Long.valueOf(token));
    }

    @Test
    void sends_text_and_picture() throws Exception {
        MessageDestination destination = introduce();

        bot.sendMessage(
                        destination,
                        List.<Message>of(
                                new TextMessage("Voilà", null, new TrackingData(Map.of("k", 1)), 1),
                                new PictureMessage("https://cdn.example/a.jpg", "Look", null)))
                .get(20, TimeUnit.SECONDS);

        assertThat(viber.sent())
                .extracting(ViberMessage::type, ViberMessage::text)
                .containsExactly(tuple("text", "Voilà"), tuple("picture", "Look"));
        assertThat(viber.sent().get(0).trackingData()).contains("{\"k\":1}");
    }

    @Test
    void sends_every_other_type_but_films_and_addresses_which_it_writes_wrongly() throws Exception {
        MessageDestination destination = introduce();
        Map<String, Object> buttons = Map.of("Columns", 6, "Rows", 1, "ActionBody", "ONE", "Text", "One");

        bot.sendMessage(
                        destination,
                        List.<Message>of(
                                new FileMessage("https://cdn.example/a.pdf", 10_000, "a.pdf"),
                                new ContactMessage(new Contact("Ben", "+33639980002", "https://cdn.example/ben.jpg")),
                                new LocationMessage(new Location(48.5f, 2.25f)),
                                new StickerMessage(46105),
                                new RichMediaMessage(
                                        new RichMediaObject(Map.of(
                                                "Type",
                                                "rich_media",
                                                "ButtonsGroupColumns",
                                                6,
                                                "ButtonsGroupRows",
                                                1,
                                                "Buttons",
                                                List.of(buttons))),
                                        "One",
                                        2)))
                .get(20, TimeUnit.SECONDS);

        assertThat(viber.sent())
                .extracting(ViberMessage::type)
                .containsExactly("file", "contact", "location", "sticker", "rich_media");
        assertThat(viber.sent()).allMatch(message -> message.status() == ViberMessage.Status.DELIVERED);
        assertThat(viber.sent().get(4).cards()).hasSize(1);
    }

    @Test
    void sends_a_keyboard_with_a_message_and_alone_and_hears_the_tap() throws Exception {
        MessageDestination destination = introduce();
        heard();
        MessageKeyboard keyboard = new MessageKeyboard(Map.of(
                "Type",
                "keyboard",
                "Buttons",
                List.of(Map.of("ActionType", "reply", "ActionBody", "STOP", "Text", "Stop"))));

        bot.sendMessage(destination, new TextMessage("Go on?", keyboard, null, 1))
                .get(20, TimeUnit.SECONDS);
        bot.sendMessage(destination, new KeyboardMessage(keyboard, null, 1)).get(20, TimeUnit.SECONDS);
        ana.tapsButton("Stop");
        simulator.webhooks().deliver();

        assertThat(viber.sent()).extracting(ViberMessage::type).containsExactly("text", "keyboard");
        assertThat(heard()).startsWith("message STOP");
    }

    @Test
    void understands_our_refusals() throws Exception {
        MessageDestination destination = introduce();
        ana.leaves();

        assertThatThrownBy(() ->
                        bot.sendMessage(destination, new TextMessage("Hi")).get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining("receiverNotSubscribed");
    }

    @Test
    void asks_about_account_and_people() throws Exception {
        introduce();

        assertThat(bot.getAccountInfo().get(20, TimeUnit.SECONDS)).containsEntry("name", "Simulator");
        assertThat(bot.getUserDetails(ANA).get(20, TimeUnit.SECONDS)).containsKey("user");
        assertThat(bot.getOnlineStatus(List.of(ANA)).get(20, TimeUnit.SECONDS)).containsKey("users");
    }
}
