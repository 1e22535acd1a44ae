package aparte.consent;

import aparte.Address;
import aparte.Author;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Identity;
import aparte.Lane;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A judgement, as it is logged: what was asked, what came of it, and all that is needed to judge it again. Holds no text of
 * the message. Its people are personal data: a log keeps them apart from the rest, so that they can be erased.
 *
 * <p>{@code toString} masks the address and hides the people. Thread-safe.
 */
public final class Decision {
    private final String id;
    private final Instant at;
    private final MessageId message;
    private final Purpose purpose;
    private final Author author;
    private final @Nullable SenderId from; // null without a route
    private final @Nullable Address to; // null without a route
    private final @Nullable Lane lane; // null without a route
    private final List<Identity> people;
    private final Conversation conversation;
    private final long head;
    private final List<EntryId> entries;
    private final List<Refusal> refusals;
    private final String policies;
    private final @Nullable Throwable cause; // only where something failed

    private Decision(Builder builder) {
        this.id = builder.id;
        this.at = builder.at;
        this.message = builder.message;
        this.purpose = builder.purpose;
        this.author = builder.author;
        this.from = builder.from;
        this.to = builder.to;
        this.lane = builder.lane;
        this.people = builder.people;
        this.conversation = builder.conversation;
        this.head = builder.head;
        this.entries = builder.entries;
        this.refusals = builder.refusals;
        this.policies = builder.policies;
        this.cause = builder.cause;
    }

    /**
     * Returns a builder, for the gate and for logs that read decisions back.
     *
     * @param id its name
     * @param at when it was made
     * @param message the message
     * @param purpose what it was judged as
     */
    public static Builder builder(String id, Instant at, MessageId message, Purpose purpose) {
        return new Builder(id, at, message, purpose);
    }

    /** Returns its name. */
    public String id() {
        return id;
    }

    /** Returns when it was made. */
    public Instant at() {
        return at;
    }

    /** Returns the message. */
    public MessageId message() {
        return message;
    }

    /** Returns what the message was judged as. */
    public Purpose purpose() {
        return purpose;
    }

    /** Returns who wrote the message. */
    public Author author() {
        return author;
    }

    /** Returns the sender; empty if there was no route. */
    public Optional<SenderId> from() {
        return Optional.ofNullable(from);
    }

    /** Returns where it would go; empty if there was no route, or the person was erased since. */
    public Optional<Address> to() {
        return Optional.ofNullable(to);
    }

    /** Returns the platform's lane; empty if there was no route. */
    public Optional<Lane> lane() {
        return Optional.ofNullable(lane);
    }

    /**
     * Returns whom the ledger was asked about: the person, or each member of a group; none if there was no route, or they
     * were erased since.
     */
    public List<Identity> people() {
        return people;
    }

    /** Returns what had passed between the sender and the person. */
    public Conversation conversation() {
        return conversation;
    }

    /** Returns the place of the ledger's last entry when it was read; 0 if the ledger does not count or was not read. */
    public long head() {
        return head;
    }

    /** Returns the ledger entries that allowed it. */
    public List<EntryId> entries() {
        return entries;
    }

    /** Returns why not, the weightiest first; empty if it was cleared. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /** Returns the policies that were in force, by name, in their order. */
    public String policies() {
        return policies;
    }

    /** Returns what failed, such as the ledger's exception. A log that outlives the process does not keep it. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** Tells whether the message was cleared. */
    public boolean isCleared() {
        return refusals.isEmpty();
    }

    /** Masks the address and names the cause by its class only. */
    @Override
    public String toString() {
        return "Decision[" + id + ", " + message + ", " + purpose + ", "
                + (isCleared() ? "cleared by " + entries : refusals.toString())
                + (cause == null ? "" : ", " + cause.getClass().getName()) + "]";
    }

    /** Builds a {@link Decision}. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final Instant at;
        private final MessageId message;
        private final Purpose purpose;
        private Author author = Author.AUTOMATED;
        private @Nullable SenderId from; // unless there was a route
        private @Nullable Address to; // unless there was a route
        private @Nullable Lane lane; // unless there was a route
        private List<Identity> people = List.of();
        private Conversation conversation = Conversation.none();
        private long head;
        private List<EntryId> entries = List.of();
        private List<Refusal> refusals = List.of();
        private String policies = "";
        private @Nullable Throwable cause; // unless something failed

        private Builder(String id, Instant at, MessageId message, Purpose purpose) {
            this.id = Objects.requireNonNull(id, "id");
            this.at = Objects.requireNonNull(at, "at");
            this.message = Objects.requireNonNull(message, "message");
            this.purpose = Objects.requireNonNull(purpose, "purpose");
        }

        /** Sets who wrote the message; a program by default. */
        public Builder author(Author value) {
            this.author = Objects.requireNonNull(value, "author");
            return this;
        }

        /** Sets the sender; none by default. */
        public Builder from(SenderId value) {
            this.from = Objects.requireNonNull(value, "from");
            return this;
        }

        /** Sets where it would go; nowhere by default. */
        public Builder to(Address value) {
            this.to = Objects.requireNonNull(value, "to");
            return this;
        }

        /** Sets the lane; none by default. */
        public Builder lane(Lane value) {
            this.lane = Objects.requireNonNull(value, "lane");
            return this;
        }

        /** Sets whom the ledger was asked about; nobody by default. */
        public Builder people(List<Identity> value) {
            this.people = List.copyOf(value);
            return this;
        }

        /** Sets what had passed; nothing by default. */
        public Builder conversation(Conversation value) {
            this.conversation = Objects.requireNonNull(value, "conversation");
            return this;
        }

        /** Sets the place of the ledger's last entry; 0 by default. */
        public Builder head(long value) {
            this.head = value;
            return this;
        }

        /** Sets the entries that allowed it; none by default. */
        public Builder entries(List<EntryId> value) {
            this.entries = List.copyOf(value);
            return this;
        }

        /** Sets why not; nothing by default. */
        public Builder refusals(List<Refusal> value) {
            this.refusals = List.copyOf(value);
            return this;
        }

        /** Sets the policies in force; none by default. */
        public Builder policies(String value) {
            this.policies = Objects.requireNonNull(value, "policies");
            return this;
        }

        /** Sets what failed; nothing by default. */
        public Builder cause(Throwable value) {
            this.cause = Objects.requireNonNull(value, "cause");
            return this;
        }

        /** Returns the decision. */
        public Decision build() {
            return new Decision(this);
        }
    }
}
