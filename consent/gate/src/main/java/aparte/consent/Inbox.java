package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.InboundEvent;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Scope;
import aparte.SenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in of events: verifies, reads, keeps the ledger true, tells the listeners.
 *
 * <p>A host's endpoint hands over the raw request and gives back the answer. Events are handled in the order in which they
 * happened, an opt-out last in a tie; first all effects on consent, then the listeners. Listeners hear each event at least
 * once; its effect on the ledger happens once. If anything fails, the answer makes the platform deliver again, and what was
 * done is not done twice.
 *
 * <p>What a person says to us alone is also read as the answer to the question of a double opt-in ({@link ConsentDesk#ask}),
 * and as a word that opts in, where the host declared one; a bare yes is neither while no question waits for it.
 *
 * <p>A message that the person edited is read once more, for an opt-out alone. Where a platform says that a person moved to
 * other addresses ({@link InboundEvent.AddressChanged}), what was closed stays closed for them there, and what was open stays
 * open there and nowhere else.
 *
 * <p>Thread-safe. Blocks while stores and listeners work, and while an opt-out is confirmed.
 */
public final class Inbox {
    /** How long an event stays leased should its holder die. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Map<String, WebhookReader> endpoints;
    private final List<InboundListener> listeners;
    private final InboxJournal journal;
    private final ConsentEffects effects;
    private final ConsentGate gate;
    private final int maxBodyBytes;
    private final Function<InboundEvent.ConversationOpened, Optional<Content>> welcome;

    private Inbox(Builder builder, InboxJournal journal) {
        this.gate = builder.gate;
        this.endpoints = Map.copyOf(builder.endpoints);
        this.listeners = List.copyOf(builder.listeners);
        this.journal = journal;
        this.maxBodyBytes = builder.maxBodyBytes;
        this.welcome = builder.welcome;
        this.effects = new ConsentEffects(
                gate,
                builder.replies,
                new Confirmations(gate, builder.confirmations),
                Map.copyOf(builder.keywords),
                Map.copyOf(builder.languages),
                builder.languageOf);
    }

    /** Returns a builder of the inbox beside this gate. */
    public static Builder builder(ConsentGate gate) {
        return new Builder(gate);
    }

    /** Returns the largest body that is read; an adapter answers 413 to a larger one before reading it. */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * Handles a request.
     *
     * @param endpoint the name under which the reader was added
     * @return the reader's answer once every event is handled; 401 for a bad signature, 404 for an unknown endpoint, 413 for
     *     too large a body, 503 while another handles the same event, 500 if something failed and must come again
     */
    public WebhookResponse receive(String endpoint, WebhookRequest request) {
        WebhookReader reader = endpoints.get(endpoint);
        if (reader == null) {
            return WebhookResponse.of(404);
        }
        if (request.length() > maxBodyBytes) {
            return WebhookResponse.of(413);
        }
        Reading reading;
        try {
            reading = reader.read(request);
        } catch (SignatureException forged) {
            return WebhookResponse.of(401);
        } catch (RuntimeException bug) {
            Logs.warn("the webhook reader of " + endpoint + " threw", bug);
            return WebhookResponse.of(500);
        }
        return handle(endpoint, reading);
    }

    private WebhookResponse handle(String endpoint, Reading reading) {
        List<InboundEvent> events = new ArrayList<>(reading.events());
        events.sort(Comparator.comparing(InboundEvent::at).thenComparing(Inbox::closesLast));
        List<InboundEvent> mine = new ArrayList<>(events.size());
        List<Runnable> confirmations = new ArrayList<>();
        boolean failed = false;
        boolean busy = false;
        Set<String> seen = new HashSet<>();
        for (InboundEvent event : events) {
            if (!seen.add(event.key())) {
                continue;
            }
            Optional<InboxJournal.Lease> lease = lease(endpoint, event);
            if (lease.isPresent() && lease.get() != InboxJournal.Lease.TAKEN) {
                busy |= lease.get() == InboxJournal.Lease.BUSY;
                continue;
            }
            // Without a journal's answer the effect is still due: it happens once, whoever comes again.
            boolean done = affect(endpoint, event, confirmations);
            if (done && lease.isPresent()) {
                mine.add(event);
            } else {
                failed = true;
                if (lease.isPresent()) {
                    release(endpoint, event);
                }
            }
        }
        for (Runnable confirmation : confirmations) {
            confirm(confirmation);
        }
        for (InboundEvent event : mine) {
            failed |= !tell(endpoint, event);
        }
        if (failed) {
            return WebhookResponse.of(500);
        }
        return busy
                ? WebhookResponse.of(503)
                : mine.stream().findFirst().flatMap(this::welcome).orElse(reading.answer());
    }

    /** The answer that welcomes the person who just opened the conversation; the event's key names it, so it is one. */
    private Optional<WebhookResponse> welcome(InboundEvent event) {
        if (!(event instanceof InboundEvent.ConversationOpened opened)) {
            return Optional.empty();
        }
        try {
            return welcome.apply(opened).flatMap(content -> {
                Address[] addresses = opened.person().addresses().toArray(Address[]::new);
                Message message = Message.builder(Recipient.of(addresses), Purpose.SERVICE, content)
                        .id(MessageId.of("welcome-" + Hashes.of(opened.sender() + "\n" + opened.key())))
                        .from(opened.sender())
                        .build();
                return gate.welcome(message, opened.sender(), opened.at());
            });
        } catch (RuntimeException bug) {
            Logs.warn("nobody is welcomed, since the host's welcome threw", bug);
            return Optional.empty();
        }
    }

    private static int closesLast(InboundEvent event) {
        return event instanceof InboundEvent.OptOutSignal
                        || event instanceof InboundEvent.MessageReceived
                        || event instanceof InboundEvent.MessageEdited
                        || event instanceof InboundEvent.ChoiceMade
                ? 1
                : 0;
    }

    private Optional<InboxJournal.Lease> lease(String endpoint, InboundEvent event) {
        Instant now = gate.clock().instant();
        try {
            return Optional.of(journal.lease(key(endpoint, event), now, now.plus(LEASE)));
        } catch (RuntimeException outage) {
            Logs.warn("the inbox journal did not answer", outage);
            return Optional.empty();
        }
    }

    private boolean affect(String endpoint, InboundEvent event, List<Runnable> confirmations) {
        try {
            effects.apply(event).ifPresent(confirmations::add);
            return true;
        } catch (RuntimeException outage) {
            Logs.warn("an event at " + endpoint + " could not take effect", outage);
            return false;
        }
    }

    private static void confirm(Runnable confirmation) {
        try {
            confirmation.run();
        } catch (RuntimeException outage) {
            Logs.warn("an opt-out is kept but was not confirmed", outage);
        }
    }

    private boolean tell(String endpoint, InboundEvent event) {
        for (InboundListener listener : listeners) {
            try {
                listener.hear(event);
            } catch (RuntimeException refused) {
                Logs.warn("a listener did not take an event at " + endpoint, refused);
                release(endpoint, event);
                return false;
            }
        }
        try {
            journal.done(key(endpoint, event));
            return true;
        } catch (RuntimeException outage) {
            Logs.warn("the inbox journal did not keep that an event is done", outage);
            return false;
        }
    }

    private void release(String endpoint, InboundEvent event) {
        try {
            journal.release(key(endpoint, event));
        } catch (RuntimeException outage) {
            Logs.warn("the inbox journal did not take a lease back; it ends by itself", outage);
        }
    }

    private static String key(String endpoint, InboundEvent event) {
        return endpoint + "/" + event.key();
    }

    /** Builds an {@link Inbox}. Not thread-safe. */
    public static final class Builder {
        private final ConsentGate gate;
        private final Map<String, WebhookReader> endpoints = new LinkedHashMap<>();
        private final List<InboundListener> listeners = new ArrayList<>();
        private final Map<SenderId, List<Locale>> languages = new HashMap<>();
        private final Map<String, String> confirmations = new HashMap<>();
        private final Map<SenderId, ConsentEffects.KeywordOptIn> keywords = new HashMap<>();
        private Function<Address, Optional<Locale>> languageOf = unknown -> Optional.empty();
        private Function<InboundEvent.ConversationOpened, Optional<Content>> welcome = unknown -> Optional.empty();
        private ReplyReader replies = ReplyReader.create();
        private int maxBodyBytes = 4 * 1024 * 1024;
        private @Nullable InboxJournal journal; // required by build()

        private Builder(ConsentGate gate) {
            this.gate = Objects.requireNonNull(gate, "gate");
        }

        /**
         * Adds an endpoint.
         *
         * @param name the host's name of it, such as {@code whatsapp}
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder endpoint(String name, WebhookReader reader) {
            if (endpoints.putIfAbsent(Objects.requireNonNull(name, "name"), Objects.requireNonNull(reader, "reader"))
                    != null) {
                throw new IllegalArgumentException("endpoint " + name + " has a reader already");
            }
            return this;
        }

        /** Adds a listener; none by default. */
        public Builder listener(InboundListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Sets which events were handled; required. */
        public Builder journal(InboxJournal value) {
            this.journal = Objects.requireNonNull(value, "journal");
            return this;
        }

        /** Sets the languages in which people write to a sender; English is always read, by default nothing else is. */
        public Builder languages(SenderId sender, Locale... read) {
            languages.put(Objects.requireNonNull(sender, "sender"), List.copyOf(Arrays.asList(read)));
            return this;
        }

        /** Sets how to find a person's language; unknown by default. */
        public Builder languageOf(Function<Address, Optional<Locale>> value) {
            this.languageOf = Objects.requireNonNull(value, "languageOf");
            return this;
        }

        /**
         * Sets what welcomes a person who opens the conversation, where the platform takes a message inside the webhook's
         * answer, as Viber does; nothing by default. It passes the gate as {@link Purpose#SERVICE}: whoever opted out is not
         * welcomed. One for each opening; it stays {@code Unconfirmed} in the send log until the person writes.
         *
         * @param value gives the content, or nothing; the event tells the person's language and the link's context. What it
         *     throws is logged by its class, and nobody is welcomed
         */
        public Builder welcome(Function<InboundEvent.ConversationOpened, Optional<Content>> value) {
            this.welcome = Objects.requireNonNull(value, "welcome");
            return this;
        }

        /** Sets the reader of replies, such as one with further words; ours by default. */
        public Builder replies(ReplyReader value) {
            this.replies = Objects.requireNonNull(value, "replies");
            return this;
        }

        /**
         * Adds the text that confirms an opt-out in a further language; English and French are ours, and elsewhere English
         * serves.
         *
         * @param text with {@code {controller}} where the brand's name belongs; at most 300 characters, no promotion, no link
         * @throws IllegalArgumentException if the language is English or French, the text does not name the controller, is
         *     too long, or holds a link
         */
        public Builder confirmation(Locale language, String text) {
            Confirmations.check(language, text);
            confirmations.put(language.getLanguage(), text);
            return this;
        }

        /**
         * Declares that a word that opts in (START, SUBSCRIBE…), as the whole of a message that a person types to this
         * sender, grants this; by default such a word grants nothing. After a STOP it reopens what is declared, and nothing
         * else. A bare yes never counts, for it answers a question; nor does a tap or a quote, for it answers the message that
         * it belongs to.
         *
         * @param scope what it grants; on this sender alone, unless the scope names its senders
         * @param wording the text that tells people so
         * @throws IllegalArgumentException if the scope names what consent does not open, or senders and not this one; or if
         *     the sender has a declaration
         */
        public Builder keywordOptIn(SenderId sender, Scope scope, ConsentEntry.Wording wording) {
            if (!scope.purposes().stream().allMatch(DoubleOptIn::isAskable)) {
                throw new IllegalArgumentException("a word grants what consent opens, not all of " + scope.purposes());
            }
            Scope granted = scope.senders().isPresent() ? scope : scope.only(sender);
            if (!granted.senders().orElseThrow().contains(sender)) {
                throw new IllegalArgumentException("the scope does not speak of sender " + sender);
            }
            Objects.requireNonNull(wording, "wording");
            if (keywords.putIfAbsent(sender, new ConsentEffects.KeywordOptIn(granted, wording)) != null) {
                throw new IllegalArgumentException("sender " + sender + " has a declaration already");
            }
            return this;
        }

        /**
         * Sets the largest body that is read, in bytes; 4 MiB by default, since WhatsApp sends at most 3 MB.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxBodyBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxBodyBytes must be positive");
            }
            this.maxBodyBytes = value;
            return this;
        }

        /**
         * Returns the inbox.
         *
         * @throws IllegalStateException if the journal is missing
         */
        public Inbox build() {
            InboxJournal kept = journal;
            if (kept == null) {
                throw new IllegalStateException("journal is missing: give one to Inbox.builder(…); it must outlive a"
                        + " restart, so the form in memory of aparte-testkit serves tests and examples only");
            }
            return new Inbox(this, kept);
        }
    }
}
