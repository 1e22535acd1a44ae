package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.History;
import aparte.Identity;
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
import aparte.consent.ImportReport;
import aparte.consent.ImportReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What a CRM's file does over a ledger, random files included: nobody who opted out is opened by importing it, once, twice,
 * or after an erasure. Extend it beside a ledger of your own and give {@link #ledger()}. Seeds are printed on failure.
 */
public abstract class CrmImportContract {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Scope NEWS = Scope.of(Purpose.NEWS);
    private static final Content TEXT = Content.text("The new issue is out.");
    private static final int FILES = 12;
    private static final int PEOPLE = 12;

    private ConsentLedger kept;
    private ConsentGate gate;
    private Instant now;
    private int series;

    /** For subclasses. */
    protected CrmImportContract() {}

    /** Returns the ledger under test, empty. Called once, before each test. */
    protected abstract ConsentLedger ledger();

    /** Returns the clock by which the ledger dates erasures; the system's by default. */
    protected Clock clock() {
        return Clock.systemUTC();
    }

    @BeforeEach
    void open() {
        Clock clock = clock();
        now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        kept = ledger();
        gate = ConsentGate.builder(new Controller("brand", "A brand"), kept)
                .transport(RecordingTransport.of(SENDER))
                .conversations(new InMemoryConversations())
                .sendLog(new InMemorySendLog())
                .clock(clock)
                .build();
    }

    private CrmImport crm() {
        return CrmImport.builder(gate, "old-crm", "the contract's own secret".getBytes(StandardCharsets.UTF_8))
                .wording(new ConsentEntry.Wording("v1", Locale.ENGLISH, "Yes, write to me by messenger."))
                .asOf(now.minus(Duration.ofDays(1)))
                .build();
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    /** Of other people for each seed. */
    private String national(int person) {
        return String.format(Locale.ROOT, "06 39 9%d %02d %02d", series / 100 % 10, series % 100, person);
    }

    private Address phone(int person) {
        return Address.phone("+33" + national(person).replace(" ", "").substring(1));
    }

    private boolean isOpen(int person) {
        return gate.preview(Message.of(Recipient.of(phone(person)), Purpose.NEWS, TEXT))
                .refusals()
                .isEmpty();
    }

    private static CrmRow.Builder agreed(CrmRow.Builder row, Instant at) {
        return row.optIn(NEWS).optedInAt(at).source("https://example.org/form").wording("v1");
    }

    @Nested
    class WhenAFileIsImported {
        @Test
        void closes_who_opted_out_and_opens_who_agreed() {
            ImportReport report = crm().run(List.of(
                    agreed(CrmRow.builder(1).phone(national(1), "FR"), daysAgo(9))
                            .build(),
                    CrmRow.builder(2).phone(national(2), "FR").optOut().build(),
                    agreed(CrmRow.builder(3).phone(national(2), "FR"), daysAgo(9))
                            .build()));

            assertThat(isOpen(1)).isTrue();
            assertThat(isOpen(2)).isFalse();
            assertThat(report.count(Outcome.WITHDRAWN)).isEqualTo(1);
        }

        @Test
        void changes_nothing_a_second_time() {
            for (int seed = 0; seed < FILES; seed++) {
                List<CrmRow> file = new RandomFile(seed).rows;
                crm().run(file);
                List<History> before = histories();

                ImportReport again = crm().run(file);

                assertThat(histories()).as("histories, seed %d", seed).isEqualTo(before);
                assertThat(Set.of(Outcome.UNCHANGED, Outcome.MET_SUPPRESSION, Outcome.MALFORMED, Outcome.SAYS_NOTHING))
                        .as("outcomes, seed %d", seed)
                        .containsAll(again.counts().keySet());
            }
        }

        @Test
        void counts_dry_what_the_run_counts() {
            for (int seed = 100; seed < 100 + FILES; seed++) {
                List<CrmRow> file = new RandomFile(seed).rows;

                ImportReport dry = crm().dryRun(file);

                assertThat(crm().run(file).counts()).as("seed %d", seed).isEqualTo(dry.counts());
            }
        }

        @Test
        void opens_nobody_whose_last_word_in_it_is_no() {
            int open = 0;
            for (int seed = 200; seed < 200 + FILES; seed++) {
                RandomFile file = new RandomFile(seed);

                crm().run(file.rows);

                assertThat(file.lastSaidNo).as("open, seed %d", seed).noneMatch(CrmImportContract.this::isOpen);
                open += IntStream.range(0, PEOPLE)
                        .filter(CrmImportContract.this::isOpen)
                        .toArray()
                        .length;
            }
            assertThat(open).as("people whom any of the files opened").isPositive();
        }
    }

    /** P-7. */
    @Nested
    class WhenPeopleAreErasedAndTheSameFileIsImportedAgain {
        @Test
        void opens_nobody_who_opted_out() {
            for (int seed = 300; seed < 300 + FILES; seed++) {
                RandomFile file = new RandomFile(seed);
                crm().run(file.rows);
                Set<Integer> closed = optedOut();
                erase();

                crm().run(file.rows);
                crm().run(file.rows);

                assertThat(closed).as("open, seed %d", seed).isNotEmpty().noneMatch(CrmImportContract.this::isOpen);
            }
        }

        @Test
        void opens_nobody_who_opted_out_by_a_reply_since() {
            for (int seed = 400; seed < 400 + FILES; seed++) {
                RandomFile file = new RandomFile(seed);
                crm().run(file.rows);
                for (int person = 0; person < PEOPLE; person++) {
                    gate.desk()
                            .record(ConsentEntry.withdrawn(
                                            Identity.of(phone(person)),
                                            Scope.promotional(),
                                            ConsentEntry.Method.REPLY_KEYWORD,
                                            "stop")
                                    .build());
                }
                erase();

                ImportReport report = crm().run(file.rows);

                for (int person = 0; person < PEOPLE; person++) {
                    assertThat(isOpen(person))
                            .as("person %d, seed %d", person, seed)
                            .isFalse();
                }
                assertThat(report.count(Outcome.MET_SUPPRESSION))
                        .as("lines, seed %d", seed)
                        .isPositive();
            }
        }

        @Test
        void keeps_nothing_of_who_opted_out_but_the_suppression() {
            List<CrmRow> file = List.of(
                    CrmRow.builder(1)
                            .phone(national(1), "FR")
                            .optOut(daysAgo(3))
                            .build(),
                    agreed(CrmRow.builder(2).phone(national(1), "FR"), daysAgo(9))
                            .build());
            crm().run(file);
            erase();

            crm().run(file);

            assertThat(histories().get(1).entries())
                    .allMatch(entry ->
                            entry.kind() == ConsentEntry.Kind.SUPPRESSED || entry.kind() == ConsentEntry.Kind.ERASED);
        }
    }

    private List<History> histories() {
        List<History> histories = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            histories.add(kept.read(Identity.of(phone(person))));
        }
        return histories;
    }

    private Set<Integer> optedOut() {
        Set<Integer> closed = new HashSet<>();
        for (int person = 0; person < PEOPLE; person++) {
            SendResult result = gate.send(Message.of(Recipient.of(phone(person)), Purpose.NEWS, TEXT));
            if (result instanceof SendResult.Refused refused
                    && refused.refusals().stream()
                            .anyMatch(refusal -> refusal.reason() == Refusal.Reason.OPTED_OUT
                                    || refusal.reason() == Refusal.Reason.SUPPRESSED)) {
                closed.add(person);
            }
        }
        return closed;
    }

    private void erase() {
        for (int person = 0; person < PEOPLE; person++) {
            gate.desk().erase(Identity.of(phone(person)), false);
        }
    }

    /** Some dozens of rows about a few people: flags, dates, bounces, double opt-ins, unreadable numbers, duplicates. */
    private final class RandomFile {
        private final List<CrmRow> rows = new ArrayList<>();
        private final Set<Integer> lastSaidNo = new HashSet<>();
        private final SplittableRandom random;

        RandomFile(int seed) {
            series = seed;
            random = new SplittableRandom(seed);
            Map<Integer, Instant> yes = new HashMap<>();
            Map<Integer, Instant> no = new HashMap<>();
            int size = 20 + random.nextInt(40);
            for (int number = 0; number < size; number++) {
                int person = random.nextInt(PEOPLE);
                CrmRow.Builder row = CrmRow.builder(number);
                switch (random.nextInt(8)) {
                    case 0 -> row.address(phone(person));
                    case 1 -> row.phone(phone(person).value(), "ZZ").email("p" + person + "@example.org");
                    default -> row.phone(national(person), "FR");
                }
                Instant at = daysAgo(2 + random.nextInt(200));
                switch (random.nextInt(10)) {
                    case 0, 1 -> {
                        row.optOut(at);
                        no.merge(person, at, this::later);
                    }
                    case 2 -> {
                        row.optOut();
                        no.merge(person, daysAgo(1), this::later);
                    }
                    case 3, 4 -> {
                        agreed(row, at);
                        yes.merge(person, at, this::later);
                    }
                    case 5 -> row.optIn(NEWS);
                    case 6 -> agreed(row, at).phone("06", "FR");
                    case 7 -> {
                        agreed(row, at).doubleOptIn(CrmRow.DoubleOptIn.CONFIRMED, Address.Kind.PHONE);
                        yes.merge(person, at, this::later);
                    }
                    case 8 -> agreed(row, at).doubleOptIn(CrmRow.DoubleOptIn.PENDING, Address.Kind.PHONE);
                    default -> {
                        Instant out = daysAgo(2 + random.nextInt(200));
                        agreed(row, at).optOut(out);
                        yes.merge(person, at, this::later);
                        no.merge(person, out, this::later);
                    }
                }
                rows.add(row.build());
                if (random.nextInt(6) == 0) {
                    rows.add(row.build());
                }
            }
            if (random.nextInt(3) == 0) {
                int person = random.nextInt(PEOPLE);
                rows.add(
                        random.nextInt(rows.size()),
                        CrmRow.builder(size)
                                .invalidPhone(national(person), "FR")
                                .build());
                no.merge(person, now, this::later);
            }
            for (int person = 0; person < PEOPLE; person++) {
                Instant out = no.getOrDefault(person, Instant.MIN);
                if (no.containsKey(person)
                        && !yes.getOrDefault(person, Instant.MIN).isAfter(out)) {
                    lastSaidNo.add(person);
                }
            }
        }

        private Instant later(Instant known, Instant at) {
            return at.isAfter(known) ? at : known;
        }
    }
}
