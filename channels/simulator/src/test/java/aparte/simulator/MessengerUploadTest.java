package aparte.simulator;

import static aparte.simulator.PageClient.imageTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerUploadTest {
    private static final String ANA = "24000000000000001";
    private static final String PATH = "/v25.0/me/message_attachments";
    private static final byte[] PNG =
            ByteString.decodeHex("89504e470d0a2d2d0d0a00").toByteArray();

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    private static String attachment(String payload) {
        return "{\"attachment\":{\"type\":\"image\",\"payload\":{" + payload + "}}}";
    }

    private Reply uploadUrl(String payload) {
        return client.post(PATH, "{\"message\":" + attachment(payload) + "}");
    }

    private Reply uploadFile(String mimeType, byte[] bytes) {
        return client.file(PATH, Client.part("message", attachment("\"is_reusable\":true")), mimeType, bytes);
    }

    private Reply sendById(String id) {
        ana.writes("Hello");
        return client.send(imageTo(ANA, "\"attachment_id\":\"" + id + "\""));
    }

    @Nested
    class ByAddress {
        @Test
        void answers_with_an_id_that_can_be_sent() {
            Reply reply = uploadUrl("\"url\":\"https://example.com/a.png\",\"is_reusable\":true");

            assertThat(reply.status()).isEqualTo(200);
            String id = reply.json().text("attachment_id");
            assertThat(id).matches("[0-9]{16}");
            assertThat(sendById(id).status()).isEqualTo(200);
            assertThat(simulator.messenger().attachment(id)).isEmpty();
        }

        @Test
        void cannot_be_sent_if_it_is_not_reusable() {
            String id =
                    uploadUrl("\"url\":\"https://example.com/a.png\"").json().text("attachment_id");

            assertThat(sendById(id).json().text("error", "error_subcode")).isEqualTo("2018074");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\"attachment_id\":\"1\"", "\"url\":\"a.png\""})
        void refuses_anything_else(String payload) {
            assertThat(uploadUrl(payload).code()).isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"message\":{}}", "{\"message\":{\"text\":\"a\"}}"})
        void refuses_a_message_without_attachment(String json) {
            assertThat(client.post(PATH, json).code()).isEqualTo("100");
        }
    }

    @Nested
    class OfAFile {
        @ParameterizedTest
        @ValueSource(strings = {"image/png", "image/jpeg", "image/gif", "application/octet-stream", ""})
        void keeps_its_bytes(String mimeType) {
            String id = uploadFile(mimeType, PNG).json().text("attachment_id");

            assertThat(simulator.messenger().attachment(id).orElseThrow()).isEqualTo(PNG);
            assertThat(sendById(id).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"ffd8ff00", "474946383961"})
        void finds_the_type_by_the_first_bytes(String hex) {
            assertThat(uploadFile("", ByteString.decodeHex(hex).toByteArray()).status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"text/plain", "application/pdf", "''"})
        void refuses_what_is_no_image(String mimeType) {
            Reply reply = uploadFile(mimeType, "Hello".getBytes(StandardCharsets.UTF_8));

            assertThat(reply.json().text("error", "error_subcode")).isEqualTo("2018047");
        }

        @Test
        void refuses_an_empty_file() {
            assertThat(uploadFile("image/png", new byte[0]).json().text("error", "error_subcode"))
                    .isEqualTo("2018047");
        }

        @Test
        void takes_25_megabytes() {
            assertThat(uploadFile("image/png", new byte[25 * 1024 * 1024]).status())
                    .isEqualTo(200);
        }

        @Test
        void refuses_more() {
            assertThat(uploadFile("image/png", new byte[25 * 1024 * 1024 + 1])
                            .json()
                            .text("error", "error_subcode"))
                    .isEqualTo("2018109");
        }

        @Test
        void expires_after_90_days() {
            String id = uploadFile("image/png", PNG).json().text("attachment_id");
            simulator.advance(Duration.ofDays(90).minusSeconds(1));
            assertThat(sendById(id).status()).isEqualTo(200);

            simulator.advance(Duration.ofSeconds(1));

            assertThat(sendById(id).json().text("error", "error_subcode")).isEqualTo("2018074");
            assertThat(simulator.messenger().attachment(id)).isEmpty();
        }
    }
}
