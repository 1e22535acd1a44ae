package aparte.channel.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a channel speaks HTTP: time-outs, connections, tries.
 *
 * <p>Defaults: connect 5 s, read 15 s, write 15 s, whole call 30 s; as many idle connections as the channel's pace needs, 64 at
 * least; 3 tries within 10 s, each of which waits for its turn for 10 s at most. Thread-safe.
 */
public final class HttpSettings {
    private static final HttpSettings DEFAULTS = builder().build();

    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Duration writeTimeout;
    private final Duration callTimeout;
    private final int connections;
    private final int tries;
    private final Duration retryWithin;
    private final Duration turnWithin;
    private final Waiting waiting;
    private final Clock clock;

    private HttpSettings(Builder builder) {
        this.connectTimeout = builder.connectTimeout;
        this.readTimeout = builder.readTimeout;
        this.writeTimeout = builder.writeTimeout;
        this.callTimeout = builder.callTimeout;
        this.connections = builder.connections;
        this.tries = builder.tries;
        this.retryWithin = builder.retryWithin;
        this.turnWithin = builder.turnWithin == null ? builder.retryWithin : builder.turnWithin;
        this.waiting = builder.waiting;
        this.clock = builder.clock;
    }

    /** How time passes: how to wait, for a turn and between two tries, and how long it took. Blocks. */
    @FunctionalInterface
    public interface Waiting {
        /**
         * Waits so long.
         *
         * @throws InterruptedException if the thread is interrupted; the tries end
         */
        void await(Duration duration) throws InterruptedException;

        /**
         * Returns the time that passed since any moment that stays the same, in nanoseconds; never goes back. By default the
         * virtual machine's.
         */
        default long nanoTime() {
            return System.nanoTime();
        }
    }

    /** Returns the defaults. */
    public static HttpSettings ofDefaults() {
        return DEFAULTS;
    }

    /** Returns a builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration readTimeout() {
        return readTimeout;
    }

    Duration writeTimeout() {
        return writeTimeout;
    }

    Duration callTimeout() {
        return callTimeout;
    }

    /** How many idle connections are kept where the pace asks for so many. */
    int connections(int byPace) {
        return connections == 0 ? byPace : connections;
    }

    int tries() {
        return tries;
    }

    Duration retryWithin() {
        return retryWithin;
    }

    Duration turnWithin() {
        return turnWithin;
    }

    Waiting waiting() {
        return waiting;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public String toString() {
        return "HttpSettings[call " + callTimeout + ", " + (connections == 0 ? "as many" : connections)
                + " connections" + (connections == 0 ? " as the pace needs, " : ", ") + tries + " tries within "
                + retryWithin + "]";
    }

    /** Builds {@link HttpSettings}. Not thread-safe. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration readTimeout = Duration.ofSeconds(15);
        private Duration writeTimeout = Duration.ofSeconds(15);
        private Duration callTimeout = Duration.ofSeconds(30);
        private int connections; // 0: by the pace
        private int tries = 3;
        private Duration retryWithin = Duration.ofSeconds(10);
        private @Nullable Duration turnWithin; // as retryWithin
        private Waiting waiting = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets how long a connection may take; 5 s by default.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = timeout(value, "connectTimeout");
            return this;
        }

        /**
         * Sets how long the provider may be silent; 15 s by default.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder readTimeout(Duration value) {
            this.readTimeout = timeout(value, "readTimeout");
            return this;
        }

        /**
         * Sets how long the provider may refuse to take bytes; 15 s by default.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder writeTimeout(Duration value) {
            this.writeTimeout = timeout(value, "writeTimeout");
            return this;
        }

        /**
         * Sets how long one request may take from the first step to the last byte of the answer; 30 s by default.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder callTimeout(Duration value) {
            this.callTimeout = timeout(value, "callTimeout");
            return this;
        }

        /**
         * Sets how many idle connections are kept; by default as many as requests leave in a second by the channel's pace, and
         * 64 at least. Give it at least as many as requests are under way at once: the pace per second times the seconds that
         * an answer takes.
         *
         * @throws IllegalArgumentException if it is not 1 to 10,000
         */
        public Builder connections(int value) {
            this.connections = number(value, 10_000, "connections");
            return this;
        }

        /**
         * Sets how often a message may be tried while the provider certainly did not take it; 3 by default, 1 never tries
         * again.
         *
         * @throws IllegalArgumentException if it is not 1 to 10
         */
        public Builder tries(int value) {
            this.tries = number(value, 10, "tries");
            return this;
        }

        /**
         * Sets the time in which a further try may begin, waits included; 10 s by default. A provider that asks for a longer
         * wait ends the tries at once.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder retryWithin(Duration value) {
            this.retryWithin = timeout(value, "retryWithin");
            return this;
        }

        /**
         * Sets how long each try may wait for its turn, where the pace of the channel or a pause after a refusal asks for it; as
         * long as {@link #retryWithin} by default. A message whose turn is further away ends at once as throttled, with that
         * wait and without a request.
         *
         * @throws IllegalArgumentException if it is not 1 ms to 1 hour
         */
        public Builder turnWithin(Duration value) {
            this.turnWithin = timeout(value, "turnWithin");
            return this;
        }

        /** Sets how to wait for a turn and between tries; by default the calling thread sleeps. */
        public Builder waiting(Waiting value) {
            this.waiting = Objects.requireNonNull(value, "waiting");
            return this;
        }

        /** Sets the clock that a wait given as a date is measured from; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the settings. */
        public HttpSettings build() {
            return new HttpSettings(this);
        }

        private static Duration timeout(Duration value, String name) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(name + " must be 1 ms to 1 hour");
            }
            return value;
        }

        private static int number(int value, int max, String name) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + " must be 1 to " + max);
            }
            return value;
        }
    }
}
