package aparte.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that stands still until a test moves it. Its zone is UTC; clocks made by {@link #withZone} move with it.
 * Thread-safe. For tests and examples only.
 */
public final class MutableClock extends Clock {
    private final Hand hand;
    private final ZoneId zone;

    private MutableClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    /** Returns a clock that stands at this instant. */
    public static MutableClock at(Instant start) {
        return new MutableClock(new Hand(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
    }

    /** Moves the clock by this much, backwards if it is negative. */
    public void advance(Duration by) {
        Objects.requireNonNull(by, "by");
        hand.advance(by);
    }

    /** Moves the clock to this instant, backwards too. */
    public void set(Instant instant) {
        hand.set(Objects.requireNonNull(instant, "instant"));
    }

    @Override
    public Instant instant() {
        return hand.now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(hand, Objects.requireNonNull(other, "zone"));
    }

    @Override
    public String toString() {
        return "MutableClock[" + hand.now + ", " + zone + "]";
    }

    /** What the clocks of several zones share. */
    private static final class Hand {
        private volatile Instant now;

        private Hand(Instant now) {
            this.now = now;
        }

        private synchronized void advance(Duration by) {
            now = now.plus(by);
        }

        private synchronized void set(Instant instant) {
            now = instant;
        }
    }
}
