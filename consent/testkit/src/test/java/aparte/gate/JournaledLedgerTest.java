package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.JournaledLedger;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.LegacyContacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JournaledLedgerTest {
    private final Fixture fixture = new Fixture();
    private final Table table = new Table();
    private final ConsentGate gate = fixture.gate(new JournaledLedger(table, fixture.ledger), fixture.transport)
            .build();

    /** One contact in an old CRM: two flags, no date, no history. */
    private static class Table implements LegacyContacts {
        private Scope means = Scope.promotional();
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

        private ConsentEntry flag(Identity person, ConsentEntry.Kind kind, String id) {
            return ConsentEntry.builder(kind, person, means)
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
        void refuses_where_one_sender_was_agreed_to_anew_before_an_agent_set_it() {
            gate.desk().record(stop().build());
            fixture.clock.advance(Duration.ofSeconds(1));
            gate.desk()
                    .record(ConsentEntry.granted(
                                    ANA.identity(),
                                    Scope.of(Purpose.NEWS).only(Fixture.SENDER),
                                    ConsentEntry.Method.CHECKBOX,
                                    "form")
                            .build());
            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);

            table.optedOut = true;

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void keeps_in_the_journal_what_it_meant_as_of_the_second_before_the_agreement() {
            table.optedOut = true;

            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(fixture.ledger.read(ANA.identity()).entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.WITHDRAWN)
                    .singleElement()
                    .satisfies(flag -> {
                        assertThat(flag.effectiveAt()).contains(NOON.minusSeconds(1));
                        assertThat(flag.recordedAt()).contains(NOON);
                        assertThat(flag.scope()).isEqualTo(Scope.promotional());
                    });
        }

        @ParameterizedTest
        @CsvSource({"300, true", "301, false"})
        void is_lifted_by_an_act_that_is_recorded_within_five_minutes(long ago, boolean lifted) {
            table.optedOut = true;

            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(ago))
                            .build());

            assertThat(table.optedOut).isNotEqualTo(lifted);
        }

        @ParameterizedTest
        @EnumSource(names = {"SUPPRESSED", "ERASED"})
        void stays_set_where_the_journal_never_contacts_the_person_again(ConsentEntry.Kind kind) {
            table.optedOut = true;
            fixture.ledger.append(ConsentEntry.builder(kind, ANA.identity(), Scope.everything())
                    .effectiveAt(NOON)
                    .build());

            gate.desk().record(granted(Purpose.NEWS).build());

            assertThat(table.optedOut).isTrue();
            assertThat(reasons(gate.send(news()))).contains(Refusal.Reason.SUPPRESSED);
        }

        @Test
        void stays_set_by_an_agreement_to_service_that_waits_for_a_message() {
            table.means = Scope.promotional().and(Purpose.SERVICE);
            gate.desk().record(stop().build());
            fixture.clock.advance(Duration.ofSeconds(1));

            gate.desk().record(granted(Purpose.SERVICE).build());

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

        @Test
        void stays_in_the_table_when_the_person_opts_out() {
            table.newsletter = true;

            ConsentEntry stop = gate.desk().record(stop().build()).entry();

            assertThat(fixture.ledger.read(ANA.identity()).entries()).containsExactly(stop);
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
        void takes_over_no_flag_that_an_opt_out_before_had_set() {
            ConsentEntry first = gate.desk().record(stop().build()).entry();
            fixture.clock.advance(Duration.ofSeconds(1));
            ConsentEntry second = gate.desk().record(stop().build()).entry();

            assertThat(fixture.ledger.read(ANA.identity()).entries()).containsExactly(first, second);
        }

        @Test
        void says_whether_it_was_kept_before() {
            ConsentEntry stop = stop().id(EntryId.of("stop-1")).build();

            assertThat(gate.desk().record(stop).fresh()).isTrue();
            assertThat(gate.desk().record(stop).fresh()).isFalse();
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
    class WhenOneOfBothAnswersForMorePeopleThanAsked {
        private final Identity other = Identity.of(Address.phone("+33639980002"));

        @Test
        void believes_no_table() {
            LegacyContacts confused = new Table() {
                @Override
                public List<List<ConsentEntry>> readAll(List<Identity> people) {
                    return List.of(List.of(), List.of());
                }
            };

            assertThatThrownBy(() -> new JournaledLedger(confused, fixture.ledger).read(ANA.identity()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the contact table answered for 2 of 1 people");
        }

        @Test
        void believes_no_journal() {
            ConsentLedger confused = new ConsentLedger() {
                @Override
                public History read(Identity person) {
                    return History.empty(person);
                }

                @Override
                public List<History> readAll(List<Identity> people) {
                    return List.of(read(other), read(other), read(other));
                }

                @Override
                public boolean append(ConsentEntry entry) {
                    return true;
                }

                @Override
                public void erase(Identity person, boolean suppress) {
                    // Nobody is known.
                }
            };

            assertThatThrownBy(() -> new JournaledLedger(table, confused).readAll(List.of(ANA.identity(), other)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the journal answered for 3 of 2 people");
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
