package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Evidence;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.Claim;
import aparte.consent.Decision;
import aparte.consent.FrequencyCap;
import aparte.consent.InboxJournal;
import aparte.consent.SendLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoresRotationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Identity PERSON = Identity.of("crm-ana", List.of(ANA));
    private static final MessageId MESSAGE = MessageId.of("message-1");
    private static final FrequencyCap ONE_A_DAY =
            new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));
    private static final Evidence EVIDENCE =
            new Evidence("decision-1", NOW, Purpose.NEWS, "window", List.of(), Optional.empty(), true);

    /** A host's vault: first one pepper, then two, then the other one. */
    private static final class Vault implements PepperProvider {
        private String current = "k1";
        private Map<String, byte[]> peppers = Map.of("k1", Storages.pepper("one"));

        void rotate() {
            current = "k2";
            peppers = Map.of("k1", Storages.pepper("one"), "k2", Storages.pepper("two"));
        }

        void dropTheOldOne() {
            peppers = Map.of("k2", Storages.pepper("two"));
        }

        @Override
        public String currentKeyId() {
            return current;
        }

        @Override
        public Map<String, byte[]> peppers() {
            return peppers;
        }
    }

    private final Vault vault = new Vault();

    private JdbcStorage filledAndRotated(TestDatabase database) {
        JdbcStorage storage = JdbcStorage.builder(Brands.next(database).controller(), Brands.source(database), vault)
                .build();
        storage.sendLog().claim(new Claim(MESSAGE, SENDER, ANA, NOW, EVIDENCE));
        storage.conversations().heard(SENDER, PERSON, NOW);
        storage.capStore().reserve(ONE_A_DAY, ANA, MESSAGE, NOW);
        storage.inboxJournal().lease("whatsapp/1", NOW, NOW.plusSeconds(60));
        storage.inboxJournal().done("whatsapp/1");
        storage.inboxJournal().lease("whatsapp/2", NOW, NOW.plusSeconds(60));
        storage.decisionLog()
                .write(Decision.builder("decision-1", NOW, MESSAGE, Purpose.NEWS)
                        .to(ANA)
                        .people(List.of(PERSON))
                        .build());
        vault.rotate();
        return storage;
    }

    @ParameterizedTest
    @EnumSource
    void finds_all_that_was_kept_before(TestDatabase database) {
        JdbcStorage storage = filledAndRotated(database);

        assertThat(storage.sendLog().find(SendLog.Wanted.openFor(PERSON))).hasSize(1);
        assertThat(storage.conversations().read(SENDER, PERSON).heardAt()).contains(NOW);
        assertThat(storage.inboxJournal().lease("whatsapp/1", NOW, NOW.plusSeconds(60)))
                .isEqualTo(InboxJournal.Lease.DONE);
        assertThat(storage.inboxJournal().lease("whatsapp/2", NOW, NOW.plusSeconds(60)))
                .isEqualTo(InboxJournal.Lease.BUSY);
        assertThat(storage.decisionLog().about(PERSON, NOW)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void counts_on_where_the_cap_stood(TestDatabase database) {
        CapStore store = filledAndRotated(database).capStore();

        assertThat(store.reserve(ONE_A_DAY, ANA, MessageId.of("other"), NOW)).isPresent();
        store.giveBack(ONE_A_DAY, ANA, MESSAGE);
        assertThat(store.reserve(ONE_A_DAY, ANA, MessageId.of("other"), NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void needs_the_old_pepper_no_more_once_it_is_rekeyed(TestDatabase database) {
        JdbcStorage storage = filledAndRotated(database);

        Rekeyed rekeyed = storage.ledger().rekey();
        vault.dropTheOldOne();

        assertThat(rekeyed.moved()).isEqualTo(4); // a claim; where it goes, the address and the reference of a decision
        assertThat(storage.sendLog().find(SendLog.Wanted.openFor(PERSON))).hasSize(1);
        assertThat(storage.decisionLog().about(PERSON, NOW)).hasSize(1);
        assertThat(storage.decisionLog().about(Identity.of("crm-ana", List.of()), NOW))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void moves_nothing_twice(TestDatabase database) {
        JdbcStorage storage = filledAndRotated(database);
        storage.ledger().rekey();

        assertThat(storage.ledger().rekey().moved()).isZero();
    }
}
