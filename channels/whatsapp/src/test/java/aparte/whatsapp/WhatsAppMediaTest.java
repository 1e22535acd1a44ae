package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.MediaRefusedException;
import aparte.channel.http.MediaRefusedException.Reason;
import aparte.testkit.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppMediaTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final String HELLO_HEX = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String HELLO_BASE64 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    private static final SenderId NUMBER = new SenderId(ChannelId.WHATSAPP, "200000000000001");

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer other = new MockWebServer();

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private WhatsAppMedia media;

    @BeforeEach
    void open() {
        media = WhatsAppAccount.builder("100000000000001", NUMBER.value(), () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().readTimeout(Duration.ofSeconds(2)).build())
                .build()
                .media();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        return request;
    }

    private static void assertRefused(ThrowingCallable call, Reason reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MediaRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Nested
    class WhenItUploads {
        private void assertUploadOf(byte[] bytes, RecordedRequest request) {
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/media HTTP/1.1");
            assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(request.getBody().string(StandardCharsets.ISO_8859_1))
                    .contains("name=\"messaging_product\"\r\n", "\r\n\r\nwhatsapp\r\n", "\r\n\r\nimage/png\r\n")
                    .contains("name=\"file\"; filename=\"image.png\"\r\n", "Content-Type: image/png\r\n")
                    .contains(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        @Test
        void takes_bytes() throws IOException, InterruptedException {
            answers(200, "{\"id\":\"2304098573\"}");

            Media.Stored stored = media.upload(PNG);

            assertThat(stored.holder()).isEqualTo(NUMBER);
            assertThat(stored.id()).isEqualTo("2304098573");
            assertThat(stored.mimeType()).contains("image/png");
            assertThat(stored.sha256()).isPresent();
            assertUploadOf(PNG, request());
        }

        @Test
        void takes_a_file_and_leaves_it_alone() throws IOException, InterruptedException {
            answers(200, "{\"id\":\"2304098573\"}");
            Path file = Files.write(folder.resolve("ana-dupont.bin"), PNG);

            Media.Stored stored = media.upload(file);

            assertThat(stored.id()).isEqualTo("2304098573");
            RecordedRequest request = request();
            assertUploadOf(PNG, request);
            assertThat(request.getBody().utf8()).doesNotContain("dupont");
            assertThat(file).hasBinaryContent(PNG);
        }

        @Test
        void takes_a_stream_and_does_not_close_it() throws IOException, InterruptedException {
            answers(200, "{\"id\":\"2304098573\"}");
            boolean[] closed = {false};
            InputStream stream = new ByteArrayInputStream(PNG) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };

            assertThat(media.upload(stream).id()).isEqualTo("2304098573");

            assertUploadOf(PNG, request());
            assertThat(closed[0]).isFalse();
        }

        @Test
        void uploads_the_same_bytes_once_in_29_days() throws IOException {
            answers(200, "{\"id\":\"1\"}");
            answers(200, "{\"id\":\"2\"}");
            Path file = Files.write(folder.resolve("a"), PNG);

            List<String> first = List.of(
                    media.upload(PNG).id(),
                    media.upload(file).id(),
                    media.upload(new ByteArrayInputStream(PNG)).id());
            clock.advance(Duration.ofDays(29));
            String later = media.upload(PNG).id();

            assertThat(first).containsExactly("1", "1", "1");
            assertThat(later).isEqualTo("2");
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void uploads_again_after_it_deleted_them() throws IOException, InterruptedException {
            answers(200, "{\"id\":\"1\"}");
            answers(200, "{\"success\":true}");
            answers(200, "{\"id\":\"2\"}");

            Media.Stored first = media.upload(PNG);
            media.delete(first);
            Media.Stored second = media.upload(PNG);

            assertThat(second.id()).isEqualTo("2");
            request();
            assertThat(request().getRequestLine())
                    .isEqualTo("DELETE /v26.0/1?phone_number_id=200000000000001 HTTP/1.1");
        }

        @Test
        void refuses_what_is_empty() throws IOException {
            Path file = Files.createFile(folder.resolve("empty"));

            assertRefused(() -> media.upload(new byte[0]), Reason.EMPTY);
            assertRefused(() -> media.upload(file), Reason.EMPTY);
            assertRefused(() -> media.upload(InputStream.nullInputStream()), Reason.EMPTY);
            assertThat(server.getRequestCount()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"GIF89a…", "\u0000\u0001\u0002\u0003", "PK\u0003\u0004 an archive\u0000"})
        void refuses_what_whatsapp_does_not_take(String bytes) {
            byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);

            assertRefused(() -> media.upload(raw), Reason.UNKNOWN_TYPE);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void refuses_a_picture_above_5_mib_before_it_sends() {
            byte[] large = Arrays.copyOf(PNG, 5 * 1024 * 1024 + 1);

            assertThatThrownBy(() -> media.upload(large))
                    .isInstanceOfSatisfying(MediaRefusedException.class, refused -> {
                        assertThat(refused.limit().orElseThrow().max()).isEqualTo(5_242_880);
                        assertThat(refused.limit().orElseThrow().actual()).isEqualTo(5_242_881);
                    });
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void refuses_a_still_sticker_above_100_kib() {
            byte[] sticker = Arrays.copyOf(
                    "RIFF\u0000\u0000\u0000\u0000WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1), 100 * 1024 + 1);

            assertRefused(() -> media.upload(sticker), Reason.TOO_LARGE);
        }

        @Test
        void leaves_an_endless_stream_after_100_mib() {
            long[] given = {0};
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    given[0]++;
                    return 'a';
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    Arrays.fill(into, from, from + length, (byte) 'a');
                    given[0] += length;
                    return length;
                }
            };

            assertRefused(() -> media.upload(endless), Reason.TOO_LARGE);
            assertThat(given[0]).isBetween(100L * 1024 * 1024, 101L * 1024 * 1024);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void tells_why_whatsapp_refused() {
            answers(400, "{\"error\":{\"code\":131053}}");

            assertThatThrownBy(() -> media.upload(PNG))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().providerCode()).isEqualTo("131053"));
        }

        @Test
        void does_not_remember_a_refused_upload() throws IOException {
            answers(400, "{\"error\":{\"code\":131053}}");
            answers(200, "{\"id\":\"2\"}");

            assertThatThrownBy(() -> media.upload(PNG)).isInstanceOf(CallRefusedException.class);
            assertThat(media.upload(PNG).id()).isEqualTo("2");
        }

        @Test
        void refuses_an_answer_without_an_id() {
            answers(200, "{}");

            assertThatThrownBy(() -> media.upload(PNG)).isInstanceOf(CallRefusedException.class);
        }
    }

    @Nested
    class WhenItDownloads {
        private final Media.Stored photo =
                new Media.Stored(NUMBER, "881", Optional.of("image/jpeg"), Optional.of(HELLO_BASE64));

        private void describes(String sha256, String size) {
            describes(server.url("/attachments?mid=881&hash=x").toString(), sha256, size);
        }

        private void describes(String url, String sha256, String size) {
            answers(
                    200,
                    "{\"messaging_product\":\"whatsapp\",\"url\":\"" + url + "\",\"mime_type\":\"image/jpeg\","
                            + "\"sha256\":\"" + sha256 + "\",\"file_size\":" + size + ",\"id\":\"881\"}");
        }

        @Test
        void asks_for_the_address_and_takes_the_file() throws IOException, InterruptedException {
            describes(HELLO_HEX, "\"5\"");
            answers(200, "hello");
            ByteArrayOutputStream to = new ByteArrayOutputStream();

            WhatsAppMedia.Downloaded downloaded = media.download(photo, to, 1_000);

            assertThat(to.toByteArray()).isEqualTo(HELLO);
            assertThat(downloaded.mimeType()).contains("image/jpeg");
            assertThat(downloaded.length()).isEqualTo(5);
            assertThat(downloaded.sha256()).isEqualTo(HELLO_HEX);
            assertThat(request().getRequestLine()).isEqualTo("GET /v26.0/881?phone_number_id=200000000000001 HTTP/1.1");
            assertThat(request().getRequestLine()).isEqualTo("GET /attachments?mid=881&hash=x HTTP/1.1");
        }

        @Test
        void reads_the_hash_in_base64_and_in_hex_of_either_case() throws IOException {
            describes(HELLO_BASE64, "5");
            answers(200, "hello");
            describes(HELLO_HEX.toUpperCase(java.util.Locale.ROOT), "5");
            answers(200, "hello");

            assertThat(media.download(photo, 5)).isEqualTo(HELLO);
            assertThat(media.download(new Media.Stored(NUMBER, "881"), 5)).isEqualTo(HELLO);
        }

        @Test
        void makes_the_file_appear_when_it_is_whole() throws IOException {
            describes(HELLO_HEX, "5");
            answers(200, "hello");
            Path file = Files.writeString(folder.resolve("photo.jpg"), "an older one");

            media.download(photo, file);

            assertThat(file).hasBinaryContent(HELLO);
            assertThat(files()).containsExactly(file);
        }

        @Test
        void asks_for_another_address_once_if_the_first_is_dead() throws IOException {
            describes(HELLO_HEX, "5");
            answers(404, "");
            describes(HELLO_HEX, "5");
            answers(200, "hello");

            assertThat(media.download(photo, 5)).isEqualTo(HELLO);
            assertThat(server.getRequestCount()).isEqualTo(4);
        }

        @Test
        void does_not_ask_a_third_time() {
            describes(HELLO_HEX, "5");
            answers(404, "");
            describes(HELLO_HEX, "5");
            answers(404, "");

            assertThatThrownBy(() -> media.download(photo, 5))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().providerCode()).isEqualTo("HTTP 404"));
            assertThat(server.getRequestCount()).isEqualTo(4);
        }

        @Test
        void tells_that_the_token_does_not_open_it() {
            describes(HELLO_HEX, "5");
            answers(401, "");

            assertThatThrownBy(() -> media.download(photo, 5))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED));
        }

        @Test
        void tells_that_the_media_are_gone() {
            answers(400, "{\"error\":{\"code\":100}}");

            assertThatThrownBy(() -> media.download(photo, 5)).isInstanceOf(CallRefusedException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"url\":7,\"sha256\":[]", "[]", "not JSON"})
        void refuses_an_answer_without_an_address(String body) {
            answers(200, body);

            assertThatThrownBy(() -> media.download(photo, 5)).isInstanceOf(IOException.class);
        }

        @Test
        void keeps_the_token_from_another_host_that_the_answer_names() throws IOException {
            describes("https://lookaside.fbsbx.com.evil.example/file", HELLO_HEX, "5");
            Path file = folder.resolve("photo.jpg");

            assertRefused(() -> media.download(photo, file), Reason.FOREIGN_ADDRESS);
            assertThat(files()).isEmpty();
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void follows_no_redirect_with_the_token() throws IOException {
            describes(HELLO_HEX, "5");
            server.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", other.url("/file").toString())
                    .build());
            Path file = folder.resolve("photo.jpg");

            assertThatThrownBy(() -> media.download(photo, file)).isInstanceOf(CallRefusedException.class);
            assertThat(other.getRequestCount()).isZero();
            assertThat(files()).isEmpty();
        }

        @Test
        void leaves_a_body_that_does_not_end() throws IOException {
            describes(HELLO_HEX, "5");
            server.enqueue(new MockResponse.Builder()
                    .chunkedBody("x".repeat(2_000_000), 10_000)
                    .build());

            assertRefused(() -> media.download(photo, new ByteArrayOutputStream(), 1_000_000), Reason.TOO_LARGE);
        }

        @Test
        void does_not_even_begin_with_a_file_that_is_announced_as_too_large() {
            describes(HELLO_HEX, "99999999999");

            assertRefused(() -> media.download(photo, folder.resolve("photo.jpg")), Reason.TOO_LARGE);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void leaves_nothing_of_a_file_with_another_hash_than_the_webhook_told() throws IOException {
            describes(HELLO_HEX, "5");
            answers(200, "hello");
            Media.Stored announced =
                    new Media.Stored(NUMBER, "881", Optional.empty(), Optional.of("x".repeat(43) + "="));
            Path file = folder.resolve("photo.jpg");

            assertRefused(() -> media.download(announced, file), Reason.WRONG_HASH);
            assertThat(files()).isEmpty();
        }

        @Test
        void leaves_an_older_file_alone_if_the_answer_told_another_hash() throws IOException {
            describes("0".repeat(64), "5");
            answers(200, "hello");
            Path file = Files.writeString(folder.resolve("photo.jpg"), "an older one");

            assertRefused(() -> media.download(photo, file), Reason.WRONG_HASH);
            assertThat(file).hasContent("an older one");
            assertThat(files()).containsExactly(file);
        }

        @Test
        void takes_no_file_that_ends_early() throws IOException {
            describes(HELLO_HEX, "5");
            server.enqueue(new MockResponse.Builder()
                    .body("hel")
                    .setHeader("Content-Length", 5)
                    .onResponseEnd(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)
                    .build());

            assertThatThrownBy(() -> media.download(photo, folder.resolve("photo.jpg")))
                    .isInstanceOf(IOException.class);
            assertThat(files()).isEmpty();
        }

        @Test
        void refuses_what_another_number_holds() {
            Media.Stored foreign = new Media.Stored(new SenderId(ChannelId.WHATSAPP, "9"), "881");

            assertRefused(() -> media.download(foreign, 5), Reason.FOREIGN_MEDIA);
            assertRefused(() -> media.delete(foreign), Reason.FOREIGN_MEDIA);
        }

        @ParameterizedTest
        @ValueSource(strings = {"../me", "1/2", "1?x=2", "https://evil.example"})
        void refuses_an_id_that_would_be_another_path(String id) {
            Media.Stored odd = new Media.Stored(NUMBER, id);

            assertRefused(() -> media.download(odd, 5), Reason.FOREIGN_MEDIA);
            assertRefused(() -> media.delete(odd), Reason.FOREIGN_MEDIA);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void needs_a_limit_that_is_one() {
            assertThatThrownBy(() -> media.download(photo, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> media.download(photo, 100 * 1024 * 1024 + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shows_its_sender_only() {
        assertThat(media).hasToString("WhatsAppMedia[whatsapp:200000000000001]");
    }
}
