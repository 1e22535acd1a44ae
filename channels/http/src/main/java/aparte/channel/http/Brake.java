package aparte.channel.http;

import java.time.Duration;

/**
 * What a refusal says about our pace, and for how long we then pause: each further one, as long as nothing was accepted
 * between, multiplies the wait. A longer wait that the provider names is kept, up to an hour. For the transports of channels,
 * not for hosts.
 */
public enum Brake {
    /**
     * The sender was too fast. It pauses for 1 s, 2 s, 4 s and so on up to 1 minute, each by up to half more at random, and
     * goes on at half its rate, which comes back while messages are accepted.
     */
    RATE(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), true),
    /**
     * The sender's calls of an hour or so are used up, or it is out of service for minutes. It pauses for 1 minute, 2, 4 and
     * so on up to 15, each by up to half more at random; its rate stays.
     */
    QUOTA(Duration.ofMinutes(1), 2, Duration.ofMinutes(15), true),
    /** Too many messages to one person. They wait 1 s, 4 s, 16 s and so on up to 1 hour; others go on. */
    PERSON(Duration.ofSeconds(1), 4, Duration.ofHours(1), false),
    /** The provider does not say which: the sender and the person pause, and if that person meets it again, they alone. */
    EITHER(Duration.ofSeconds(1), 4, Duration.ofHours(1), false);

    private static final double MOST_MORE = 0.5;

    private final long first;
    private final int factor;
    private final long most;
    private final boolean random;

    Brake(Duration first, int factor, Duration most, boolean random) {
        this.first = first.toNanos();
        this.factor = factor;
        this.most = most.toNanos();
        this.random = random;
    }

    /**
     * How long to pause, in nanoseconds.
     *
     * @param strikes how many came without an acceptance between, at least 1
     * @param chance 0 to 1, to spread several machines that share a sender
     */
    long pause(int strikes, double chance) {
        long wait = first;
        for (int strike = 1; strike < strikes && wait < most; strike++) {
            wait *= factor;
        }
        wait = Math.min(wait, most);
        return random ? wait + (long) (wait * MOST_MORE * chance) : wait;
    }
}
