package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.consent.InboxJournal;
import aparte.consent.InboxJournal.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InboxJournal} promises. Extend it beside a journal of your own and give {@link #journal()}.
 *
 * <p>Its times have microseconds. Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class InboxJournalContract {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Instant END = NOW.plusSeconds(60);
    private static final String KEY = "whatsapp wamid.1";

    private InboxJournal journal;

    /** For subclasses. */
    protected InboxJournalContract() {}

    /** Returns the journal under test, empty. Called once, before each test. */
    protected abstract InboxJournal journal();

    /** Returns a journal over the same storage as another machine has it. By default the one under test itself. */
    protected InboxJournal elsewhere() {
        return journal;
    }

    @BeforeEach
    void open() {
        journal = journal();
    }

    private Lease lease(Instant now) {
        return journal.lease(KEY, now, now.plusSeconds(60));
    }

    @Nested
    class WhenAnEventIsNew {
        @Test
        void gives_the_lease() {
            assertThat(lease(NOW)).isEqualTo(Lease.TAKEN);
        }

        @Test
        void gives_it_to_one_of_many_at_the_same_instant() throws Exception {
            List<Lease> leases = Threads.atOnce(IntStream.range(0, 16)
                    .mapToObj(number -> (Callable<Lease>) () -> lease(NOW))
                    .toList());

            assertThat(leases).containsOnlyOnce(Lease.TAKEN).containsOnly(Lease.TAKEN, Lease.BUSY);
        }
    }

    @Nested
    class WhenAnEventIsLeased {
        @Test
        void is_busy() {
            lease(NOW);

            assertThat(lease(NOW.plusSeconds(1))).isEqualTo(Lease.BUSY);
        }

        @Test
        void is_busy_elsewhere_too() {
            lease(NOW);

            assertThat(elsewhere().lease(KEY, NOW, END)).isEqualTo(Lease.BUSY);
        }

        @Test
        void stays_busy_until_just_before_the_end() {
            lease(NOW);

            assertThat(lease(END.minusMillis(1))).isEqualTo(Lease.BUSY);
        }

        @Test
        void can_be_leased_again_after_the_end() {
            lease(NOW);

            assertThat(lease(END.plusMillis(1))).isEqualTo(Lease.TAKEN);
        }

        @Test
        void is_busy_again_after_that() {
            lease(NOW);
            lease(END.plusMillis(1));

            assertThat(lease(END.plusMillis(2))).isEqualTo(Lease.BUSY);
        }

        @Test
        void gives_an_ended_lease_to_one_of_many_at_the_same_instant() throws Exception {
            lease(NOW);

            List<Lease> leases = Threads.atOnce(IntStream.range(0, 16)
                    .mapToObj(number -> (Callable<Lease>) () -> lease(END.plusSeconds(1)))
                    .toList());

            assertThat(leases).containsOnlyOnce(Lease.TAKEN);
        }

        @Test
        void leaves_other_events_alone() {
            lease(NOW);

            assertThat(journal.lease(KEY.toUpperCase(Locale.ROOT), NOW, END)).isEqualTo(Lease.TAKEN);
        }

        @Test
        void keeps_keys_of_any_length_and_script_apart() {
            String key = "é🎉".repeat(300);
            journal.lease(key + "1", NOW, END);

            assertThat(journal.lease(key + "2", NOW, END)).isEqualTo(Lease.TAKEN);
        }
    }

    @Nested
    class WhenALeaseIsGivenBack {
        @Test
        void can_be_leased_again() {
            lease(NOW);

            journal.release(KEY);

            assertThat(lease(NOW.plusSeconds(1))).isEqualTo(Lease.TAKEN);
        }

        @Test
        void changes_nothing_if_there_was_none() {
            journal.release(KEY);

            assertThat(lease(NOW)).isEqualTo(Lease.TAKEN);
        }

        @Test
        void stays_done_if_it_was() {
            lease(NOW);
            journal.done(KEY);

            journal.release(KEY);

            assertThat(lease(NOW)).isEqualTo(Lease.DONE);
        }
    }

    @Nested
    class WhenAnEventIsDone {
        @Test
        void stays_done() {
            lease(NOW);

            journal.done(KEY);

            assertThat(lease(NOW.plusSeconds(1))).isEqualTo(Lease.DONE);
        }

        @Test
        void is_done_elsewhere_too() {
            lease(NOW);

            journal.done(KEY);

            assertThat(elsewhere().lease(KEY, NOW, END)).isEqualTo(Lease.DONE);
        }

        @Test
        void is_still_done_after_seven_days() {
            lease(NOW);
            journal.done(KEY);

            assertThat(lease(NOW.plusSeconds(7 * 86_400))).isEqualTo(Lease.DONE);
        }

        @Test
        void may_be_told_twice() {
            lease(NOW);
            journal.done(KEY);

            journal.done(KEY);

            assertThat(lease(NOW)).isEqualTo(Lease.DONE);
        }
    }
}
