package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories drawn from seeds: what comes and who is erased, in every order. */
class RandomLedgerTest {
    private static final int SEEDS = Integer.getInteger("aparte.seeds", 5);
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private static JdbcConsentLedger ledger(TestDatabase database) {
        JdbcStorage storage = JdbcStorage.builder(Storages.BRAND, database.create(), Storages.PEPPER)
                .clock(MutableClock.at(NOW))
                .strictIntegrity()
                .build();
        storage.migrate();
        return storage.ledger();
    }

    private static void assertSame(long seed, JdbcConsentLedger ledger, InMemoryConsentLedger model) {
        assertThat(Decisions.of(ledger)).as("seed %d", seed).isEqualTo(Decisions.of(model));
    }

    @ParameterizedTest
    @EnumSource
    void decide_as_the_ledger_in_memory_does(TestDatabase database) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomEntries random = new RandomEntries(seed);
            JdbcConsentLedger ledger = ledger(database);
            InMemoryConsentLedger model = new InMemoryConsentLedger(MutableClock.at(NOW));
            for (int i = 0; i < 20; i++) {
                if (random.chance(8)) {
                    Identity person = random.several();
                    boolean suppress = random.chance(30);
                    ledger.erase(person, suppress);
                    model.erase(person, suppress);
                } else {
                    ConsentEntry entry = random.next();
                    ledger.append(entry);
                    model.append(entry);
                }
                assertSame(seed, ledger, model);
            }
            for (Identity name : RandomEntries.NAMES) {
                assertThat(named(ledger.read(name).entries()))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                named(model.read(name).entries()));
                assertThat(ledger.read(name).person().keys())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                model.read(name).person().keys());
            }
            assertThat(ledger.verify().finding()).as("seed %d", seed).isEmpty();
        }
    }

    /** Without what an erasure made, whose ids differ. */
    private static List<ConsentEntry> named(List<ConsentEntry> entries) {
        return entries.stream()
                .filter(entry ->
                        entry.id().value().startsWith("e") && entry.id().value().contains("\""))
                .filter(entry -> !Closure.isLink(entry))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void decide_the_same_after_export_and_import(TestDatabase database) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomEntries random = new RandomEntries(seed);
            JdbcConsentLedger ledger = ledger(database);
            for (int i = 0; i < 20; i++) {
                ledger.append(random.next());
            }
            ledger.erase(random.several(), random.chance(50));
            ledger.append(random.next());
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            ledger.exportAll(export);

            JdbcConsentLedger other = ledger(TestDatabase.SQLITE);
            other.importAll(new ByteArrayInputStream(export.toByteArray()));

            assertThat(Decisions.of(other)).as("seed %d", seed).isEqualTo(Decisions.of(ledger));
            assertThat(other.head()).isEqualTo(ledger.head());
            assertThat(other.verify(ledger.head()).finding()).isEmpty();
            other.append(random.next());
            assertThat(other.verify().finding()).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_nobody_who_opted_out_when_the_old_entries_come_again(TestDatabase database) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomEntries random = new RandomEntries(seed);
            JdbcConsentLedger ledger = ledger(database);
            List<ConsentEntry> file = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                file.add(random.next());
            }
            file.forEach(ledger::append);
            List<String> closed = closed(ledger);
            RandomEntries.NAMES.forEach(name -> ledger.erase(name, false));

            file.forEach(ledger::append);
            file.forEach(entry ->
                    ledger.append(entry.toBuilder().id(EntryId.random()).build()));

            assertThat(Decisions.of(ledger))
                    .as("seed %d", seed)
                    .extractingByKeys(closed.toArray(String[]::new))
                    .doesNotContain("open");
        }
    }

    /** Whom an opt-out closed, service aside, which a new message of the person opens. */
    private static List<String> closed(JdbcConsentLedger ledger) {
        return Decisions.of(ledger).entrySet().stream()
                .filter(decision -> decision.getValue().contains("OPTED_OUT")
                        || decision.getValue().contains("SUPPRESSED"))
                .map(Map.Entry::getKey)
                .filter(key -> !key.contains("SERVICE"))
                .toList();
    }

    @Test
    void are_kept_by_the_codec_to_the_last_part() {
        for (long seed = 0; seed < 500; seed++) {
            RandomEntries random = new RandomEntries(seed);
            for (int i = 0; i < 20; i++) {
                ConsentEntry entry = random.next();

                byte[] json = EntryJson.write(entry, "00", true);

                assertThat(EntryJson.entry(1, json, Identity.of("nobody", List.of())))
                        .as("seed %d", seed)
                        .isEqualTo(entry);
            }
        }
    }
}
