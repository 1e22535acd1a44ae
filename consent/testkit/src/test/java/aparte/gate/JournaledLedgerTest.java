package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.consent.ConsentGate;
import aparte.consent.JournaledLedger;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.LegacyContacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JournaledLedgerTest {
    private final Fixture fixture = new Fixture();
    private final Table table = new Table();
    private final ConsentGate gate = fixture.gate(new JournaledLedger(table, fixture.ledger), fixture.transport)
            .build();

    /** One contact in an old CRM: two flags, no date, no history. */
    private static final class Table implements LegacyContacts {
        private boolean newsletter;
        private boolean optedOut;
        private boolean locked;

        @Override
        public List<ConsentEntry> read(Identity person) {
            if (optedOut) {
                return List.of(flag(person, ConsentEntry.Kind.WITHDRAWN, "crm-optout"));
            }
            return newsletter ? List.of(flag(person, ConsentEntry.Kind.IMPORTED, "crm-newsletter")) : List.of();
        }

        private static ConsentEntry flag(Identity person, ConsentEntry.Kind kind, String id) {
            return ConsentEntry.builder(kind, person, Scope.promotional())
                    .id(EntryId.of(id))
                    .source("crm")
                    .build();
        }

        @Override
        public void write(ConsentEntry entry) {
            if (locked) {
                throw new IllegalStateException("row locked");
            }
            optedOut = entry.kind().isClosing();
        }

        @Override
        public void erase(Identity person) {
            newsletter = false;
            optedOut = false;
        }
    }

    @Nested
    class WhenTheTableHasAnOptOutFlag {
        @Test
        void refuses_whatever_the_journal_says() {
            fixture.ledger.append(granted(Purpose.NEWS).effectiveAt(NOON).build());
            table.optedOut = true;

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void refuses_each_of_several_messages() {
            fixture.ledger.append(granted(Purpose.NEWS).effectiveAt(NOON).build());
            table.optedOut = true;

            assertThat(gate.sendAll(List.of(news(), news())))
                    .allSatisfy(result -> assertThat(reasons(result)).containsExactly(Refusal.Reason.OPTED_OUT));
        }

        @Test
        void keeps_it_whatever_is_imported() {
            table.optedOut = true;

            gate.desk()
                    .record(ConsentEntry.builder(ConsentEntry.Kind.IMPORTED, ANA.identity(), Scope.of(Purpose.NEWS))
                            .source("old crm")
                            .build());

            assertThat(table.optedOut).isTrue();
        }

        @Test
        void opens_once_the_person_agrees_anew_and_the_flag_is_cleared() {
            table.optedOut = true;

            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(table.optedOut).isFalse();
            assertThat(reasons(gate.send(news()))).isEmpty();
        }
    }

    @Nested
    class WhenTheTableHasAnOptInFlag {
        @Test
        void opens_nothing_since_nobody_could_prove_it() {
            table.newsletter = true;

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenAPersonOptsOut {
        @Test
        void sets_the_flag_too() {
            gate.desk().record(stop().build());

            assertThat(table.optedOut).isTrue();
        }

        @Test
        void holds_even_if_the_flag_cannot_be_written_and_writes_it_when_recorded_again() {
            gate.desk().record(granted(Purpose.NEWS).build());
            fixture.clock.advance(Duration.ofSeconds(1));
            ConsentEntry stop = stop().id(EntryId.of("stop-1")).build();
            table.locked = true;

            assertThatThrownBy(() -> gate.desk().record(stop))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("record it again under the same id");
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
            table.locked = false;
            gate.desk().record(stop);

            assertThat(table.optedOut).isTrue();
        }
    }

    @Nested
    class WhenAPersonIsErased {
        @Test
        void may_come_back_if_neither_knew_of_an_opt_out() {
            table.newsletter = true;

            gate.desk().erase(ANA.identity(), false);
            fixture.clock.advance(Duration.ofDays(1));
            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(table.newsletter).isFalse();
            assertThat(reasons(gate.send(news()))).isEmpty();
        }

        @Test
        void is_never_contacted_again_if_the_host_asks_for_it() {
            gate.desk().erase(ANA.identity(), true);
            fixture.clock.advance(Duration.ofDays(1));
            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void stays_closed_if_only_the_flag_knew_of_the_opt_out() {
            table.optedOut = true;

            gate.desk().erase(ANA.identity(), false);
            fixture.clock.advance(Duration.ofDays(1));
            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(table.optedOut).isFalse();
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }
    }
}
