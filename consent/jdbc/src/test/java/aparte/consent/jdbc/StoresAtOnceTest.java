package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Conversation;
import aparte.Evidence;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.Claim;
import aparte.consent.FrequencyCap;
import aparte.consent.InboxJournal;
import aparte.consent.SendLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two machines, each with its own storage and connections, at the same instant. */
class StoresAtOnceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");
    private static final Evidence EVIDENCE =
            new Evidence("decision-1", NOW, Purpose.NEWS, "window", List.of(), Optional.empty(), true);

    /** Does the same on several machines, each round at once; returns what each answered in each round. */
    private static <T> List<List<T>> together(
            TestDatabase database, JdbcStorage storage, int machines, int rounds, Function<JdbcStorage, Round<T>> work)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(machines);
        ExecutorService threads = Executors.newFixedThreadPool(machines);
        try {
            List<Callable<List<T>>> tasks = new ArrayList<>();
            for (int machine = 0; machine < machines; machine++) {
                Round<T> round = work.apply(Brands.again(database, storage));
                tasks.add(() -> {
                    List<T> answers = new ArrayList<>();
                    for (int i = 0; i < rounds; i++) {
                        start.await();
                        answers.add(round.play(i));
                    }
                    return answers;
                });
            }
            List<List<T>> byRound = IntStream.range(0, rounds)
                    .mapToObj(round -> (List<T>) new ArrayList<T>())
                    .toList();
            for (Future<List<T>> done : threads.invokeAll(tasks)) {
                List<T> answers = done.get();
                for (int i = 0; i < rounds; i++) {
                    byRound.get(i).add(answers.get(i));
                }
            }
            return byRound;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a machine does in a round. */
    private interface Round<T> {
        T play(int round);
    }

    private static Claim claim(String message) {
        return new Claim(MessageId.of(message), SENDER, ANA, NOW, EVIDENCE);
    }

    @Nested
    class WhenTwoMachinesClaimTheSameMessages {
        @ParameterizedTest
        @EnumSource
        void lets_one_of_them_have_each(TestDatabase database) throws Exception {
            List<List<Optional<SendResult>>> rounds = together(database, Brands.next(database), 2, 100, storage -> {
                SendLog log = storage.sendLog();
                return round -> log.claim(claim("message-" + round));
            });

            assertThat(rounds)
                    .allSatisfy(answers ->
                            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1));
        }

        @ParameterizedTest
        @EnumSource
        void lets_one_of_them_have_it_also_where_it_is_dropped_and_claimed_anew(TestDatabase database)
                throws Exception {
            AtomicInteger holders = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<List<Boolean>> rounds = together(database, Brands.next(database), 4, 30, storage -> {
                SendLog log = storage.sendLog();
                return round -> {
                    if (log.claim(claim("message")).isPresent()) {
                        return false;
                    }
                    most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                    holders.decrementAndGet();
                    log.settle(new SendResult.Refused(
                            MessageId.of("message"), List.of(Refusal.of(Refusal.Reason.OPTED_OUT))));
                    return true;
                };
            });

            assertThat(most).hasValue(1);
            assertThat(rounds).allSatisfy(answers -> assertThat(answers).contains(true));
        }
    }

    @Nested
    class WhenManyReserveAPlace {
        @ParameterizedTest
        @EnumSource
        void never_gives_more_than_the_cap_allows(TestDatabase database) throws Exception {
            FrequencyCap cap = new FrequencyCap("three-a-day", Set.of(Purpose.NEWS), 3, Duration.ofDays(1));
            AtomicInteger names = new AtomicInteger();
            AtomicInteger held = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<List<Boolean>> rounds = together(database, Brands.next(database), 8, 20, storage -> {
                CapStore store = storage.capStore();
                return round -> {
                    MessageId message = MessageId.of("message-" + names.incrementAndGet());
                    if (store.reserve(cap, ANA, message, NOW).isPresent()) {
                        return false;
                    }
                    most.accumulateAndGet(held.incrementAndGet(), Math::max);
                    held.decrementAndGet();
                    store.giveBack(cap, ANA, message);
                    return true;
                };
            });

            assertThat(most.get()).isBetween(1, 3);
            assertThat(rounds).allSatisfy(answers -> assertThat(answers).contains(true));
            CapStore store = Brands.next(database).capStore();
            assertThat(store.reserve(cap, ANA, MessageId.of("after"), NOW)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void gives_exactly_as_many_as_the_cap_allows(TestDatabase database) throws Exception {
            List<List<Optional<Instant>>> rounds = together(database, Brands.next(database), 8, 10, storage -> {
                CapStore store = storage.capStore();
                AtomicInteger names = new AtomicInteger();
                return round -> store.reserve(
                        new FrequencyCap("cap-" + round, Set.of(Purpose.NEWS), 3, Duration.ofDays(1)),
                        ANA,
                        MessageId.of("message-" + System.identityHashCode(store) + "-" + names.incrementAndGet()),
                        NOW);
            });

            assertThat(rounds)
                    .allSatisfy(answers ->
                            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(3));
        }
    }

    @Nested
    class WhenManyReceiveAnEvent {
        @ParameterizedTest
        @EnumSource
        void lets_one_handle_each(TestDatabase database) throws Exception {
            List<List<InboxJournal.Lease>> rounds = together(database, Brands.next(database), 4, 30, storage -> {
                InboxJournal journal = storage.inboxJournal();
                return round -> journal.lease("whatsapp/" + round, NOW, NOW.plusSeconds(60));
            });

            assertThat(rounds)
                    .allSatisfy(answers -> assertThat(answers)
                            .containsOnlyOnce(InboxJournal.Lease.TAKEN)
                            .containsOnly(InboxJournal.Lease.TAKEN, InboxJournal.Lease.BUSY));
        }

        @ParameterizedTest
        @EnumSource
        void lets_one_take_over_from_who_died(TestDatabase database) throws Exception {
            JdbcStorage storage = Brands.next(database);
            IntStream.range(0, 30)
                    .forEach(i -> storage.inboxJournal().lease("whatsapp/" + i, NOW, NOW.plusSeconds(60)));

            List<List<InboxJournal.Lease>> rounds = together(database, storage, 4, 30, machine -> {
                InboxJournal journal = machine.inboxJournal();
                return round -> journal.lease("whatsapp/" + round, NOW.plusSeconds(60), NOW.plusSeconds(120));
            });

            assertThat(rounds).allSatisfy(answers -> assertThat(answers).containsOnlyOnce(InboxJournal.Lease.TAKEN));
        }
    }

    @Nested
    class WhenManyHearAPerson {
        @ParameterizedTest
        @EnumSource
        void keeps_the_latest_time_of_both_addresses(TestDatabase database) throws Exception {
            JdbcStorage storage = Brands.next(database);
            AtomicInteger seconds = new AtomicInteger();

            together(database, storage, 4, 25, machine -> round -> {
                Instant at = NOW.plusSeconds(seconds.getAndIncrement());
                // In either order, so that a database that locked rows as given would deadlock.
                machine.conversations()
                        .heard(SENDER, round % 2 == 0 ? Identity.of(ANA, VIBER) : Identity.of(VIBER, ANA), at);
                return at;
            });

            Conversation latest = Conversation.none().heard(NOW.plusSeconds(99));
            assertThat(storage.conversations().read(SENDER, Identity.of(ANA))).isEqualTo(latest);
            assertThat(storage.conversations().read(SENDER, Identity.of(VIBER))).isEqualTo(latest);
        }
    }
}
