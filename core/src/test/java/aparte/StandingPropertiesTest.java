package aparte;

import static aparte.Ledger.BOT;
import static aparte.Ledger.PERSON;
import static aparte.Ledger.SHOP;
import static aparte.Ledger.second;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What holds for every history: P-1, P-2 and P-3 of the consent reference. Random histories are numbered from a seed, which
 * {@code -Daparte.seed} sets and which a failure prints.
 */
class StandingPropertiesTest {
    private static final long SEED = Long.getLong("aparte.seed", 20_261_123L);
    private static final int HISTORIES = 100_000;
    private static final List<SenderId> SENDERS = List.of(SHOP, BOT);

    /** One case: a history, what may be added to it, and what is judged. */
    private record Case(long seed, RandomHistory history, ConsentEntry extra, Purpose purpose, SenderId sender) {
        Standing before() {
            return history.standing(purpose, sender);
        }

        Standing after() {
            return history.standingWith(extra, purpose, sender);
        }

        @Override
        public String toString() {
            return "seed " + seed + ", " + purpose + " on " + sender + ", " + history + "\nwith\n  "
                    + RandomHistory.describe(extra);
        }
    }

    private static Stream<Case> cases(long seed, boolean closing, Set<Purpose> purposes) {
        RandomHistory history = new RandomHistory(seed);
        ConsentEntry extra = closing ? history.closing() : history.opening();
        return purposes.stream()
                .flatMap(purpose -> SENDERS.stream().map(sender -> new Case(seed, history, extra, purpose, sender)));
    }

    private static Optional<Case> counterexample(boolean closing, Set<Purpose> purposes, Predicate<Case> property) {
        return LongStream.range(SEED, SEED + HISTORIES)
                .parallel()
                .boxed()
                .flatMap(seed -> cases(seed, closing, purposes))
                .filter(property.negate())
                .findFirst();
    }

    @Nested
    class WhenAClosingEntryIsAdded {
        /** All but the confirmation of an opt-out, which the opt-out itself opens. */
        private final Set<Purpose> purposes = EnumSet.complementOf(EnumSet.of(Purpose.CONSENT_CONFIRMATION));

        @Test
        void nothing_closed_opens() {
            Optional<Case> counterexample = counterexample(
                    true, purposes, it -> it.before().isOpen() || !it.after().isOpen());

            assertThat(counterexample).isEmpty();
        }

        @Test
        void all_that_it_covers_is_closed_if_it_is_the_last_word() {
            Optional<Case> counterexample = counterexample(true, purposes, it -> {
                ConsentEntry last =
                        it.extra().toBuilder().effectiveAt(second(9)).build();
                return !last.scope().covers(it.purpose(), it.sender())
                        || !it.history()
                                .standingWith(last, it.purpose(), it.sender())
                                .isOpen();
            });

            assertThat(counterexample).isEmpty();
        }
    }

    @Nested
    class WhenAnAgreementIsAdded {
        private final Set<Purpose> purposes = EnumSet.allOf(Purpose.class);

        @Test
        void nobody_suppressed_is_opened() {
            Optional<Case> counterexample = counterexample(
                    false, purposes, it -> !isSuppressed(it) || !it.after().isOpen());

            assertThat(counterexample).isEmpty();
        }

        @Test
        void nobody_with_an_undated_opt_out_is_opened() {
            Optional<Case> counterexample = counterexample(
                    false, purposes, it -> !hasUndatedOptOut(it) || !it.after().isOpen());

            assertThat(counterexample).isEmpty();
        }

        @Test
        void nothing_open_closes() {
            Optional<Case> counterexample = counterexample(
                    false, purposes, it -> !it.before().isOpen() || it.after().isOpen());

            assertThat(counterexample).isEmpty();
        }

        /** Suppressed by a suppression; an erasure alone ends with a later agreement. */
        private boolean isSuppressed(Case it) {
            Standing before = it.before();
            if (before.isOpen()) {
                return false;
            }
            Set<EntryId> suppressions = it.history().entries().stream()
                    .filter(entry -> entry.kind() == ConsentEntry.Kind.SUPPRESSED)
                    .map(ConsentEntry::id)
                    .collect(Collectors.toSet());
            return before.refusals().stream()
                    .filter(refusal -> refusal.reason() == Refusal.Reason.SUPPRESSED)
                    .anyMatch(refusal -> suppressions.containsAll(refusal.entries()));
        }

        private boolean hasUndatedOptOut(Case it) {
            return it.before()
                    .closedBy()
                    .filter(entry -> entry.effectiveAt().isEmpty())
                    .isPresent();
        }
    }

