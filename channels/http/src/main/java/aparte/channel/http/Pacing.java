package aparte.channel.http;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.consent.ClearedMessage;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one sender and towards each person, kept before each attempt: for the transports of channels, not for hosts.
 *
 * <p>A transport asks for a {@link #turn} before each attempt, so that whoever opts out during the wait is heard. No window
 * of the sender ever holds more requests than the limit, counted when they leave; they leave evenly spread, first come first
 * served, at 99 % of the limit or more. Towards a person a burst is let go at once and paid back by the interval. What the
 * provider's refusals say is told by {@link Turn#brake}: the sender, or that person alone, then pauses, and what may not go
 * within the bound ends without a request.
 *
 * <p>One process: several machines of one sender share its limit among them by a part each. What it remembers of people ends
 * when their burst is free again.
 *
 * <p>Thread-safe. {@link #turn} blocks, on the caller's thread.
 */
public final class Pacing {
    private static final int LEAST_CONNECTIONS = 64;

    private final Object lock = new Object();
    private final SenderPace sender;
    private final PersonPace people;
    private final boolean broadcastsOnly;
    private final HttpSettings.Waiting waiting;
    private final Duration within;
    private final Clock clock;
    private final long origin;

    private Pacing(Builder builder, HttpSettings settings) {
        this.sender = new SenderPace(builder.most, builder.window.toNanos(), builder.inBursts);
        this.people = new PersonPace(builder.burst, builder.every.toNanos());
        this.broadcastsOnly = builder.broadcastsOnly;
        this.waiting = settings.waiting();
        this.within = settings.turnWithin();
        this.clock = settings.clock();
        this.origin = waiting.nanoTime();
    }

    /** Returns a builder of a pace without limits, which pauses for refusals only. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Waits until the message may go, at most as long as {@link HttpSettings.Builder#turnWithin} and the message's own
     * expiry allow. Close it when the attempt is over; ask before {@link ClearedMessage#attempt}, after uploads.
     *
     * @return the turn; it may have failed
     * @throws InterruptedIOException if the thread is interrupted while it waits; nothing was sent
     */
    public Turn turn(ClearedMessage cleared) throws InterruptedIOException {
        List<Address> receivers = cleared.receivers();
        return await(receivers, cleared.message().expiresAt());
    }

    Turn await(List<Address> receivers, Optional<Instant> expiresAt) throws InterruptedIOException {
        Turn turn = ask(receivers);
        long now = now();
        long wait = turn.begin(now, expiresAt);
        while (wait > 0) {
            try {
                waiting.await(Duration.ofNanos(wait));
            } catch (InterruptedException interrupted) {
                turn.close();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for its turn; nothing was sent");
            }
            now = Math.max(now(), now + wait); // a waiting that no time passes for is believed
            wait = turn.next(now);
        }
        return turn;
    }

    /** A turn to {@linkplain Turn#begin ask for} without blocking. */
    Turn ask(List<Address> receivers) {
        return new Turn(receivers);
    }

    /** How many connections to keep: as many as requests leave in a second, since an answer may take that long. */
    int connections() {
        return (int) Math.max(LEAST_CONNECTIONS, sender.perSecond());
    }

    /** How many people are remembered. */
    int remembered() {
        synchronized (lock) {
            return people.remembered();
        }
    }

    private long now() {
        return waiting.nanoTime() - origin;
    }

    /** Whether a failure is that of a turn too far away: no provider said it, so it has no code. */
    static boolean isOwn(DeliveryFailure failure) {
        return failure.kind() == DeliveryFailure.Kind.THROTTLED
                && failure.providerCode().isEmpty();
    }

    @Override
    public String toString() {
        return "Pacing[" + (sender.perSecond() == 0 ? "no limit" : sender.perSecond() + " a second") + "]";
    }

    /** The right to one request. Thread-safe. */
    public final class Turn implements AutoCloseable {
        private final boolean limited;
        private final @Nullable Address address; // only if the request reaches one
        private PersonPace.@Nullable Person person; // likewise
        private boolean promised;
        private SenderPace.@Nullable Place place; // once the person's turn has come
        private long deadline = Long.MAX_VALUE;
        private long leftAt = Pause.NEVER;
        private boolean over;
        private @Nullable DeliveryFailure failure; // only if there is no turn in time
        private @Nullable Turn also; // only if the request counts by another pace too

        private Turn(List<Address> receivers) {
            this.limited = !broadcastsOnly || receivers.size() > 1;
            this.address = receivers.size() == 1 ? receivers.get(0) : null;
        }

        /** Asks for the turn. Returns how long to wait before {@link #next}, 0 if it came or never will. */
        long begin(long now, Optional<Instant> expiresAt) {
            synchronized (lock) {
                Address to = address;
                if (to != null) {
                    person = people.of(to, now);
                    long due = person.due(now);
                    if (due > now) {
                        deadline = deadline(now, expiresAt);
                        if (due > deadline) {
                            return fail(now, due);
                        }
                        person.join();
                        return due - now;
                    }
                    person.join();
                }
                return nextOf(now, expiresAt);
            }
        }

        /** Asks again after the wait. */
        long next(long now) {
            synchronized (lock) {
                return nextOf(now, Optional.empty());
            }
        }

        private long nextOf(long now, Optional<Instant> expiresAt) {
            PersonPace.Person to = person;
            if (to != null && !promised) {
                long due = to.promise(now);
                if (due > now) {
                    if (due > deadline) {
                        to.stopWaiting();
                        return fail(now, due);
                    }
                    return due - now;
                }
                promised = true;
            }
            SenderPace.Place mine = place;
            if (mine == null) {
                mine = sender.plan(now, limited);
                if (mine.due() > now && deadline == Long.MAX_VALUE) {
                    deadline = deadline(now, expiresAt);
                }
                if (mine.due() > deadline) {
                    return fail(now, mine.due());
                }
                sender.join(mine);
                place = mine;
            }
            if (sender.mayGo(mine, now)) {
                return 0;
            }
            return mine.due() > deadline ? fail(now, mine.due()) : mine.due() - now;
        }

        private long deadline(long now, Optional<Instant> expiresAt) {
            long most = within.toNanos();
            if (expiresAt.isPresent()) {
                Duration life = Duration.between(clock.instant(), expiresAt.get());
                if (life.compareTo(within) < 0) {
                    most = life.toNanos();
                }
            }
            return now + most;
        }

        private long fail(long now, long due) {
            failure = DeliveryFailure.of(
                            DeliveryFailure.Kind.THROTTLED,
                            "",
                            "its turn is too far away by our own pace: nothing was sent, try again later")
                    .retryAfter(Duration.ofNanos(due - now));
            giveUp();
            return 0;
        }

        /** Returns why there is no turn; the attempt then ends with {@code notTaken} of it, without a request. */
        public Optional<DeliveryFailure> failure() {
            return Optional.ofNullable(failure);
        }

        /**
         * Lets the same request count by a stricter pace too, such as that of films: that turn is over when this one is used.
         * Wait for the stricter one first, and close both. What the provider says about its pace is told to this one alone.
         *
         * @return this turn
         */
        public Turn also(Turn stricter) {
            this.also = Objects.requireNonNull(stricter, "stricter");
            return this;
        }

        /** The request leaves now. */
        void left() {
            Turn stricter = also;
            if (stricter != null) {
                stricter.left();
            }
            synchronized (lock) {
                if (over) {
                    throw new IllegalStateException("this turn is over: each request needs one of its own");
                }
                over = true;
                leftAt = now();
                if (place != null) {
                    sender.left(place, leftAt);
                }
                if (person != null) {
                    person.left(leftAt);
                }
            }
        }

        /** The provider took the message: pauses that refusals made become short again, and the rate comes back. */
        public void accepted() {
            synchronized (lock) {
                sender.accepted(leftAt);
                PersonPace.Person to = address == null ? null : people.known(address);
                if (to != null) {
                    to.accepted(leftAt);
                }
            }
        }

        /**
         * The provider tells how much of its quota the sender used. From 80 % on it goes slower: at 90 % at half its rate, at
         * 100 % one a second; if calls are taken no more, it pauses for as long as the provider says, up to an hour. What a
         * later answer says counts instead.
         *
         * @param percent how much is used
         * @param regain how long until calls are taken again; zero while they are
         */
        void usage(int percent, Duration regain) {
            synchronized (lock) {
                sender.usage(percent, regain.toNanos(), now());
            }
        }

        /**
         * The provider refused for our pace.
         *
         * @param asked how long the provider asks to wait, if it does
         * @return how long the next message to this person waits at least
         */
        public Duration brake(Brake brake, Optional<Duration> asked) {
            long nanos = TimeUnit.SECONDS.toNanos(asked.map(Duration::toSeconds).orElse(0L)); // at most 292 years
            synchronized (lock) {
                long now = now();
                PersonPace.Person to = address == null ? null : people.of(address, now);
                boolean known = to != null && to.isBraked(now);
                long until = now;
                if (to != null && (brake == Brake.PERSON || brake == Brake.EITHER)) {
                    until = to.brake(brake, now, leftAt, nanos);
                }
                if (to == null || brake == Brake.RATE || brake == Brake.QUOTA || (brake == Brake.EITHER && !known)) {
                    Brake whole = brake == Brake.QUOTA ? brake : Brake.RATE;
                    until = Math.max(until, sender.brake(whole, now, leftAt, nanos));
                }
                return Duration.ofNanos(Math.max(until - now, nanos));
            }
        }

        /** Gives the turn back, unless the request left. */
        @Override
        public void close() {
            synchronized (lock) {
                giveUp();
            }
        }

        private void giveUp() {
            if (over) {
                return;
            }
            over = true;
            if (place != null) {
                sender.gaveUp(place);
            }
            if (person != null && promised) {
                person.gaveUp();
            } else if (person != null && failure == null) {
                person.stopWaiting();
            }
        }

        @Override
        public String toString() {
            return "Turn[" + (failure == null ? over ? "over" : "given" : "none in time") + "]";
        }
    }

    /** Builds a {@link Pacing}. Not thread-safe. */
    public static final class Builder {
        private int most;
        private Duration window = Duration.ofSeconds(1);
        private boolean inBursts;
        private int burst;
        private Duration every = Duration.ofSeconds(1);
        private boolean broadcastsOnly;

        private Builder() {}

        /**
         * Sets how many requests of the sender may leave in any window of this length; no limit by default.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000 in 1 ms to 1 hour
         */
        public Builder sender(int requests, Duration in) {
            this.most = number(requests, "requests");
            this.window = positive(in, "window");
            return this;
        }

        /**
         * Lets requests go as they come until the window is full, for limits of an hour or so; by default they leave evenly
         * spread.
         */
        public Builder inBursts() {
            this.inBursts = true;
            return this;
        }

        /** Counts requests that reach several people only; by default all count. */
        public Builder broadcastsOnly() {
            this.broadcastsOnly = true;
            return this;
        }

        /**
         * Sets how many messages may go to one person at once, and after which interval each of them is paid back; no limit by
         * default, and none to a group.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000, one in 1 ms to 1 hour
         */
        public Builder person(int atOnce, Duration oneIn) {
            this.burst = number(atOnce, "atOnce");
            this.every = positive(oneIn, "interval");
            return this;
        }

        /** Returns the pace, which nothing left by yet. Its waiting, its bound and its clock are those of the settings. */
        public Pacing build(HttpSettings settings) {
            return new Pacing(this, Objects.requireNonNull(settings, "settings"));
        }

        private static int number(int value, String name) {
            if (value < 1 || value > 100_000) {
                throw new IllegalArgumentException(name + " must be 1 to 100,000");
            }
            return value;
        }

        private static Duration positive(Duration value, String name) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(name + " must be 1 ms to 1 hour");
            }
            return value;
        }
    }
}
