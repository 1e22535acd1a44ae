package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaUploadsTest {
    private static final JsonInput.Names ID = JsonInput.Names.of("id");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private String token = "secret";
    private StrictHttp http;
    private MediaUploads uploads;

    @BeforeEach
    void open() {
        http = StrictHttp.builder(server.url("/").uri(), () -> token, "/messages")
                .build();
        uploads = MediaUploads.of(http, GraphErrors.builder().build(), Duration.ofDays(29), clock);
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private MediaUploads.Upload upload(String bytes) {
        return uploads.of(
                bytes.getBytes(StandardCharsets.UTF_8),
                () -> ProviderRequest.get("/media", Map.of("name", "a b")),
                body -> JsonInput.find(body, ID));
    }

    @Test
    void uses_an_id_again_while_it_lives() {
        answers(200, "{\"id\":\"1\"}");
        answers(200, "{\"id\":\"2\"}");
        answers(200, "{\"id\":\"3\"}");

        assertThat(upload("a").id()).contains("1");
        assertThat(upload("a").id()).contains("1");
        assertThat(upload("b").id()).contains("2");
        clock.advance(Duration.ofDays(29));
        assertThat(upload("a").id()).contains("3");
        assertThat(uploads).hasToString("MediaUploads[2 remembered]");
    }

    @Test
    void remembers_what_the_bytes_were_uploaded_as() {
        answers(200, "{\"id\":\"1\"}");
        answers(200, "{\"id\":\"2\"}");

        assertThat(uploadAs("image").id()).contains("1");
        assertThat(uploadAs("file").id()).contains("2");
        assertThat(uploadAs("image").id()).contains("1");
    }

    private MediaUploads.Upload uploadAs(String as) {
        return uploads.of(
                new byte[] {1}, as, () -> ProviderRequest.get("/media", Map.of()), body -> JsonInput.find(body, ID));
    }

    @Test
    void forgets_an_id_that_was_refused() {
        answers(200, "{\"id\":\"1\"}");
        answers(200, "{\"id\":\"2\"}");

        uploads.forget(upload("a"));
        uploads.forget(MediaUploads.Upload.none());

        assertThat(upload("a").id()).contains("2");
    }

    @Test
    void fails_without_throwing() {
        answers(400, "{\"error\":{\"code\":7}}");
        answers(200, "{}");

        assertThat(upload("a").failure().orElseThrow().providerCode()).isEqualTo("7");
        assertThat(upload("a").failure().orElseThrow().hint()).contains("without an id");
        token = " ";
        assertThat(upload("a").failure().orElseThrow().kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        token = "secret";
        server.close();
        assertThat(upload("a").failure().orElseThrow().kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
        assertThat(upload("a").id()).isEmpty();
    }

    @Test
    void hides_the_id() {
        answers(200, "{\"id\":\"4711\"}");

        assertThat(upload("a")).hasToString("Upload[…]");
    }

    @Test
    void sends_parameters_escaped() throws InterruptedException {
        answers(200, "{\"id\":\"1\"}");

        upload("a");

        assertThat(server.takeRequest().getTarget()).isEqualTo("/media?name=a%20b");
    }
}
