package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of all platforms: queued until asked for, so that a test decides what arrives when.
 *
 * <p>Requests go out one after the other. Of updates that no host acknowledged, none goes out again but by
 * {@link #redeliver()}. Updates of a platform whose callback is not set stay queued, the latest 10,000.
 * Thread-safe.
 */
public final class Webhooks {
    private static final int KEPT = 10_000;
    private static final Duration TIME_OUT = Duration.ofSeconds(10);

    private record Queued(Mailbox mailbox, Mailbox.Update update, long since) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIME_OUT)
            .build();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "aparte-simulator-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock sending = new ReentrantLock(true);
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final ArrayDeque<WebhookDelivery> made = new ArrayDeque<>();
    private final ArrayDeque<WebhookDelivery> refused = new ArrayDeque<>();
    private @Nullable DeliveryManner automatic;

    Webhooks() {}

    /** Delivers all that is queued now, in order, one update a request; updates that arise meanwhile wait. */
    public List<WebhookDelivery> deliver() {
        return deliver(DeliveryManner.inOrder());
    }

    /**
     * Delivers what is queued now in the given manner, on the caller's thread.
     *
     * @return one outcome for each request, in the order in which they were made
     */
    public List<WebhookDelivery> deliver(DeliveryManner manner) {
        return deliver(requireNonNull(manner, "manner"), Duration.ZERO);
    }

    private List<WebhookDelivery> deliver(DeliveryManner manner, Duration age) {
        sending.lock();
        try {
            return post(manner.copies(requests(manner.order(take(manner.most(), age)), manner.batch())));
        } finally {
            sending.unlock();
        }
    }

    /** Delivers again, byte for byte, what was not acknowledged with a 2xx; it stays due until it is. */
    public List<WebhookDelivery> redeliver() {
        sending.lock();
        try {
            List<WebhookDelivery> due;
            synchronized (queue) {
                due = new ArrayList<>(refused);
                refused.clear();
            }
            return post(due);
        } finally {
            sending.unlock();
        }
    }

    /** From now on delivers by itself, in order and right away, on a thread of the simulator; what is queued goes first. */
    public void deliverAutomatically() {
        deliverAutomatically(DeliveryManner.inOrder());
    }

    /** From now on delivers by itself in the given manner; batches form of what is queued when the thread comes to it. */
    public void deliverAutomatically(DeliveryManner manner) {
        requireNonNull(manner, "manner");
        synchronized (queue) {
            automatic = manner;
            schedule(manner);
        }
    }

    /** From now on keeps updates queued again, as at the start. */
    public void deliverOnDemand() {
        synchronized (queue) {
            automatic = null;
        }
    }

    /** How many updates are queued. */
    public int queued() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Loses all that is queued or due again, as a platform does in the end. */
    public void drop() {
        synchronized (queue) {
            queue.clear();
            refused.clear();
        }
    }

    /** All requests made so far, with what was answered; the latest 10,000. */
    public List<WebhookDelivery> deliveries() {
        synchronized (queue) {
            return List.copyOf(made);
        }
    }

    boolean deliversAutomatically() {
        synchronized (queue) {
            return automatic != null;
        }
    }

    void close() {
        background.shutdownNow();
    }

    /** The number of queued updates. */
    @Override
    public String toString() {
        return "Webhooks[queued=" + queued() + "]";
    }

    void add(Mailbox mailbox, Mailbox.Update update) {
        if (!mailbox.takes(update)) {
            return;
        }
        synchronized (queue) {
            if (queue.size() == KEPT) {
                queue.removeFirst();
            }
            queue.add(new Queued(mailbox, update, System.nanoTime()));
            if (automatic != null) {
                schedule(automatic);
            }
        }
    }

    /** Goes on with what waited for a callback. */
    void callbackSet() {
        synchronized (queue) {
            if (automatic != null) {
                schedule(automatic);
            }
        }
    }

    /** Status and body of a GET, as for a handshake; empty if no answer came. */
    Optional<HttpResponse<String>> get(URI uri) {
        return exchange(HttpRequest.newBuilder(uri).GET(), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Posts one update to this address at once, past the queue and without ever trying again, as a probe.
     *
     * <p>Takes no lock, since the host may ask for it while it answers another webhook.
     */
    WebhookDelivery probe(Mailbox mailbox, URI callback, Mailbox.Update update) {
        ByteString body = mailbox.body(List.of(update));
        return post(new WebhookDelivery(
                mailbox, callback, body, mailbox.headers(body), List.of(update), OptionalInt.empty()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what came of it is in deliveries()
    private void schedule(DeliveryManner manner) {
        Duration delay = manner.delay();
        try {
            background.schedule(() -> deliver(manner, delay), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            automatic = null;
        }
    }

    private List<Queued> take(int most, Duration age) {
        long now = System.nanoTime();
        List<Queued> taken = new ArrayList<>();
        synchronized (queue) {
            for (Iterator<Queued> each = queue.iterator(); each.hasNext() && taken.size() < most; ) {
                Queued next = each.next();
                if (next.mailbox().callback().isPresent() && now - next.since() >= age.toNanos()) {
                    taken.add(next);
                    each.remove();
                }
            }
        }
        return taken;
    }

    private static List<WebhookDelivery> requests(List<Queued> queued, int batch) {
        List<WebhookDelivery> requests = new ArrayList<>();
        for (int from = 0; from < queued.size(); ) {
            Mailbox mailbox = queued.get(from).mailbox();
            int to = from;
            List<Mailbox.Update> updates = new ArrayList<>();
            while (to < queued.size()
                    && updates.size() < Math.min(batch, mailbox.largestBatch())
                    && queued.get(to).mailbox().equals(mailbox)) {
                updates.add(queued.get(to++).update());
            }
            from = to;
            ByteString body = mailbox.body(updates);
            mailbox.callback()
                    .ifPresent(callback -> requests.add(new WebhookDelivery(
                            mailbox, callback, body, mailbox.headers(body), updates, OptionalInt.empty())));
        }
        return requests;
    }

    private List<WebhookDelivery> post(List<WebhookDelivery> requests) {
        List<WebhookDelivery> outcomes = new ArrayList<>();
        for (WebhookDelivery request : requests) {
            WebhookDelivery outcome =
                    post(request.to(request.mailbox().callback().orElse(request.callback())));
            outcomes.add(outcome);
            synchronized (queue) {
                if (!outcome.acknowledged()) {
                    if (refused.size() == KEPT) {
                        refused.removeFirst();
                    }
                    refused.add(outcome);
                }
            }
        }
        return List.copyOf(outcomes);
    }

    private WebhookDelivery post(WebhookDelivery request) {
        Mailbox mailbox = request.mailbox();
        ByteString body = ByteString.of(request.body());
        HttpRequest.Builder http = HttpRequest.newBuilder(mailbox.address(request.callback(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(http::header);
        Optional<HttpResponse<byte[]>> response = exchange(http, HttpResponse.BodyHandlers.ofByteArray());
        WebhookDelivery outcome = request.answered(
                response.map(answer -> OptionalInt.of(answer.statusCode())).orElse(OptionalInt.empty()));
        synchronized (queue) {
            if (made.size() == KEPT) {
                made.removeFirst();
            }
            made.add(outcome);
        }
        response.ifPresent(
                answer -> mailbox.answered(request.content(), answer.statusCode(), ByteString.of(answer.body())));
        return outcome;
    }

    private <T> Optional<HttpResponse<T>> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> reader) {
        try {
            return Optional.of(client.send(request.timeout(TIME_OUT).build(), reader));
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