    @Nested
    class WhenTheEntriesComeInAnotherOrder {
        @Test
        void the_standing_is_the_same() {
            Optional<Case> counterexample = counterexample(true, EnumSet.allOf(Purpose.class), it -> {
                Standing known = it.before();
                Standing other = it.history().standing(it.history().shuffled(), it.purpose(), it.sender());
                return known.isOpen() == other.isOpen()
                        && known.refusals().equals(other.refusals())
                        && known.openedBy().equals(other.openedBy())
                        && known.openedByMessageAt().equals(other.openedByMessageAt())
                        && known.closedBy().equals(other.closedBy());
            });

            assertThat(counterexample).isEmpty();
        }
    }

    @Nested
    class WhateverTheHistory {
        @Test
        void it_is_open_if_and_only_if_no_reason_stands_against_it() {
            Optional<Case> counterexample = counterexample(
                    true,
                    EnumSet.allOf(Purpose.class),
                    it -> it.before().isOpen() == it.before().refusals().isEmpty());

            assertThat(counterexample).isEmpty();
        }

        @Test
        void the_reasons_are_distinct_and_the_weightiest_is_first() {
            Optional<Case> counterexample = counterexample(true, EnumSet.allOf(Purpose.class), it -> {
                List<Refusal.Reason> reasons =
                        it.before().refusals().stream().map(Refusal::reason).toList();
                return reasons.equals(reasons.stream().sorted().distinct().toList());
            });

            assertThat(counterexample).isEmpty();
        }

        @Test
        void what_is_open_names_what_opened_it() {
            Optional<Case> counterexample = counterexample(
                    true,
                    EnumSet.allOf(Purpose.class),
                    it -> !it.before().isOpen()
                            || it.before().openedBy().isPresent()
                            || it.before().openedByMessageAt().isPresent());

            assertThat(counterexample).isEmpty();
        }
    }

    @Nested
    class WhatTheHistoriesHold {
        private final List<Standing> standings = LongStream.range(SEED, SEED + 20_000)
                .boxed()
                .flatMap(seed -> cases(seed, true, EnumSet.allOf(Purpose.class)))
                .map(Case::before)
                .toList();

        @Test
        void every_reason_that_a_standing_can_give() {
            assertThat(standings)
                    .flatMap(Standing::refusals)
                    .extracting(Refusal::reason)
                    .contains(
                            Refusal.Reason.SUPPRESSED,
                            Refusal.Reason.OPTED_OUT,
                            Refusal.Reason.HELD,
                            Refusal.Reason.PLATFORM_STOP,
                            Refusal.Reason.NO_CONSENT,
                            Refusal.Reason.PENDING_CONFIRMATION,
                            Refusal.Reason.CONSENT_EXPIRED,
                            Refusal.Reason.OUT_OF_SCOPE);
        }

        @Test
        void open_standings_of_every_purpose_that_can_open() {
            assertThat(standings)
                    .filteredOn(Standing::isOpen)
                    .extracting(Standing::purpose)
                    .contains(
                            Purpose.AUTHENTICATION,
                            Purpose.TRANSACTIONAL,
                            Purpose.SERVICE,
                            Purpose.NEWS,
                            Purpose.MARKETING,
                            Purpose.ENGAGEMENT,
                            Purpose.CONSENT_REQUEST,
                            Purpose.CONSENT_CONFIRMATION);
        }

        @Test
        void open_standings_in_numbers() {
            assertThat(standings).filteredOn(Standing::isOpen).hasSizeGreaterThan(standings.size() / 20);
        }
    }

    /**
     * Every history of up to four entries against a model that lives through it second by second: the reasons for every
     * subject, and in every order of the entries whether it is open, for one subject in turn.
     */
    @Nested
    class WhenTheWorldIsSmall {
        private static final Instant NOW = second(5);

        private final List<Letter> alphabet = alphabet();
        private final List<ConsentEntry> entries =
                alphabet.stream().map(Letter::entry).toList();
        private final List<List<int[]>> orders =
                IntStream.rangeClosed(0, 4).mapToObj(this::orders).toList();
        private final LongAdder histories = new LongAdder();
        private final LongAdder sequences = new LongAdder();
        private final LongAdder open = new LongAdder();

        @Test
        void the_fold_says_what_the_model_says() {
            Optional<String> counterexample = IntStream.range(0, alphabet.size())
                    .parallel()
                    .mapToObj(first -> search(new int[] {first}))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> judge(new int[0]));

