package aparte;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a policy judges: a message that is about to be sent, and all that is known. Thread-safe.
 *
 * <p>For a group, one proposal for each member.
 */
public final class Proposal {
    private final Message message;
    private final SenderId from;
    private final Address to;
    private final Lane lane;
    private final History history;
    private final Standing standing;
    private final Conversation conversation;
    private final Instant now;

    private Proposal(Builder builder) {
        this.message = builder.message;
        this.from = builder.from;
        this.to = builder.to;
        this.lane = builder.lane;
        this.history = builder.history;
        this.conversation = builder.conversation;
        this.now = builder.now;
        Standing given = builder.standing;
        this.standing = given == null ? Standing.of(history, message.purpose(), from, conversation, now) : given;
    }

    /** Returns a builder, for the gate and for tests of policies. */
    public static Builder builder(
            Message message,
            SenderId from,
            Address to,
            Lane lane,
            History history,
            Conversation conversation,
            Instant now) {
        return new Builder(message, from, to, lane, history, conversation, now);
    }

    /** Returns the message. */
    public Message message() {
        return message;
    }

    /** Returns what the message is judged as; the message's own purpose, or an internal one. */
    public Purpose purpose() {
        return standing.purpose();
    }

    /** Returns our end. */
    public SenderId from() {
        return from;
    }

    /** Returns where it would go. */
    public Address to() {
        return to;
    }

    /** Returns the lane it would take. */
    public Lane lane() {
        return lane;
    }

    /** Returns all that the ledger knows of the person. */
    public History history() {
        return history;
    }

    /** Returns where the person stands with the purpose on the sender. */
    public Standing standing() {
        return standing;
    }

    /** Returns what passed between the sender and the person. */
    public Conversation conversation() {
        return conversation;
    }

    /**
     * Tells whether the sender never wrote to the person before; the right to object is brought to attention at the latest
     * then (GDPR article 21(4)).
     */
    public boolean isFirstContact() {
        return conversation.wroteAt().isEmpty();
    }

    /** Returns the instant of judgement. */
    public Instant now() {
        return now;
    }

    @Override
    public String toString() {
        return "Proposal[" + message + ", " + from + ", " + lane.name() + "]";
    }

    /** Builds a {@link Proposal}. Not thread-safe. */
    public static final class Builder {
        private final Message message;
        private final SenderId from;
        private final Address to;
        private final Lane lane;
        private final History history;
        private final Conversation conversation;
        private final Instant now;
        private @Nullable Standing standing; // folded by build() unless set

        private Builder(
                Message message,
                SenderId from,
                Address to,
                Lane lane,
                History history,
                Conversation conversation,
                Instant now) {
            this.message = Objects.requireNonNull(message, "message");
            this.from = Objects.requireNonNull(from, "from");
            this.to = Objects.requireNonNull(to, "to");
            this.lane = Objects.requireNonNull(lane, "lane");
            this.history = Objects.requireNonNull(history, "history");
            this.conversation = Objects.requireNonNull(conversation, "conversation");
            this.now = Objects.requireNonNull(now, "now");
        }

        /** Sets the standing, with its purpose; by default that of the message's own purpose. */
        public Builder standing(Standing value) {
            this.standing = Objects.requireNonNull(value, "standing");
            return this;
        }

        /** Returns the proposal. */
        public Proposal build() {
            return new Proposal(this);
        }
    }
}
