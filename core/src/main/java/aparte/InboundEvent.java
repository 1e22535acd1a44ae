package aparte;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a platform tells us: a message, a status, an opt-out.
 *
 * <p>The family may grow: read it with {@code instanceof} and end with a branch for what is not known. {@code toString}
 * shows no address and no text.
 */
public sealed interface InboundEvent permits InboundEvent.Personal, InboundEvent.GroupChanged, InboundEvent.Unknown {

    /** Returns the channel. */
    ChannelId channel();

    /** Returns a key that the same event has each time it is delivered, within its endpoint. */
    String key();

    /** Returns when it happened, as the platform says; when it was read, where the platform does not say. */
    Instant at();

    /** An event between one of our senders and a person. */
    sealed interface Personal extends InboundEvent
            permits MessageReceived,
                    ReactionReceived,
                    ChoiceMade,
                    StatusChanged,
                    OptInSignal,
                    OptOutSignal,
                    ConversationOpened,
                    UnforeseenEvent {
        /** Returns where it comes from. */
        Source source();

        @Override
        default ChannelId channel() {
            return source().sender().channel();
        }

        @Override
        default String key() {
            return source().key();
        }

        @Override
        default Instant at() {
            return source().at();
        }

        /** Returns our end. */
        default SenderId sender() {
            return source().sender();
        }

        /** Returns the person, all addresses that the event carries. */
        default Identity person() {
            return source().person();
        }
    }

    /**
     * Where an event comes from.
     *
     * @param key a key that the same event has each time it is delivered
     * @param sender our end
     * @param person the person, all addresses that the event carries
     * @param at when it happened
     * @param details what else came with it, such as the profile's name or an ad's reference; personal data
     */
    record Source(String key, SenderId sender, Identity person, Instant at, Map<String, String> details) {
        /** The name of the detail that holds the group's id. */
        public static final String GROUP = "group";
        /** The name of the detail that is there if it was said to another app of the business. */
        public static final String OVERHEARD = "overheard";

        /**
         * Copies the details.
         *
         * @throws IllegalArgumentException if the key is empty
         */
        public Source {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("event key is empty");
            }
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(at, "at");
            details = Map.copyOf(details);
        }

        /** Returns the provider's id of the group that it was said in; empty if it was said to us alone. */
        public Optional<String> group() {
            return Optional.ofNullable(details.get(GROUP));
        }

        /**
         * Tells whether it was said to another app of the business, whose thread we only overhear: an opt-out counts, but
         * nothing else of it is ours to answer.
         */
        public boolean isOverheard() {
            return details.containsKey(OVERHEARD);
        }

        /** Makes a source without further details. */
        public Source(String key, SenderId sender, Identity person, Instant at) {
            this(key, sender, person, at, Map.of());
        }

        /** Returns this source at another instant, such as after a clamp. */
        public Source at(Instant other) {
            return new Source(key, sender, person, other, details);
        }

