package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ChannelId;
import aparte.Controller;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.RecordingDecisionLog;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookHandlerTest {
    private final AtomicReference<Optional<WebhookRequest>> seen = new AtomicReference<>(Optional.empty());
    private final WebhookReader reader = new WebhookReader() {
        @Override
        public ChannelId channel() {
            return ChannelId.of("probe");
        }

        @Override
        public Reading read(WebhookRequest request) throws SignatureException {
            seen.set(Optional.of(request));
            if (request.header("X-Forged").isPresent()) {
                throw new SignatureException("forged");
            }
            return new Reading(List.of(), WebhookResponse.text(200, "d\u00e9j\u00e0"));
        }
    };
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ConsentGate gate = ConsentGate.builder(new Controller("c", "C"), new InMemoryConsentLedger())
                .conversations(new InMemoryConversations())
                .sendLog(new InMemorySendLog())
                .decisions(new RecordingDecisionLog())
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint("probe", reader)
                .journal(new InMemoryInboxJournal())
                .maxBodyBytes(1_000)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", WebhookHandler.of(inbox, "probe"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String exchange(String... lines) throws IOException {
        try (Socket socket =
                new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return read(socket.getInputStream());
        }
    }

    /** The answer, without waiting for the server to close where it announced no body. */
    private static String read(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.read());
        }
        return answer.indexOf("413") > 0
                ? answer.toString()
                : answer + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void hands_over_method_headers_query_and_bytes() throws IOException {
        String answer = exchange(
                "POST /hook?hub.mode=a%20b&x=%C3%A9+1&x=2&flag HTTP/1.1",
                "Host: h", "X-Own: v", "Connection: close", "Content-Length: 4", "", "body");

        WebhookRequest request = seen.get().orElseThrow();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("x-own")).contains("v");
        assertThat(request.query("hub.mode")).contains("a b");
        assertThat(request.query("x")).contains("\u00e9 1");
        assertThat(request.query("flag")).contains("");
        assertThat(request.body()).isEqualTo("body".getBytes(StandardCharsets.UTF_8));
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("text/plain; charset=utf-8")
                .endsWith("d\u00e9j\u00e0");
    }

    @Test
    void answers_401_to_a_forged_signature() throws IOException {
        String answer = exchange(
                "POST /hook HTTP/1.1", "Host: h", "X-Forged: 1", "Connection: close", "Content-Length: 0", "", "");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    @Test
    void answers_413_before_the_body_comes() throws IOException {
        String answer =
                exchange("POST /hook HTTP/1.1", "Host: h", "Connection: close", "Content-Length: 10000000", "", "");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
        assertThat(seen.get()).isEmpty();
    }

    @Test
    void answers_413_to_chunks_that_add_up() throws IOException {
        String answer = exchange(
                "POST /hook HTTP/1.1",
                "Host: h",
                "Connection: close",
                "Transfer-Encoding: chunked",
                "",
                "3e9",
                "x".repeat(1_001),
                "0",
                "",
                "");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
        assertThat(seen.get()).isEmpty();
    }

    @Test
    void takes_a_body_of_just_the_size() throws IOException {
        String answer = exchange(
                "POST /hook HTTP/1.1", "Host: h", "Connection: close", "Content-Length: 1000", "", "x".repeat(1_000));

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(seen.get().orElseThrow().length()).isEqualTo(1_000);
    }
}
