package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Evidence;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.Claim;
import aparte.consent.FrequencyCap;
import aparte.consent.InboxJournal;
import aparte.consent.SendLog;
import aparte.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is withheld, and what is thrown away in the end. */
class StoresUpkeepTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Address BRAZIL = Address.phone("+5511987654321");
    private static final Address BRAZIL_OLD = Address.phone("+551187654321");
    private static final MessageId ONE = MessageId.of("message-1");
    private static final MessageId TWO = MessageId.of("message-2");
    private static final FrequencyCap ONE_A_DAY =
            new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));

    private final MutableClock clock = MutableClock.at(NOW);

    private JdbcStorage storage(TestDatabase database) {
        return JdbcStorage.builder(Brands.next(database).controller(), Brands.source(database), Storages.PEPPER)
                .clock(clock)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void keeps_what_was_withheld_once_for_a_message_under_every_spelling(TestDatabase database) {
        CapStore store = storage(database).capStore();

        store.withheld(SENDER, BRAZIL, ONE, NOW);
        store.withheld(SENDER, BRAZIL_OLD, ONE, NOW.plusSeconds(1));
        store.withheld(SENDER, BRAZIL_OLD, TWO, NOW.plusSeconds(2));

        assertThat(store.withheldSince(SENDER, BRAZIL, NOW)).containsExactlyInAnyOrder(NOW, NOW.plusSeconds(2));
        assertThat(store.withheldSince(SENDER, BRAZIL, NOW.plusSeconds(1))).containsExactly(NOW.plusSeconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void keeps_what_was_withheld_for_that_sender_only(TestDatabase database) {
        CapStore store = storage(database).capStore();

        store.withheld(SENDER, BRAZIL, ONE, NOW);

        assertThat(store.withheldSince(new SenderId(ChannelId.WHATSAPP, "100200301"), BRAZIL, NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void takes_people_out_of_old_claims_that_are_settled_and_keeps_their_ids(TestDatabase database) {
        JdbcStorage storage = storage(database);
        SendLog sendLog = storage.sendLog();
        Evidence evidence = new Evidence("d-1", NOW, Purpose.NEWS, "any", List.of(), Optional.empty(), true);
        sendLog.claim(new Claim(ONE, SENDER, BRAZIL, NOW, evidence));
        sendLog.settle(new SendResult.Accepted(ONE, SENDER, "wamid.1", evidence));
        sendLog.claim(new Claim(TWO, SENDER, BRAZIL, NOW, evidence));

        assertThat(storage.forgetRecipients(NOW)).isZero();
        assertThat(storage.forgetRecipients(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(storage.forgetRecipients(NOW.plusSeconds(1))).isZero();

        Claim old = sendLog.find(SendLog.Wanted.byMessage(ONE)).get(0);
        assertThat(old.to().kind()).isEqualTo(Address.Kind.of("erased"));
        assertThat(old.asResult()).isInstanceOf(SendResult.Accepted.class);
        assertThat(sendLog.claim(new Claim(ONE, SENDER, BRAZIL, NOW, evidence))).isPresent();
        assertThat(sendLog.find(SendLog.Wanted.byMessage(TWO)).get(0).to()).isEqualTo(BRAZIL);
    }

    @ParameterizedTest
    @EnumSource
    void remembers_handled_events_for_30_days(TestDatabase database) {
        JdbcStorage storage = storage(database);
        storage.inboxJournal().done("whatsapp/1");

        clock.advance(Duration.ofDays(30));
        storage.tidy();

        assertThat(storage.inboxJournal().lease("whatsapp/1", clock.instant(), clock.instant()))
                .isEqualTo(InboxJournal.Lease.DONE);
    }

    @ParameterizedTest
    @EnumSource
    void forgets_handled_events_after_30_days(TestDatabase database) {
        JdbcStorage storage = storage(database);
        storage.inboxJournal().done("whatsapp/1");

        clock.advance(Duration.ofDays(30).plusSeconds(1));
        storage.tidy();

        assertThat(storage.inboxJournal().lease("whatsapp/1", clock.instant(), clock.instant()))
                .isEqualTo(InboxJournal.Lease.TAKEN);
    }

    @ParameterizedTest
    @EnumSource
    void keeps_counts_while_their_window_lasts(TestDatabase database) {
        JdbcStorage storage = storage(database);
        storage.capStore().reserve(ONE_A_DAY, BRAZIL, ONE, NOW);

        clock.advance(Duration.ofHours(23));
        storage.tidy();

        assertThat(storage.capStore().reserve(ONE_A_DAY, BRAZIL, TWO, clock.instant()))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void throws_old_counts_and_what_was_withheld_long_ago_away(TestDatabase database) {
        JdbcStorage storage = storage(database);
        storage.capStore().reserve(ONE_A_DAY, BRAZIL, ONE, NOW);
        storage.capStore().withheld(SENDER, BRAZIL, ONE, NOW);

        clock.advance(Duration.ofDays(91));
        storage.tidy();

        assertThat(storage.capStore().withheldSince(SENDER, BRAZIL, NOW)).isEmpty();
        int counters = storage.database()
                .read(session -> session.first(
                        "SELECT COUNT(*) FROM aparte_cap WHERE controller = ?",
                        row -> row.getInt(1),
                        storage.controller().id()))
                .orElseThrow();
        assertThat(counters).isZero();
    }
}
