package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Controller;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import aparte.testkit.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several who write at once, on connections of their own as on machines of their own. */
class WritersTest {
    private static final Identity ANA = Identity.of(Address.phone("+33612345678"));
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static ConsentEntry withdrawn(String id, String reason) {
        return ConsentEntry.withdrawn(ANA, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "reply")
                .id(EntryId.of(id))
                .effectiveAt(NOON)
                .reason(reason)
                .build();
    }

    private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(works)) {
                results.add(result.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keep_one_entry_of_two_with_one_id(TestDatabase database) throws Exception {
        String url = database.newUrl();
        JdbcConsentLedger one = Storages.over(database.open(url)).ledger();
        JdbcConsentLedger other = Storages.over(database.open(url)).ledger();

        for (int i = 0; i < 20; i++) {
            String id = "same-" + i;
            assertThat(atOnce(List.<Callable<Boolean>>of(
                            () -> one.append(withdrawn(id, "one")), () -> other.append(withdrawn(id, "other")))))
                    .containsExactlyInAnyOrder(true, false);
        }

        assertThat(one.read(ANA).entries()).hasSize(20);
        assertThat(one.verify().finding()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keep_one_chain(TestDatabase database) throws Exception {
        String url = database.newUrl();
        Storages.over(database.open(url));
        List<Callable<Integer>> machines = new ArrayList<>();
        for (int machine = 0; machine < 4; machine++) {
            String name = "machine-" + machine;
            machines.add(() -> {
                JdbcConsentLedger own = Storages.over(database.open(url)).ledger();
                for (int i = 0; i < 10; i++) {
                    own.append(withdrawn(name + "-" + i, ""));
                }
                return 10;
            });
        }

        atOnce(machines);

        JdbcConsentLedger ledger = Storages.over(database.open(url)).ledger();
        assertThat(ledger.read(ANA).entries()).hasSize(40);
        assertThat(ledger.head().seq()).isEqualTo(40);
        assertThat(ledger.verify().finding()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void let_another_machine_start_while_they_write(TestDatabase database) throws Exception {
        String url = database.newUrl();
        JdbcConsentLedger writer = Storages.over(database.open(url)).ledger();
        AtomicBoolean started = new AtomicBoolean();

        atOnce(List.<Callable<Integer>>of(
                () -> {
                    int written = 0;
                    while (!started.get()) {
                        writer.append(withdrawn("entry-" + written++, ""));
                    }
                    return written;
                },
                () -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            Pool connections = database.open(url);
                            Storages.over(connections).ledger();
                            connections.close();
                        }
                        return 100;
                    } finally {
                        started.set(true);
                    }
                }));

        assertThat(writer.verify().finding()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void know_nothing_earlier_than_what_came_before_though_the_clock_is_set_back(TestDatabase database) {
        MutableClock clock = MutableClock.at(NOON);
        JdbcStorage storage = JdbcStorage.builder(Storages.BRAND, database.create(), Storages.PEPPER)
                .clock(clock)
                .build();
        storage.migrate();
        JdbcConsentLedger ledger = storage.ledger();
        ledger.append(withdrawn("first", ""));

        clock.set(NOON.minusSeconds(3_600));
        ledger.append(withdrawn("second", ""));

        History before = ledger.asOf(ANA, NOON, NOON.minusSeconds(1));
        assertThat(before.entries()).isEmpty();
        assertThat(ledger.asOf(ANA, NOON, NOON).entries()).hasSize(2);
        assertThat(ledger.verify().finding()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void share_nothing_with_another_controller_in_the_same_database(TestDatabase database) {
        DataSource source = database.create();
        JdbcConsentLedger brand = Storages.over(source).ledger();
        JdbcConsentLedger other = JdbcStorage.builder(new Controller("other", "Other"), source, Storages.PEPPER)
                .build()
                .ledger();

        brand.append(withdrawn("same", "brand"));
        other.append(withdrawn("same", "other"));
        other.erase(ANA, false);

        assertThat(brand.read(ANA).entries()).containsExactly(withdrawn("same", "brand"));
        assertThat(brand.verify().lines()).isEqualTo(1);
        assertThat(other.verify().lines()).isEqualTo(3);
    }
}
