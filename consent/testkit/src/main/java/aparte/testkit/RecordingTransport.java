package aparte.testkit;

import aparte.Address;
import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.ClearanceLost;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transport that sends nothing and keeps what it would have sent in memory, for asserts. For tests and examples only.
 *
 * <p>By default it reaches phone numbers, through a lane that is always open, carries any content that is not another
 * channel's own, one person a request, tries once and accepts. Answers given by {@link #accept}, {@link #notTaken},
 * {@link #throwBeforeLeaving} and {@link #throwAfterLeaving} queue up, one for each attempt. It keeps the whole contract of
 * {@link Transport}. Thread-safe.
 */
public final class RecordingTransport implements Transport {
    /**
     * A request that was made: its last check was passed.
     *
     * @param receivers whom it reached
     * @param content what they saw
     * @param wireKey what travelled with it
     * @param at when it was made
     */
    public record Delivery(List<Address> receivers, Content content, WireKey wireKey, Instant at) {
        /** Copies the receivers. */
        public Delivery {
            receivers = List.copyOf(receivers);
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(wireKey, "wireKey");
            Objects.requireNonNull(at, "at");
        }
    }

    private final SenderId sender;
    private final Set<Address.Kind> kinds;
    private final Lane lane;
    private final int textLimit;
    private final int receiversPerRequest;
    private final int tries;
    private final Clock clock;
    private final Map<Address, List<Identity>> groups;

    private final Object lock = new Object();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private int plans;
    private volatile Runnable beforeAttempt = () -> {};
    private volatile Runnable beforeLeaving = () -> {};
    private volatile Consumer<Delivery> onDelivery = delivery -> {};

    private RecordingTransport(Builder builder) {
        this.sender = builder.sender;
        this.kinds = builder.kinds;
        this.lane = builder.lane;
        this.textLimit = builder.textLimit;
        this.receiversPerRequest = builder.receiversPerRequest;
        this.tries = builder.tries;
        this.clock = builder.clock;
        this.groups = new ConcurrentHashMap<>(builder.groups);
    }

    /** Returns a transport of this sender with the defaults. */
    public static RecordingTransport of(SenderId sender) {
        return builder(sender).build();
    }

    /** Returns a builder. */
    public static Builder builder(SenderId sender) {
        return new Builder(sender);
    }

    /** Lets the next attempt that has no answer yet be accepted, as is the default. */
    public RecordingTransport accept() {
        return answer(new Answer(null, null, null, Map.of()));
    }

    /** Lets the next attempt that has no answer yet be accepted, except for these receivers. */
    public RecordingTransport acceptExcept(Map<Address, DeliveryFailure> except) {
        return answer(new Answer(null, null, null, Map.copyOf(except)));
    }

    /**
     * Lets the next attempt that has no answer yet end as not taken, after its last check. A failure that is
     * {@linkplain DeliveryFailure#isRetryable() retryable} is tried again while {@linkplain Builder#tries tries} are left.
     */
    public RecordingTransport notTaken(DeliveryFailure failure) {
        return answer(new Answer(Objects.requireNonNull(failure, "failure"), null, null, Map.of()));
    }

    /** Lets the next attempt that has no answer yet throw this before its last check, as an unreachable provider does. */
    public RecordingTransport throwBeforeLeaving(IOException failure) {
        return answer(new Answer(null, Objects.requireNonNull(failure, "failure"), null, Map.of()));
    }

    /** Lets the next attempt that has no answer yet make its request and then throw this, as a lost answer does. */
    public RecordingTransport throwAfterLeaving(IOException failure) {
        return answer(new Answer(null, null, Objects.requireNonNull(failure, "failure"), Map.of()));
    }

    /** Runs this before each attempt, where a real transport waits for its rate limit; nothing by default. */
    public RecordingTransport beforeAttempt(Runnable hook) {
        this.beforeAttempt = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /** Runs this after each attempt began and before its last check; nothing by default. */
    public RecordingTransport beforeLeaving(Runnable hook) {
        this.beforeLeaving = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /** Runs this while each request is at the provider, before its answer; nothing by default. */
    public RecordingTransport onDelivery(Consumer<Delivery> hook) {
        this.onDelivery = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /** Returns the requests made, in order, refused and lost ones too. */
    public List<Delivery> deliveries() {
        synchronized (lock) {
            return List.copyOf(deliveries);
        }
    }

    /** Returns how often it planned. */
    public int plans() {
        synchronized (lock) {
            return plans;
        }
    }

    @Override
    public SenderId sender() {
        return sender;
    }

    /** Sets who is in a group from now on; with nobody, its members are no longer known. */
    public void members(Address group, Address... members) {
        groups.put(Objects.requireNonNull(group, "group"), people(members));
    }

    private static List<Identity> people(Address... members) {
        return Arrays.stream(members).map(Identity::of).toList();
    }

    @Override
    public Plan plan(Draft draft) {
        synchronized (lock) {
            plans++;
        }
        Optional<Address> to = draft.address(kinds.toArray(new Address.Kind[0]));
        if (to.isEmpty()) {
            return new Plan.Cannot(
                    Refusal.of(Refusal.Reason.NO_ROUTE, "the recipient has no address of a kind in " + kinds));
        }
        Message message = draft.message();
        Optional<Refusal> unsupported = unsupported(message.content());
        if (unsupported.isPresent()) {
            return new Plan.Cannot(unsupported.get());
        }
        if (!to.get().kind().equals(Address.Kind.GROUP)) {
            return new Plan.Carry(to.get(), lane, message.content());
        }
        List<Identity> members = groups.getOrDefault(to.get(), List.of());
        return members.isEmpty()
                ? new Plan.Cannot(
                        Refusal.of(Refusal.Reason.MEMBER_CLOSED, "the members of the group are not known: give them"))
                : new Plan.Carry(to.get(), lane, message.content(), members);
    }

    private Optional<Refusal> unsupported(Content content) {
        Optional<ChannelId> only = Optional.empty();
        if (content instanceof ChannelContent own) {
            only = Optional.of(own.channel());
        } else if (content instanceof Content.Native own) {
            only = Optional.of(own.channel());
        }
        if (only.isPresent() && !only.get().equals(sender.channel())) {
            return Optional.of(Refusal.of(
                    Refusal.Reason.UNSUPPORTED, "the content is of " + only.get() + ", the sender of " + sender));
        }
        if (content instanceof Content.Text text) {
            int length = text.body().codePointCount(0, text.body().length());
            if (length > textLimit) {
                return Optional.of(Refusal.of(Refusal.Reason.UNSUPPORTED, "the text is too long: shorten it")
                        .limit(new Refusal.Limit(textLimit, "code points", length)));
            }
        }
        return Optional.empty();
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        Outcome outcome = attempt(cleared);
        for (int made = 1; made < tries && isRetryable(outcome); made++) {
            outcome = attempt(cleared);
        }
        return outcome;
    }

    private static boolean isRetryable(Outcome outcome) {
        return outcome.failure().filter(DeliveryFailure::isRetryable).isPresent();
    }

    private Outcome attempt(ClearedMessage cleared) throws IOException, ClearanceLost {
        beforeAttempt.run();
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        Answer answer = next();
        beforeLeaving.run();
        if (answer.before() != null) {
            throw answer.before();
        }
        attempt.leave();
        Delivery delivery = new Delivery(attempt.receivers(), attempt.content(), attempt.wireKey(), clock.instant());
        int number;
        synchronized (lock) {
            deliveries.add(delivery);
            number = deliveries.size();
        }
        onDelivery.accept(delivery);
        if (answer.after() != null) {
            throw answer.after();
        }
        return answer.failure() != null
                ? attempt.notTaken(answer.failure())
                : attempt.accepted("recorded-" + number, answer.except());
    }

    private RecordingTransport answer(Answer answer) {
        synchronized (lock) {
            answers.add(answer);
        }
        return this;
    }

    private Answer next() {
        synchronized (lock) {
            Answer answer = answers.poll();
            return answer == null ? new Answer(null, null, null, Map.of()) : answer;
        }
    }

    @Override
    public int receiversPerRequest(Content shown) {
        return receiversPerRequest;
    }

    @Override
    public String toString() {
        return "RecordingTransport[" + sender + "]";
    }

    /** What an attempt is answered; all parts null means accepted. */
    private record Answer(
            @Nullable DeliveryFailure failure,
            @Nullable IOException before,
            @Nullable IOException after,
            Map<Address, DeliveryFailure> except) {}

    /** Builds a {@link RecordingTransport}. Not thread-safe. */
    public static final class Builder {
        private final SenderId sender;
        private final Map<Address, List<Identity>> groups = new HashMap<>();
        private Set<Address.Kind> kinds = Set.of(Address.Kind.PHONE);
        private Lane lane = new Lane("recorded", Set.of(Purpose.values()), Lane.Needs.NOTHING, false);
        private int textLimit = Integer.MAX_VALUE;
        private int receiversPerRequest = 1;
        private int tries = 1;
        private Clock clock = Clock.systemUTC();

        private Builder(SenderId sender) {
            this.sender = Objects.requireNonNull(sender, "sender");
        }

        /**
         * Sets the kinds of addresses that it reaches; phone numbers by default.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder reaches(Address.Kind... value) {
            if (value.length == 0) {
                throw new IllegalArgumentException("a transport reaches at least one kind of address");
            }
            this.kinds = Set.copyOf(Arrays.asList(value));
            return this;
        }

        /** Sets the lane that every message takes; by default one that admits every purpose and is always open. */
        public Builder lane(Lane value) {
            this.lane = Objects.requireNonNull(value, "lane");
            return this;
        }

        /**
         * Sets the longest text, in code points; unlimited by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder textLimit(int value) {
            this.textLimit = positive(value, "textLimit");
            return this;
        }

        /**
         * Sets how many people one request reaches; 1 by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder receiversPerRequest(int value) {
            this.receiversPerRequest = positive(value, "receiversPerRequest");
            return this;
        }

        /**
         * Sets how many attempts it makes while failures are retryable, without any wait between; 1 by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder tries(int value) {
            this.tries = positive(value, "tries");
            return this;
        }

        /** Sets the clock that dates deliveries; by default the system's. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Adds a group with its members; by default the members of no group are known. Reach {@code GROUP} as well. */
        public Builder group(Address group, Address... members) {
            this.groups.put(Objects.requireNonNull(group, "group"), people(members));
            return this;
        }

        private static int positive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1");
            }
            return value;
        }

        /** Returns the transport. */
        public RecordingTransport build() {
            return new RecordingTransport(this);
        }
    }
}
