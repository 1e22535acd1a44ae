package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okio.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that we did not write, npm {@code messaging-api-messenger}, unchanged: its own option names the origin. */
@Timeout(180)
class MessengerStrangerTest {
    private static final String ANA = "24000000000000001";
    private static final String BOB = "24000000000000002";
    private static final Simulator SIMULATOR = Simulator.builder()
            .messenger(MessengerSettings.builder().requireProof().build())
            .start();
    private static final Messenger MESSENGER = SIMULATOR.messenger();
    private static final Map<String, Tree> SAID = new LinkedHashMap<>();

    private static HttpServer callback;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(MessengerStrangerTest.class);
        callback = proving();
        MessengerSettings settings = MESSENGER.settings();
        MESSENGER
                .person(ANA)
                .named("Ana", "Martin")
                .speaks("fr_FR")
                .shows(2, "female")
                .writes("Hello");
        MESSENGER.person(BOB);
        ProcessBuilder builder = new ProcessBuilder("node", "stranger.mjs")
                .directory(Npm.install("npm-messenger").toFile());
        builder.environment().put("SIMULATOR", SIMULATOR.baseUri().toString());
        builder.environment().put("TOKEN", settings.accessToken());
        builder.environment().put("APP_ID", settings.appId());
        builder.environment().put("APP_SECRET", settings.appSecret());
        builder.environment().put("VERIFY_TOKEN", "the stranger's own");
        builder.environment()
                .put("CALLBACK", "http://127.0.0.1:" + callback.getAddress().getPort() + "/hook");
        builder.environment().put("PERSON", ANA);
        builder.environment().put("STRANGER", BOB);
        builder.environment().put("LABEL", label());
        Process program = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        said.lines().map(Tree::of).forEach(line -> SAID.put(line.text("what"), line));
    }

    /** The client makes labels as the platform took them once, so one is there already. */
    private static String label() {
        MessengerSettings settings = MESSENGER.settings();
        String proof = ByteString.encodeUtf8(settings.accessToken())
                .hmacSha256(ByteString.encodeUtf8(settings.appSecret()))
                .hex();
        return new PageClient(SIMULATOR)
                .post("/v25.0/me/custom_labels?appsecret_proof=" + proof, "{\"page_label_name\":\"VIP\"}")
                .json()
                .text("id");
    }

    /** Answers each challenge. */
    private static HttpServer proving() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            Map<String, String> asked = Call.parse(exchange.getRequestURI().getRawQuery());
            boolean ours = "the stranger's own".equals(asked.get("hub.verify_token"));
            byte[] challenge = asked.getOrDefault("hub.challenge", "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(ours ? 200 : 403, challenge.length);
            exchange.getResponseBody().write(challenge);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
        if (callback != null) {
            callback.stop(0);
        }
    }

    private static Tree said(String what) {
        Tree line = SAID.get(what);
        assertThat(line).withFailMessage("nothing was said of " + what).isNotNull();
        assertThat(line.text("error"))
                .withFailMessage(what + ": " + line.text("error"))
                .isNull();
        return line.at("value");
    }

    private static String refusal(String what) {
        return SAID.get(what).text("error");
    }

    @Test
    void sends_texts_and_all_media_in_every_form() {
        assertThat(MESSENGER.sent().subList(0, 13))
                .extracting(
                        MessengerMessage::type,
                        MessengerMessage::text,
                        message -> message.messagingType().orElse(""))
                .containsExactly(
                        tuple("text", "Où / quand ? 😀", "RESPONSE"),
                        tuple("image", "", "UPDATE"),
                        tuple("image", "", "UPDATE"),
                        tuple("image", "", "UPDATE"),
                        tuple("audio", "", "UPDATE"),
                        tuple("audio", "", "UPDATE"),
                        tuple("audio", "", "UPDATE"),
                        tuple("video", "", "UPDATE"),
                        tuple("video", "", "UPDATE"),
                        tuple("video", "", "UPDATE"),
                        tuple("file", "", "UPDATE"),
                        tuple("file", "", "UPDATE"),
                        tuple("file", "", "UPDATE"));
    }

    @Test
    void sends_quick_replies_and_templates() {
        for (String what : List.of("quick replies", "any message", "buttons", "cards", "media card", "receipt")) {
            assertThat(said(what).text("messageId")).startsWith("m_");
        }
        assertThat(MESSENGER.sent().subList(13, 19))
                .extracting(MessengerMessage::type)
                .containsExactly("text", "image", "template", "template", "template", "template");
    }

    @Test
    void understands_our_answers() {
        assertThat(said("text").text("recipientId")).isEqualTo(ANA);
        assertThat(said("text").text("messageId"))
                .isEqualTo(MESSENGER.sent().get(0).id());
        for (String action : List.of("typing", "not typing", "seen")) {
            assertThat(said(action).text("recipientId")).isEqualTo(ANA);
        }
    }

    @Test
    void uploads_bytes_that_arrive_unchanged() {
        String id = said("upload image").text("attachmentId");

        assertThat(MESSENGER.attachment(id).orElseThrow()).containsExactly(137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0);
        assertThat(MESSENGER.sent().get(3).attachmentId()).contains(id);
        assertThat(MESSENGER
                        .attachment(said("upload file").text("attachmentId"))
                        .orElseThrow())
                .asString()
                .isEqualTo("file");
        assertThat(said("upload by address").text("attachmentId")).matches("[0-9]+");
    }

    @Test
    void reads_people_and_the_page() {
        assertThat(said("page").text("name")).isEqualTo("The Page");
        assertThat(said("person").text("firstName")).isEqualTo("Ana");
        assertThat(said("person's language").text("locale")).isEqualTo("fr_FR");
        assertThat(said("person's language").text("gender")).isEqualTo("female");
    }

    @Test
    void sets_reads_and_deletes_every_part_of_the_profile() {
        assertThat(said("set profile").text("result")).isEqualTo("success");
        assertThat(said("profile").text(0, "getStarted", "payload")).isEqualTo("FIRST");
        assertThat(said("start").text("payload")).isEqualTo("START");
        assertThat(said("menu").text(0, "composerInputDisabled")).isEqualTo("true");
        assertThat(said("menu").text(0, "callToActions", 1, "url")).isEqualTo("https://shop.example.org/");
        assertThat(said("own menu").text(0, "callToActions", 0, "title")).isEqualTo("Mine");
        assertThat(said("delete own menu").text("result")).isEqualTo("success");
        assertThat(said("greeting").text(1, "text")).isEqualTo("Bonjour");
        assertThat(said("ice breakers").text(0, "question")).isEqualTo("Where?");
        assertThat(said("domains").text(0)).isEqualTo("https://shop.example.org/");
        assertThat(said("linking").text()).isEqualTo("https://shop.example.org/link");
        assertThat(said("delete linking").text("result")).isEqualTo("success");
        assertThat(said("no domains").text()).isNull();
    }

    @Test
    void shows_the_profile_on_the_phone() {
        MessengerPerson ana = MESSENGER.person(ANA);

        assertThat(ana.greeting()).contains("Bonjour");
        assertThat(ana.questions()).containsExactly("Where?");
        assertThat(ana.menu()).containsExactly("Leave", "Shop");
        assertThat(ana.isSilent()).isTrue();
    }

    @Test
    void keeps_personas() {
        String id = said("create persona").text("id");

        assertThat(said("persona").text("name")).isEqualTo("Léa");
        assertThat(said("personas").text(0, "id")).isEqualTo(id);
        assertThat(said("as persona").text("messageId")).startsWith("m_");
        assertThat(said("delete persona").text("success")).isEqualTo("true");
        assertThat(said("no personas").size()).isZero();
    }

    @Test
    void keeps_labels_but_makes_none() {
        assertThat(said("put label").text("success")).isEqualTo("true");
        assertThat(said("labels of person").text("data", 0, "pageLabelName")).isEqualTo("VIP");
        assertThat(said("label").text("pageLabelName")).isEqualTo("VIP");
        assertThat(said("labels").size("data")).isEqualTo(1);
        assertThat(said("take label off").text("success")).isEqualTo("true");
        assertThat(said("delete label").text("success")).isEqualTo("true");
        assertThat(refusal("old label")).contains("page_label_name is required");
    }

    @Test
    void hands_a_conversation_over_and_takes_it_back() {
        assertThat(said("receivers").text(0, "id")).isEqualTo(MessengerApps.PAGE_INBOX);
        assertThat(said("owner").text("appId")).isEqualTo("400000000000001");
        assertThat(said("pass").text("success")).isEqualTo("true");
        assertThat(said("inbox").text("appId")).isEqualTo(MessengerApps.PAGE_INBOX);
        assertThat(refusal("overheard")).startsWith("Messenger API - 2018300 ");
        assertThat(said("request").text("success")).isEqualTo("true");
        assertThat(said("take").text("success")).isEqualTo("true");
        assertThat(said("answered again").text("messageId")).startsWith("m_");
        assertThat(MESSENGER.apps().told())
                .extracting(MessengerApps.Told::call, MessengerApps.Told::metadata)
                .containsExactly(tuple("pass", "please"), tuple("request", "again"), tuple("take", "mine"));
    }

    @Test
    void subscribes_the_app() {
        assertThat(said("subscribe").text("success")).isEqualTo("true");
        assertThat(said("subscription").text("callbackUrl")).endsWith("/hook");
        assertThat(said("subscription").text("fields", 0, "name")).isEqualTo("messages");
    }

    @Test
    void understands_our_refusals() {
        assertThat(refusal("closed")).startsWith("Messenger API - 10 OAuthException (#10) ");
        assertThat(refusal("dead tag")).startsWith("Messenger API - 100 OAuthException (#100) ");
        assertThat(refusal("boarding pass")).startsWith("Messenger API - 100 OAuthException (#100) ");
    }
}
