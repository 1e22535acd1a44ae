package aparte.gate;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.EntryId;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * P-1 at the gate: every story of a few steps, told to the desk second by second, against a model of some forty lines. The
 * whole world has two addresses, two purposes, three channels and six sorts of steps. Seen from one address on one channel
 * for one purpose, steps elsewhere differ only by what they share with it, so longer stories are told for one such subject.
 */
class EveryShortStoryTest {
    private static final int STEPS_OF_ONE = Integer.getInteger("aparte.p1.steps", 4);
    private static final int STEPS_OF_ALL = 2;

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Content TEXT = Content.text("The new issue is out.");
    private static final List<Address> ADDRESSES =
            List.of(Address.phone("+33639980001"), Address.phone("+33639980002"));
    private static final List<Purpose> PURPOSES = List.of(Purpose.NEWS, Purpose.MARKETING);
    private static final List<SenderId> SENDERS = Stream.of(ChannelId.WHATSAPP, ChannelId.VIBER, ChannelId.MESSENGER)
            .map(channel -> new SenderId(channel, "our-end"))
            .toList();

    private final LongAdder stories = new LongAdder();
    private final LongAdder judgements = new LongAdder();
    private final LongAdder open = new LongAdder();

    private enum What {
        GRANT,
        WITHDRAW,
        SUPPRESS,
        EXPIRE,
        CORRECT,
        ERASE
    }

    private record Subject(Address address, Purpose purpose, SenderId sender) {
        static final List<Subject> ALL = ADDRESSES.stream()
                .flatMap(address -> PURPOSES.stream()
                        .flatMap(purpose -> SENDERS.stream().map(sender -> new Subject(address, purpose, sender))))
                .toList();
    }

    private record Step(What what, Subject about) {}

    private static List<Step> alphabet(List<Subject> subjects) {
        return Stream.of(What.values())
                .flatMap(what -> subjects.stream().map(about -> new Step(what, about)))
                .toList();
    }

    @Test
    void the_gate_says_what_the_model_says_of_everybody_in_the_whole_world() {
        tell(alphabet(Subject.ALL), STEPS_OF_ALL, Subject.ALL);
    }

    @Test
    void the_gate_says_what_the_model_says_of_one_in_longer_stories() {
        Subject one = Subject.ALL.get(0);
        List<Subject> distinguishable = List.of(
                one,
                new Subject(one.address(), PURPOSES.get(1), one.sender()),
                new Subject(one.address(), one.purpose(), SENDERS.get(1)),
                new Subject(ADDRESSES.get(1), one.purpose(), one.sender()));

        tell(alphabet(distinguishable), STEPS_OF_ONE, List.of(one));
    }

    private void tell(List<Step> alphabet, int most, List<Subject> asked) {
        Optional<String> counterexample = IntStream.range(0, alphabet.size())
                .parallel()
                .mapToObj(first -> search(new ArrayList<>(List.of(alphabet.get(first))), alphabet, most, asked))
                .flatMap(Optional::stream)
                .findFirst();

        System.out.printf(
                "P-1 at the gate: %,d stories of up to %d steps out of %d, %,d judgements, of which %,d open%n",
                stories.sum(), most, alphabet.size(), judgements.sum(), open.sum());
        assertThat(counterexample).isEmpty();
        assertThat(open.sum()).isPositive();
    }

    private Optional<String> search(List<Step> story, List<Step> alphabet, int most, List<Subject> asked) {
        Optional<String> found = judge(story, asked);
        for (int next = 0; story.size() < most && next < alphabet.size() && found.isEmpty(); next++) {
            story.add(alphabet.get(next));
            found = search(story, alphabet, most, asked);
            story.remove(story.size() - 1);
        }
        return found;
    }

    private Optional<String> judge(List<Step> story, List<Subject> asked) {
        World world = new World();
        story.forEach(world::live);
        stories.increment();
        for (Subject subject : asked) {
            Optional<Refusal.Reason> said = world
                    .gate
                    .preview(Message.builder(Recipient.of(subject.address()), subject.purpose(), TEXT)
                            .from(subject.sender())
                            .build())
                    .refusals()
                    .stream()
                    .map(Refusal::reason)
                    .findFirst();
            Optional<Refusal.Reason> expected = Model.of(subject, story);
            judgements.increment();
            open.add(said.isEmpty() ? 1 : 0);
            if (!said.equals(expected)) {
                return Optional.of(subject + " after " + story + ": " + said + ", not " + expected);
            }
        }
        return Optional.empty();
    }

