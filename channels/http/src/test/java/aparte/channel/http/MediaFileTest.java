package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.channel.http.MediaRefusedException.Reason;
import aparte.channel.http.ProviderRequest.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaFileTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};

    @StartStop
    final MockWebServer server = new MockWebServer();

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.write(folder.resolve("ana-dupont.png"), PNG);
    }

    @Nested
    class WhenItIsLookedAt {
        @Test
        void is_told_by_its_bytes() throws IOException {
            MediaFile file = MediaFile.of(path, PNG.length);

            assertThat(file.type()).contains(MediaType.PNG);
            assertThat(file.length()).isEqualTo(PNG.length);
            assertThat(file.sha256()).matches("[0-9a-f]{64}");
            assertThat(file.toString()).doesNotContain("dupont");
        }

        @Test
        void may_be_of_no_known_type() throws IOException {
            Files.write(path, new byte[] {0, 1, 2});

            assertThat(MediaFile.of(path, 3).type()).isEqualTo(Optional.empty());
        }

        @Test
        void is_refused_if_it_is_too_large_or_empty() throws IOException {
            assertThatThrownBy(() -> MediaFile.of(path, PNG.length - 1))
                    .isInstanceOfSatisfying(MediaRefusedException.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
                        assertThat(refused.limit().orElseThrow().actual()).isEqualTo(PNG.length);
                    });
            Files.write(path, new byte[0]);
            assertThatThrownBy(() -> MediaFile.of(path, 1))
                    .isInstanceOfSatisfying(
                            MediaRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.EMPTY));
        }

        @Test
        void must_be_there() {
            assertThatThrownBy(() -> MediaFile.of(folder.resolve("none"), 1)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Nested
    class WhenItIsSent {
        private ProviderAnswer send(MediaFile file) throws IOException {
            server.enqueue(new MockResponse.Builder().body("{}").build());
            StrictHttp http = StrictHttp.builder(server.url("/").uri(), () -> "t", "/messages")
                    .build();
            return http.call(
                    ProviderRequest.form("/media", List.of(Part.file("file", "image.png", "image/png", file))));
        }

        @Test
        void goes_as_it_is_under_a_name_that_tells_nothing() throws IOException, InterruptedException {
            assertThat(send(MediaFile.of(path, 100)).isSuccess()).isTrue();

            assertThat(server.takeRequest().getBody().string(StandardCharsets.ISO_8859_1))
                    .contains("filename=\"image.png\"", new String(PNG, StandardCharsets.ISO_8859_1))
                    .doesNotContain("dupont");
        }

        @Test
        void breaks_off_if_it_changed() throws IOException {
            MediaFile file = MediaFile.of(path, 100);
            byte[] other = PNG.clone();
            other[10] = 7;
            Files.write(path, other);

            assertThatThrownBy(() -> send(file))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("the file changed while it was sent: nothing was kept of it");
        }

        @Test
        void breaks_off_if_it_was_cut() throws IOException {
            MediaFile file = MediaFile.of(path, 100);
            Files.write(path, new byte[] {1});

            assertThatThrownBy(() -> send(file)).isInstanceOf(IOException.class);
        }
    }
}
