package aparte;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a platform tells us: a message, a status, an opt-out.
 *
 * <p>The family may grow: read it with {@code instanceof} and end with a branch for what is not known. {@code toString}
 * shows no address and no text.
 */
public sealed interface InboundEvent
        permits InboundEvent.Personal,
                InboundEvent.GroupChanged,
                InboundEvent.TemplateChanged,
                InboundEvent.AccountChanged,
                InboundEvent.Unknown {

    /** Returns the channel. */
    ChannelId channel();

    /** Returns a key that the same event has each time it is delivered, within its endpoint. */
    String key();

    /** Returns when it happened, as the platform says; when it was read, where the platform does not say. */
    Instant at();

    /** An event between one of our senders and a person. */
    sealed interface Personal extends InboundEvent
            permits MessageReceived,
                    MessageEdited,
                    MessageRevoked,
                    MessageEchoed,
                    ReactionReceived,
                    ChoiceMade,
                    StatusChanged,
                    OptInSignal,
                    OptOutSignal,
                    ConversationOpened,
                    AddressChanged,
                    PersonNoticed,
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
        /** The name of the detail that is there if it was said in public, such as below a post. */
        public static final String PUBLIC = "public";
        /**
         * The name of the detail, {@code true} or {@code false}, that says whether it opens the platform's window, where that is
         * not what such an event does as a rule. The gate counts it for messages and taps alone: a window that a reaction
         * opened could outlive a STOP that is delivered late.
         */
        public static final String OPENS = "opens";

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

        /**
         * Tells whether it was said in public. Then it starts no conversation with the person but one under the first of its
         * addresses, which stands for what was said; an opt-out counts, and nothing else of it opens anything.
         */
        public boolean isPublic() {
            return details.containsKey(PUBLIC);
        }

        /**
         * Tells whether the platform lets us answer for a while because of it. As a rule messages and taps do so and nothing
         * else does; a channel whose platform says otherwise says so by {@link #OPENS}.
         *
         * @param rule what such an event does as a rule
         */
        public boolean opens(boolean rule) {
            String said = details.get(OPENS);
            return said == null ? rule : said.equals("true");
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
     * The person changed a message that they had sent. What they write now may be an opt-out; it opens nothing.
     *
     * @param source where it comes from
     * @param target the provider's id of the message that was changed
     * @param content what it says now
     */
    record MessageEdited(Source source, String target, Content content) implements Personal {
        /** Checks the parts. */
        public MessageEdited {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(content, "content");
        }

        /** Hides the provider's id. */
        @Override
        public String toString() {
            return "MessageEdited[" + source + ", " + content + "]";
        }
    }

    /**
     * The person took a message back. An opt-out that was in it stays.
     *
     * @param source where it comes from
     * @param target the provider's id of the message that was taken back
     */
    record MessageRevoked(Source source, String target) implements Personal {
        /** Checks the parts. */
        public MessageRevoked {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(target, "target");
        }

        /** Hides the provider's id. */
        @Override
        public String toString() {
            return "MessageRevoked[" + source + "]";
        }
    }

    /**
     * Our side wrote to the person by other means than this library, such as the app on the business's phone. It is part of
     * the conversation's history, and changes nothing else.
     *
     * @param source where it comes from; the person is the recipient
     * @param providerId the provider's id of the message
     * @param content what was written
     * @param replyTo the provider's id of the message that it answers
     */
    record MessageEchoed(Source source, String providerId, Content content, Optional<String> replyTo)
            implements Personal {
        /** Checks the parts. */
        public MessageEchoed {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        /** Hides the provider's ids. */
        @Override
        public String toString() {
            return "MessageEchoed[" + source + ", " + content + "]";
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
     * @param charge what it costs, where the provider says so
     */
    record StatusChanged(Source source, Receipt message, DeliveryStatus status, Optional<Charge> charge)
            implements Personal {
        /** Checks the parts. */
        public StatusChanged {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(charge, "charge");
        }

        /** Makes a status of which the provider does not say what it costs. */
        public StatusChanged(Source source, Receipt message, DeliveryStatus status) {
            this(source, message, status, Optional.empty());
        }
    }

    /**
     * What the provider says that a message of ours costs; all words are the provider's, and empty where it gives none.
     *
     * @param category the rate, such as {@code marketing} or {@code service}
     * @param type whether it is free and why, such as {@code regular} or {@code free_entry_point}
     * @param model the way of charging, such as {@code PMP}
     * @param billable whether it is billed, where the provider still says so beside the type
     */
    record Charge(String category, String type, String model, Optional<Boolean> billable) {
        /** Checks the parts. */
        public Charge {
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(billable, "billable");
        }

        /** Hides the words, for nobody knows all that come. */
        @Override
        public String toString() {
            return "Charge[…]";
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
     * The person moved to other addresses, such as a new number; it is the same person.
     *
     * <p>The inbox lets the consent follow them: what was closed under the former addresses is closed under the new ones, and
     * what was open stays open there and nowhere else; the former addresses, which the provider may give to a stranger, are
     * closed until somebody agrees there anew. Take them out of your records.
     *
     * @param source where it comes from; its person has the new addresses
     * @param former the addresses given up
     */
    record AddressChanged(Source source, Identity former) implements Personal {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if an address is both given up and new
         */
        public AddressChanged {
            Objects.requireNonNull(source, "source");
            if (former.overlaps(source.person())) {
                throw new IllegalArgumentException("an address cannot be given up and new at once");
            }
        }

        /** Masks the addresses. */
        @Override
        public String toString() {
            return "AddressChanged[" + source + ", formerly " + former + "]";
        }
    }

    /**
     * The platform tells something about a person that they did not say, such as that the key of their device changed. It
     * changes nothing by itself; more is in the source's details.
     *
     * @param source where it comes from
     * @param notice the provider's word for it
     */
    record PersonNoticed(Source source, String notice) implements Personal {
        /** Checks the parts. */
        public PersonNoticed {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(notice, "notice");
        }

        /** Hides the provider's word. */
        @Override
        public String toString() {
            return "PersonNoticed[" + source + "]";
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
     * @param participants who came, went or asked to; empty for another change
     * @param details what else came with it, such as the link that invites, by the provider's names; personal data
     */
    record GroupChanged(
            String key,
            SenderId sender,
            Address group,
            Instant at,
            String change,
            List<Participant> participants,
            Map<String, String> details)
            implements InboundEvent {
        /** Copies the lists. */
        public GroupChanged {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(change, "change");
            participants = List.copyOf(participants);
            details = Map.copyOf(details);
        }

        /** Makes a change that names nobody. */
        public GroupChanged(String key, SenderId sender, Address group, Instant at, String change) {
            this(key, sender, group, at, change, List.of(), Map.of());
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
     * Somebody whose place in a group changed.
     *
     * @param person who, all addresses that the event carries
     * @param move what they did, or what was done to them
     */
    record Participant(Identity person, Move move) {
        /** What happened to somebody's place in a group. */
        public enum Move {
            /** They are in it now. */
            JOINED,
            /** They left it. */
            LEFT,
            /** We put them out of it. */
            REMOVED,
            /** They asked to be let in. */
            ASKED,
            /** They take back that they asked. */
            ASKED_NO_MORE
        }

        /** Checks the parts. */
        public Participant {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(move, "move");
        }

        /** Tells whether they are in the group after this. */
        public boolean isIn() {
            return move == Move.JOINED;
        }
    }

    /**
     * A template of ours changed at the provider: its approval, its quality, its category or its text.
     *
     * @param channel the channel
     * @param key a key that the same event has each time it is delivered
     * @param at when it happened
     * @param template which one
     * @param aspect what of it changed
     * @param word the provider's word for what it is now, such as {@code PAUSED} or {@code RED}; empty where there is none
     * @param previous the provider's word for what it was, where it is given
     * @param reason why, in the provider's words, where it is given
     * @param due when it will be so, where it is announced only
     * @param raw the event as it came
     */
    record TemplateChanged(
            ChannelId channel,
            String key,
            Instant at,
            TemplateName template,
            Aspect aspect,
            String word,
            Optional<String> previous,
            Optional<String> reason,
            Optional<Instant> due,
            String raw)
            implements InboundEvent {
        /** What of a template changes. */
        public enum Aspect {
            /** Whether it can be sent: approved, rejected, paused and so on. */
            STATUS,
            /** How people take it. */
            QUALITY,
            /** The category that it is sent and charged as. */
            CATEGORY,
            /** Its texts and buttons. */
            COMPONENTS
        }

        /** Checks the parts. */
        public TemplateChanged {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(template, "template");
            Objects.requireNonNull(aspect, "aspect");
            Objects.requireNonNull(word, "word");
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(due, "due");
            Objects.requireNonNull(raw, "raw");
        }

        /** Shows channel, aspect and time only. */
        @Override
        public String toString() {
            return "TemplateChanged[" + channel + ", " + aspect + ", " + at + "]";
        }
    }

    /**
     * Which template; each part is empty where the provider does not give it.
     *
     * @param account the provider's id of the account that has it
     * @param id the provider's id of it
     * @param name its name
     * @param language its language, as the provider writes it
     */
    record TemplateName(String account, String id, String name, String language) {
        /** Checks the parts. */
        public TemplateName {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(language, "language");
        }

        /** Shows nothing: it is the host's own text. */
        @Override
        public String toString() {
            return "TemplateName[…]";
        }
    }

    /**
     * Our account or one of our senders changed at the provider, or has a problem: a restriction, a review, a quality, a
     * limit, an alert, an error that belongs to no message.
     *
     * @param channel the channel
     * @param key a key that the same event has each time it is delivered
     * @param at when it happened
     * @param account the provider's id of the account; empty where it is not given
     * @param sender which of our ends it is about, where it is given as such
     * @param field the provider's name of what changed, such as {@code account_update}
     * @param word the provider's word or code for it; empty where there is none
     * @param raw the event as it came
     */
    record AccountChanged(
            ChannelId channel,
            String key,
            Instant at,
            String account,
            Optional<SenderId> sender,
            String field,
            String word,
            String raw)
            implements InboundEvent {
        /** Checks the parts. */
        public AccountChanged {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(word, "word");
            Objects.requireNonNull(raw, "raw");
        }

        /** Shows channel, sender and time only. */
        @Override
        public String toString() {
            return "AccountChanged[" + channel + ", " + sender + ", " + at + "]";
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
