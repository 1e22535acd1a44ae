package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.Evidence;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.WireKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gate that every message passes: nothing leaves without it.
 *
 * <p>It asks the ledger before each attempt and once more before each request, refuses what it cannot judge, and answers
 * with one of five {@linkplain SendResult results}. One gate for each controller. Thread-safe; it sends on the caller's
 * thread, which blocks while the transport works.
 */
public final class ConsentGate {
    /** The most messages of one {@link #sendAll}. */
    private static final int MOST = 1_000;

    private final Controller controller;
    private final Judge judge;
    private final LedgerView ledgerView;
    private final ConsentLedger ledger;
    private final Conversations conversations;
    private final SendLog sendLog;
    private final DecisionLog decisions;
    private final @Nullable CapStore capStore; // null without caps
    private final List<FrequencyCap> caps;
    private final CoolDown coolDown;
    private final Clock clock;
    private final Duration serviceConversation;
    private final ConsentDesk desk;

    private ConsentGate(Builder builder, Conversations conversations, SendLog sendLog) {
        this.controller = builder.controller;
        this.ledger = builder.ledger;
        this.clock = builder.clock;
        this.conversations = conversations;
        this.sendLog = sendLog;
        this.decisions = builder.decisions;
        this.capStore = builder.capStore;
        this.caps = builder.caps;
        this.serviceConversation = builder.serviceConversation;
        this.coolDown = builder.coolDown;
        this.ledgerView = new LedgerView(ledger, clock, builder.ledgerTimeout);
        this.judge = new Judge(
                builder.transports,
                ledgerView,
                conversations,
                builder.allPolicies(),
                clock,
                builder.serviceConversation);
        this.desk = new ConsentDesk(
                ledger,
                sendLog,
                clock,
                new Questions(ledger, sendLog, clock, controller, builder.doubleOptIn, this::sendInternal),
                new Receipts(
                        controller,
                        builder.transports.stream().map(Transport::sender).toList(),
                        conversations),
                builder.erasureListeners);
    }

    /**
     * Returns a builder.
     *
     * @param controller the brand
     * @param ledger where its consents are kept
     */
    public static Builder builder(Controller controller, ConsentLedger ledger) {
        return new Builder(controller, ledger);
    }

    /**
     * Sends a message, if it may be sent. Sending the same id again returns the earlier result; after a refusal or a
     * deferral it is judged anew.
     *
     * @return what became of it; consent and provider never show as exceptions
     */
    public SendResult send(Message message) {
        return sendAll(List.of(message)).get(0);
    }

    /**
     * Sends messages, each judged alone; the ledger is read once for all of them first. One refusal stops no other message.
     *
     * @param messages at most 1,000
     * @return what became of each, in their order
     * @throws IllegalArgumentException if there are more
     */
    public List<SendResult> sendAll(List<Message> messages) {
        return dispatch(dispatches(messages));
    }