            System.out.printf(
                    "P-1: %,d histories, three subjects each, of which %,d open; %,d sequences of their entries%n",
                    histories.sum(), open.sum(), sequences.sum());
            assertThat(counterexample).isEmpty();
            assertThat(open.sum()).isPositive();
        }

        /** Letters never go down, so that each set of entries is met once; its orders are taken from there. */
        private Optional<String> search(int[] letters) {
            Optional<String> found = judge(letters);
            if (letters.length == 4) {
                return found;
            }
            for (int next = letters[letters.length - 1]; next < alphabet.size() && found.isEmpty(); next++) {
                int[] longer = Arrays.copyOf(letters, letters.length + 1);
                longer[letters.length] = next;
                found = search(longer);
            }
            return found;
        }

        private Optional<String> judge(int[] letters) {
            histories.increment();
            sequences.add(orders.get(letters.length).size());
            List<Letter> world = IntStream.of(letters).mapToObj(alphabet::get).toList();
            List<List<Refusal.Reason>> expected = Subject.ALL.stream()
                    .map(subject -> new Model(subject).reasons(world))
                    .toList();
            open.add(expected.stream().filter(List::isEmpty).count());
            int turn = IntStream.of(letters).sum();
            for (int[] order : orders.get(letters.length)) {
                int subject = turn++ % expected.size();
                Standing standing = Subject.ALL.get(subject).standing(new History(PERSON, sequence(letters, order)));
                if (standing.isOpen() != expected.get(subject).isEmpty()) {
                    return Optional.of(standing + " after " + world + ", not " + expected.get(subject));
                }
            }
            History history = new History(
                    PERSON, sequence(letters, orders.get(letters.length).get(0)));
            return IntStream.range(0, expected.size())
                    .filter(i -> !Subject.ALL.get(i).reasons(history).equals(expected.get(i)))
                    .mapToObj(i -> Subject.ALL.get(i).reasons(history) + " after " + world + ", not " + expected.get(i))
                    .findFirst();
        }