        /** Masks the person. */
        @Override
        public String toString() {
            return sender + " " + person + " " + at;
        }
    }

    /**
     * The person wrote.
     *
     * @param source where it comes from
     * @param providerId the provider's id of the message
     * @param content what they wrote; media are handles
     * @param replyTo the provider's id of the message that it answers
     */
    record MessageReceived(Source source, String providerId, Content content, Optional<String> replyTo)
            implements Personal {
        /** Checks the parts. */
        public MessageReceived {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        /** Hides the provider's ids, which on some platforms hold the person's number. */
        @Override
        public String toString() {
            return "MessageReceived[" + source + ", " + content + "]";
        }
    }

    /**
     * The person reacted to a message, or took a reaction back.
     *
     * @param source where it comes from
     * @param target the provider's id of the message reacted to
     * @param emoji the emoji; empty if it was taken back
     */
    record ReactionReceived(Source source, String target, Optional<String> emoji) implements Personal {
        /** Checks the parts. */
        public ReactionReceived {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(emoji, "emoji");
        }

        @Override
        public String toString() {
            return "ReactionReceived[" + source + "]";
        }
    }

    /**
     * The person tapped an answer.
     *
     * @param source where it comes from
     * @param providerId the provider's id of the tap
     * @param choice the id of the answer
     * @param title what the person read on it; may be empty
     * @param replyTo the provider's id of the message that offered it
     */
    record ChoiceMade(Source source, String providerId, String choice, String title, Optional<String> replyTo)
            implements Personal {
        /** Checks the parts. */
        public ChoiceMade {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(choice, "choice");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        @Override
        public String toString() {
            return "ChoiceMade[" + source + "]";
        }
    }

    /**
     * The provider tells what became of a message of ours, or of all up to an instant.
     *
     * @param source where it comes from; the person is the recipient
     * @param message which message: by our key, by the provider's id, or by a watermark
     * @param status what became of it
     */
    record StatusChanged(Source source, Receipt message, DeliveryStatus status) implements Personal {
        /** Checks the parts. */
        public StatusChanged {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(status, "status");
        }
    }

    /**
     * Which message of ours a receipt speaks of.
     *
     * @param wireKey our key, where the platform echoes it
     * @param providerId the provider's id, where it is given
     * @param upTo all messages up to this instant, where the platform gives watermarks
     */
    record Receipt(Optional<WireKey> wireKey, Optional<String> providerId, Optional<Instant> upTo) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if all are empty
         */
        public Receipt {
            if (wireKey.isEmpty() && providerId.isEmpty() && upTo.isEmpty()) {
                throw new IllegalArgumentException("a receipt must name a message or an instant");
            }
        }

        /** Shows our key only: the provider's id on some platforms holds the person's number. */
        @Override
        public String toString() {
            return wireKey.map(WireKey::toString).orElse("…");
        }

        /** Makes a receipt for one message. */
        public static Receipt of(Optional<WireKey> wireKey, String providerId) {
            return new Receipt(wireKey, Optional.of(providerId), Optional.empty());
        }
    }

    /**
     * The platform reports that the person wants our messages: a resume, a signup, a token, a subscription. Evidence, never
     * an agreement by itself.
     *
     * @param source where it comes from
     * @param scope what it speaks of
     * @param kind what it is
     */
    record OptInSignal(Source source, Scope scope, Kind kind) implements Personal {
        /** The sorts of signals. */
        public enum Kind {
            /** The platform's stop ended. */
            RESUME,
            /** The person signed up there. */
            SIGNUP
        }

        /** Checks the parts. */
        public OptInSignal {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(kind, "kind");
        }
    }

    /**
     * The platform reports that the person stopped us. Always a stop.
     *
     * @param source where it comes from
     * @param scope what it speaks of
     */
    record OptOutSignal(Source source, Scope scope) implements Personal {
        /** Checks the parts. */
        public OptOutSignal {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(scope, "scope");
        }
    }

    /**
     * The person opened the conversation without writing, such as by a link.
     *
     * @param source where it comes from
     * @param context what the link carried; may be empty
     */
    record ConversationOpened(Source source, String context) implements Personal {
        /** Checks the parts. */
        public ConversationOpened {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(context, "context");
        }

        @Override
        public String toString() {
            return "ConversationOpened[" + source + "]";
        }
    }

    /**
     * A group changed.
     *
     * @param key a key that the same event has each time it is delivered
     * @param sender our end
     * @param group the group
     * @param at when it happened
     * @param change the provider's word for what changed
     */
    record GroupChanged(String key, SenderId sender, Address group, Instant at, String change) implements InboundEvent {
        /** Checks the parts. */
        public GroupChanged {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(change, "change");
        }

        @Override
        public ChannelId channel() {
            return sender.channel();
        }

        /** Masks the group; hides the key and the provider's word, for either may name a person. */
        @Override
        public String toString() {
            return "GroupChanged[" + sender + " " + group + " " + at + "]";
        }
    }

    /**
     * Something that the library cannot read. Nothing is lost: the host gets it raw.
     *
     * @param channel the channel
     * @param key a key that the same event has each time it is delivered
     * @param at when it was read
     * @param problem what could not be read, in our words
     * @param raw the event as it came; personal data
     */
    record Unknown(ChannelId channel, String key, Instant at, String problem, String raw) implements InboundEvent {
        /** Checks the parts. */
        public Unknown {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(problem, "problem");
            Objects.requireNonNull(raw, "raw");
        }

        /** Hides what came. */
        @Override
        public String toString() {
            return "Unknown[" + channel + ", " + problem + "]";
        }
    }
}
