package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Identity;
import aparte.Purpose;
import aparte.Scope;
import aparte.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PepperTest {
    private static final Identity ANA = Identity.of("crm-1", List.of(Address.phone("+5511987654321")));
    private static final Identity ANA_WRITTEN_OTHERWISE = Identity.of(Address.phone("+551187654321"));
    private static final Identity BEN = Identity.of(Address.phone("+33687654321"));
    private static final Map<String, byte[]> ONE = Map.of("k1", Storages.pepper("one"));
    private static final Map<String, byte[]> BOTH = Map.of("k1", Storages.pepper("one"), "k2", Storages.pepper("two"));
    private static final Map<String, byte[]> TWO = Map.of("k2", Storages.pepper("two"));

    private DataSource source;

    @BeforeEach
    void open() {
        source = TestDatabase.SQLITE.create();
        Storages.over(source);
    }

    private JdbcConsentLedger ledger(String current, Map<String, byte[]> peppers) {
        return ledger(new Vault(current, peppers));
    }

    private JdbcConsentLedger ledger(PepperProvider provider) {
        return JdbcStorage.builder(Storages.BRAND, source, provider).build().ledger();
    }

    /** A host's pepper provider, whose answers change. */
    private static final class Vault implements PepperProvider {
        private volatile String current;
        private volatile Map<String, byte[]> peppers;

        Vault(String current, Map<String, byte[]> peppers) {
            this.current = current;
            this.peppers = peppers;
        }

        void rotate(String newCurrent, Map<String, byte[]> newPeppers) {
            peppers = newPeppers;
            current = newCurrent;
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

    private static ConsentEntry withdrawn(Identity person) {
        return ConsentEntry.withdrawn(person, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "reply")
                .effectiveAt(Instant.parse("2026-03-02T10:00:00Z"))
                .build();
    }

    private static ConsentEntry linked(Identity person) {
        return ConsentEntry.builder(ConsentEntry.Kind.LINKED, person, Scope.everything())
                .effectiveAt(Instant.parse("2026-03-01T10:00:00Z"))
                .build();
    }

    private static void assertRefused(ThrowingCallable work, StorageException.Reason reason, String keyId) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining("'" + keyId + "'")
                .message()
                .doesNotContain("a pepper for tests");
    }

    @Nested
    class WhenAPepperIsLost {
        @Test
        void refuses_to_open() {
            ledger("k1", ONE).append(withdrawn(ANA));

            assertRefused(() -> ledger("k2", TWO), StorageException.Reason.PEPPER_MISSING, "k1");
        }

        @Test
        void refuses_to_read_what_another_machine_wrote_with_it() {
            JdbcConsentLedger old = ledger("k1", ONE);
            old.append(withdrawn(ANA));
            old.read(ANA);
            ledger("k2", BOTH).append(withdrawn(BEN));

            assertRefused(() -> old.read(BEN), StorageException.Reason.PEPPER_MISSING, "k2");
            assertRefused(() -> old.readAll(List.of(ANA, BEN)), StorageException.Reason.PEPPER_MISSING, "k2");
            assertRefused(() -> old.append(withdrawn(ANA)), StorageException.Reason.PEPPER_MISSING, "k2");
            assertRefused(() -> old.erase(ANA, false), StorageException.Reason.PEPPER_MISSING, "k2");
            assertRefused(() -> old.readAt(ANA, 1), StorageException.Reason.PEPPER_MISSING, "k2");
            assertRefused(old::verify, StorageException.Reason.PEPPER_MISSING, "k2");
        }

        @Test
        void answers_again_once_it_is_given_back() {
            Vault vault = new Vault("k1", ONE);
            JdbcConsentLedger old = ledger(vault);
            old.append(withdrawn(ANA));
            ledger("k2", BOTH).append(withdrawn(BEN));

            vault.rotate("k1", BOTH);

            assertThat(old.read(BEN).entries()).hasSize(1);
        }
    }

    @Nested
    class WhenAPepperIsWrong {
        @Test
        void refuses_to_open() {
            ledger("k1", ONE).append(withdrawn(ANA));

            assertRefused(
                    () -> ledger("k1", Map.of("k1", Storages.pepper("wrong"))),
                    StorageException.Reason.PEPPER_WRONG,
                    "k1");
        }

        @Test
        void refuses_to_read_once_it_must_ask_again() {
            Vault vault = new Vault("k1", ONE);
            JdbcConsentLedger ledger = ledger(vault);
            ledger.append(withdrawn(ANA));
            vault.rotate("k1", Map.of("k1", Storages.pepper("wrong"), "k2", Storages.pepper("two")));
            ledger("k2", BOTH).append(withdrawn(BEN));

            assertRefused(() -> ledger.read(ANA), StorageException.Reason.PEPPER_WRONG, "k1");
        }

        @Test
        void refuses_one_that_is_too_short() {
            assertThatThrownBy(() -> ledger("k1", Map.of("k1", new byte[31])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 bytes");
        }

        @Test
        void refuses_a_current_one_that_is_not_there() {
            assertRefused(() -> ledger("k2", ONE), StorageException.Reason.PEPPER_MISSING, "k2");
        }
    }

    @Nested
    class WhenThePepperIsRotated {
        @Test
        void finds_what_is_under_the_old_one() {
            ledger("k1", ONE).append(withdrawn(ANA));

            assertThat(ledger("k2", BOTH).read(ANA_WRITTEN_OTHERWISE).entries()).hasSize(1);
        }

        @Test
        void joins_what_is_under_either() {
            ledger("k1", ONE).append(linked(Identity.of("crm-1", BEN.addresses())));
            ledger("k2", BOTH).append(withdrawn(BEN));

            assertThat(ledger("k2", BOTH).read(Identity.of("crm-1", List.of())).entries())
                    .hasSize(2);
        }

        @Test
        void takes_up_the_new_one_while_running() {
            Vault vault = new Vault("k1", ONE);
            JdbcConsentLedger ledger = ledger(vault);
            ledger.append(withdrawn(ANA));

            vault.rotate("k2", BOTH);
            ledger.append(withdrawn(BEN));

            assertThat(ledger.rekey().left()).isEmpty();
            assertThat(ledger("k2", TWO).readAll(List.of(ANA, BEN)))
                    .allMatch(history -> history.entries().size() == 1);
        }

        @Test
        void needs_the_old_one_no_more_after_rekeying() {
            ledger("k1", ONE).append(withdrawn(ANA));

            Rekeyed rekeyed = ledger("k2", BOTH).rekey();

            assertThat(rekeyed).isEqualTo(new Rekeyed(2, Map.of()));
            assertThat(ledger("k2", TWO).read(ANA_WRITTEN_OTHERWISE).entries()).hasSize(1);
            assertThat(ledger("k2", TWO).read(Identity.of("crm-1", List.of())).entries())
                    .hasSize(1);
            assertThat(ledger("k2", TWO).verify().isIntact()).isTrue();
        }

        @Test
        void moves_many() {
            JdbcConsentLedger old = ledger("k1", ONE);
            for (int i = 0; i < 250; i++) {
                old.append(withdrawn(Identity.of(Address.phone("+336100000" + (10 + i)))));
            }

            assertThat(ledger("k2", BOTH).rekey()).isEqualTo(new Rekeyed(250, Map.of()));
        }

        @Test
        void still_needs_the_old_one_for_the_suppressions_of_erased_people() {
            JdbcConsentLedger old = ledger("k1", ONE);
            old.append(withdrawn(BEN));
            old.erase(BEN, false);

            assertThat(ledger("k2", BOTH).rekey()).isEqualTo(new Rekeyed(0, Map.of("k1", 1L)));
            assertRefused(() -> ledger("k2", TWO), StorageException.Reason.PEPPER_MISSING, "k1");
        }

        @Test
        void moves_a_suppression_when_the_person_is_heard_of_again() {
            JdbcConsentLedger old = ledger("k1", ONE);
            old.append(withdrawn(BEN));
            old.erase(BEN, false);
            ledger("k2", BOTH).append(withdrawn(BEN));

            assertThat(ledger("k2", BOTH).rekey().left()).isEmpty();
            assertThat(Standing.of(
                                    ledger("k2", TWO).read(BEN),
                                    Purpose.NEWS,
                                    RandomEntries.SHOP,
                                    Instant.parse("2199-01-01T00:00:00Z"))
                            .refusals())
                    .isNotEmpty();
            assertThat(ledger("k2", TWO).read(BEN).entries())
                    .extracting(ConsentEntry::kind)
                    .contains(ConsentEntry.Kind.SUPPRESSED);
        }
    }

    @Nested
    class WhenHashesAreLookedAt {
        @Test
        void are_not_the_same_under_another_pepper() {
            Peppers.Name name = Peppers.Name.of(BEN.addresses().get(0));

            assertThat(Peppers.of(new Vault("k1", ONE)).hasher().current(name))
                    .isNotEqualTo(Peppers.of(new Vault("k2", TWO)).hasher().current(name));
        }

        @Test
        void are_the_same_for_every_spelling() {
            Peppers.Hasher hasher = Peppers.of(new Vault("k1", ONE)).hasher();

            assertThat(hasher.current(Peppers.Name.of(ANA.addresses().get(0))))
                    .isEqualTo(hasher.current(
                            Peppers.Name.of(ANA_WRITTEN_OTHERWISE.addresses().get(0))));
        }

        @Test
        void tell_a_reference_from_an_address_of_the_same_letters() {
            Peppers.Hasher hasher = Peppers.of(new Vault("k1", ONE)).hasher();

            assertThat(hasher.current(Peppers.Name.ofReference("x")))
                    .isNotEqualTo(hasher.current(Peppers.Name.of(Address.of(Address.Kind.of("x"), "x"))));
        }
    }
}
