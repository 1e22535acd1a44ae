package aparte;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message to one person, or to one group: to whom, what for, what.
 *
 * <p>It names no channel unless {@link Builder#from} does. Sending it twice under one id sends once. Queue messages,
 * never clearances: each send is judged anew. Thread-safe.
 */
public final class Message {
    private final MessageId id;
    private final Recipient to;
    private final Purpose purpose;
    private final Content content;
    private final List<SenderId> senders;
    private final Author author;
    private final @Nullable Instant writtenAt; // most messages are sent as soon as they are written
    private final @Nullable Instant expiresAt; // most messages do not go stale
    private final @Nullable String replyTo; // most messages are no replies

    private Message(Builder builder) {
        this.id = builder.id == null ? MessageId.random() : builder.id;
        this.to = builder.to;
        this.purpose = builder.purpose;
        this.content = builder.content;
        this.senders = builder.senders;
        this.author = builder.author;
        this.writtenAt = builder.writtenAt;
        this.expiresAt = builder.expiresAt;
        this.replyTo = builder.replyTo;
    }

    /**
     * Returns a message with a random id, by a program, from any sender, that does not expire.
     *
     * @throws IllegalArgumentException if the purpose is one that only the library uses
     */
    public static Message of(Recipient to, Purpose purpose, Content content) {
        return builder(to, purpose, content).build();
    }

    /**
     * Returns a builder.
     *
     * @throws IllegalArgumentException if the purpose is one that only the library uses
     */
    public static Builder builder(Recipient to, Purpose purpose, Content content) {
        return new Builder(to, purpose, content);
    }

    /** Returns our name of the message. */
    public MessageId id() {
        return id;
    }

    /** Returns whom it is for. */
    public Recipient to() {
        return to;
    }

    /** Returns what it is for. */
    public Purpose purpose() {
        return purpose;
    }

    /** Returns what the person will see. */
    public Content content() {
        return content;
    }

    /** Returns the senders allowed, the preferred one first; empty means any. */
    public List<SenderId> senders() {
        return senders;
    }

    /** Returns who wrote it. */
    public Author author() {
        return author;
    }

    /** Returns when it was written, if the host says so. */
    public Optional<Instant> writtenAt() {
        return Optional.ofNullable(writtenAt);
    }

    /** Returns when it is no longer worth sending. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Returns the provider's id of the message that it answers. */
    public Optional<String> replyTo() {
        return Optional.ofNullable(replyTo);
    }

    /** Shows id, purpose and kind of content, nothing personal. */
    @Override
    public String toString() {
        return "Message[" + id + ", " + purpose + ", " + content.getClass().getSimpleName() + "]";
    }

    /** Builds a {@link Message}. Not thread-safe. */
    public static final class Builder {
        private final Recipient to;
        private final Purpose purpose;
        private final Content content;
        private @Nullable MessageId id; // random unless set
        private List<SenderId> senders = List.of();
        private Author author = Author.AUTOMATED;
        private @Nullable Instant writtenAt; // optional
        private @Nullable Instant expiresAt; // optional
        private @Nullable String replyTo; // optional

        private Builder(Recipient to, Purpose purpose, Content content) {
            this.to = Objects.requireNonNull(to, "to");
            this.purpose = Objects.requireNonNull(purpose, "purpose");
            this.content = Objects.requireNonNull(content, "content");
            if (purpose.isInternal()) {
                throw new IllegalArgumentException(purpose + " messages are made by the library itself:"
                        + " use one of the purposes that Purpose.isInternal() does not name");
            }
        }

        /** Sets the id; random by default. The same id sent again returns the earlier result. */
        public Builder id(MessageId value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets the senders allowed, the preferred one first; any by default. */
        public Builder from(SenderId... allowed) {
            this.senders = List.copyOf(Arrays.asList(allowed));
            return this;
        }

        /** Sets who wrote it; {@link Author#AUTOMATED} by default. */
        public Builder author(Author value) {
            this.author = Objects.requireNonNull(value, "author");
            return this;
        }

        /**
         * Sets when it was written; unknown by default. Set it where messages wait, in a queue or for the morning: a policy
         * may refuse what waited too long, and judges no age that it does not know.
         */
        public Builder writtenAt(Instant value) {
            this.writtenAt = Objects.requireNonNull(value, "writtenAt");
            return this;
        }

        /** Sets when it is no longer worth sending; never by default. */
        public Builder expiresAt(Instant value) {
            this.expiresAt = Objects.requireNonNull(value, "expiresAt");
            return this;
        }

        /**
         * Sets the provider's id of the message that it answers; none by default.
         *
         * @throws IllegalArgumentException if the id is malformed
         */
        public Builder replyTo(String providerId) {
            this.replyTo = Check.token(providerId, "provider's message id", 1_024);
            return this;
        }

        /** Returns the message. */
        public Message build() {
            return new Message(this);
        }
    }
}