    /** A gate, to whose desk a story is told, a second for each step. */
    private static final class World {
        private final MutableClock clock = MutableClock.at(START);
        private final InMemoryConsentLedger ledger = new InMemoryConsentLedger(clock);
        private final Map<Subject, Deque<EntryId>> withdrawals = new HashMap<>();
        private final ConsentGate gate;

        World() {
            ConsentGate.Builder builder = ConsentGate.builder(new Controller("shop", "Shop"), ledger)
                    .conversations(new InMemoryConversations())
                    .sendLog(new InMemorySendLog())
                    .clock(clock);
            SENDERS.forEach(sender -> builder.transport(RecordingTransport.of(sender)));
            gate = builder.build();
        }

        void live(Step step) {
            clock.advance(Duration.ofSeconds(1));
            Subject about = step.about();
            Identity person = Identity.of(about.address());
            Scope scope = Scope.of(about.purpose()).only(about.sender());
            switch (step.what()) {
                case GRANT -> record(ConsentEntry.granted(person, scope, ConsentEntry.Method.CHECKBOX, "form"));
                case WITHDRAW ->
                    withdrawals
                            .computeIfAbsent(about, unused -> new ArrayDeque<>())
                            .push(record(ConsentEntry.withdrawn(person, scope, ConsentEntry.Method.VERBAL, "call")));
                case SUPPRESS -> record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, person, scope));
                case EXPIRE -> record(ConsentEntry.builder(ConsentEntry.Kind.EXPIRED, person, scope));
                case CORRECT -> {
                    Deque<EntryId> known = withdrawals.getOrDefault(about, new ArrayDeque<>());
                    if (!known.isEmpty()) {
                        record(ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, person, scope)
                                .supersedes(known.pop())
                                .actor(ConsentEntry.Actor.AGENT)
                                .reason("another person was meant"));
                    }
                }
                case ERASE -> {
                    gate.desk().erase(person, false);
                    withdrawals.keySet().removeIf(other -> other.address().equals(about.address()));
                }
            }
        }

        private EntryId record(ConsentEntry.Builder entry) {
            return gate.desk().record(entry.build()).entry().id();
        }
    }

    /** What became of one subject; a correction takes its latest withdrawal out of the story. */
    private static final class Model {
        private boolean yes;
        private boolean no;
        private boolean ended;
        private boolean suppressed;
        private boolean elsewhere;

        /** The weightiest reason why not; empty if open. */
        static Optional<Refusal.Reason> of(Subject subject, List<Step> story) {
            Model model = new Model();
            List<Step> mine = new ArrayList<>();
            for (Step step : story) {
                if (!step.about().address().equals(subject.address())) {
                    continue;
                }
                if (step.what() == What.ERASE) {
                    model.tell(mine, subject);
                    mine.clear();
                    model.suppressed |= model.no;
                    model.yes = model.no = model.ended = model.elsewhere = false;
                } else if (step.what() == What.CORRECT) {
                    int latest = mine.lastIndexOf(new Step(What.WITHDRAW, step.about()));
                    if (latest >= 0) {
                        mine.remove(latest);
                    }
                } else {
                    mine.add(step);
                }
            }
            model.tell(mine, subject);
            return model.reason();
        }

        private void tell(List<Step> steps, Subject subject) {
            for (Step step : steps) {
                boolean mine = step.about().equals(subject);
                switch (step.what()) {
                    case GRANT -> {
                        elsewhere |= !mine;
                        yes |= mine;
                        no &= !mine;
                        ended &= !mine;
                    }
                    case WITHDRAW -> {
                        no |= mine;
                        yes &= !mine;
                    }
                    case EXPIRE -> {
                        ended |= mine;
                        yes &= !mine;
                    }
                    case SUPPRESS -> suppressed |= mine;
                    default -> throw new AssertionError(step.what());
                }
            }
        }

        private Optional<Refusal.Reason> reason() {
            return suppressed
                    ? Optional.of(Refusal.Reason.SUPPRESSED)
                    : no
                            ? Optional.of(Refusal.Reason.OPTED_OUT)
                            : yes
                                    ? Optional.empty()
                                    : Optional.of(
                                            ended
                                                    ? Refusal.Reason.CONSENT_EXPIRED
                                                    : elsewhere
                                                            ? Refusal.Reason.OUT_OF_SCOPE
                                                            : Refusal.Reason.NO_CONSENT);
        }
    }
}
