package aparte.consent;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.History;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import aparte.WireKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message that passed the gate: what a transport may deliver, and the only thing.
 *
 * <p>Nobody but the gate makes one, and it is dead when {@link ConsentGate#send} returns. Each request needs an
 * {@linkplain #attempt attempt} of its own, and a further attempt is possible only after the last one was
 * {@linkplain Attempt#notTaken not taken}: whoever repeats a request that may have arrived gets an
 * {@link IllegalStateException}.
 *
 * <p>Thread-safe.
 */
public final class ClearedMessage {
    /** How far it got. Each state says what is certain about the person's phone. */
    enum State {
        /** No attempt was made: nothing left. */
        NEW,
        /** An attempt began: nothing left yet. */
        OPEN,
        /** The last check was passed: it may have left. */
        LEFT,
        /** The provider took it. */
        ACCEPTED,
        /** The provider did not take it. */
        NOT_TAKEN,
        /** The clearance ended: nothing left in the last attempt. */
        LOST,
        /** The transport answered without the last check: nothing is certain. */
        MISUSED
    }

    private final transient Judge judge;
    private final transient LedgerView ledger;
    private final transient Clock clock;
    private final transient DecisionLog decisions;
    private final transient Object lock = new Object();
    private transient List<Judgement> judgements;
    private transient State state = State.NEW;
    private transient int attempts;
    private transient boolean everLeft;
    private transient boolean dead;
    private transient @Nullable Outcome outcome; // null until an attempt ends
    private transient Map<Judgement, List<Refusal>> lost = Map.of();

    ClearedMessage(Judge judge, LedgerView ledger, Clock clock, DecisionLog decisions, List<Judgement> judgements) {
        this.judge = judge;
        this.ledger = ledger;
        this.clock = clock;
        this.decisions = decisions;
        this.judgements = List.copyOf(judgements);
    }

    /** Returns the message; of several that leave in one request, the first. */
    public Message message() {
        return first().dispatch().message();
    }

    /** Returns our end. */
    public SenderId from() {
        return route(first()).sender();
    }

    /** Returns the content as the person will see it, to prepare what an attempt needs, such as an upload. */
    public Content content() {
        return route(first()).carry().shown();
    }

    /** Returns whom the request would reach, to wait for a limit before an attempt. */
    public List<Address> receivers() {
        List<Judgement> all = judgements();
        if (all.size() == 1) {
            return List.of(route(all.get(0)).carry().to());
        }
        return all.stream().map(judgement -> route(judgement).carry().to()).toList();
    }

    /** Returns the platform's lane that was judged. */
    public Lane lane() {
        return route(first()).carry().lane();
    }

    /**
     * Begins an attempt, after judging everything again. Blocks while the ledger is read.
     *
     * @param self the sender that will carry it, which must be the one that planned it
     * @throws ClearanceLost if it is no longer cleared; nothing may be sent
     * @throws IllegalStateException if an earlier request may have arrived, if the clearance is dead, or if it belongs to
     *     another sender
     */
    public Attempt attempt(SenderId self) throws ClearanceLost {
        Objects.requireNonNull(self, "self");
        synchronized (lock) {
            requireAlive();
            if (!self.equals(from())) {
                throw new IllegalStateException(
                        "message " + message().id() + " was cleared for another sender: it cannot be lent to " + self);
            }
            if (state != State.NEW && state != State.NOT_TAKEN) {
                throw new IllegalStateException("message " + message().id() + " may have been sent already (" + state
                        + "): a new attempt is possible only after notTaken");
            }
            List<Judgement> again = judge.judgeAgain(judgements);
            Map<Judgement, List<Refusal>> closed = Map.of();
            for (int i = 0; i < again.size(); i++) {
                if (!again.get(i).isCleared()) {
                    closed = closed.isEmpty() ? new LinkedHashMap<>() : closed;
                    closed.put(judgements.get(i), again.get(i).refusals());
                    Logs.write(decisions, again.get(i).decision());
                }
            }
            if (!closed.isEmpty()) {
                throw lose(closed);
            }
            judgements = again;
            state = State.OPEN;
            attempts++;
            return new Attempt(attempts);
        }
    }

    /** Lets the message go inside an answer: the transport writes it, and after the last check the host gets it. */
    Outcome handOver(WelcomingTransport transport, Consumer<WebhookResponse> host) throws ClearanceLost {
        Attempt attempt = attempt(transport.sender());
        WebhookResponse answer = transport.welcome(attempt);
        attempt.leave();
        host.accept(answer);
        return Outcome.handedOver();
    }

    /** Ends the clearance; nothing can be sent with it any more. */
    void close() {
        synchronized (lock) {
            dead = true;
        }
    }

    State state() {
        synchronized (lock) {
            return state;
        }
    }

    /** Whether a request of any attempt may have reached the provider. */
    boolean everLeft() {
        synchronized (lock) {
            return everLeft;
        }
    }

    Optional<Outcome> outcome() {
        synchronized (lock) {
            return Optional.ofNullable(outcome);
        }
    }

    List<Judgement> judgements() {
        synchronized (lock) {
            return judgements;
        }
    }

    /** Who lost the clearance, and why. */
    Map<Judgement, List<Refusal>> lost() {
        synchronized (lock) {
            return lost;
        }
    }

    private ClearanceLost lose(Map<Judgement, List<Refusal>> closed) {
        state = State.LOST;
        lost = closed;
        return new ClearanceLost(
                closed.values().stream().flatMap(List::stream).distinct().toList());
    }

    private Judgement first() {
        synchronized (lock) {
            return judgements.get(0);
        }
    }

    private static Route route(Judgement judgement) {
        return judgement.route().orElseThrow();
    }

    private void requireAlive() {
        if (dead) {
            throw new IllegalStateException("the clearance of message "
                    + message().id() + " is dead: queue the Message and send it through the gate again");
        }
    }

    /** Shows the message's id and how far it got. */
    @Override
    public String toString() {
        return "ClearedMessage[" + message().id() + ", " + state() + "]";
    }

    /** One request to the provider. Thread-safe. */
    public final class Attempt {
        private final transient int number;

        private Attempt(int number) {
            this.number = number;
        }

        /** Returns whom the request reaches: one address, or as many as the transport takes at once. */
        public List<Address> receivers() {
            return ClearedMessage.this.receivers();
        }

        /** Returns the content as the person will see it. */
        public Content content() {
            return ClearedMessage.this.content();
        }

        /** Returns the provider's id of the message that it answers. */
        public Optional<String> replyTo() {
            return message().replyTo();
        }

        /** Returns what travels with the request and comes back in receipts. */
        public WireKey wireKey() {
            return new WireKey(message().id(), number);
        }

        /**
         * Does the last check, just before bytes go: reads the ledger once more for everybody whom the request reaches. A
         * group is planned once more as well: if the transport knows of somebody who joined meanwhile, nothing leaves.
         * Blocks while it does. Called once for each attempt.
         *
         * @throws ClearanceLost if somebody opted out or joined the group meanwhile, or the ledger did not answer; nothing
         *     may be sent
         * @throws IllegalStateException if it was called before, or the clearance is dead
         */
        public void leave() throws ClearanceLost {
            synchronized (lock) {
                requireCurrent();
                if (state != State.OPEN) {
                    throw new IllegalStateException("attempt " + wireKey() + " has left already (" + state
                            + "): a request must not be repeated");
                }
                checkAgain();
                state = State.LEFT;
                everLeft = true;
            }
        }

        /**
         * Ends the attempt: the provider took the message.
         *
         * @param providerId the provider's id of it
         * @throws IllegalStateException if {@link #leave} was not called, or the attempt ended before
         */
        public Outcome accepted(String providerId) {
            return accepted(providerId, Map.of());
        }

        /**
         * Ends the attempt: the provider took the request, except for some receivers.
         *
         * @param providerId the provider's id of it
         * @param except the receivers that it refused, and why
         * @throws IllegalStateException if {@link #leave} was not called, or the attempt ended before
         */
        public Outcome accepted(String providerId, Map<Address, DeliveryFailure> except) {
            Objects.requireNonNull(providerId, "providerId");
            synchronized (lock) {
                requireNumber();
                if (state == State.OPEN) {
                    state = State.MISUSED;
                    everLeft = true;
                    throw new IllegalStateException(
                            "attempt " + wireKey() + " was accepted without leave(): call it just before bytes go");
                }
                if (state != State.LEFT) {
                    throw new IllegalStateException("attempt " + wireKey() + " has ended already (" + state + ")");
                }
                state = State.ACCEPTED;
                return end(Outcome.accepted(providerId, Map.copyOf(except)));
            }
        }

        /**
         * Ends the attempt: the provider cannot have taken the message. Where that is not certain, throw instead.
         *
         * @throws IllegalStateException if the attempt ended before
         */
        public Outcome notTaken(DeliveryFailure why) {
            Objects.requireNonNull(why, "why");
            synchronized (lock) {
                requireNumber();
                if (state != State.OPEN && state != State.LEFT) {
                    throw new IllegalStateException("attempt " + wireKey() + " has ended already (" + state + ")");
                }
                state = State.NOT_TAKEN;
                return end(Outcome.notTaken(why));
            }
        }

        private Outcome end(Outcome made) {
            outcome = made;
            return made;
        }

        private void requireCurrent() {
            requireAlive();
            requireNumber();
        }

        private void requireNumber() {
            if (number != attempts) {
                throw new IllegalStateException(
                        "attempt " + wireKey() + " is over: attempt " + attempts + " took its place");
            }
        }

        private void checkAgain() throws ClearanceLost {
            LedgerView.Answer answer = ledger.read(people());
            Instant now = clock.instant();
            Map<Judgement, List<Refusal>> closed = Map.of();
            int next = 0;
            for (Judgement judgement : judgements) {
                List<Refusal> refusals = new ArrayList<>(0);
                int size = route(judgement).people().size();
                if (answer.refusal() != null) {
                    refusals.add(answer.refusal());
                } else {
                    List<Standing> standings = new ArrayList<>(size);
                    for (int place = 0; place < size; place++) {
                        standings.add(
                                standing(judgement, place, answer.histories().get(next + place), now));
                    }
                    if (route(judgement).isGroup()) {
                        Floor.closedMember(standings).ifPresent(refusals::add);
                        judge.joined(judgement).ifPresent(refusals::add);
                    } else {
                        refusals.addAll(Floor.refusals(standings.get(0), judgement.invitedAt()));
                    }
                }
                next += size;
                if (!refusals.isEmpty()) {
                    closed = closed.isEmpty() ? new LinkedHashMap<>() : closed;
                    closed.put(judgement, List.copyOf(refusals));
                    Logs.write(
                            decisions,
                            judgement
                                    .but(refusals, now, answer.head(), answer.cause())
                                    .decision());
                }
            }
            if (!closed.isEmpty()) {
                throw lose(closed);
            }
        }

        private List<Identity> people() {
            if (judgements.size() == 1) {
                return route(judgements.get(0)).people();
            }
            List<Identity> people = new ArrayList<>(judgements.size());
            for (Judgement judgement : judgements) {
                people.addAll(route(judgement).people());
            }
            return people;
        }

        private Standing standing(Judgement judgement, int place, History history, Instant now) {
            return route(judgement)
                    .standing(place, history, judgement.dispatch().purpose(), judgement.conversation(), now);
        }

        /** Shows the wire key only. */
        @Override
        public String toString() {
            return "Attempt[" + wireKey() + "]";
        }
    }
}
