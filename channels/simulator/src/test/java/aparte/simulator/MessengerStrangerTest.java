package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final Map<String, Tree> SAID = new LinkedHashMap<>();

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(MessengerStrangerTest.class);
        MessengerSettings settings = SIMULATOR.messenger().settings();
        SIMULATOR.messenger().person(ANA).named("Ana", "Martin").writes("Hello");
        SIMULATOR.messenger().person(BOB);
        ProcessBuilder builder = new ProcessBuilder("node", "stranger.mjs")
                .directory(Npm.install("npm-messenger").toFile());
        builder.environment().put("SIMULATOR", SIMULATOR.baseUri().toString());
        builder.environment().put("TOKEN", settings.accessToken());
        builder.environment().put("APP_SECRET", settings.appSecret());
        builder.environment().put("PERSON", ANA);
        builder.environment().put("STRANGER", BOB);
        Process program = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        said.lines().map(Tree::of).forEach(line -> SAID.put(line.text("what"), line));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void sends_text_and_images_in_every_form() {
        assertThat(SIMULATOR.messenger().sent())
                .extracting(
                        MessengerMessage::type,
                        MessengerMessage::text,
                        message -> message.messagingType().orElse(""))
                .containsExactly(
                        tuple("text", "Où / quand ? 😀", "RESPONSE"),
                        tuple("image", "", "UPDATE"),
                        tuple("image", "", "UPDATE"),
                        tuple("image", "", "UPDATE"));
    }

    @Test
    void understands_our_answers() {
        assertThat(SAID.get("text").text("value", "recipientId")).isEqualTo(ANA);
        assertThat(SAID.get("text").text("value", "messageId"))
                .isEqualTo(SIMULATOR.messenger().sent().get(0).id());
        assertThat(SAID.get("typing").text("value", "recipientId")).isEqualTo(ANA);
        assertThat(SAID.get("seen").text("value", "recipientId")).isEqualTo(ANA);
    }

    @Test
    void uploads_bytes_that_arrive_unchanged() {
        String id = SAID.get("uploaded").text("value", "attachmentId");

        assertThat(SIMULATOR.messenger().attachment(id).orElseThrow())
                .containsExactly(137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0);
        assertThat(SIMULATOR.messenger().sent().get(3).attachmentId()).contains(id);
    }

    @Test
    void reads_people_and_profile() {
        assertThat(SAID.get("person").text("value", "firstName")).isEqualTo("Ana");
        assertThat(SAID.get("set").text("value", "result")).isEqualTo("success");
        assertThat(SAID.get("profile").text("value", 0, "getStarted", "payload"))
                .isEqualTo("START");
    }

    @Test
    void understands_our_refusals() {
        assertThat(SAID.get("closed").text("error")).startsWith("Messenger API - 10 OAuthException (#10) ");
        assertThat(SAID.get("dead tag").text("error")).startsWith("Messenger API - 100 OAuthException (#100) ");
    }
}
