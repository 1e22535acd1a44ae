package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.ConsentLedger;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryConsentLedgerTest extends ConsentLedgerContract {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address OTHER_PHONE = Address.phone("+33687654321");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");

    private final MutableClock clock = MutableClock.at(START);
    private final InMemoryConsentLedger own = new InMemoryConsentLedger(clock);

    @Override
    protected ConsentLedger ledger() {
        return new InMemoryConsentLedger();
    }

    private ConsentEntry keep(ConsentEntry.Kind kind, Instant at, Address... addresses) {
        ConsentEntry entry = ConsentEntry.builder(kind, Identity.of(addresses), Scope.promotional())
                .effectiveAt(at)
                .build();
        own.append(entry);
        return entry;
    }

    @Nested
    class WhenLinksArriveInAnyOrder {
        @Test
        void lets_the_one_effective_later_count() {
            keep(ConsentEntry.Kind.UNLINKED, START.plusSeconds(60), PHONE, VIBER);
            keep(ConsentEntry.Kind.LINKED, START, PHONE, VIBER);

            assertThat(own.read(Identity.of(PHONE)).person().addresses()).containsExactly(PHONE);
        }

        @Test
        void lets_the_one_appended_later_count_in_a_tie() {
            keep(ConsentEntry.Kind.LINKED, START, PHONE, VIBER);
            keep(ConsentEntry.Kind.UNLINKED, START, PHONE, VIBER);

            assertThat(own.read(Identity.of(PHONE)).person().addresses()).containsExactly(PHONE);
        }
    }

    @Nested
    class WhenSomebodyIsErased {
        @Test
        void dates_the_suppression_by_its_clock() {
            own.erase(Identity.of(PHONE), true);

            assertThat(own.read(Identity.of(PHONE)).entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.effectiveAt()).contains(START));
        }

        @Test
        void leaves_others_linked_by_the_same_entry() {
            keep(ConsentEntry.Kind.LINKED, START, PHONE, OTHER_PHONE, VIBER);
            keep(ConsentEntry.Kind.UNLINKED, START.plusSeconds(1), PHONE, OTHER_PHONE);
            keep(ConsentEntry.Kind.UNLINKED, START.plusSeconds(1), PHONE, VIBER);
            ConsentEntry optOut = keep(ConsentEntry.Kind.WITHDRAWN, START, VIBER);

            own.erase(Identity.of(PHONE), false);

            assertThat(own.read(Identity.of(OTHER_PHONE)).entries()).contains(optOut);
            assertThat(own.read(Identity.of(OTHER_PHONE)).entries())
                    .noneMatch(entry -> entry.person().has(PHONE));
        }

        @Test
        void keeps_the_ids_of_what_it_forgot() {
            ConsentEntry entry = keep(ConsentEntry.Kind.GRANTED, START, PHONE);

            own.erase(Identity.of(PHONE), false);

            assertThat(own.append(entry)).isFalse();
        }
    }

    @Nested
    class WhenItIsLogged {
        @Test
        void shows_no_address() {
            keep(ConsentEntry.Kind.GRANTED, START, PHONE);

            assertThat(own).hasToString("InMemoryConsentLedger[1 keys]");
        }
    }
}