    private static List<Dispatch> dispatches(List<Message> messages) {
        if (messages.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " messages at once, but there are " + messages.size() + ": send them in pages");
        }
        List<Dispatch> dispatches = new ArrayList<>(messages.size());
        for (Message message : messages) {
            dispatches.add(Dispatch.of(message));
        }
        return dispatches;
    }

    /** Returns what would happen to a message now, without claiming, counting, logging or sending anything. */
    public Preview preview(Message message) {
        return previewAll(List.of(message)).get(0);
    }

    /**
     * Returns what would happen to messages now, each judged alone; the ledger is read once for all of them.
     *
     * @param messages at most 1,000
     * @throws IllegalArgumentException if there are more
     */
    public List<Preview> previewAll(List<Message> messages) {
        List<Preview> previews = new ArrayList<>(messages.size());
        for (Judgement judgement : judge.judge(dispatches(messages))) {
            previews.add(preview(judgement));
        }
        return previews;
    }

    /**
     * Judges a logged decision again, from the ledger as it was then.
     *
     * @throws IllegalStateException if the ledger is no {@link BitemporalLedger}
     * @throws IllegalArgumentException if the ledger was not read for the decision, or its people were erased since
     */
    public Replay replay(Decision decision) {
        if (ledger instanceof BitemporalLedger past) {
            return Replay.of(decision, past, serviceConversation);
        }
        throw new IllegalStateException("the ledger keeps no past: use one that is a BitemporalLedger,"
                + " such as that of aparte-consent-jdbc");
    }

    /**
     * Returns why a message left or did not, in sentences for people, with the entries behind it. Blocks while the ledger is
     * read. Holds no address and no text of a message.
     *
     * @param language French, or else English serves
     */
    public String explain(Decision decision, Locale language) {
        return Explanation.of(decision, ledger, language);
    }

    private static Preview preview(Judgement judgement) {
        return new Preview(
                judgement.route().map(Route::sender),
                judgement.route().map(route -> route.carry().shown()),
                judgement.route().map(route -> route.carry().lane().name()).orElse(""),
                judgement.refusals(),
                judgement.conversation().wroteAt().isEmpty());
    }

    /** Returns the door for opt-ins, opt-outs and erasure. */
    public ConsentDesk desk() {
        return desk;
    }

    /** Returns the brand. */
    public Controller controller() {
        return controller;
    }

    Clock clock() {
        return clock;
    }

    ConsentLedger ledger() {
        return ledger;
    }

    Conversations conversations() {
        return conversations;
    }

    SendLog sendLog() {
        return sendLog;
    }

    /** Sends what only the library makes. */
    SendResult sendInternal(Message message, Purpose purpose) {
        return dispatch(List.of(new Dispatch(message, purpose))).get(0);
    }

    /** Puts a message into the answer to the webhook that told that the person opened the conversation, if it may be. */
    Optional<WebhookResponse> welcome(Message message, SenderId sender, Instant openedAt) {
        Optional<WelcomingTransport> transport = judge.welcoming(sender);
        if (transport.isEmpty()) {
            return Optional.empty();
        }
        Invitation invitation = new Invitation(transport.get(), openedAt);
        dispatch(List.of(new Dispatch(message, message.purpose(), invitation)));
        return invitation.answer();
    }

    private List<SendResult> dispatch(List<Dispatch> dispatches) {
        List<Judgement> judgements = judge.judge(dispatches);
        Map<Judgement, SendResult> results = new HashMap<>();
        Map<RequestKey, List<Judgement>> requests = new LinkedHashMap<>();
        for (Judgement judgement : judgements) {
            if (judgement.isCleared()) {
                RequestKey key = RequestKey.of(judgement);
                List<Judgement> request = requests.computeIfAbsent(key, unused -> new ArrayList<>());
                if (request.size() == key.most() || reaches(request, judgement)) {
                    sendTogether(List.copyOf(request), results);
                    request.clear();
                }
                request.add(judgement);
            } else {
                results.put(judgement, refuse(judgement));
            }
        }
        requests.values().forEach(request -> sendTogether(request, results));
        List<SendResult> ordered = new ArrayList<>(judgements.size());
        for (Judgement judgement : judgements) {
            ordered.add(Objects.requireNonNull(results.get(judgement)));
        }
        return ordered;
    }

    /** Whether the request goes to the same address already: two messages to one person are two requests. */
    private static boolean reaches(List<Judgement> request, Judgement judgement) {
        Address to = judgement.route().orElseThrow().carry().to();
        return request.stream()
                .anyMatch(other -> other.route().orElseThrow().carry().to().isSameAs(to));
    }

    /** Refused or deferred; but what left earlier under the same id did leave. */
    private SendResult refuse(Judgement judgement) {
        Logs.write(decisions, judgement.decision());
        MessageId id = judgement.dispatch().message().id();
        try {
            List<Claim> earlier = sendLog.find(SendLog.Wanted.byMessage(id));
            if (!earlier.isEmpty()) {
                return earlier.get(0).asResult();
            }
        } catch (RuntimeException outage) {
            Logs.warn("the send log could not be asked for message " + id, outage);
        }
        return judgement.asResult();
    }

    private void sendTogether(List<Judgement> request, Map<Judgement, SendResult> results) {
        List<Judgement> remaining = new ArrayList<>(request.size());
        Set<MessageId> ids = new HashSet<>();
        List<Judgement> repeated = new ArrayList<>();
        for (Judgement judgement : request) {
            if (!ids.add(judgement.dispatch().message().id())) {
                repeated.add(judgement);
                continue;
            }
            Optional<SendResult> instead = reserve(judgement);
            if (instead.isPresent()) {
                results.put(judgement, instead.get());
            } else {
                remaining.add(judgement);
            }
        }
        while (!remaining.isEmpty()) {
            deliver(remaining, results);
            remaining.removeIf(results::containsKey);
        }
        for (Judgement judgement : repeated) {
            results.put(judgement, earlier(judgement));
        }
    }

    private SendResult earlier(Judgement judgement) {
        return reserve(judgement).orElseGet(() -> {
            Map<Judgement, SendResult> result = new HashMap<>();
            deliver(List.of(judgement), result);
            return Objects.requireNonNull(result.get(judgement));
        });
    }

    /** Reserves caps, logs the decision, claims the message; or says what is the result instead. */
    private Optional<SendResult> reserve(Judgement judgement) {
        MessageId id = judgement.dispatch().message().id();
        Judgement capped = reserveCaps(judgement);
        if (!capped.isCleared()) {
            return Optional.of(refuse(capped));
        }
        try {
            decisions.write(judgement.decision());
            Route route = judgement.route().orElseThrow();
            Optional<SendResult> earlier = sendLog.claim(
                    new Claim(id, route.sender(), route.carry().to(), judgement.at(), judgement.evidence()));
            return earlier;
        } catch (RuntimeException outage) {
            giveBack(judgement);
            Refusal refusal = Refusal.of(
                    Refusal.Reason.LOG_UNAVAILABLE,
                    "the decision log or the send log threw "
                            + outage.getClass().getSimpleName());
            return Optional.of(refuse(judgement.but(refusal, outage)));
        }
    }

    private Judgement reserveCaps(Judgement judgement) {
        CapStore store = capStore;
        if (store == null) {
            return judgement;
        }
        Judgement capped = cooled(store, judgement);
        if (!capped.isCleared()) {
            return capped;
        }
        Message message = judgement.dispatch().message();
        Address to = judgement.route().orElseThrow().carry().to();
        for (FrequencyCap cap : caps) {
            if (cap.purposes().contains(judgement.dispatch().purpose())) {
                try {
                    Optional<Instant> full = store.reserve(cap, to, message.id(), judgement.at());
                    if (full.isPresent()) {
                        capped = capped.but(
                                Refusal.of(Refusal.Reason.FREQUENCY_CAP, cap.name())
                                        .notBefore(full.get()),
                                null);
                    }
                } catch (RuntimeException outage) {
                    capped = capped.but(
                            Refusal.of(
                                    Refusal.Reason.LOG_UNAVAILABLE,
                                    "the cap store threw " + outage.getClass().getSimpleName()),
                            outage);
                }
            }
        }
        if (!capped.isCleared()) {
            giveBack(judgement);
        }
        return capped;
    }

    /** Defers promotion to somebody for whom the platform withheld some. */
    private Judgement cooled(CapStore store, Judgement judgement) {
        if (!judgement.dispatch().purpose().isPromotional()) {
            return judgement;
        }
        Route route = judgement.route().orElseThrow();
        Instant now = judgement.at();
        try {
            List<Instant> withheld =
                    store.withheldSince(route.sender(), route.carry().to(), now.minus(coolDown.memory()));
            Optional<Instant> until = withheld.isEmpty() ? Optional.empty() : coolDown.until(withheld, now);
            return until.isEmpty()
                    ? judgement
                    : judgement.but(
                            Refusal.of(Refusal.Reason.PLATFORM_CAP, "the platform withheld a message before")
                                    .notBefore(until.get()),
                            null);
        } catch (RuntimeException outage) {
            return judgement.but(
                    Refusal.of(
                            Refusal.Reason.LOG_UNAVAILABLE,
                            "the cap store threw " + outage.getClass().getSimpleName()),
                    outage);
        }
    }

    /**
     * Keeps that the platform withheld a message, if it was promotion and there is a store.
     *
     * @throws RuntimeException if the store failed
     */
    void withheld(SenderId from, Address to, Purpose purpose, MessageId message, Instant at) {
        CapStore store = capStore;
        if (store != null && purpose.isPromotional()) {
            store.withheld(from, to, message, at);
        }
    }

    private void giveBack(Judgement judgement) {
        CapStore store = capStore;
        if (store == null) {
            return;
        }
        Address to = judgement.route().orElseThrow().carry().to();
        for (FrequencyCap cap : caps) {
            if (cap.purposes().contains(judgement.dispatch().purpose())) {
                try {
                    store.giveBack(cap, to, judgement.dispatch().message().id());
                } catch (RuntimeException outage) {
                    Logs.warn("the cap store did not take a place back", outage);
                }
            }
        }
    }

    /** Delivers claimed messages in one request. Whoever loses the clearance gets a result, the others may be tried again. */
    private void deliver(List<Judgement> request, Map<Judgement, SendResult> results) {
        Transport transport = request.get(0).route().orElseThrow().transport();
        ClearedMessage cleared = new ClearedMessage(judge, ledgerView, clock, decisions, request);
        Throwable thrown = null;
        try {
            transport.deliver(cleared);
        } catch (IOException | RuntimeException failure) {
            thrown = failure;
        } finally {
            cleared.close();
            settle(cleared, request, thrown, results);
        }
    }

    private void settle(
            ClearedMessage cleared,
            List<Judgement> request,
            @Nullable Throwable thrown,
            Map<Judgement, SendResult> results) {
        if (thrown instanceof RuntimeException) {
            Logs.warn(
                    "the transport of " + cleared.from() + " threw at message "
                            + cleared.message().id() + ", " + cleared.state(),
                    thrown);
        }
        List<Judgement> last = cleared.judgements();
        for (int i = 0; i < request.size(); i++) {
            List<Refusal> lost = cleared.lost().get(last.get(i));
            if (cleared.state() == ClearedMessage.State.LOST && lost == null) {
                continue; // the request was given up for somebody else; the gate tries again without them
            }
            SendResult result = result(cleared, last.get(i), lost, thrown);
            results.put(request.get(i), result);
            keep(cleared, last.get(i), result);
        }
    }

    private SendResult result(
            ClearedMessage cleared, Judgement judgement, @Nullable List<Refusal> lost, @Nullable Throwable thrown) {
        MessageId id = judgement.dispatch().message().id();
        Evidence evidence = judgement.evidence();
        SenderId from = cleared.from();
        return switch (cleared.state()) {
            case LOST -> lost(judgement, Objects.requireNonNull(lost));
            case LEFT, MISUSED -> new SendResult.Unconfirmed(id, from, evidence);
            case ACCEPTED -> accepted(judgement, cleared.outcome().orElseThrow(), from, evidence);
            case NOT_TAKEN ->
                new SendResult.Failed(
                        id, cleared.outcome().flatMap(Outcome::failure).orElseThrow(), evidence);
            case NEW, OPEN -> new SendResult.Failed(id, nothingLeft(thrown), evidence);
        };
    }

    private static SendResult lost(Judgement judgement, List<Refusal> refusals) {
        Judgement refused = judgement;
        for (Refusal refusal : refusals) {
            refused = refused.but(refusal, null);
        }
        return refused.asResult();
    }

    private static SendResult accepted(Judgement judgement, Outcome outcome, SenderId from, Evidence evidence) {
        MessageId id = judgement.dispatch().message().id();
        DeliveryFailure failure =
                outcome.except().get(judgement.route().orElseThrow().carry().to());
        return failure == null
                ? new SendResult.Accepted(id, from, outcome.providerId(), evidence)
                : new SendResult.Failed(id, failure, evidence);
    }

    private static DeliveryFailure nothingLeft(@Nullable Throwable thrown) {
        if (thrown == null) {
            return DeliveryFailure.of(
                    DeliveryFailure.Kind.UNKNOWN, "", "the transport returned without an attempt that ended");
        }
        return thrown instanceof IOException
                ? DeliveryFailure.unreachable(
                        "the transport threw " + thrown.getClass().getSimpleName() + " before anything left")
                : DeliveryFailure.of(
                        DeliveryFailure.Kind.UNKNOWN,
                        "",
                        "the transport threw " + thrown.getClass().getSimpleName() + " before anything left");
    }

    /** Keeps what became of a message. Nothing here can change it any more, so a failing store is told of, not thrown. */
    private void keep(ClearedMessage cleared, Judgement judgement, SendResult result) {
        try {
            sendLog.settle(result);
        } catch (RuntimeException outage) {
            Logs.warn("the send log did not keep what became of message " + result.message(), outage);
        }
        if (result instanceof SendResult.Accepted || result instanceof SendResult.Unconfirmed) {
            try {
                conversations.wrote(
                        cleared.from(), judgement.route().orElseThrow().person(), clock.instant());
            } catch (RuntimeException outage) {
                Logs.warn("the conversations did not keep that we wrote", outage);
            }
        } else if (!cleared.everLeft()) {
            giveBack(judgement);
        }
        if (result instanceof SendResult.Failed failed) {
            failed.failure()
                    .stopOn(cleared.from())
                    .ifPresent(scope -> stop(judgement.route().orElseThrow().person(), scope, cleared.from(), result));
            if (failed.failure().kind() == DeliveryFailure.Kind.WITHHELD) {
                keepWithheld(cleared.from(), judgement);
            }
        }
    }

    private void keepWithheld(SenderId from, Judgement judgement) {
        try {
            withheld(
                    from,
                    judgement.route().orElseThrow().carry().to(),
                    judgement.dispatch().purpose(),
                    judgement.dispatch().message().id(),
                    clock.instant());
        } catch (RuntimeException outage) {
            Logs.warn("the cap store did not keep that the platform withheld a message", outage);
        }
    }

    /** Records that the platform says the person refuses us there; once for each sign of it. */
    private void stop(Identity person, Scope scope, SenderId from, SendResult result) {
        String sign = "send:" + result.message();
        ConsentEntry entry = ConsentEntry.builder(ConsentEntry.Kind.PLATFORM_STOP, person, scope)
                .id(EntryId.of("stop:" + sign))
                .actor(ConsentEntry.Actor.PLATFORM)
                .method(ConsentEntry.Method.PLATFORM_SIGNAL)
                .via(from)
                .source(sign)
                .build();
        try {
            desk.record(entry);
        } catch (LedgerUnavailableException outage) {
            Logs.warn("a refusal on " + from + " could not be recorded; the platform will repeat it", outage);
        }
    }

    /**
     * What leaves in one request together.
     *
     * @param transport who carries it
     * @param shown the content
     * @param lane the lane
     * @param purpose what it is judged as
     * @param alone a message of its own where a request reaches one person
     * @param most how many people one request reaches
     */
    private record RequestKey(
            Transport transport, Content shown, Lane lane, Purpose purpose, Optional<WireKey> alone, int most) {
        static RequestKey of(Judgement judgement) {
            Route route = judgement.route().orElseThrow();
            Message message = judgement.dispatch().message();
            int most = message.replyTo().isPresent() || route.isGroup() ? 1 : route.most();
            return new RequestKey(
                    route.transport(),
                    route.carry().shown(),
                    route.carry().lane(),
                    judgement.dispatch().purpose(),
                    most == 1 ? Optional.of(new WireKey(message.id(), 1)) : Optional.empty(),
                    most);
        }
    }

    /** Builds a {@link ConsentGate}. Not thread-safe. */
    public static final class Builder {
        private final Controller controller;
        private final ConsentLedger ledger;
        private final List<Transport> transports = new ArrayList<>();
        private final List<ConsentPolicy> policies = new ArrayList<>();
        private final List<ErasureListener> erasureListeners = new ArrayList<>();
        private @Nullable Conversations conversations; // required by build()
        private @Nullable SendLog sendLog; // required by build()
        private @Nullable CapStore capStore; // no caps unless set
        private List<FrequencyCap> caps = List.of();
        private CoolDown coolDown = CoolDown.ofDefaults();
        private ConsentPolicies chosen = ConsentPolicies.ofDefaults();
        private DecisionLog decisions = Logs::discard;
        private DoubleOptIn doubleOptIn = DoubleOptIn.ofDefaults();
        private Clock clock = Clock.systemUTC();
        private Duration ledgerTimeout = Duration.ofSeconds(2);
        private Duration serviceConversation = Duration.ofDays(7);

        private Builder(Controller controller, ConsentLedger ledger) {
            this.controller = Objects.requireNonNull(controller, "controller");
            this.ledger = Objects.requireNonNull(ledger, "ledger");
        }

        /** Adds a transport; of several that can carry a message, the first one added does. */
        public Builder transport(Transport transport) {
            transports.add(Objects.requireNonNull(transport, "transport"));
            return this;
        }

        /** Sets the policies; {@link ConsentPolicies#ofDefaults()} by default. They only object, the floor stays. */
        public Builder policies(ConsentPolicies value) {
            this.chosen = Objects.requireNonNull(value, "policies");
            return this;
        }

        /** Adds a policy to those of {@link #policies}. */
        public Builder policy(ConsentPolicy policy) {
            policies.add(Objects.requireNonNull(policy, "policy"));
            return this;
        }

        /** Sets who wrote when; required. */
        public Builder conversations(Conversations value) {
            this.conversations = Objects.requireNonNull(value, "conversations");
            return this;
        }

        /** Sets which messages were claimed and what became of them; required. */
        public Builder sendLog(SendLog value) {
            this.sendLog = Objects.requireNonNull(value, "sendLog");
            return this;
        }

        /** Sets where judgements are kept; by default nowhere, but for warnings that name what failed. */
        public Builder decisions(DecisionLog value) {
            this.decisions = Objects.requireNonNull(value, "decisions");
            return this;
        }

        /** Sets how a double opt-in asks; by default for 7 days, in English or French. */
        public Builder doubleOptIn(DoubleOptIn value) {
            this.doubleOptIn = Objects.requireNonNull(value, "doubleOptIn");
            return this;
        }

        /** Adds a listener that hears of each erasure at the desk; none by default. */
        public Builder onErasure(ErasureListener listener) {
            erasureListeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets the store that counts, and frequency caps; none by default. With a store, also without caps, promotion waits
         * after the platform withheld some: {@link #coolDown}.
         */
        public Builder caps(CapStore store, FrequencyCap... value) {
            this.capStore = Objects.requireNonNull(store, "store");
            this.caps = List.copyOf(Arrays.asList(value));
            return this;
        }

        /** Sets how long promotion waits after the platform withheld some; {@link CoolDown#ofDefaults()} by default. */
        public Builder coolDown(CoolDown value) {
            this.coolDown = Objects.requireNonNull(value, "coolDown");
            return this;
        }

        /** Sets the clock; by default the system's. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets how late a ledger's answer may come; 2 seconds by default. A later answer counts as none.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder ledgerTimeout(Duration value) {
            this.ledgerTimeout = positive(value, "ledgerTimeout");
            return this;
        }

        /**
         * Sets how long after the person's last message service may answer where the lane has no window of its own; 7 days by
         * default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder serviceConversation(Duration value) {
            this.serviceConversation = positive(value, "serviceConversation");
            return this;
        }

        private List<ConsentPolicy> allPolicies() {
            List<ConsentPolicy> all = new ArrayList<>(chosen.list());
            all.addAll(policies);
            return all;
        }

        private static Duration positive(Duration value, String name) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive");
            }
            return value;
        }

        /**
         * Returns the gate.
         *
         * @throws IllegalStateException if the conversations or the send log are missing, or two transports have one sender
         */
        public ConsentGate build() {
            Conversations talks = conversations;
            SendLog log = sendLog;
            if (talks == null || log == null) {
                throw new IllegalStateException((talks == null ? "conversations" : "sendLog")
                        + " is missing: give one to ConsentGate.builder(…); it must outlive a restart, so the forms in"
                        + " memory of aparte-testkit serve tests and examples only");
            }
            Set<SenderId> senders = new HashSet<>();
            for (Transport transport : transports) {
                if (!senders.add(transport.sender())) {
                    throw new IllegalStateException("two transports for sender " + transport.sender());
                }
            }
            return new ConsentGate(this, talks, log);
        }
    }
}
