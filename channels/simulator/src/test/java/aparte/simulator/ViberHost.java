package aparte.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okio.ByteString;

/** An application with a webhook endpoint for Viber, which answers with a body when told so. */
final class ViberHost implements AutoCloseable {
    record Received(Map<String, String> query, String signature, String contentType, String body) {
        Tree json() {
            return Tree.of(body);
        }

        String event() {
            return json().text("event");
        }

        long token() {
            return ViberClient.token(body);
        }
    }

    private record Next(int status, ByteString body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedDeque<Next> next = new ConcurrentLinkedDeque<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

    ViberHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/viber");
    }

    void answerNext(int status, String body) {
        answerNext(status, ByteString.encodeUtf8(body));
    }

    void answerNext(int status, ByteString body) {
        next.add(new Next(status, body));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<String> events() {
        return received().stream().map(Received::event).toList();
    }

    Received await() {
        try {
            Received first = received.poll(10, TimeUnit.SECONDS);
            if (first == null) {
                throw new AssertionError("no webhook within ten seconds");
            }
            return first;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Does this once, while the next webhook waits for its answer. */
    void doWhileAnswering(Runnable work) {
        meanwhile.set(work);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            received.add(new Received(
                    Call.parse(query == null ? "" : query),
                    exchange.getRequestHeaders().getFirst("X-Viber-Content-Signature"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Runnable work = meanwhile.getAndSet(null);
            if (work != null) {
                work.run();
            }
            Next answer = next.poll();
            byte[] body = answer == null ? new byte[0] : answer.body().toByteArray();
            exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
