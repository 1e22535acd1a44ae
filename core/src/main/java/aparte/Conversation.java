package aparte;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What passed between one of our senders and a person: when they last wrote, when we did. Thread-safe.
 *
 * <p>A person who writes starts a conversation; how long it stays open is each lane's own matter.
 */
public final class Conversation {
    private static final Conversation NONE = new Conversation(null, null);

    private final @Nullable Instant heardAt; // they never wrote
    private final @Nullable Instant wroteAt; // we never wrote

    private Conversation(@Nullable Instant heardAt, @Nullable Instant wroteAt) {
        this.heardAt = heardAt;
        this.wroteAt = wroteAt;
    }

    /** Returns the conversation with somebody who never wrote and was never written to. */
    public static Conversation none() {
        return NONE;
    }

    /** Returns this conversation after the person wrote; an earlier time than known changes nothing. */
    public Conversation heard(Instant at) {
        Objects.requireNonNull(at, "at");
        return heardAt != null && !at.isAfter(heardAt) ? this : new Conversation(at, wroteAt);
    }

    /** Returns this conversation after we wrote; an earlier time than known changes nothing. */
    public Conversation wrote(Instant at) {
        Objects.requireNonNull(at, "at");
        return wroteAt != null && !at.isAfter(wroteAt) ? this : new Conversation(heardAt, at);
    }

    /** Returns what both know together, such as of two addresses of one person. */
    public Conversation and(Conversation other) {
        Conversation both = this;
        if (other.heardAt != null) {
            both = both.heard(other.heardAt);
        }
        if (other.wroteAt != null) {
            both = both.wrote(other.wroteAt);
        }
        return both;
    }

    /** Returns when the person last wrote. */
    public Optional<Instant> heardAt() {
        return Optional.ofNullable(heardAt);
    }

    /** Returns when we last wrote. */
    public Optional<Instant> wroteAt() {
        return Optional.ofNullable(wroteAt);
    }

    /** Tells whether the person wrote less than {@code length} before {@code now}. */
    public boolean isOpenAt(Instant now, Duration length) {
        return heardAt != null && now.isBefore(heardAt.plus(length));
    }

    /** Tells whether the person wrote in a second after that one. */
    boolean heardAfterSecond(long second) {
        return heardAt != null && heardAt.getEpochSecond() > second;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Conversation that
                && Objects.equals(heardAt, that.heardAt)
                && Objects.equals(wroteAt, that.wroteAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(heardAt, wroteAt);
    }

    @Override
    public String toString() {
        return "Conversation[heard " + heardAt + ", wrote " + wroteAt + "]";
    }
}
