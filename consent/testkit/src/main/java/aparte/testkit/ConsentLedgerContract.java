package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Conversation;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.ConsentLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ConsentLedger} promises. Extend it beside a ledger of your own and give {@link #ledger()}; override the
 * other hooks as far as the storage has what they speak of, for the tests of a hook that is not overridden are skipped.
 *
 * <pre>{@code
 * class CrmLedgerTest extends ConsentLedgerContract {
 *     @Override
 *     protected ConsentLedger ledger() {
 *         return new CrmLedger(emptyDatabase());
 *     }
 * }
 * }</pre>
 *
 * <p>Times in its entries have microseconds. Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class ConsentLedgerContract {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final SenderId OTHER_SENDER = new SenderId(ChannelId.VIBER, "our-bot");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Instant LATER = START.plus(Duration.ofDays(1));
    private static final Instant MUCH_LATER = START.plus(Duration.ofDays(2));
    private static final Instant AFTER_ALL = Instant.parse("2199-01-01T00:00:00Z");

    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address OTHER_PHONE = Address.phone("+33687654321");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");
    private static final Address PSID = new Address(Address.Kind.MESSENGER_PSID, "7788990011", "page-1");
    private static final String REFERENCE = "crm-4711";
    private static final String SECRET = "tell-nobody";

    private ConsentLedger ledger;

    /** For subclasses. */
    protected ConsentLedgerContract() {}

    /** Returns the ledger under test, empty. Called once, before each test. */
    protected abstract ConsentLedger ledger();

    /**
     * Returns a ledger over the same storage as another machine or another connection pool would have it. By default the
     * ledger under test itself.
     */
    protected ConsentLedger elsewhere() {
        return ledger;
    }

    /**
     * Makes the storage fail at once, runs the work, and repairs the storage. By default the tests that need it are skipped.
     *
     * @throws Exception if the storage cannot be broken or repaired
     */
    protected void outage(Runnable whileDown) throws Exception {
        Assumptions.abort("override outage(…) to test what happens when the storage fails");
    }

    /**
     * Makes the storage accept requests but not answer them for a minute, runs the work, and lets it answer again. By
     * default the tests that need it are skipped.
     *
     * @throws Exception if the storage cannot be halted
     */
    protected void hangingStorage(Runnable whileHanging) throws Exception {
        Assumptions.abort("override hangingStorage(…) to test that a read is cut");
    }

    /**
     * Opens the host's own transaction on this thread, as its services do, at the strictest isolation that the host uses;
     * reads something in it, so that its snapshot is taken; runs the work; and rolls back. By default the tests that need
     * it are skipped.
     *
     * @throws Exception if the work does, or the transaction fails
     */
    protected <T> T insideCallersTransaction(Callable<T> work) throws Exception {
        return Assumptions.abort(
                "override insideCallersTransaction(…) unless the ledger's storage knows no ambient transaction");
    }

    @BeforeEach
    void open() {
        ledger = ledger();
    }

    private static Identity person(Address... addresses) {
        return Identity.of(addresses);
    }

    private static ConsentEntry.Builder granted(Identity person) {
        return ConsentEntry.granted(
                        person, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "https://example.org/form")
                .effectiveAt(START);
    }

    private static ConsentEntry.Builder withdrawn(Identity person) {
        return ConsentEntry.withdrawn(
                        person, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "https://example.org/stop")
                .effectiveAt(LATER);
    }

    private static ConsentEntry link(ConsentEntry.Kind kind, Instant at, Identity person) {
        return ConsentEntry.builder(kind, person, Scope.everything())
                .effectiveAt(at)
                .build();
    }

    private ConsentEntry keep(ConsentEntry entry) {
        assertThat(ledger.append(entry)).as("appended").isTrue();
        return entry;
    }

    private List<ConsentEntry> read(Address... addresses) {
        return ledger.read(person(addresses)).entries();
    }

    private List<ConsentEntry> readByReference(String reference) {
        return ledger.read(Identity.of(reference, List.of())).entries();
    }

    private Standing standing(Address address, Purpose purpose, SenderId sender) {
        return Standing.of(ledger.read(person(address)), purpose, sender, AFTER_ALL);
    }

    /** The purposes for which the person is suppressed on the sender. */
    private Set<Purpose> suppressed(Address address, SenderId sender) {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            if (standing(address, purpose, sender).refusals().stream()
                    .anyMatch(refusal -> refusal.reason() == Refusal.Reason.SUPPRESSED)) {
                purposes.add(purpose);
            }
        }
        return purposes;
    }

    /** Every text that an entry holds, beside its addresses. */
    private static List<String> words(ConsentEntry entry) {
        List<String> words = new ArrayList<>(List.of(entry.source(), entry.reason(), entry.jurisdiction()));
        entry.person().reference().ifPresent(words::add);
        entry.wording().ifPresent(wording -> words.addAll(List.of(wording.version(), wording.text())));
        entry.proofs().forEach(proof -> words.addAll(List.of(proof.type(), proof.uri())));
        entry.details().forEach((name, value) -> words.addAll(List.of(name, value)));
        return words;
    }

    @Nested
    class WhenNothingIsKnown {
        @Test
        void reads_no_entry() {
            History history = ledger.read(person(PHONE));

            assertThat(history.entries()).isEmpty();
        }

        @Test
        void names_the_person_as_asked() {
            History history = ledger.read(Identity.of(REFERENCE, List.of(PHONE, VIBER)));

            assertThat(history.person()).isEqualTo(Identity.of(REFERENCE, List.of(PHONE, VIBER)));
        }

        @Test
        void forgets_without_complaint() {
            ledger.erase(person(PHONE), false);

            assertThat(suppressed(PHONE, SENDER)).isEmpty();
        }

        @Test
        void suppresses_somebody_who_was_never_heard_of() {
            ledger.erase(person(PHONE), true);

            assertThat(suppressed(PHONE, SENDER)).containsExactly(Purpose.values());
        }
    }

    @Nested
    class WhenAnEntryIsAppended {
        @Test
        void says_that_it_is_new() {
            boolean fresh = ledger.append(granted(person(PHONE)).build());

            assertThat(fresh).isTrue();
        }

        @Test
        void reads_it() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            assertThat(read(PHONE)).containsExactly(entry);
        }

        @Test
        void reads_it_on_another_thread() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            List<ConsentEntry> read =
                    CompletableFuture.supplyAsync(() -> read(PHONE)).join();

            assertThat(read).containsExactly(entry);
        }

        @Test
        void reads_it_elsewhere() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            assertThat(elsewhere().read(person(PHONE)).entries()).containsExactly(entry);
        }

        @Test
        void reads_at_once_what_was_appended_elsewhere() {
            read(PHONE);
            ConsentEntry entry = withdrawn(person(PHONE)).build();

            elsewhere().append(entry);

            assertThat(read(PHONE)).containsExactly(entry);
        }

        @Test
        void reads_it_under_each_of_its_addresses() {
            ConsentEntry entry = keep(granted(person(PHONE, VIBER)).build());

            assertThat(Stream.of(read(PHONE), read(VIBER), read(PHONE, VIBER))).allMatch(List.of(entry)::equals);
        }

        @Test
        void tells_nothing_about_anybody_else() {
            keep(granted(person(PHONE)).build());

            assertThat(read(OTHER_PHONE, VIBER)).isEmpty();
        }

        @Test
        void tells_the_same_value_of_different_kinds_apart() {
            keep(granted(person(Address.of(Address.Kind.VIBER_USER, "12345"))).build());

            assertThat(read(Address.of(Address.Kind.WHATSAPP_USER, "12345"))).isEmpty();
        }

        @Test
        void tells_the_same_value_in_different_scopes_apart() {
            keep(granted(person(PSID)).build());

            assertThat(read(new Address(PSID.kind(), PSID.value(), "page-2"))).isEmpty();
        }

        @Test
        void tells_letter_cases_of_a_provider_id_apart() {
            keep(granted(person(VIBER)).build());

            assertThat(read(Address.of(VIBER.kind(), VIBER.value().toLowerCase(Locale.ROOT))))
                    .isEmpty();
        }

        @Test
        void keeps_every_field() {
            ConsentEntry entry = keep(ConsentEntry.builder(
                            ConsentEntry.Kind.CORRECTED,
                            Identity.of(REFERENCE, List.of(PHONE, PSID, Address.email("Jo.Doe@Example.org"))),
                            Scope.of(Purpose.NEWS, Purpose.SERVICE).only(SENDER, OTHER_SENDER))
                    .id(EntryId.of("entry:1/a#b"))
                    .basis(LegalBasis.LEGITIMATE_INTEREST)
                    .effectiveAt(START)
                    .recordedAt(LATER)
                    .expiresAt(MUCH_LATER)
                    .method(ConsentEntry.Method.VERBAL)
                    .actor(ConsentEntry.Actor.AGENT)
                    .via(OTHER_SENDER)
                    .wording(new ConsentEntry.Wording(
                            "v3", Locale.forLanguageTag("pt-BR"), "Quero \"novidades\"\n\t—🎉"))
                    .supersedes(EntryId.of("entry:0"))
                    .source("call of 2 March, l'accord; \\ 'quoted'")
                    .reason("wrong person: שלום, 你好")
                    .jurisdiction("US-TX")
                    .proof(new ConsentEntry.Proof("audio", "s3://proofs/1", "0123456789abcdef".repeat(4)))
                    .proof(new ConsentEntry.Proof("form", "s3://proofs/2", "fedcba9876543210".repeat(4)))
                    .detail("reply", "stop 🛑\u0001 \r\n")
                    .detail("rule", "")
                    .build());

            assertThat(read(PHONE)).containsExactly(entry);
        }

        @Test
        void keeps_an_entry_that_has_only_what_it_must() {
            ConsentEntry entry = keep(ConsentEntry.builder(
                            ConsentEntry.Kind.WITHDRAWN, Identity.of(REFERENCE, List.of()), Scope.everything())
                    .build());

            assertThat(readByReference(REFERENCE)).containsExactly(entry);
        }

        @Test
        void keeps_an_entry_of_every_kind() {
            List<ConsentEntry> entries = new ArrayList<>();
            for (ConsentEntry.Kind kind : ConsentEntry.Kind.values()) {
                entries.add(keep(ConsentEntry.builder(kind, person(PHONE), Scope.of(Purpose.NEWS))
                        .supersedes(EntryId.of("another"))
                        .actor(ConsentEntry.Actor.AGENT)
                        .reason("a mistake")
                        .effectiveAt(START)
                        .build()));
            }

            assertThat(read(PHONE)).containsExactlyInAnyOrderElementsOf(entries);
        }

        @Test
        void keeps_long_texts() {
            ConsentEntry entry = keep(granted(person(Address.of(Address.Kind.of("x"), "a".repeat(512))))
                    .id(EntryId.of("i".repeat(200)))
                    .wording(new ConsentEntry.Wording("v1", Locale.FRENCH, "Je suis d’accord. ".repeat(2_000)))
                    .build());

            assertThat(ledger.read(entry.person()).entries()).containsExactly(entry);
        }

        @Test
        void keeps_a_large_history() {
            List<ConsentEntry> entries = IntStream.range(0, 1_000)
                    .mapToObj(number -> granted(person(PHONE))
                            .id(EntryId.of("entry-" + number))
                            .effectiveAt(START.plusSeconds(number))
                            .build())
                    .toList();

            entries.forEach(ledger::append);

            assertThat(read(PHONE)).containsExactlyInAnyOrderElementsOf(entries);
        }
    }

    @Nested
    class WhenAnIdIsAppendedTwice {
        @Test
        void says_that_it_is_kept_already() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            assertThat(ledger.append(entry)).isFalse();
        }

        @Test
        void says_so_elsewhere_too() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            assertThat(elsewhere().append(entry)).isFalse();
        }

        @Test
        void keeps_the_first_as_it_is() {
            ConsentEntry entry = keep(granted(person(PHONE)).build());

            ledger.append(withdrawn(person(PHONE, VIBER)).id(entry.id()).build());

            assertThat(read(PHONE, VIBER)).containsExactly(entry);
        }

        @Test
        void keeps_one_of_many_that_come_at_the_same_instant() throws Exception {
            List<ConsentEntry> rivals = IntStream.range(0, 16)
                    .mapToObj(number -> granted(person(PHONE))
                            .id(EntryId.of("same"))
                            .reason("rival " + number)
                            .build())
                    .toList();

            List<Boolean> answers = Threads.atOnce(rivals.stream()
                    .map(rival -> (Callable<Boolean>) () -> ledger.append(rival))
                    .toList());

            assertThat(answers).containsOnlyOnce(true);
            assertThat(read(PHONE)).containsExactly(rivals.get(answers.indexOf(true)));
        }
    }

    @Nested
    class WhenManyWorkAtOnce {
        @Test
        void keeps_every_entry() throws Exception {
            List<ConsentEntry> entries = IntStream.range(0, 64)
                    .mapToObj(number -> granted(person(PHONE))
                            .id(EntryId.of("entry-" + number))
                            .build())
                    .toList();

            Threads.atOnce(IntStream.range(0, 8)
                    .mapToObj(part -> (Callable<Boolean>) () -> {
                        entries.subList(part * 8, part * 8 + 8).forEach(ledger::append);
                        return true;
                    })
                    .toList());

            assertThat(read(PHONE)).containsExactlyInAnyOrderElementsOf(entries);
        }

        @Test
        void never_reads_older_truth_after_newer() throws Exception {
            AtomicBoolean acknowledged = new AtomicBoolean();
            Callable<List<String>> writer = () -> {
                ledger.append(withdrawn(person(PHONE, VIBER)).build());
                acknowledged.set(true);
                return List.of();
            };
            Callable<List<String>> reader = () -> {
                List<String> stale = new ArrayList<>();
                boolean seen = false;
                for (int i = 0; i < 200; i++) {
                    boolean late = acknowledged.get();
                    boolean found = !read(i % 2 == 0 ? PHONE : VIBER).isEmpty();
                    if (!found && (late || seen)) {
                        stale.add("read " + i
                                + (late ? " began after the append returned" : " followed one that saw it"));
                    }
                    seen |= found;
                }
                return stale;
            };

            List<List<String>> stale = Threads.atOnce(List.of(reader, reader, writer, reader));

            assertThat(stale).allMatch(List::isEmpty);
        }
    }

    @Nested
    class WhenAnAddressIsSpelledOtherwise {
        @Test
        void finds_brazil_with_the_ninth_digit_by_the_number_without() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+5511987654321"))).build());

            assertThat(read(Address.phone("+551187654321"))).containsExactly(entry);
        }

        @Test
        void finds_brazil_without_the_ninth_digit_by_the_number_with_it() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+551187654321"))).build());

            assertThat(read(Address.phone("+5511987654321"))).containsExactly(entry);
        }

        @Test
        void finds_mexico_with_the_extra_1_by_the_number_without() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+5215512345678"))).build());

            assertThat(read(Address.phone("+525512345678"))).containsExactly(entry);
        }

        @Test
        void finds_mexico_without_the_extra_1_by_the_number_with_it() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+525512345678"))).build());

            assertThat(read(Address.phone("+5215512345678"))).containsExactly(entry);
        }

        @Test
        void finds_argentina_with_the_9_by_the_number_without() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+5491123456789"))).build());

            assertThat(read(Address.phone("+541123456789"))).containsExactly(entry);
        }

        @Test
        void finds_argentina_without_the_9_by_the_number_with_it() {
            ConsentEntry entry =
                    keep(granted(person(Address.phone("+541123456789"))).build());

            assertThat(read(Address.phone("+5491123456789"))).containsExactly(entry);
        }

        @Test
        void finds_an_email_address_in_any_letter_case() {
            ConsentEntry entry =
                    keep(granted(person(Address.email("Jo.Doe@Example.org"))).build());

            assertThat(read(Address.email("jO.dOE@eXAMPLE.ORG"))).containsExactly(entry);
        }

        @Test
        void finds_what_is_kept_under_both_spellings_once_each() {
            ConsentEntry one =
                    keep(granted(person(Address.phone("+5511987654321"))).build());
            ConsentEntry two =
                    keep(withdrawn(person(Address.phone("+551187654321"))).build());

            assertThat(read(Address.phone("+5511987654321"), Address.phone("+551187654321")))
                    .containsExactlyInAnyOrder(one, two);
        }

        @Test
        void follows_a_link() {
            ConsentEntry link =
                    keep(link(ConsentEntry.Kind.LINKED, START, person(Address.phone("+5511987654321"), VIBER)));
            ConsentEntry entry = keep(withdrawn(person(VIBER)).build());

            assertThat(read(Address.phone("+551187654321"))).containsExactlyInAnyOrder(link, entry);
        }
    }

    @Nested
    class WhenAddressesAreLinked {
        @Test
        void finds_what_was_known_of_either_before() {
            ConsentEntry phone = keep(granted(person(PHONE)).build());
            ConsentEntry viber = keep(withdrawn(person(VIBER)).build());
            ConsentEntry link = keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));

            assertThat(Stream.of(read(PHONE), read(VIBER)).map(HashSet::new))
                    .allMatch(Set.of(phone, viber, link)::equals);
        }

        @Test
        void finds_what_becomes_known_of_either_later() {
            ConsentEntry link = keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            ConsentEntry viber = keep(withdrawn(person(VIBER)).build());

            assertThat(read(PHONE)).containsExactlyInAnyOrder(link, viber);
        }

        @Test
        void follows_links_of_links() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.LINKED, START, person(OTHER_PHONE, PSID)));
            keep(link(ConsentEntry.Kind.LINKED, START, person(VIBER, OTHER_PHONE)));
            ConsentEntry entry = keep(withdrawn(person(PSID)).build());

            assertThat(read(PHONE)).hasSize(4).contains(entry);
        }

        @Test
        void reads_an_entry_about_several_of_them_once() {
            ConsentEntry link = keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            ConsentEntry entry = keep(withdrawn(person(PHONE, VIBER)).build());

            assertThat(read(PHONE, VIBER)).containsExactlyInAnyOrder(link, entry);
        }

        @Test
        void names_them_all_in_the_person() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.LINKED, START, person(VIBER, PSID)));

            assertThat(ledger.read(person(PSID)).person().addresses()).contains(PSID, VIBER, PHONE);
        }

        @Test
        void joins_the_reference_with_them() {
            keep(link(ConsentEntry.Kind.LINKED, START, Identity.of(REFERENCE, List.of(PHONE, VIBER))));
            ConsentEntry entry = keep(withdrawn(person(VIBER)).build());

            assertThat(readByReference(REFERENCE)).hasSize(2).contains(entry);
        }

        @Test
        void does_not_take_an_entry_about_two_addresses_for_a_link() {
            keep(granted(person(PHONE, VIBER)).build());
            keep(withdrawn(person(VIBER)).build());

            assertThat(read(PHONE)).hasSize(1);
        }
    }

    @Nested
    class WhenALinkIsTakenBack {
        @Test
        void parts_them() {
            ConsentEntry link = keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(withdrawn(person(VIBER)).build());

            ConsentEntry unlink = keep(link(ConsentEntry.Kind.UNLINKED, LATER, person(PHONE, VIBER)));

            assertThat(read(PHONE)).containsExactlyInAnyOrder(link, unlink);
        }

        @Test
        void names_only_the_one_asked_for() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.UNLINKED, LATER, person(PHONE, VIBER)));

            assertThat(ledger.read(person(PHONE)).person().addresses()).containsExactly(PHONE);
        }

        @Test
        void leaves_other_links_alone() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.LINKED, START, person(VIBER, PSID)));
            ConsentEntry entry = keep(withdrawn(person(PSID)).build());

            keep(link(ConsentEntry.Kind.UNLINKED, LATER, person(PHONE, VIBER)));

            assertThat(read(PHONE)).doesNotContain(entry);
            assertThat(read(VIBER)).contains(entry);
        }

        @Test
        void joins_them_again_by_a_later_link() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.UNLINKED, LATER, person(PHONE, VIBER)));
            keep(link(ConsentEntry.Kind.LINKED, MUCH_LATER, person(PHONE, VIBER)));
            ConsentEntry entry = keep(withdrawn(person(VIBER)).build());

            assertThat(read(PHONE)).contains(entry);
        }
    }

    @Nested
    class WhenThePersonHasAReference {
        @Test
        void finds_an_entry_by_the_reference_alone() {
            ConsentEntry entry =
                    keep(withdrawn(Identity.of(REFERENCE, List.of(PHONE))).build());

            assertThat(readByReference(REFERENCE)).containsExactly(entry);
        }

        @Test
        void finds_an_entry_that_has_nothing_but_the_reference() {
            ConsentEntry entry =
                    keep(withdrawn(Identity.of(REFERENCE, List.of())).build());

            assertThat(ledger.read(Identity.of(REFERENCE, List.of(PHONE))).entries())
                    .containsExactly(entry);
        }

        @Test
        void finds_what_is_known_of_the_reference_and_of_the_addresses_once_each() {
            ConsentEntry both =
                    keep(granted(Identity.of(REFERENCE, List.of(PHONE))).build());
            ConsentEntry address = keep(withdrawn(person(VIBER)).build());

            assertThat(ledger.read(Identity.of(REFERENCE, List.of(PHONE, VIBER)))
                            .entries())
                    .containsExactlyInAnyOrder(both, address);
        }

        @Test
        void tells_references_apart() {
            keep(withdrawn(Identity.of(REFERENCE, List.of())).build());

            assertThat(readByReference(REFERENCE.toUpperCase(Locale.ROOT))).isEmpty();
        }
    }

    @Nested
    class WhenAPageIsRead {
        @Test
        void answers_nobody_with_nothing() {
            assertThat(ledger.readAll(List.of())).isEmpty();
        }

        @Test
        void answers_in_the_order_asked_as_single_reads_do() {
            keep(granted(person(PHONE)).build());
            keep(withdrawn(Identity.of(REFERENCE, List.of(OTHER_PHONE))).build());
            keep(link(ConsentEntry.Kind.LINKED, START, person(VIBER, PHONE)));
            List<Identity> people = List.of(
                    person(VIBER),
                    person(PSID),
                    person(OTHER_PHONE),
                    person(PHONE),
                    Identity.of(REFERENCE, List.of(PHONE)),
                    person(PSID, PHONE),
                    person(VIBER));

            List<History> page = ledger.readAll(people);

            assertThat(page)
                    .extracting(history -> Set.copyOf(history.entries()))
                    .containsExactlyElementsOf(people.stream()
                            .map(person -> Set.copyOf(ledger.read(person).entries()))
                            .toList());
            assertThat(page)
                    .extracting(history -> Set.copyOf(history.person().addresses()))
                    .containsExactlyElementsOf(people.stream()
                            .map(person ->
                                    Set.copyOf(ledger.read(person).person().addresses()))
                            .toList());
        }

        @Test
        void reads_each_entry_once() {
            keep(granted(person(PHONE, VIBER)).build());

            assertThat(ledger.readAll(List.of(person(PHONE, VIBER))))
                    .allMatch(history -> history.entries().size() == 1);
        }

        @Test
        void answers_for_a_thousand_people() {
            List<Identity> people = IntStream.range(0, 1_000)
                    .mapToObj(number -> person(Address.phone("+3361234" + (1_000 + number))))
                    .toList();
            people.subList(0, 500)
                    .forEach(person -> ledger.append(granted(person).build()));

            List<History> page = ledger.readAll(people);

            assertThat(page)
                    .extracting(history -> history.entries().size())
                    .containsExactlyElementsOf(IntStream.range(0, 1_000)
                            .mapToObj(number -> number < 500 ? 1 : 0)
                            .toList());
        }
    }

    @Nested
    class WhenAPersonIsErased {
        private List<ConsentEntry> afterErasing(boolean suppress) {
            ledger.erase(person(PHONE), suppress);
            return read(PHONE);
        }

        @Test
        void keeps_nothing_of_somebody_who_never_opted_out() {
            keep(granted(person(PHONE)).build());

            assertThat(afterErasing(false)).allMatch(entry -> entry.kind() == ConsentEntry.Kind.ERASED);
        }

        @Test
        void opens_anew_for_somebody_who_never_opted_out() {
            keep(granted(person(PHONE)).build());
            afterErasing(false);

            keep(granted(person(PHONE)).effectiveAt(AFTER_ALL.minusSeconds(60)).build());

            assertThat(standing(PHONE, Purpose.NEWS, SENDER).isOpen()).isTrue();
        }

        @Test
        void suppresses_what_an_opt_out_in_force_closed() {
            keep(withdrawn(person(PHONE)).build());

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).containsExactly(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);
        }

        @Test
        void leaves_service_to_the_next_message_of_the_person() {
            keep(ConsentEntry.builder(
                            ConsentEntry.Kind.WITHDRAWN, person(PHONE), Scope.of(Purpose.NEWS, Purpose.SERVICE))
                    .effectiveAt(START)
                    .build());

            afterErasing(false);

            Conversation heard = Conversation.none().heard(AFTER_ALL);
            assertThat(Standing.of(ledger.read(person(PHONE)), Purpose.SERVICE, SENDER, heard, AFTER_ALL)
                            .isOpen())
                    .isTrue();
        }

        @Test
        void suppresses_promotion_on_every_sender_after_an_objection() {
            keep(ConsentEntry.builder(
                            ConsentEntry.Kind.OBJECTED,
                            person(PHONE),
                            Scope.of(Purpose.NEWS).only(OTHER_SENDER))
                    .effectiveAt(START)
                    .build());

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).contains(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);
        }

        @Test
        void suppresses_what_was_closed_on_one_sender_there() {
            keep(ConsentEntry.builder(
                            ConsentEntry.Kind.WITHDRAWN,
                            person(PHONE),
                            Scope.promotional().only(OTHER_SENDER))
                    .effectiveAt(START)
                    .build());

            afterErasing(false);

            assertThat(suppressed(PHONE, OTHER_SENDER)).contains(Purpose.NEWS);
        }

        @Test
        void suppresses_after_an_undated_opt_out() {
            keep(ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, person(PHONE), Scope.promotional())
                    .build());

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).contains(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);
        }

        @Test
        void does_not_suppress_after_an_opt_out_that_a_later_agreement_ended() {
            keep(withdrawn(person(PHONE)).build());
            keep(granted(person(PHONE)).effectiveAt(MUCH_LATER).build());

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).isEmpty();
        }

        @Test
        void suppresses_everything_if_asked() {
            keep(granted(person(PHONE)).build());

            afterErasing(true);

            assertThat(suppressed(PHONE, SENDER)).containsExactly(Purpose.values());
        }

        @Test
        void keeps_a_suppression() {
            keep(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, person(PHONE), Scope.everything())
                    .effectiveAt(START)
                    .build());

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).containsExactly(Purpose.values());
        }

        @Test
        void keeps_the_suppression_when_erased_again() {
            keep(withdrawn(person(PHONE)).build());
            afterErasing(false);

            afterErasing(false);

            assertThat(suppressed(PHONE, SENDER)).contains(Purpose.NEWS);
        }

        @Test
        void keeps_nothing_beside_the_suppression() {
            keep(granted(person(PHONE)).build());
            keep(withdrawn(person(PHONE)).build());

            assertThat(afterErasing(false))
                    .allMatch(entry ->
                            entry.kind() == ConsentEntry.Kind.SUPPRESSED || entry.kind() == ConsentEntry.Kind.ERASED);
        }

        @Test
        void keeps_no_personal_evidence() {
            keep(granted(Identity.of(SECRET, List.of(PHONE)))
                    .source(SECRET)
                    .wording(new ConsentEntry.Wording(SECRET, Locale.ENGLISH, SECRET))
                    .detail(SECRET, SECRET)
                    .build());
            keep(withdrawn(Identity.of(SECRET, List.of(PHONE)))
                    .source(SECRET)
                    .reason(SECRET)
                    .jurisdiction(SECRET)
                    .proof(new ConsentEntry.Proof(SECRET, SECRET, "0".repeat(64)))
                    .build());

            assertThat(afterErasing(false))
                    .flatExtracting(ConsentLedgerContract::words)
                    .doesNotContain(SECRET);
        }

        @Test
        void keeps_nothing_under_the_reference() {
            keep(granted(Identity.of(REFERENCE, List.of(PHONE))).build());

            afterErasing(false);

            assertThat(readByReference(REFERENCE)).allMatch(entry -> entry.kind() == ConsentEntry.Kind.ERASED);
        }

        @Test
        void stays_closed_though_the_old_file_is_imported_again() {
            ConsentEntry grant = keep(granted(person(PHONE)).build());
            keep(withdrawn(person(PHONE)).build());
            afterErasing(false);

            ledger.append(grant);
            ledger.append(granted(Identity.of(REFERENCE, List.of(PHONE)))
                    .effectiveAt(AFTER_ALL.minusSeconds(60))
                    .build());

            assertThat(standing(PHONE, Purpose.NEWS, SENDER).isOpen()).isFalse();
        }

        @Test
        void stays_closed_under_another_spelling() {
            keep(withdrawn(person(Address.phone("+5511987654321"))).build());

            ledger.erase(person(Address.phone("+5511987654321")), false);

            assertThat(suppressed(Address.phone("+551187654321"), SENDER)).contains(Purpose.NEWS);
        }

        @Test
        void stays_closed_under_every_linked_address() {
            keep(link(ConsentEntry.Kind.LINKED, START, person(PHONE, VIBER)));
            keep(withdrawn(person(VIBER)).build());

            afterErasing(false);

            assertThat(Stream.of(suppressed(PHONE, SENDER), suppressed(VIBER, SENDER)))
                    .allMatch(purposes -> purposes.contains(Purpose.NEWS));
        }

        @Test
        void stays_closed_under_every_address_that_the_opt_out_named() {
            keep(withdrawn(Identity.of(REFERENCE, List.of(PHONE, VIBER))).build());

            ledger.erase(Identity.of(REFERENCE, List.of()), false);

            assertThat(Stream.of(PHONE, VIBER).map(address -> standing(address, Purpose.NEWS, SENDER)))
                    .noneMatch(standing -> standing.refusals().stream()
                            .allMatch(refusal -> refusal.reason() == Refusal.Reason.NO_CONSENT));
        }

        @Test
        void reopens_by_the_persons_own_wish() {
            keep(withdrawn(person(PHONE)).build());
            afterErasing(false);

            keep(ConsentEntry.builder(ConsentEntry.Kind.UNSUPPRESSED, person(PHONE), Scope.everything())
                    .effectiveAt(AFTER_ALL.minusSeconds(120))
                    .build());
            keep(granted(person(PHONE)).effectiveAt(AFTER_ALL.minusSeconds(60)).build());

            assertThat(standing(PHONE, Purpose.NEWS, SENDER).isOpen()).isTrue();
        }

        @Test
        void leaves_others_alone() {
            ConsentEntry entry = keep(granted(person(OTHER_PHONE)).build());
            keep(granted(person(PHONE)).build());

            afterErasing(true);

            assertThat(read(OTHER_PHONE)).containsExactly(entry);
        }

        @Test
        void is_forgotten_elsewhere_too() {
            keep(withdrawn(person(PHONE)).build());

            afterErasing(false);

            assertThat(elsewhere().read(person(PHONE)).entries())
                    .noneMatch(entry -> entry.kind() == ConsentEntry.Kind.WITHDRAWN);
        }
    }

    @Nested
    class WhenTheCallerHasATransactionOpen {
        @Test
        void reads_an_opt_out_that_was_committed_meanwhile() throws Exception {
            ConsentEntry grant = keep(granted(person(PHONE)).build());
            ConsentEntry optOut = withdrawn(person(PHONE)).build();

            List<ConsentEntry> read = insideCallersTransaction(() -> {
                CompletableFuture.runAsync(() -> elsewhere().append(optOut)).get(30, TimeUnit.SECONDS);
                return Stream.concat(
                                read(PHONE).stream(), ledger.readAll(List.of(person(PHONE))).get(0).entries().stream())
                        .toList();
            });

            assertThat(read).containsExactlyInAnyOrder(grant, grant, optOut, optOut);
        }

        @Test
        void keeps_an_opt_out_although_the_caller_rolls_back() throws Exception {
            ConsentEntry optOut = withdrawn(person(PHONE)).build();

            boolean fresh = insideCallersTransaction(() -> ledger.append(optOut));

            assertThat(fresh).isTrue();
            assertThat(read(PHONE)).containsExactly(optOut);
        }

        @Test
        void keeps_an_erasure_although_the_caller_rolls_back() throws Exception {
            keep(withdrawn(person(PHONE)).build());

            insideCallersTransaction(() -> {
                ledger.erase(person(PHONE), false);
                return true;
            });

            assertThat(read(PHONE)).noneMatch(entry -> entry.kind() == ConsentEntry.Kind.WITHDRAWN);
        }
    }

    @Nested
    class WhenTheStorageFails {
        @Test
        void throws_rather_than_answer_a_read() throws Exception {
            keep(withdrawn(person(PHONE)).build());

            outage(() -> assertThatThrownBy(() -> read(PHONE)).isInstanceOf(RuntimeException.class));
        }

        @Test
        void throws_rather_than_answer_for_a_page() throws Exception {
            keep(withdrawn(person(PHONE)).build());

            outage(() -> assertThatThrownBy(() -> ledger.readAll(List.of(person(PHONE), person(VIBER))))
                    .isInstanceOf(RuntimeException.class));
        }

        @Test
        void throws_rather_than_seem_to_keep_an_entry() throws Exception {
            outage(() -> assertThatThrownBy(
                            () -> ledger.append(withdrawn(person(PHONE)).build()))
                    .isInstanceOf(RuntimeException.class));
        }

        @Test
        void throws_rather_than_seem_to_erase() throws Exception {
            outage(() ->
                    assertThatThrownBy(() -> ledger.erase(person(PHONE), true)).isInstanceOf(RuntimeException.class));
        }

        @Test
        void answers_again_once_it_is_repaired() throws Exception {
            ConsentEntry entry = keep(withdrawn(person(PHONE)).build());

            outage(() -> {});

            assertThat(read(PHONE)).containsExactly(entry);
        }
    }

    @Nested
    class WhenTheStorageHangs {
        @Test
        void cuts_a_read_within_ten_seconds() throws Exception {
            keep(withdrawn(person(PHONE)).build());

            hangingStorage(() -> assertThatThrownBy(() ->
                            CompletableFuture.supplyAsync(() -> read(PHONE)).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class));
        }
    }
}
