package aparte.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;

/** The JDK's HTTP server on loopback, what it received, and the faults it plays; the page is beside all that. Thread-safe. */
final class LoopbackServer implements AutoCloseable {
    /** Above the largest upload that a platform part takes, so that the part itself can refuse. */
    private static final int LARGEST_BODY = 104 * 1024 * 1024;

    private static final int KEPT = 10_000;
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "x-viber-auth-token");
    private static final Set<String> SECRET_QUERIES = Set.of("access_token", "appsecret_proof");
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private record Ordered(String pathEnd, Fault fault) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::daemon);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Clock clock;
    private final List<Platform> platforms;
    private final PhonePage page;
    private final AtomicLong count = new AtomicLong();
    private final ArrayDeque<ReceivedRequest> received = new ArrayDeque<>();
    private final ArrayDeque<Ordered> faults = new ArrayDeque<>();

    /** @param platforms at least one, asked in this order whose a request is; the last one also takes what none claims */
    LoopbackServer(HttpServer server, Clock clock, List<Platform> platforms, PhonePage page) {
        this.server = server;
        this.clock = clock;
        this.platforms = List.copyOf(platforms);
        this.page = page;
    }

    /**
     * Without TCP_NODELAY each answer on a kept connection waits some 40 ms for the client's acknowledgement: the JDK's server writes
     * headers and body apart. It reads this property once in a process and offers no other way to set it.
     */
    static HttpServer bind(int port) throws IOException {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    static URI addressOf(HttpServer server) {
        String address = server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":"
                + server.getAddress().getPort());
    }

    void start() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void failNext(String pathEnd, Fault fault) {
        synchronized (faults) {
            faults.add(new Ordered(pathEnd, fault));
        }
    }

    int pendingFaults() {
        synchronized (faults) {
            return faults.size();
        }
    }

    void clearFaults() {
        synchronized (faults) {
            faults.clear();
        }
    }

    List<ReceivedRequest> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    void clearReceived() {
        synchronized (received) {
            received.clear();
        }
    }

    long count() {
        return count.get();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "aparte-simulator");
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        long nanoTime = System.nanoTime();
        try {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            Call call = call(exchange, ByteString.of(body));
            if (page.claims(call)) {
                respond(exchange, page.answer(call));
                return;
            }
            Platform platform = platformOf(call);
            Optional<Fault> fault = faultFor(call.path());
            keep(new ReceivedRequest(withoutSecrets(call), clock.instant(), nanoTime, fault));
            if (fault.isPresent()) {
                play(exchange, platform, call, fault.get());
            } else {
                respond(exchange, platform.answer(call));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private Platform platformOf(Call call) {
        return platforms.stream()
                .filter(platform -> platform.claims(call))
                .findFirst()
                .orElseGet(() -> platforms.get(platforms.size() - 1));
    }

    private void play(HttpExchange exchange, Platform platform, Call call, Fault fault)
            throws IOException, InterruptedException {
        Optional<Answer> real = fault.taken() ? Optional.of(platform.answer(call)) : Optional.empty();
        Answer answer = fault.answer(platform, real);
        switch (fault.kind()) {
            case HANG_UP -> {}
            case NEVER -> waitFor(fault.duration());
            case LATE -> {
                if (!waitFor(fault.duration())) {
                    respond(exchange, answer);
                }
            }
            case SLOW -> drip(exchange, answer, fault.duration());
            case CUT_OFF -> {
                start(exchange, answer);
                exchange.getResponseBody()
                        .write(answer.body()
                                .substring(0, answer.body().size() / 2)
                                .toByteArray());
                exchange.getResponseBody().flush();
            }
            case ANSWER, THROTTLED, UNAVAILABLE, EXPIRED_TOKEN, TRUNCATED, UNREADABLE -> respond(exchange, answer);
        }
    }

    private static void respond(HttpExchange exchange, Answer answer) throws IOException {
        start(exchange, answer);
        exchange.getResponseBody().write(answer.body().toByteArray());
    }

    private static void start(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        int size = answer.body().size();
        exchange.sendResponseHeaders(answer.status(), size == 0 ? -1 : size);
    }

    private void drip(HttpExchange exchange, Answer answer, Duration whole) throws IOException, InterruptedException {
        start(exchange, answer);
        OutputStream out = exchange.getResponseBody();
        Duration pause = whole.dividedBy(Math.max(1, answer.body().size()));
        for (int i = 0; i < answer.body().size(); i++) {
            if (waitFor(pause)) {
                return;
            }
            out.write(answer.body().getByte(i));
            out.flush();
        }
    }

    /** Waits; true if the simulator closes meanwhile. */
    private boolean waitFor(Duration duration) throws InterruptedException {
        return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<Fault> faultFor(String path) {
        synchronized (faults) {
            for (Iterator<Ordered> ordered = faults.iterator(); ordered.hasNext(); ) {
                Ordered next = ordered.next();
                if (path.endsWith(next.pathEnd())) {
                    ordered.remove();
                    return Optional.of(next.fault());
                }
            }
            return Optional.empty();
        }
    }

    private void keep(ReceivedRequest request) {
        count.incrementAndGet();
        synchronized (received) {
            if (received.size() == KEPT) {
                received.removeFirst();
            }
            received.add(request);
        }
    }

    private static Call call(HttpExchange exchange, ByteString body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery();
        return new Call(
                exchange.getRequestMethod(), uri.getPath(), Call.parse(query == null ? "" : query), headers, body);
    }

    private static Call withoutSecrets(Call call) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.keySet().removeAll(SECRET_HEADERS);
        Map<String, String> query = new LinkedHashMap<>(call.query());
        query.keySet().removeAll(SECRET_QUERIES);
        return new Call(
                call.method(),
                call.path(),
                Collections.unmodifiableMap(query),
                Collections.unmodifiableMap(headers),
                call.body());
    }
}
