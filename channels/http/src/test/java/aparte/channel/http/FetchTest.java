package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Refusal;
import aparte.channel.http.MediaRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTest {
    private static final FetchHosts HOSTS = FetchHosts.of("media.example.org", ".files.example.org");
    private static final String TOKEN = "secret-token";

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer other = new MockWebServer();

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private StrictHttp http;

    @BeforeEach
    void open() {
        http = at(server.url("/").uri());
    }

    private static StrictHttp at(URI base) {
        HttpSettings settings = HttpSettings.builder()
                .callTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(1))
                .build();
        return StrictHttp.builder(base, () -> TOKEN, "/messages")
                .settings(settings)
                .build();
    }

    private String address() {
        return server.url("/attachments?mid=1&hash=abc").toString();
    }

    private void answers(MockResponse.Builder response) {
        server.enqueue(response.build());
    }

    private static void assertRefused(ThrowingCallable fetch, Reason reason) {
        assertThatThrownBy(fetch)
                .isInstanceOfSatisfying(
                        MediaRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Nested
    class WhenTheFileComes {
        @Test
        void writes_it_and_tells_its_hash() throws IOException, InterruptedException {
            answers(new MockResponse.Builder()
                    .addHeader("Content-Type", "text/plain")
                    .body("hello"));

            Fetched fetched = http.fetch(address(), HOSTS, 5, taken);

            assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
            assertThat(fetched.isWhole()).isTrue();
            assertThat(fetched.mimeType()).contains("text/plain");
            assertThat(fetched.length()).isEqualTo(5);
            assertThat(fetched.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("GET /attachments?mid=1&hash=abc HTTP/1.1");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
        }

        @Test
        void writes_nothing_of_another_answer() throws IOException {
            answers(new MockResponse.Builder().code(404).body("not here"));

            Fetched fetched = http.fetch(address(), HOSTS, 5, taken);

            assertThat(fetched.isWhole()).isFalse();
            assertThat(fetched.status()).isEqualTo(404);
            assertThat(taken.size()).isZero();
        }

        @Test
        void takes_a_part_for_no_file() throws IOException {
            answers(new MockResponse.Builder().code(206).body("hel"));

            assertThat(http.fetch(address(), HOSTS, 5, taken).isWhole()).isFalse();
        }

        @Test
        void tells_that_the_disk_is_full() {
            answers(new MockResponse.Builder().body("hello"));
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("no space left");
                }
            };

            assertThatThrownBy(() -> http.fetch(address(), HOSTS, 5, full))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("no space left");
        }
    }

    @Nested
    class WhenTheAddressIsAnother {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example/file",
                    "https://media.example.org.evil.example/file",
                    "https://evilfiles.example.org.example/file",
                    "https://notfiles.example.org/file",
                    "https://files.example.org/file",
                    "http://media.example.org/file",
                    "https://media.example.org:8443/file",
                    "https://media.example.org@evil.example/file",
                    "https://user:word@media.example.org/file",
                    "https://evil.example\\@media.example.org/file",
                    "https://evil.example#@media.example.org/file",
                    "https://10.0.0.1/file",
                    "https://169.254.169.254/latest",
                    "file:///etc/passwd",
                    "//media.example.org/file",
                    ""
                })
        void keeps_the_token_and_asks_nobody(String address) {
            assertRefused(() -> http.fetch(address, HOSTS, 5, taken), Reason.FOREIGN_ADDRESS);
        }

        @Test
        void goes_to_no_loopback_unless_the_provider_is_there() {
            StrictHttp real = at(URI.create("https://graph.example.org"));

            assertRefused(() -> real.fetch(other.url("/file").toString(), HOSTS, 5, taken), Reason.FOREIGN_ADDRESS);
            assertThat(other.getRequestCount()).isZero();
        }

        @Test
        void follows_no_redirect() throws IOException {
            answers(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", other.url("/file").toString()));

            Fetched fetched = http.fetch(address(), HOSTS, 5, taken);

            assertThat(fetched.status()).isEqualTo(302);
            assertThat(other.getRequestCount()).isZero();
        }

        @Test
        void tells_nothing_of_the_address() {
            assertThatThrownBy(() -> http.fetch("https://evil.example/ana", HOSTS, 5, taken))
                    .hasMessageNotContaining("evil")
                    .hasMessageNotContaining("ana");
        }
    }

    @Nested
    class WhenTheFileIsTooLarge {
        private void assertTooLarge(long actual) {
            assertThatThrownBy(() -> http.fetch(address(), HOSTS, 1_000, taken))
                    .isInstanceOfSatisfying(MediaRefusedException.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
                        assertThat(refused.limit().map(Refusal.Limit::max)).contains(1_000L);
                        assertThat(refused.limit().orElseThrow().actual()).isGreaterThanOrEqualTo(actual);
                    });
        }

        @Test
        void leaves_it_by_the_length_announced() {
            answers(new MockResponse.Builder().body("x".repeat(1_001)));

            assertTooLarge(1_001);
            assertThat(taken.size()).isZero();
        }

        @Test
        void leaves_it_by_the_bytes_where_no_length_is_announced() {
            answers(new MockResponse.Builder().chunkedBody("x".repeat(1_000_000), 500));

            assertTooLarge(1_001);
            assertThat(taken.size()).isLessThanOrEqualTo(1_000);
        }

        @Test
        void takes_what_just_fits() throws IOException {
            answers(new MockResponse.Builder().chunkedBody("x".repeat(1_000), 300));

            assertThat(http.fetch(address(), HOSTS, 1_000, taken).length()).isEqualTo(1_000);
        }

        @Test
        void needs_a_limit() {
            assertThatThrownBy(() -> http.fetch(address(), HOSTS, 0, taken))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenTheLengthIsALie {
        @Test
        void does_not_take_a_file_that_ends_early() {
            answers(new MockResponse.Builder()
                    .body(new Buffer().writeUtf8("hello"))
                    .setHeader("Content-Length", 9)
                    .onResponseEnd(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE));

            assertThatThrownBy(() -> http.fetch(address(), HOSTS, 100, taken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the file was not fetched to its end");
        }

        @Test
        void tells_the_hash_of_what_came() throws IOException {
            answers(new MockResponse.Builder().body("hello").setHeader("Content-Length", 4));

            Fetched fetched = http.fetch(address(), HOSTS, 100, taken);

            assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("hell");
            assertThat(fetched.sha256()).doesNotStartWith("2cf24dba");
        }
    }

    @Nested
    class WhenHostsAreNamed {
        @ParameterizedTest
        @ValueSource(strings = {"", "localhost", ".org", "Media.example.org"})
        void refuses_what_is_no_host_of_a_provider(String name) {
            assertThatThrownBy(() -> FetchHosts.of(name)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void tells_a_host_from_those_that_look_like_it() {
            assertThat(HOSTS.has("media.example.org")).isTrue();
            assertThat(HOSTS.has("a.files.example.org")).isTrue();
            assertThat(HOSTS.has("x.media.example.org")).isFalse();
            assertThat(HOSTS.has("afiles.example.org")).isFalse();
        }
    }
}
