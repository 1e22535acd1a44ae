package aparte.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that follows another one and can be moved ahead of it. Thread-safe. */
final class MovableClock extends Clock {
    private final Clock base;
    private final AtomicReference<Duration> ahead;

    MovableClock(Clock base) {
        this(base, new AtomicReference<>(Duration.ZERO));
    }

    private MovableClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration is negative: a platform's clock never goes back");
        }
        ahead.updateAndGet(moved -> moved.plus(duration));
    }

    /** How far it was moved. */
    Duration ahead() {
        return Duration.ZERO.plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(base.withZone(zone), ahead);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }
}
