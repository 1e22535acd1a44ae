package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that we did not write, npm {@code whatsapp-api-js}, both ways and unchanged but for the host of its fetch. */
@Timeout(180)
class WhatsAppStrangerTest {
    private static final String ANA = "+33639980001";
    private static final Simulator SIMULATOR = Simulator.start();
    private static final List<Tree> SAID = new ArrayList<>();

    private static Process bot;
    private static BufferedReader out;
    private static URI callback;
    private static Handshake handshake;
    private static String question;
    private static List<WebhookDelivery> inbound;
    private static List<WebhookDelivery> statuses;
    private static int statusOfForgery;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(WhatsAppStrangerTest.class);
        startBot(Npm.install("npm"));

        WhatsAppPerson ana = SIMULATOR.whatsApp().person(ANA, "FR.Ana1").named("Ana");
        handshake = SIMULATOR.whatsApp().subscribe(callback);
        SIMULATOR.webhooks().deliver();
        question = ana.writes("Où / quand ? 😀");
        inbound = SIMULATOR.webhooks().deliver();
        ana.reads();
        statuses = SIMULATOR.webhooks().deliver();
        ana.sendsImage(new byte[] {1, 2, 3}, "image/jpeg");
        inbound = new ArrayList<>(inbound);
        inbound.addAll(SIMULATOR.webhooks().deliver());
        statusOfForgery = postWithTheSignatureOfOtherBytes();
        bot.getOutputStream().close();
        listenUntil("bye");
    }

    @AfterAll
    static void stop() throws Exception {
        SIMULATOR.close();
        if (bot != null) {
            bot.destroy();
            assertThat(bot.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void proves_itself_in_the_handshake() {
        assertThat(handshake.accepted()).isTrue();
    }

    @Test
    void finds_our_signatures_right() {
        assertThat(inbound).hasSize(2).allMatch(WebhookDelivery::acknowledged);
        assertThat(statuses).hasSize(9).allMatch(WebhookDelivery::acknowledged);
    }

    @Test
    void finds_a_signature_of_other_bytes_wrong() {
        assertThat(statusOfForgery).isEqualTo(401);
    }

    @Test
    void reads_the_text_as_the_person_wrote_it() {
        assertThat(said("message"))
                .extracting(message -> message.text("text", "body"))
                .contains("Où / quand ? 😀");
    }

    @Test
    void sends_text_and_images() {
        assertThat(SIMULATOR.whatsApp().person(ANA).screen())
                .filteredOn(message -> !message.fromPerson())
                .extracting(WhatsAppMessage::type, WhatsAppMessage::text)
                .containsExactly(
                        tuple("text", "Voilà: Où / quand ? 😀"), tuple("image", "By link"), tuple("image", "By id"));
    }

    @Test
    void replies_with_a_quote_and_callback_data() {
        assertThat(SIMULATOR.whatsApp().sent())
                .filteredOn(message ->
                        message.type().equals("text") && message.replyTo().isPresent())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.replyTo()).contains(question);
                    assertThat(message.callbackData()).contains("key-1");
                });
    }

    @Test
    void uploads_bytes_that_arrive_unchanged() {
        String id = SIMULATOR.whatsApp().person(ANA).screen().stream()
                .filter(message -> message.text().equals("By id"))
                .flatMap(message -> message.mediaId().stream())
                .findFirst()
                .orElseThrow();

        assertThat(SIMULATOR.whatsApp().media(id).orElseThrow())
                .containsExactly(137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0);
    }

    @Test
    void understands_our_answers() {
        assertThat(said("sent"))
                .hasSize(4)
                .extracting(sent -> sent.text("contacts", 0, "wa_id"))
                .containsOnly("33639980001");
        assertThat(said("read")).extracting(read -> read.text("success")).containsExactly("true");
    }

    @Test
    void understands_our_statuses() {
        assertThat(said("status"))
                .extracting(status -> status.text("status"), status -> status.text("code"))
                .contains(
                        tuple("failed", "131047"), tuple("sent", null), tuple("delivered", null), tuple("read", null));
    }

    @Test
    void downloads_what_the_person_sent() {
        assertThat(said("downloaded"))
                .extracting(downloaded -> downloaded.text("mime_type"), downloaded -> downloaded.text("bytes"))
                .containsExactly(tuple("image/jpeg", "3"));
    }

    private static int postWithTheSignatureOfOtherBytes() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(callback)
                                .header(
                                        "X-Hub-Signature-256",
                                        SIMULATOR.whatsApp().signature("{ }".getBytes(StandardCharsets.UTF_8)))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        inbound.get(0).body()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode();
    }

    private static List<Tree> said(String what) {
        return SAID.stream()
                .filter(line -> what.equals(line.text("what")))
                .map(line -> line.at("value"))
                .toList();
    }

    private static void startBot(Path folder) throws IOException {
        WhatsAppSettings settings = SIMULATOR.whatsApp().settings();
        ProcessBuilder builder = new ProcessBuilder("node", "stranger.mjs").directory(folder.toFile());
        builder.environment().put("SIMULATOR", SIMULATOR.baseUri().toString());
        builder.environment().put("TOKEN", settings.accessToken());
        builder.environment().put("APP_SECRET", settings.appSecret());
        builder.environment().put("VERIFY_TOKEN", settings.verifyToken());
        builder.environment().put("NUMBER_ID", SIMULATOR.whatsApp().number().id());
        builder.environment().put("PERSON", ANA);
        bot = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = new BufferedReader(new InputStreamReader(bot.getInputStream(), StandardCharsets.UTF_8));
        Tree port = listenUntil("listening");
        callback = URI.create("http://127.0.0.1:" + port.text("value") + "/webhook");
    }

    private static Tree listenUntil(String what) throws IOException {
        String line = out.readLine();
        while (line != null) {
            Tree said = Tree.of(line);
            SAID.add(said);
            if (what.equals(said.text("what"))) {
                return said;
            }
            line = out.readLine();
        }
        throw new IllegalStateException("the bot ended before it said " + what);
    }
}
