package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.CrmImport;
import aparte.consent.CrmRow;
import aparte.consent.JournaledLedger;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.LegacyContacts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A {@link JournaledLedger} over a bare contact table in a database of its own, with the journal in memory. */
class OldCrmLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "111");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Recipient ANA = Recipient.of(PHONE);

    private final OldCrm crm = new OldCrm();
    private final MutableClock clock = MutableClock.at(NOON);
    private final InMemoryConsentLedger journal = new InMemoryConsentLedger(clock);
    private final ConsentLedger ledger = new JournaledLedger(crm.contacts, journal);
    private final RecordingTransport transport = RecordingTransport.of(SENDER);
    private final ConsentGate gate = ConsentGate.builder(new Controller("brand", "A brand"), ledger)
            .transport(transport)
            .conversations(new InMemoryConversations())
            .sendLog(new InMemorySendLog())
            .clock(clock)
            .build();

    /** The old CRM's database. */
    static final class OldCrm {
        private final JdbcDataSource database = new JdbcDataSource();
        private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        private final Semaphore pool = new Semaphore(16);
        final OldCrmContacts contacts = new OldCrmContacts(database, pool);

        OldCrm() {
            database.setURL(url);
            try (Connection connection = database.getConnection()) {
                OldCrmContacts.createTable(connection);
                sql("INSERT INTO contact VALUES (1, 'Ana', '06 12.34.56.78', NULL, NULL)");
                sql("INSERT INTO contact VALUES (2, 'Luc', '0033 6 39 98 99 99', 'N', DATE '2024-05-01')");
            } catch (SQLException failure) {
                throw new IllegalStateException("no table", failure);
            }
        }

        void sql(String statement) {
            try (Connection connection = database.getConnection()) {
                connection.createStatement().execute(statement);
            } catch (SQLException failure) {
                throw new IllegalStateException("statement failed", failure);
            }
        }

        Optional<String> flag(int number) {
            try (Connection connection = database.getConnection();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("SELECT do_not_contact FROM contact WHERE no = " + number)) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            } catch (SQLException failure) {
                throw new IllegalStateException("query failed", failure);
            }
        }

        void down() {
            database.setURL(url + ";IFEXISTS=TRUE;USER=nobody");
        }

        void up() {
            database.setURL(url);
        }
    }

    private static ConsentEntry.Builder granted(Purpose... purposes) {
        return ConsentEntry.granted(
                Identity.of(PHONE), Scope.of(purposes), ConsentEntry.Method.CHECKBOX, "https://example.org/form");
    }

    private static ConsentEntry.Builder stop() {
        return ConsentEntry.withdrawn(
                Identity.of(PHONE), Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "wamid.STOP");
    }

    private List<Refusal.Reason> send(Purpose purpose) {
        SendResult result = gate.send(Message.of(ANA, purpose, Content.text("The new issue is out.")));
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }

    private void agent(String flag) {
        crm.sql("UPDATE contact SET do_not_contact = " + flag + " WHERE no = 1");
    }

    private ConsentEntry record(ConsentEntry.Builder entry) {
        clock.advance(Duration.ofMinutes(1));
        return gate.desk().record(entry.build()).entry();
    }

    /** All of it: what the table lacks, ids, dates, scopes, links, history, the journal has. No hook is skipped. */
    @Nested
    class WhenItStandsInForALedger extends ConsentLedgerContract {
        private final InMemoryConsentLedger own = new InMemoryConsentLedger();

        @Override
        protected ConsentLedger ledger() {
            return new JournaledLedger(crm.contacts, own);
        }

        @Override
        protected ConsentLedger elsewhere() {
            return new JournaledLedger(new OldCrmContacts(crm.database, new Semaphore(16)), own);
        }

        @Override
        protected void outage(Runnable whileDown) {
            crm.down();
            whileDown.run();
            crm.up();
        }

        @Override
        protected void hangingStorage(Runnable whileHanging) {
            crm.pool.acquireUninterruptibly(16);
            whileHanging.run();
            crm.pool.release(16);
        }

        @Override
        protected <T> T insideCallersTransaction(Callable<T> work) throws Exception {
            try (Connection connection = crm.database.getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                connection
                        .createStatement()
                        .executeQuery("SELECT COUNT(*) FROM contact")
                        .close();
                try {
                    return work.call();
                } finally {
                    connection.rollback();
                }
            }
        }
    }

    @Nested
    class WhenItsFilesAreImported extends CrmImportContract {
        @Override
        protected ConsentLedger ledger() {
            return new JournaledLedger(crm.contacts, new InMemoryConsentLedger());
        }

        @BeforeEach
        void fill() {
            // Who is number 5 of each file has a flag that nobody dated.
            crm.sql("INSERT INTO contact SELECT X, 'P', '06 39 9' || (X / 100) || ' ' || LPAD(MOD(X, 100), 2, '0')"
                    + " || ' 05', 'Y', NULL FROM SYSTEM_RANGE(100, 499) WHERE MOD(X, 100) < 12");
        }
    }

    @Nested
    class WhenOnlyTheTableKnows {
        @Test
        void refuses_by_a_flag_without_a_date_whatever_was_agreed_before() {
            record(granted(Purpose.NEWS));
            agent("'Y'");

            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void opens_nothing_by_a_date_of_opt_in() {
            crm.sql("UPDATE contact SET optin_date = DATE '2025-01-01' WHERE no = 1");

            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_again_once_the_flag_is_cleared() {
            record(granted(Purpose.NEWS));
            agent("'Y'");
            agent("NULL");

            assertThat(send(Purpose.NEWS)).isEmpty();
        }

        @Test
        void reads_a_page_in_the_order_asked() {
            agent("'Y'");

            assertThat(ledger.readAll(List.of(
                            Identity.of(Address.phone("+33600000000")),
                            Identity.of(PHONE),
                            Identity.of(Address.phone("+33639989999")))))
                    .extracting(history ->
                            history.entries().stream().map(ConsentEntry::kind).toList())
                    .containsExactly(
                            List.of(), List.of(ConsentEntry.Kind.WITHDRAWN), List.of(ConsentEntry.Kind.IMPORTED));
        }

        @Test
        void finds_the_flag_of_a_linked_number() {
            journal.append(ConsentEntry.builder(
                            ConsentEntry.Kind.LINKED,
                            Identity.of(PHONE, Address.of(Address.Kind.VIBER_USER, "ana=")),
                            Scope.everything())
                    .effectiveAt(NOON)
                    .build());
            agent("'Y'");

            assertThat(ledger.read(Identity.of(Address.of(Address.Kind.VIBER_USER, "ana=")))
                            .entries())
                    .extracting(ConsentEntry::kind)
                    .contains(ConsentEntry.Kind.WITHDRAWN);
        }
    }

    @Nested
    class WhenThePersonSaysStop {
        @Test
        void sets_the_flag_and_shows_the_stop_once() {
            ConsentEntry stop = record(stop());

            assertThat(crm.flag(1)).contains("Y");
            assertThat(ledger.read(Identity.of(PHONE)).entries()).containsExactly(stop);
        }

        @Test
        void stays_closed_though_an_agent_clears_the_flag() {
            record(granted(Purpose.NEWS));
            record(stop());

            agent("'N'");

            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void sets_no_flag_for_less_than_the_flag_means() {
            record(granted(Purpose.NEWS, Purpose.MARKETING));
            record(ConsentEntry.withdrawn(
                    Identity.of(PHONE), Scope.of(Purpose.MARKETING), ConsentEntry.Method.VERBAL, "call"));

            assertThat(crm.flag(1)).isEmpty();
            assertThat(send(Purpose.NEWS)).isEmpty();
            assertThat(send(Purpose.MARKETING)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void sets_no_flag_for_what_waits_for_a_human() {
            record(granted(Purpose.NEWS));
            record(ConsentEntry.builder(ConsentEntry.Kind.HELD, Identity.of(PHONE), Scope.promotional()));
            record(ConsentEntry.builder(ConsentEntry.Kind.RELEASED, Identity.of(PHONE), Scope.promotional())
                    .actor(ConsentEntry.Actor.AGENT)
                    .source("ticket 5"));

            assertThat(crm.flag(1)).isEmpty();
            assertThat(send(Purpose.NEWS)).isEmpty();
        }

        @Test
        void sets_no_flag_when_an_old_stop_is_delivered_again_after_a_new_agreement() {
            ConsentEntry stop = record(stop());
            record(granted(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT));

            gate.desk().record(stop);

            assertThat(crm.flag(1)).contains("N");
            assertThat(send(Purpose.NEWS)).isEmpty();
        }
    }

    @Nested
    class WhenThePersonAgreesAnew {
        @Test
        void clears_the_flag_that_a_stop_set() {
            record(stop());
            record(granted(Purpose.NEWS));

            assertThat(crm.flag(1)).contains("N");
            assertThat(send(Purpose.NEWS)).isEmpty();
        }

        @Test
        void clears_the_flag_that_an_agent_set_and_opens_only_what_was_agreed_to() {
            record(granted(Purpose.MARKETING));
            agent("'Y'");

            record(granted(Purpose.NEWS));

            assertThat(crm.flag(1)).contains("N");
            assertThat(send(Purpose.NEWS)).isEmpty();
            assertThat(send(Purpose.MARKETING)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void clears_the_flag_though_service_waits_for_a_message() {
            record(ConsentEntry.withdrawn(
                    Identity.of(PHONE),
                    Scope.promotional().and(Purpose.SERVICE),
                    ConsentEntry.Method.REPLY_KEYWORD,
                    "wamid.STOP"));

            record(granted(Purpose.NEWS, Purpose.SERVICE));

            assertThat(crm.flag(1)).contains("N");
            assertThat(send(Purpose.NEWS)).isEmpty();
        }

        @Test
        void leaves_the_flag_if_it_is_a_contract() {
            Noting noting = new Noting(crm.contacts);
            agent("'Y'");

            new JournaledLedger(noting, journal)
                    .append(granted(Purpose.TRANSACTIONAL, Purpose.SERVICE)
                            .basis(LegalBasis.CONTRACT)
                            .effectiveAt(NOON)
                            .build());

            assertThat(noting.written).isEmpty();
            assertThat(crm.flag(1)).contains("Y");
            assertThat(send(Purpose.TRANSACTIONAL)).isEmpty();
        }

        @Test
        void leaves_the_flag_if_the_agreement_is_dated_back() {
            agent("'Y'");

            record(granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(30))));

            assertThat(crm.flag(1)).contains("Y");
            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void leaves_the_flag_if_the_agreement_is_imported() {
            agent("'Y'");

            CrmImport.builder(gate, "old-crm", "sixteen bytes or more".getBytes(StandardCharsets.UTF_8))
                    .wording(new ConsentEntry.Wording("v1", Locale.FRENCH, "Oui."))
                    .build()
                    .run(List.of(CrmRow.builder(1)
                            .phone("06 12 34 56 78", "FR")
                            .optIn(Scope.of(Purpose.NEWS))
                            .optedInAt(NOON)
                            .source("form")
                            .wording("v1")
                            .build()));

            assertThat(crm.flag(1)).contains("Y");
            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void leaves_the_flag_that_an_agent_set_since_when_the_agreement_is_recorded_again() {
            ConsentEntry grant = record(granted(Purpose.NEWS));
            agent("'Y'");

            assertThat(gate.desk().record(grant).fresh()).isFalse();

            assertThat(crm.flag(1)).contains("Y");
            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenTheTableFails {
        @Test
        void sends_nothing() {
            record(granted(Purpose.NEWS));
            crm.down();

            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void keeps_the_stop_and_sets_the_flag_when_it_is_recorded_again() {
            record(granted(Purpose.NEWS));
            ConsentEntry stop = stop().id(EntryId.of("stop-1")).build();
            clock.advance(Duration.ofMinutes(1));
            crm.down();

            assertThatThrownBy(() -> gate.desk().record(stop)).isInstanceOf(LedgerUnavailableException.class);
            crm.up();
            assertThat(crm.flag(1)).isEmpty();
            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
            gate.desk().record(stop);

            assertThat(crm.flag(1)).contains("Y");
        }

        @Test
        void keeps_no_agreement_that_it_cannot_weigh_against_the_flag() {
            crm.down();

            assertThatThrownBy(() -> record(granted(Purpose.NEWS))).isInstanceOf(LedgerUnavailableException.class);
            crm.up();

            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void clears_the_flag_when_the_agreement_is_recorded_again() {
            agent("'Y'");
            ConsentGate moody = ConsentGate.builder(
                            gate.controller(), new JournaledLedger(new OnceReadOnly(crm.contacts), journal))
                    .transport(transport)
                    .conversations(new InMemoryConversations())
                    .sendLog(new InMemorySendLog())
                    .clock(clock)
                    .build();
            ConsentEntry grant = granted(Purpose.NEWS).id(EntryId.of("grant-1")).build();

            assertThatThrownBy(() -> moody.desk().record(grant)).isInstanceOf(LedgerUnavailableException.class);
            assertThat(send(Purpose.NEWS)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(moody.desk().record(grant).fresh()).isFalse();

            assertThat(crm.flag(1)).contains("N");
            assertThat(send(Purpose.NEWS)).isEmpty();
        }
    }

    /** Contacts that note what is written. */
    private static final class Noting implements LegacyContacts {
        private final List<ConsentEntry> written = new ArrayList<>();
        private final OldCrmContacts contacts;

        Noting(OldCrmContacts contacts) {
            this.contacts = contacts;
        }

        @Override
        public List<ConsentEntry> read(Identity person) {
            return contacts.read(person);
        }

        @Override
        public void write(ConsentEntry entry) {
            written.add(entry);
        }

        @Override
        public void erase(Identity person) {
            contacts.erase(person);
        }
    }

    /** Contacts whose first write fails. */
    private static final class OnceReadOnly implements LegacyContacts {
        private final OldCrmContacts contacts;
        private boolean failed;

        OnceReadOnly(OldCrmContacts contacts) {
            this.contacts = contacts;
        }

        @Override
        public List<ConsentEntry> read(Identity person) {
            return contacts.read(person);
        }

        @Override
        public void write(ConsentEntry entry) {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("row locked");
            }
            contacts.write(entry);
        }

        @Override
        public void erase(Identity person) {
            contacts.erase(person);
        }
    }

    @Nested
    class WhenAnAgentEditsTheFlagAtTheSameTime {
        @RepeatedTest(20)
        void stays_closed_after_the_stop_whatever_the_agent_writes() throws Exception {
            record(granted(Purpose.NEWS));
            clock.advance(Duration.ofMinutes(1));
            Callable<Boolean> person = () -> gate.desk().record(stop().build()).fresh();
            Callable<Boolean> agent = () -> {
                agent("'Y'");
                agent("'N'");
                return true;
            };
            Callable<Boolean> sender = () -> {
                send(Purpose.NEWS);
                return true;
            };

            Threads.atOnce(List.of(agent, person, agent, sender));

            assertThat(send(Purpose.NEWS)).contains(Refusal.Reason.OPTED_OUT);
        }

        @RepeatedTest(20)
        void leaves_the_flag_set_if_stop_and_agreement_race_and_the_stop_is_newer() throws Exception {
            agent("'Y'");
            clock.advance(Duration.ofMinutes(1));
            Instant now = clock.instant();
            List<Callable<Boolean>> both = new ArrayList<>();
            both.add(() -> ledger.append(granted(Purpose.NEWS)
                    .effectiveAt(now.minusSeconds(2))
                    .recordedAt(now)
                    .build()));
            both.add(() -> ledger.append(stop().effectiveAt(now).recordedAt(now).build()));

            Threads.atOnce(both);

            assertThat(crm.flag(1)).contains("Y");
            assertThat(send(Purpose.NEWS)).contains(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenThePersonIsErased {
        @Test
        void stays_suppressed_for_what_the_flag_meant_and_no_more() {
            agent("'Y'");

            gate.desk().erase(Identity.of(PHONE), false);

            assertThat(crm.flag(1)).isEmpty();
            assertThat(journal.read(Identity.of(PHONE)).entries())
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.kind()).isEqualTo(ConsentEntry.Kind.SUPPRESSED);
                        assertThat(entry.scope()).isEqualTo(Scope.promotional());
                    });
        }
    }

    @AfterEach
    void close() {
        crm.up();
        crm.sql("SHUTDOWN");
    }
}