        private List<ConsentEntry> sequence(int[] letters, int[] order) {
            ConsentEntry[] sequence = new ConsentEntry[letters.length];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = entries.get(letters[order[i]]);
            }
            return List.of(sequence);
        }

        private List<int[]> orders(int size) {
            List<int[]> orders = List.of(new int[0]);
            for (int i = 0; i < size; i++) {
                List<int[]> longer = new ArrayList<>();
                for (int[] order : orders) {
                    IntStream.range(0, size)
                            .filter(next -> IntStream.of(order).noneMatch(known -> known == next))
                            .mapToObj(next -> IntStream.concat(IntStream.of(order), IntStream.of(next))
                                    .toArray())
                            .forEach(longer::add);
                }
                orders = longer;
            }
            return orders;
        }

        private List<Letter> alphabet() {
            return Stream.of(What.values())
                    .flatMap(what -> Stream.of(Purpose.NEWS, Purpose.SERVICE)
                            .flatMap(purpose -> SENDERS.stream()
                                    .flatMap(sender ->
                                            Stream.of(1, 2).map(second -> new Letter(what, purpose, sender, second)))))
                    .toList();
        }
    }

    /** Every history of up to three entries, in every order: when may the question of a double opt-in be asked. */
    @Nested
    class WhenTheWorldAsks {
        private static final Instant NOW = second(5);

        private final List<Act> alphabet = Stream.of(
                        ConsentEntry.Kind.REQUESTED,
                        ConsentEntry.Kind.PENDING,
                        ConsentEntry.Kind.GRANTED,
                        ConsentEntry.Kind.CONFIRMED,
                        ConsentEntry.Kind.UNSUPPRESSED,
                        ConsentEntry.Kind.RELEASED,
                        ConsentEntry.Kind.PLATFORM_RESUME,
                        ConsentEntry.Kind.REFUSED,
                        ConsentEntry.Kind.EXPIRED,
                        ConsentEntry.Kind.WITHDRAWN,
                        ConsentEntry.Kind.OBJECTED,
                        ConsentEntry.Kind.HELD,
                        ConsentEntry.Kind.PLATFORM_STOP,
                        ConsentEntry.Kind.SUPPRESSED,
                        ConsentEntry.Kind.ERASED)
                .flatMap(kind -> Stream.of(Purpose.NEWS, Purpose.MARKETING)
                        .flatMap(purpose -> SENDERS.stream()
                                .flatMap(sender -> Stream.of(1, 2).map(at -> Act.of(kind, purpose, sender, at)))))
                .toList();
        private final LongAdder histories = new LongAdder();
        private final LongAdder open = new LongAdder();

        @Test
        void the_fold_says_what_the_model_says() {
            Optional<String> counterexample = IntStream.range(0, alphabet.size())
                    .parallel()
                    .boxed()
                    .flatMap(first -> judge(List.of(first)).or(() -> longer(List.of(first))).stream())
                    .findFirst();

            System.out.printf("P-1: %,d sequences before a question, of which %,d open%n", histories.sum(), open.sum());
            assertThat(counterexample).isEmpty();
            assertThat(open.sum()).isPositive();
        }

        private Optional<String> longer(List<Integer> letters) {
            return letters.size() == 3
                    ? Optional.empty()
                    : IntStream.range(0, alphabet.size())
                            .filter(next -> !letters.contains(next))
                            .mapToObj(next -> Stream.concat(letters.stream(), Stream.of(next))
                                    .toList())
                            .flatMap(more -> judge(more).or(() -> longer(more)).stream())
                            .findFirst();
        }

        private Optional<String> judge(List<Integer> letters) {
            List<Act> world = letters.stream().map(alphabet::get).toList();
            boolean expected = mayAsk(world);
            histories.increment();
            open.add(expected ? 1 : 0);
            Standing standing = Standing.of(
                    new History(PERSON, world.stream().map(Act::entry).toList()), Purpose.CONSENT_REQUEST, SHOP, NOW);
            return standing.isOpen() == expected
                    ? Optional.empty()
                    : Optional.of(standing + " after " + world + ", not " + expected);
        }

        /** The latest request counts; nothing that closes or asks came in its second or later, and nothing lasts. */
        private static boolean mayAsk(List<Act> world) {
            Optional<Act> request = world.stream()
                    .filter(act ->
                            act.is(ConsentEntry.Kind.REQUESTED) && act.sender().equals(SHOP))
                    .max(Comparator.comparing(Act::at)
                            .thenComparing(act -> act.entry().id().value()));
            return request.isPresent()
                    && world.stream().noneMatch(act -> act.at() >= request.get().at() && act.ends(request.get()))
                    && world.stream().noneMatch(act -> act.covers(request.get()) && act.lasts(world));
        }
    }

    /** Something that happened before a question. */
    private record Act(Purpose purpose, SenderId sender, int at, ConsentEntry entry) {
        private static final List<ConsentEntry.Kind> ENDS = List.of(
                ConsentEntry.Kind.REFUSED,
                ConsentEntry.Kind.EXPIRED,
                ConsentEntry.Kind.WITHDRAWN,
                ConsentEntry.Kind.PLATFORM_STOP,
                ConsentEntry.Kind.ERASED);

        static Act of(ConsentEntry.Kind kind, Purpose purpose, SenderId sender, int at) {
            String id = kind + "-" + purpose + "-" + sender + "-" + at;
            ConsentEntry entry = Ledger.opening(kind, id, Scope.of(purpose).only(sender))
                    .effectiveAt(second(at))
                    .wording(new ConsentEntry.Wording("1", Locale.ENGLISH, "Send me the news."))
                    .build();
            return new Act(purpose, sender, at, entry);
        }

        boolean is(ConsentEntry.Kind kind) {
            return entry.kind() == kind;
        }

        boolean covers(Act request) {
            return sender.equals(SHOP) && purpose == request.purpose();
        }

        boolean ends(Act request) {
            return is(ConsentEntry.Kind.OBJECTED)
                    || (is(ConsentEntry.Kind.PENDING) && sender.equals(SHOP))
                    || (ENDS.contains(entry.kind()) && covers(request));
        }

        /** Whether it closes until it is lifted, and is not. */
        boolean lasts(List<Act> world) {
            ConsentEntry.Kind lift = switch (entry.kind()) {
                case SUPPRESSED -> ConsentEntry.Kind.UNSUPPRESSED;
                case HELD -> ConsentEntry.Kind.RELEASED;
                case PLATFORM_STOP -> ConsentEntry.Kind.PLATFORM_RESUME;
                default -> entry.kind();
            };
            return lift != entry.kind()
                    && world.stream().noneMatch(act -> act.is(lift) && act.at() > at && act.covers(this));
        }
    }

    private enum What {
        GRANT(ConsentEntry.Kind.GRANTED),
        GRANT_THAT_ENDED(ConsentEntry.Kind.GRANTED),
        UNSUPPRESS(ConsentEntry.Kind.UNSUPPRESSED),
        RESUME(ConsentEntry.Kind.PLATFORM_RESUME),
        WITHDRAW(ConsentEntry.Kind.WITHDRAWN),
        OBJECT(ConsentEntry.Kind.OBJECTED),
        STOP(ConsentEntry.Kind.PLATFORM_STOP),
        SUPPRESS(ConsentEntry.Kind.SUPPRESSED),
        ERASE(ConsentEntry.Kind.ERASED);

        private final ConsentEntry.Kind kind;

        What(ConsentEntry.Kind kind) {
            this.kind = kind;
        }
    }

    private record Letter(What what, Purpose purpose, SenderId sender, int at) {
        ConsentEntry entry() {
            Scope scope = Scope.of(purpose).only(sender);
            ConsentEntry.Builder entry = ConsentEntry.granted(PERSON, scope, ConsentEntry.Method.CHECKBOX, "form");
            if (what != What.GRANT && what != What.GRANT_THAT_ENDED) {
                entry = ConsentEntry.builder(what.kind, PERSON, scope);
            } else if (what == What.GRANT_THAT_ENDED) {
                entry.expiresAt(second(3));
            }
            return entry.effectiveAt(second(at)).build();
        }
    }

    /** What is judged; the person wrote at second {@code heard}, or never if that is 0. */
    private record Subject(Purpose purpose, int heard, Conversation conversation) {
        private static final List<Subject> ALL = List.of(
                new Subject(Purpose.NEWS, 0, Conversation.none()),
                new Subject(Purpose.SERVICE, 0, Conversation.none()),
                new Subject(Purpose.SERVICE, 2, Conversation.none().heard(second(2))));

        Standing standing(History history) {
            return Standing.of(history, purpose, SHOP, conversation, WhenTheWorldIsSmall.NOW);
        }

        List<Refusal.Reason> reasons(History history) {
            return standing(history).refusals().stream().map(Refusal::reason).toList();
        }
    }

    /** Lives through the entries second by second; in each, what closes comes last and so has the last word. */
    private static final class Model {
        private final Subject subject;
        private final boolean promotion;
        private boolean yes;
        private boolean heard;
        private boolean ended;
        private boolean elsewhere;
        private boolean no;
        private boolean everNo;
        private boolean stopped;
        private boolean noByStop;
        private boolean suppressed;
        private boolean erased;

        Model(Subject subject) {
            this.subject = subject;
            this.promotion = subject.purpose() == Purpose.NEWS;
        }

        List<Refusal.Reason> reasons(List<Letter> world) {
            for (int second = 1; second <= 2; second++) {
                if (subject.heard() == second) {
                    heard = true;
                    no = noByStop = erased = false;
                }
                for (What what : What.values()) {
                    for (Letter letter : world) {
                        if (letter.at() == second && letter.what() == what) {
                            live(
                                    what,
                                    letter.purpose() == subject.purpose()
                                            && letter.sender().equals(SHOP));
                        }
                    }
                }
            }
            List<Refusal.Reason> reasons = new ArrayList<>();
            Stream.of(
                            suppressed || erased ? Refusal.Reason.SUPPRESSED : null,
                            no || (noByStop && !stopped) ? Refusal.Reason.OPTED_OUT : null,
                            stopped ? Refusal.Reason.PLATFORM_STOP : null,
                            yes || heard || no || noByStop ? null : missing())
                    .filter(reason -> reason != null)
                    .forEach(reasons::add);
            return reasons;
        }

        private Refusal.Reason missing() {
            return ended
                    ? Refusal.Reason.CONSENT_EXPIRED
                    : elsewhere && promotion ? Refusal.Reason.OUT_OF_SCOPE : Refusal.Reason.NO_CONSENT;
        }

        private void live(What what, boolean mine) {
            if (!mine && !(what == What.OBJECT && promotion)) {
                elsewhere |= what == What.GRANT || what == What.GRANT_THAT_ENDED;
                return;
            }
            switch (what) {
                case GRANT -> {
                    erased = false;
                    yes |= promotion || !everNo;
                    no &= !promotion;
                    noByStop &= !promotion;
                }
                case GRANT_THAT_ENDED -> {
                    ended = true;
                    no &= !promotion;
                    noByStop &= !promotion;
                }
                case UNSUPPRESS -> suppressed = false;
                case RESUME -> stopped = false;
                case WITHDRAW, OBJECT -> {
                    no = everNo = true;
                    yes = heard = false;
                }
                case STOP -> {
                    stopped = noByStop = everNo = true;
                    yes = heard = false;
                }
                case SUPPRESS -> suppressed = true;
                case ERASE -> erased = true;
            }
        }
    }
}
