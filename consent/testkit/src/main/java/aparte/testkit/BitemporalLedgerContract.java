package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.BitemporalLedger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BitemporalLedger} promises about its past. Extend it beside a ledger of your own, together with
 * {@link ConsentLedgerContract}.
 *
 * <p>Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class BitemporalLedgerContract {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Instant THURSDAY = MONDAY.plus(Duration.ofDays(3));
    private static final Identity ANA = Identity.of(Address.phone("+33612345678"));
    private static final Identity ANA_ON_VIBER = Identity.of(Address.of(Address.Kind.VIBER_USER, "01234567890A="));
    private static final Identity BEN = Identity.of(Address.phone("+33687654321"));

    private MutableClock clock;
    private BitemporalLedger ledger;

    /** For subclasses. */
    protected BitemporalLedgerContract() {}

    /**
     * Returns the ledger under test, empty. Called once, before each test.
     *
     * @param time what the ledger takes the time from at which it comes to know of something
     */
    protected abstract BitemporalLedger ledger(MutableClock time);

    @BeforeEach
    void open() {
        clock = MutableClock.at(MONDAY);
        ledger = ledger(clock);
    }

    private ConsentEntry keep(Instant known, ConsentEntry.Builder entry) {
        clock.set(known);
        ConsentEntry made = entry.build();
        assertThat(ledger.append(made)).as("appended").isTrue();
        return made;
    }

    private static ConsentEntry.Builder granted(Identity person) {
        return ConsentEntry.granted(
                        person, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "https://example.org/form")
                .effectiveAt(MONDAY);
    }

    private static ConsentEntry.Builder withdrawn(Identity person) {
        return ConsentEntry.withdrawn(
                        person, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "https://example.org/stop")
                .effectiveAt(MONDAY.plusSeconds(60));
    }

    private static ConsentEntry.Builder linked() {
        return ConsentEntry.builder(
                        ConsentEntry.Kind.LINKED,
                        ANA.with(ANA_ON_VIBER.addresses().toArray(Address[]::new)),
                        Scope.everything())
                .effectiveAt(MONDAY);
    }

    @Nested
    class WhenEntriesCome {
        @Test
        void counts_them_whoever_they_are_about() {
            long before = ledger.read(ANA).head();
            keep(MONDAY, granted(ANA));
            keep(MONDAY, granted(BEN));

            assertThat(ledger.read(ANA).head()).isEqualTo(before + 2);
        }

        @Test
        void does_not_count_one_that_is_kept_already() {
            ConsentEntry entry = keep(MONDAY, granted(ANA));
            long before = ledger.read(ANA).head();

            ledger.append(entry);

            assertThat(ledger.read(ANA).head()).isEqualTo(before);
        }
    }

    @Nested
    class WhenAskedForAnEarlierHead {
        @Test
        void answers_as_it_did_then() {
            keep(MONDAY, granted(ANA));
            History then = ledger.read(ANA);
            keep(TUESDAY, withdrawn(ANA));

            History again = ledger.readAt(ANA, then.head());

            assertThat(again.entries()).isEqualTo(then.entries());
            assertThat(again.head()).isEqualTo(then.head());
        }

        @Test
        void answers_as_now_for_the_head_of_now() {
            keep(MONDAY, granted(ANA));
            keep(TUESDAY, withdrawn(ANA));
            History now = ledger.read(ANA);

            assertThat(ledger.readAt(ANA, now.head()).entries()).containsExactlyInAnyOrderElementsOf(now.entries());
        }

        @Test
        void knows_no_link_that_came_later() {
            keep(MONDAY, withdrawn(ANA_ON_VIBER));
            keep(MONDAY, granted(ANA));
            History then = ledger.read(ANA);
            keep(TUESDAY, linked());

            History again = ledger.readAt(ANA, then.head());

            assertThat(again.entries()).isEqualTo(then.entries());
            assertThat(again.person()).isEqualTo(ANA);
        }

        @Test
        void knows_a_link_that_was_parted_later() {
            ConsentEntry stop = keep(MONDAY, withdrawn(ANA_ON_VIBER));
            keep(MONDAY, linked());
            long then = ledger.read(ANA).head();
            keep(
                    TUESDAY,
                    ConsentEntry.builder(
                                    ConsentEntry.Kind.UNLINKED,
                                    ANA.with(ANA_ON_VIBER.addresses().toArray(Address[]::new)),
                                    Scope.everything())
                            .effectiveAt(TUESDAY));

            assertThat(ledger.read(ANA).entries()).doesNotContain(stop);
            assertThat(ledger.readAt(ANA, then).entries()).contains(stop);
        }

        @Test
        void refuses_a_head_that_it_never_had() {
            keep(MONDAY, granted(ANA));
            long ahead = ledger.read(ANA).head() + 1;

            assertThatThrownBy(() -> ledger.readAt(ANA, ahead)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ledger.readAt(ANA, -1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenAskedWhatWasKnown {
        @Test
        void leaves_out_what_came_to_be_known_later() {
            ConsentEntry grant = keep(MONDAY, granted(ANA));
            keep(WEDNESDAY, withdrawn(ANA));

            assertThat(ledger.asOf(ANA, THURSDAY, TUESDAY).entries()).containsExactly(grant);
        }

        @Test
        void leaves_out_what_took_effect_later() {
            ConsentEntry grant = keep(MONDAY, granted(ANA));
            keep(MONDAY, withdrawn(ANA).effectiveAt(WEDNESDAY));

            assertThat(ledger.asOf(ANA, TUESDAY, THURSDAY).entries()).containsExactly(grant);
        }

        @Test
        void knows_at_once_what_is_learned_late_about_an_earlier_day() {
            ConsentEntry grant = keep(MONDAY, granted(ANA));
            ConsentEntry late = keep(WEDNESDAY, withdrawn(ANA));

            assertThat(ledger.asOf(ANA, TUESDAY, WEDNESDAY).entries()).containsExactlyInAnyOrder(grant, late);
        }

        @Test
        void counts_an_undated_flag_as_always_in_effect() {
            ConsentEntry flag =
                    keep(MONDAY, ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, ANA, Scope.promotional()));

            assertThat(ledger.asOf(ANA, MONDAY.minusSeconds(1), MONDAY).entries())
                    .containsExactly(flag);
        }
    }

    @Nested
    class WhenSomebodyWasErasedSince {
        @Test
        void tells_nothing_of_them_any_more() {
            ConsentEntry grant = keep(MONDAY, granted(ANA));
            long then = ledger.read(ANA).head();
            clock.set(TUESDAY);
            ledger.erase(ANA, false);

            assertThat(ledger.readAt(ANA, then).entries()).doesNotContain(grant);
            assertThat(ledger.asOf(ANA, THURSDAY, THURSDAY).entries()).doesNotContain(grant);
        }

        @Test
        void still_tells_of_others() {
            keep(MONDAY, granted(ANA));
            ConsentEntry other = keep(MONDAY, granted(BEN));
            long then = ledger.read(BEN).head();
            ledger.erase(ANA, true);

            assertThat(ledger.readAt(BEN, then).entries()).containsExactly(other);
        }
    }
}
