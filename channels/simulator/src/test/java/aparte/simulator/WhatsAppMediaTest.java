package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppMediaTest {
    private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

    /** With everything in it that a careless reader of multipart stumbles over. */
    private static final byte[] BYTES = "\r\n--lim\r\n\r\n\0é--limit\n".getBytes(StandardCharsets.UTF_8);

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);

    private String upload() {
        return client.upload("image/png", BYTES).json().text("id");
    }

    @Nested
    class AnUpload {
        @Test
        void answers_with_an_id_and_keeps_the_bytes() {
            Reply reply = client.upload("image/png", BYTES);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("id")).matches("[0-9]{16}");
            assertThat(simulator.whatsApp().media(reply.json().text("id")))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
        }

        @Test
        void takes_five_megabytes() {
            assertThat(client.upload("image/jpeg", new byte[FIVE_MEGABYTES]).status())
                    .isEqualTo(200);
        }

        @Test
        void refuses_a_byte_more() {
            Reply reply = client.upload("image/jpeg", new byte[FIVE_MEGABYTES + 1]);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("131053");
        }

        @Test
        void refuses_an_empty_file() {
            assertThat(client.upload("image/jpeg", new byte[0]).code()).isEqualTo("131053");
        }

        @ParameterizedTest
        @CsvSource({"audio/mpeg,16", "video/mp4,16", "application/pdf,100"})
        void takes_the_largest_of_each_family_and_not_a_byte_more(String mimeType, int megabytes) {
            assertThat(client.upload(mimeType, new byte[megabytes * 1024 * 1024])
                            .status())
                    .isEqualTo(200);
            assertThat(client.upload(mimeType, new byte[megabytes * 1024 * 1024 + 1])
                            .code())
                    .isEqualTo("131053");
            simulator.clearRequests();
        }

        @Test
        void takes_animated_stickers_of_500_kilobytes_and_others_of_100() {
            assertThat(client.upload("image/webp", webp(0, 100)).status()).isEqualTo(200);
            assertThat(client.upload("image/webp", webp(0, 101)).code()).isEqualTo("131053");
            assertThat(client.upload("image/webp", webp(2, 500)).status()).isEqualTo(200);
            assertThat(client.upload("image/webp", webp(2, 501)).code()).isEqualTo("131053");
        }

        private static byte[] webp(int flags, int kilobytes) {
            byte[] bytes = new byte[kilobytes * 1024];
            byte[] head = ("RIFF0000WEBPVP8X0000" + (char) flags).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(head, 0, bytes, 0, head.length);
            return bytes;
        }

        @ParameterizedTest
        @ValueSource(strings = {"image/gif", "application/octet-stream", "text/html"})
        void refuses_another_mime_type(String mimeType) {
            Reply reply = client.upload(mimeType, BYTES);

            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "error_data", "details")).contains(mimeType);
        }

        @Test
        void reads_the_mime_type_of_the_field_where_the_part_has_none() {
            String fields = Client.part("messaging_product", "whatsapp") + Client.part("type", "image/jpeg");

            assertThat(client.uploadForm(fields, "", BYTES).status()).isEqualTo(200);
        }

        @Test
        void refuses_a_form_without_any_mime_type() {
            assertThat(client.uploadForm(Client.part("messaging_product", "whatsapp"), "", BYTES)
                            .code())
                    .isEqualTo("131008");
        }

        @Test
        void refuses_a_form_without_messaging_product() {
            assertThat(client.uploadForm("", "image/png", BYTES).code()).isEqualTo("100");
        }

        @Test
        void refuses_another_messaging_product() {
            assertThat(client.uploadForm(Client.part("messaging_product", "sms"), "image/png", BYTES)
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void takes_messaging_product_from_the_query() {
            byte[] form = ("--b\r\nContent-Disposition: form-data; name=file; filename=\"name=x\"\r\n"
                            + "content-type: image/png\r\n\r\nabc\r\n--b--")
                    .getBytes(StandardCharsets.UTF_8);

            Reply reply = client.exchange(client.request("/v24.0/200000000000001/media?messaging_product=whatsapp")
                    .header("Content-Type", "multipart/form-data; boundary=\"b\"")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(form)));

            assertThat(reply.status()).isEqualTo(200);
        }

        @Test
        void refuses_a_form_without_file() {
            assertThat(
                            form("--limit\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--limit--")
                                    .code())
                    .isEqualTo("131008");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "--limit", "--limit\r\n", "--limit\r\nA: b\r\n\r\nno end", "nothing", "--limit\r\n\r\n"})
        void refuses_a_form_that_breaks_off(String body) {
            assertThat(form(body).code()).isEqualTo("100");
        }

        @Test
        void answers_413_to_what_is_beyond_any_limit() {
            assertThat(client.upload("image/jpeg", new byte[105 * 1024 * 1024]).status())
                    .isEqualTo(413);
        }

        private Reply form(String body) {
            return client.exchange(client.request("/v24.0/200000000000001/media")
                    .header("Content-Type", "multipart/form-data; boundary=limit")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }
    }

    @Nested
    class ADescription {
        @Test
        void names_address_type_hash_and_size() {
            String id = upload();

            Tree media = client.get("/v24.0/" + id).json();

            assertThat(media.text("messaging_product")).isEqualTo("whatsapp");
            assertThat(media.text("mime_type")).isEqualTo("image/png");
            assertThat(media.text("sha256"))
                    .isEqualTo(ByteString.of(BYTES).sha256().hex());
            assertThat(media.text("file_size")).isEqualTo(Integer.toString(BYTES.length));
            assertThat(media.text("id")).isEqualTo(id);
        }

        @Test
        void refuses_an_unknown_id() {
            assertThat(client.get("/v24.0/404").code()).isEqualTo("100");
        }

        @Test
        void refuses_an_upload_of_thirty_days_ago() {
            String id = upload();
            simulator.advance(Duration.ofDays(30));

            assertThat(client.get("/v24.0/" + id).code()).isEqualTo("100");
        }

        @Test
        void refuses_what_a_person_sent_seven_days_ago() {
            simulator.whatsApp().person("+33639980001").sendsImage(BYTES, "image/png");
            String id = simulator
                    .whatsApp()
                    .person("+33639980001")
                    .screen()
                    .get(0)
                    .mediaId()
                    .orElseThrow();
            simulator.advance(Duration.ofDays(7));

            assertThat(client.get("/v24.0/" + id).code()).isEqualTo("100");
        }
    }

    @Nested
    class ADownload {
        @Test
        void gives_the_bytes() {
            Reply reply = client.get(address());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("image/png");
            assertThat(reply.bytes()).isEqualTo(BYTES);
        }

        @Test
        void finds_nothing_at_an_address_of_five_minutes_ago() {
            String address = address();
            simulator.advance(Duration.ofMinutes(5));

            assertThat(client.get(address).status()).isEqualTo(404);
        }

        @Test
        void finds_nothing_without_the_right_hash() {
            assertThat(client.get(address() + "x").status()).isEqualTo(404);
        }

        @Test
        void needs_the_token() {
            Reply reply = client.exchange(HttpRequest.newBuilder(java.net.URI.create(address())));

            assertThat(reply.status()).isEqualTo(401);
        }

        private String address() {
            return client.get("/v24.0/" + upload()).json().text("url");
        }
    }

    @Nested
    class ADeletion {
        @Test
        void takes_the_media_away() {
            String id = upload();

            Reply reply = client.delete("/v24.0/" + id);

            assertThat(reply.text()).isEqualTo("{\"success\":true}");
            assertThat(client.get("/v24.0/" + id).code()).isEqualTo("100");
            assertThat(simulator.whatsApp().media(id)).isEmpty();
        }

        @Test
        void refuses_an_unknown_id() {
            assertThat(client.delete("/v24.0/404").code()).isEqualTo("100");
        }
    }
}
