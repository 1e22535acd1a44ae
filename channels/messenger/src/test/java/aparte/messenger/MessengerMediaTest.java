package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Media;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.MediaRefusedException;
import aparte.channel.http.MediaRefusedException.Reason;
import aparte.messenger.MessengerMedia.Kind;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengerMediaTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
    private static final String UPLOAD = "POST /v26.0/300000000000001/message_attachments";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-26T12:00:00Z"));
    private Graph graph;
    private MessengerMedia media;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        media = MessengerPage.builder(Examples.PAGE, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .build()
                .media();
    }

    @Nested
    class WhenItUploads {
        @Test
        void sends_bytes_with_their_type_and_no_name() throws IOException, InterruptedException {
            graph.answers("{\"attachment_id\":\"1857777774821032\"}");

            Media.Stored stored = media.upload(Kind.IMAGE, PNG);

            assertThat(stored.id()).isEqualTo("1857777774821032");
            assertThat(stored.holder().value()).isEqualTo(Examples.PAGE);
            assertThat(stored.mimeType()).contains("image/png");
            assertThat(graph.taken())
                    .startsWith(UPLOAD)
                    .contains("{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}")
                    .contains("name=\"filedata\"; filename=\"")
                    .contains("Content-Type: image/png");
        }

        @Test
        void sends_a_file_without_its_name(@TempDir Path folder) throws IOException, InterruptedException {
            graph.answers("{\"attachment_id\":1}");
            Path file = Files.write(folder.resolve("ana-martin.png"), PNG);

            assertThat(media.upload(Kind.FILE, file).id()).isEqualTo("1");
            assertThat(graph.taken()).contains("\"type\":\"file\"").doesNotContain("ana-martin");
        }

        @Test
        void lets_meta_fetch_a_link() throws IOException, InterruptedException {
            graph.answers("{\"attachment_id\":\"2\"}");

            assertThat(media.upload(Kind.VIDEO, URI.create("https://cdn.example.org/a.mp4"))
                            .id())
                    .isEqualTo("2");
            assertThat(graph.taken())
                    .isEqualTo(UPLOAD + " {\"message\":{\"attachment\":{\"type\":\"video\",\"payload\":"
                            + "{\"url\":\"https://cdn.example.org/a.mp4\",\"is_reusable\":true}}}}");
        }

        @ParameterizedTest
        @CsvSource({
            "VIDEO,....ftypqt  ....,video/quicktime",
            "VIDEO,RIFF....AVI LIST,video/x-msvideo",
            "AUDIO,RIFF....WAVEfmt ,audio/wav"
        })
        void sends_films_and_sounds_of_all_formats_that_messenger_takes(Kind kind, String bytes, String type)
                throws IOException, InterruptedException {
            graph.answers("{\"attachment_id\":\"1\"}");

            Media.Stored stored = media.upload(kind, bytes.getBytes(StandardCharsets.US_ASCII));

            assertThat(stored.mimeType()).contains(type);
            assertThat(graph.taken()).contains("Content-Type: " + type);
        }

        @Test
        void asks_once_for_the_same_bytes_as_the_same() throws IOException {
            graph.answers("{\"attachment_id\":\"1\"}");
            graph.answers("{\"attachment_id\":\"2\"}");

            assertThat(media.upload(Kind.IMAGE, PNG)).isEqualTo(media.upload(Kind.IMAGE, PNG.clone()));
            assertThat(media.upload(Kind.FILE, PNG).id()).isEqualTo("2");
            assertThat(graph.asked()).isEqualTo(2);
        }

        @Test
        void asks_again_a_day_before_messenger_forgets() throws IOException {
            graph.answers("{\"attachment_id\":\"1\"}");
            graph.answers("{\"attachment_id\":\"2\"}");
            media.upload(Kind.IMAGE, PNG);

            clock.advance(Duration.ofDays(89).minusSeconds(1));
            assertThat(media.upload(Kind.IMAGE, PNG).id()).isEqualTo("1");
            clock.advance(Duration.ofSeconds(1));
            assertThat(media.upload(Kind.IMAGE, PNG).id()).isEqualTo("2");
        }

        @Test
        void takes_25_million_bytes_and_no_more() throws IOException {
            graph.answers("{\"attachment_id\":\"1\"}");
            byte[] large = Arrays.copyOf(PNG, 25_000_000);

            media.upload(Kind.IMAGE, large);

            assertThatThrownBy(() -> media.upload(Kind.IMAGE, Arrays.copyOf(PNG, 25_000_001)))
                    .isInstanceOfSatisfying(
                            MediaRefusedException.class,
                            refused -> assertThat(refused.limit().orElseThrow().max())
                                    .isEqualTo(25_000_000));
        }

        @Test
        void refuses_what_is_empty_or_of_another_kind() {
            assertThatThrownBy(() -> media.upload(Kind.IMAGE, new byte[0]))
                    .isInstanceOfSatisfying(
                            MediaRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.EMPTY));
            assertThatThrownBy(() -> media.upload(Kind.VIDEO, PNG))
                    .isInstanceOfSatisfying(
                            MediaRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_TYPE));
            assertThatIllegalArgumentException().isThrownBy(() -> media.upload(Kind.IMAGE, URI.create("a.png")));
            assertThat(graph.asked()).isZero();
        }

        @Test
        void throws_where_the_answer_names_none() {
            graph.answers("{}");
            graph.answers("{}");

            assertThatThrownBy(() -> media.upload(Kind.IMAGE, PNG)).isInstanceOf(CallRefusedException.class);
            assertThatThrownBy(() -> media.upload(Kind.IMAGE, URI.create("https://a.example/b")))
                    .isInstanceOf(CallRefusedException.class);
        }
    }

    @Nested
    class WhenItDownloads {
        private Media.Link link(String path) {
            return Media.link(server.url(path).uri());
        }

        @Test
        void gives_what_lies_there() throws IOException {
            server.enqueue(new MockResponse.Builder().code(200).body("bytes").build());

            assertThat(media.download(link("/media/1"), 5)).asString().isEqualTo("bytes");
        }

        @Test
        void refuses_more_than_was_allowed() {
            server.enqueue(new MockResponse.Builder().code(200).body("bytes!").build());

            assertThatThrownBy(() -> media.download(link("/media/1"), 5)).isInstanceOf(MediaRefusedException.class);
        }

        @Test
        void tells_that_it_is_gone() {
            graph.answers(404, "");

            assertThatThrownBy(() -> media.download(link("/media/1"), 5)).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void gives_the_token_to_nobody_else() {
            Media.Link foreign = Media.link(URI.create("https://evil.example.org/a"));

            assertThatThrownBy(() -> media.download(foreign, 5))
                    .isInstanceOfSatisfying(
                            MediaRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.FOREIGN_ADDRESS));
            assertThatIllegalArgumentException().isThrownBy(() -> media.download(foreign, 0));
        }
    }
}
