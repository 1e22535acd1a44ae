package aparte.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * How queued webhooks go out: in order, one update a request, once, at once, unless said otherwise.
 *
 * <p>Immutable and thread-safe: each method answers a changed copy.
 */
public final class DeliveryManner {
    private static final DeliveryManner IN_ORDER =
            new DeliveryManner(1, 1, Integer.MAX_VALUE, OptionalLong.empty(), Duration.ZERO);

    private final int batch;
    private final int copies;
    private final int most;
    private final OptionalLong seed;
    private final Duration delay;

    private DeliveryManner(int batch, int copies, int most, OptionalLong seed, Duration delay) {
        this.batch = batch;
        this.copies = copies;
        this.most = most;
        this.seed = seed;
        this.delay = delay;
    }

    /** In the order in which things happened, one update a request, once. */
    public static DeliveryManner inOrder() {
        return IN_ORDER;
    }

    /**
     * Up to so many updates in one request; real platforms go up to 1,000.
     *
     * @throws IllegalArgumentException if {@code updates} is not from 1 to 1,000
     */
    public DeliveryManner inBatchesOf(int updates) {
        if (updates < 1 || updates > 1_000) {
            throw new IllegalArgumentException("updates is not from 1 to 1000: " + updates);
        }
        return new DeliveryManner(updates, copies, most, seed, delay);
    }

    /** Each request twice, byte for byte the same. */
    public DeliveryManner twice() {
        return new DeliveryManner(batch, 2, most, seed, delay);
    }

    /** Updates, and the copies made by {@link #twice()}, out of order: the same seed shuffles the same way. */
    public DeliveryManner shuffled(long randomSeed) {
        return new DeliveryManner(batch, copies, most, OptionalLong.of(randomSeed), delay);
    }

    /**
     * At most so many updates, the oldest; all others stay queued for a later delivery.
     *
     * @throws IllegalArgumentException if {@code updates} is negative
     */
    public DeliveryManner atMost(int updates) {
        if (updates < 0) {
            throw new IllegalArgumentException("updates is negative: " + updates);
        }
        return new DeliveryManner(batch, copies, updates, seed, delay);
    }

    /**
     * So long after the update happened, in real time; only automatic delivery waits.
     *
     * @throws IllegalArgumentException if {@code wait} is negative
     */
    public DeliveryManner delayedBy(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait is negative");
        }
        return new DeliveryManner(batch, copies, most, seed, wait);
    }

    int batch() {
        return batch;
    }

    int most() {
        return most;
    }

    Duration delay() {
        return delay;
    }

    <T> List<T> order(List<T> items) {
        List<T> ordered = new ArrayList<>(items);
        seed.ifPresent(value -> Collections.shuffle(ordered, new Random(value)));
        return ordered;
    }

    <T> List<T> copies(List<T> items) {
        List<T> copied = new ArrayList<>();
        for (T item : items) {
            copied.addAll(Collections.nCopies(copies, item));
        }
        return copies == 1 ? copied : order(copied);
    }
}
