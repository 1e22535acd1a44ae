package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.ImportReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what a CRM knows of people's consent. It never sends anything.
 *
 * <p>The file is read twice: first every opt-out and every invalid address is recorded, then the agreements. So an import
 * that stops half-way has opened nobody who opted out. {@link #dryRun} says what would happen and writes nothing.
 *
 * <ul>
 *   <li>An opt-out becomes {@code WITHDRAWN} at its date. One without a date takes effect {@linkplain Builder#asOf when the
 *       file was made}; a later file that still has the flag closes again whoever agreed between the two.
 *   <li>An address that bounced or is invalid becomes {@code SUPPRESSED}, for every recipient and row that names it.
 *   <li>An agreement opens only with its date, its source and a {@linkplain Builder#wording known wording}: it becomes
 *       {@code GRANTED}, or {@code CONFIRMED} after a double opt-in, for the address that confirmed alone. One older than
 *       an opt-out that is known reopens nothing. Everything less becomes {@code IMPORTED} and opens nothing: a flag, a
 *       flag with a date, a customer. An agreement of a row that has no address but e-mail addresses is bound to them.
 *   <li>Who is suppressed or erased gets a line in the report and no entry.
 * </ul>
 *
 * <p>Idempotent: what was imported once is not recorded again, so an import that stopped is simply run again. The id of an
 * entry is a keyed hash of what the row says, whatever its number and however its numbers are written. Ids outlive an
 * erasure, hence the key: whoever reads them without it cannot find the numbers by trying them all.
 *
 * <p>Rows stream; the ledger is read for 500 at a time. A run keeps one page of rows. A dry run also remembers 16 bytes
 * for each thing said and about 200 for each opt-out, to count as the run would: its counts differ only where the ledger
 * forgot somebody who never opted out, or clocks differ by minutes. Thread-safe. Methods block while the ledger works.
 */
public final class CrmImport {
    private static final int PAGE = 500;
    /** The reason that a suppression of an invalid address bears. */
    static final String INVALID = "INVALID";
    /** The name under which an entry keeps the hash of its row. */
    private static final String ROW = "row";

    private static final Duration SKEW = Duration.ofMinutes(5);
    /** How long a double opt-in question waits for its answer. */
    private static final Duration ANSWER = Duration.ofDays(7);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;
    /** A sender that no entry names: what is closed for it is closed for all. */
    private static final SenderId ANY =
            new SenderId(ChannelId.of("any"), UUID.randomUUID().toString());

    private final ConsentGate gate;
    private final String crm;
    private final SecretKeySpec secret;
    private final Map<String, ConsentEntry.Wording> wordings;
    private final Predicate<ConsentEntry> grantOnlyIf;
    private final @Nullable Instant asOf; // null: when the import is run

    private CrmImport(Builder builder) {
        this.gate = builder.gate;
        this.crm = builder.crm;
        this.secret = builder.secret;
        this.wordings = Map.copyOf(builder.wordings);
        this.grantOnlyIf = builder.grantOnlyIf;
        this.asOf = builder.asOf;
    }

    /**
     * Returns a builder.
     *
     * @param gate of the brand whose consents these are; entries are recorded at its desk
     * @param crm the CRM's name, which entries bear; no personal data
     * @param secret at least 16 random bytes that the host keeps, the same for every import: under another secret the same
     *     file is recorded a second time
     * @throws IllegalArgumentException if the name is blank or the secret is shorter
     */
    public static Builder builder(ConsentGate gate, String crm, byte[] secret) {
        return new Builder(gate, crm, secret);
    }

    /**
     * Says what {@link #run} would do, and writes nothing.
     *
     * @param rows the file, read twice: each iterator begins at its first row
     * @throws LedgerUnavailableException if the ledger could not be read
     */
    public ImportReport dryRun(Iterable<CrmRow> rows) {
        return new Work(true).over(rows);
    }

    /**
     * Imports the file.
     *
     * @param rows the file, read twice: each iterator begins at its first row
     * @throws LedgerUnavailableException if the ledger or the send log failed; run it again, what is kept stays
     */
    public ImportReport run(Iterable<CrmRow> rows) {
        return new Work(false).over(rows);
    }

    /** One thing that a row says, as the entry that it would become. */
    private record Statement(long row, ConsentEntry entry, String hash, boolean undatedOptOut) {}

    /** What could be read of a row's addresses. */
    private record Reading(List<Address> valid, List<Address> invalid, List<String> flaws) {
        static Reading of(CrmRow row) {
            Reading reading = new Reading(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(row.problems));
            for (CrmRow.Written written : row.addresses) {
                try {
                    (written.invalid() ? reading.invalid : reading.valid).add(written.address());
                } catch (IllegalArgumentException flaw) {
                    reading.flaws.add(flawOf(flaw));
                }
            }
            return reading;
        }

        List<Address> all() {
            List<Address> all = new ArrayList<>(valid);
            all.addAll(invalid);
            return all;
        }
    }

    private static String flawOf(IllegalArgumentException flaw) {
        return Objects.requireNonNullElse(flaw.getMessage(), "malformed");
    }

    /** One import, on one thread. */
    private final class Work {
        private final boolean dry;
        private final ImportReport.Tally tally;
        private final Mac mac;
        private final Instant start = gate.clock().instant();
        private final Instant made = asOf == null || asOf.isAfter(start) ? start : asOf;
        private final List<Statement> page = new ArrayList<>(PAGE);
        private ImportMemory said = new ImportMemory();

        Work(boolean dry) {
            this.dry = dry;
            this.tally = new ImportReport.Tally(dry);
            try {
                this.mac = Mac.getInstance(ALGORITHM);
                this.mac.init(secret);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
            }
        }

        ImportReport over(Iterable<CrmRow> rows) {
            for (CrmRow row : rows) {
                tally.row();
                closings(row);
            }
            flush();
            for (CrmRow row : rows) {
                opening(row);
            }
            flush();
            return tally.report();
        }

        private void closings(CrmRow row) {
            Reading reading = Reading.of(row);
            reading.flaws.forEach(flaw -> malformed(row, flaw));
            if (!reading.invalid.isEmpty()) {
                say(row, () -> invalid(row, reading));
            }
            if (row.optedOut) {
                say(row, () -> optOut(row, reading));
            }
            if (reading.flaws.isEmpty() && reading.invalid.isEmpty() && !row.optedOut && row.optIn == null) {
                tally.add(Outcome.SAYS_NOTHING);
            }
        }

        /** An agreement is taken from a row only if all of it was understood. */
        private void opening(CrmRow row) {
            Scope scope = row.optIn;
            if (scope != null) {
                Reading reading = Reading.of(row);
                if (reading.flaws.isEmpty()) {
                    say(row, () -> optIn(row, scope, reading));
                }
            }
        }

        private void malformed(CrmRow row, String flaw) {
            tally.add(Outcome.MALFORMED);
            tally.line(row.number, Outcome.MALFORMED, flaw);
        }

        private void say(CrmRow row, Supplier<Statement> statement) {
            try {
                page.add(statement.get());
            } catch (IllegalArgumentException flaw) {
                malformed(row, flawOf(flaw));
            }
            if (page.size() >= PAGE) {
                flush();
            }
        }

        private Statement invalid(CrmRow row, Reading reading) {
            Identity person = Identity.of(reading.invalid);
            ConsentEntry.Builder entry = ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, person, Scope.everything())
                    .actor(ConsentEntry.Actor.SYSTEM)
                    .effectiveAt(made)
                    .reason(INVALID);
            return statement(row, entry, hash(ConsentEntry.Kind.SUPPRESSED, person, Scope.everything()), false);
        }

        private Statement optOut(CrmRow row, Reading reading) {
            Identity person = person(row.reference, reading.all());
            Instant at = row.optedOutAt;
            ConsentEntry.Builder entry = ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, person, row.optOutScope)
                    .effectiveAt(at == null ? made : at)
                    .jurisdiction(row.jurisdiction);
            row.details.forEach(entry::detail);
            String hash = hash(ConsentEntry.Kind.WITHDRAWN, person, row.optOutScope, String.valueOf(at));
            return statement(row, entry, hash, at == null);
        }

        private Statement optIn(CrmRow row, Scope scope, Reading reading) {
            Address.Kind confirms = row.confirms;
            boolean mailOnly = !reading.valid.isEmpty()
                    && reading.valid.stream().allMatch(address -> address.kind().equals(Address.Kind.EMAIL));
            Identity person = person(
                    mailOnly || confirms != null ? "" : row.reference,
                    confirms != null
                            ? reading.valid.stream()
                                    .filter(address -> address.kind().equals(confirms))
                                    .toList()
                            : reading.valid.isEmpty() ? reading.invalid : reading.valid);
            requireInEffect(row);
            String reason = evidenceOnly(row, person);
            ConsentEntry.Builder entry = described(row, ConsentEntry.builder(kind(row, reason), person, scope), reason);
            ConsentEntry built = entry.build();
            if (built.kind().isOpening() && !grantOnlyIf.test(built)) {
                entry = described(
                        row,
                        ConsentEntry.builder(ConsentEntry.Kind.IMPORTED, person, scope),
                        "the host's rule does not take it for an agreement");
                built = entry.build();
            }
            String hash = hash(
                    built.kind(),
                    person,
                    scope,
                    String.valueOf(row.optedInAt),
                    String.valueOf(row.optInUntil),
                    row.source,
                    row.wording,
                    row.jurisdiction,
                    built.reason(),
                    row.proofs.stream().map(ConsentEntry.Proof::sha256).collect(Collectors.joining(",")),
                    new TreeMap<>(row.details).toString());
            if (built.kind().isOpening()) {
                entry.proof(new ConsentEntry.Proof("crm-row", "crm:" + crm, hash));
            }
            return statement(row, entry, hash, false);
        }

        private void requireInEffect(CrmRow row) {
            for (Instant at : new @Nullable Instant[] {row.optedInAt, row.optInFrom}) {
                if (at != null && at.isAfter(start.plus(SKEW))) {
                    throw new IllegalArgumentException(
                            "the agreement takes effect at " + at + ", which is still to come: import it when it does");
                }
            }
        }

        /** Why the row's agreement opens nothing; empty if it may open. */
        private String evidenceOnly(CrmRow row, Identity person) {
            if (!row.evidenceOnly.isEmpty()) {
                return row.evidenceOnly;
            }
            if (row.doubleOptIn != null && person.addresses().size() != 1) {
                return "which of several addresses confirmed is not known";
            }
            if (row.doubleOptIn == CrmRow.DoubleOptIn.PENDING) {
                return row.optedInAt == null ? "when the question was asked is not known" : "";
            }
            if (row.optedInAt == null || row.source.isEmpty() || row.wording.isEmpty()) {
                return "date, source or wording is not known";
            }
            if (!wordings.containsKey(row.wording)) {
                tally.line(
                        row.number,
                        Outcome.UNVERIFIED,
                        "its wording is not known: give its text to CrmImport.builder(…).wording(…)");
                return "the text of its wording is not known";
            }
            return "";
        }

        private ConsentEntry.Kind kind(CrmRow row, String evidenceOnly) {
            if (!evidenceOnly.isEmpty()) {
                return ConsentEntry.Kind.IMPORTED;
            }
            if (row.doubleOptIn == null) {
                return ConsentEntry.Kind.GRANTED;
            }
            return row.doubleOptIn == CrmRow.DoubleOptIn.PENDING
                    ? ConsentEntry.Kind.PENDING
                    : ConsentEntry.Kind.CONFIRMED;
        }

        private ConsentEntry.Builder described(CrmRow row, ConsentEntry.Builder entry, String reason) {
            entry.jurisdiction(row.jurisdiction).reason(reason);
            Instant at = row.optedInAt;
            if (at != null) {
                entry.effectiveAt(at);
            }
            if (row.doubleOptIn == CrmRow.DoubleOptIn.PENDING && at != null) {
                entry.expiresAt(at.plus(ANSWER));
            } else if (row.optInUntil != null) {
                entry.expiresAt(row.optInUntil);
            }
            ConsentEntry.Wording wording = wordings.get(row.wording);
            if (wording != null) {
                entry.wording(wording);
            } else if (!row.wording.isEmpty()) {
                entry.detail("wording", row.wording);
            }
            row.proofs.forEach(entry::proof);
            row.details.forEach(entry::detail);
            return entry;
        }

        private Statement statement(CrmRow row, ConsentEntry.Builder entry, String hash, boolean undatedOptOut) {
            ConsentEntry built = entry.id(idOf(hash))
                    .method(ConsentEntry.Method.IMPORT)
                    .source(row.source.isEmpty() || entry.build().kind().isClosing() ? "crm:" + crm : row.source)
                    .detail("crm", crm)
                    .detail(ROW, hash)
                    .build();
            return new Statement(row.number, built, hash, undatedOptOut);
        }

        private void flush() {
            if (page.isEmpty()) {
                return;
            }
            if (!dry) {
                said = new ImportMemory();
            }
            List<History> histories = readPage();
            for (int i = 0; i < page.size(); i++) {
                settle(page.get(i), histories.get(i));
            }
            page.clear();
        }

        private List<History> readPage() {
            List<Identity> people =
                    page.stream().map(statement -> statement.entry().person()).toList();
            List<History> histories;
            try {
                histories = gate.ledger().readAll(people);
            } catch (RuntimeException outage) {
                throw stopped(page.get(0), outage);
            }
            boolean whole = histories.size() == people.size();
            for (int i = 0; whole && i < people.size(); i++) {
                whole = histories.get(i).person().overlaps(people.get(i));
            }
            if (!whole) {
                throw stopped(page.get(0), new IllegalStateException("the ledger did not answer for everybody asked"));
            }
            return histories;
        }

        private LedgerUnavailableException stopped(Statement at, RuntimeException outage) {
            return new LedgerUnavailableException(
                    "the import stopped at row " + at.row() + ": run it again, what is kept stays", outage);
        }

        private void settle(Statement statement, History kept) {
            History history = said.addTo(kept);
            boolean known = said.has(statement.entry().id()) || isKept(statement, history);
            Statement due = statement;
            if (known && statement.undatedOptOut() && isReopened(statement.entry(), history)) {
                due = again(statement);
                known = said.has(due.entry().id()) || isKept(due, history);
            }
            Outcome outcome = known ? Outcome.UNCHANGED : outcome(due.entry(), history);
            if (outcome == Outcome.MET_SUPPRESSION) {
                tally.line(
                        statement.row(), outcome, "the person is never to be contacted or was erased: nothing is kept");
            } else if (outcome != Outcome.UNCHANGED && !record(due)) {
                outcome = Outcome.UNCHANGED;
            }
            tally.add(outcome);
        }

        private boolean record(Statement statement) {
            ConsentEntry entry = statement.entry();
            said.add(entry);
            if (dry) {
                return true;
            }
            try {
                Recorded recorded = gate.desk().record(entry);
                tally.add(recorded.inFlight());
                return recorded.fresh();
            } catch (LedgerUnavailableException outage) {
                throw stopped(statement, outage);
            }
        }

        /** The undated flag is still there, though somebody agreed since it was seen first: it closes once more. */
        private Statement again(Statement statement) {
            String hash = hmac(List.of(statement.hash(), made.toString()));
            ConsentEntry entry = statement.entry().toBuilder()
                    .id(idOf(hash))
                    .detail(ROW, hash)
                    .build();
            return new Statement(statement.row(), entry, hash, false);
        }

        private boolean isReopened(ConsentEntry optOut, History history) {
            return anyStanding(
                    optOut.scope(),
                    history,
                    standing -> standing.openedBy()
                            .flatMap(ConsentEntry::effectiveAt)
                            .filter(at -> !at.isAfter(made))
                            .isPresent());
        }

        private Outcome outcome(ConsentEntry entry, History history) {
            return switch (entry.kind()) {
                case SUPPRESSED -> isSuppressed(Scope.everything(), history) ? Outcome.UNCHANGED : Outcome.SUPPRESSED;
                // Not where an address is only out of order: if it works again, the opt-out must still be known.
                case WITHDRAWN ->
                    isSuppressed(entry.scope(), withoutInvalid(history)) ? Outcome.MET_SUPPRESSION : Outcome.WITHDRAWN;
                default -> {
                    History after = plus(history, entry);
                    if (anyStanding(entry.scope(), after, Work::isSuppressed)) {
                        yield Outcome.MET_SUPPRESSION;
                    }
                    yield opened(entry, after);
                }
            };
        }

        private Outcome opened(ConsentEntry entry, History after) {
            if (!entry.kind().isOpening()) {
                return entry.kind() == ConsentEntry.Kind.PENDING ? Outcome.PENDING : Outcome.UNVERIFIED;
            }
            if (!anyStanding(entry.scope(), after, Standing::isOpen)) {
                return Outcome.STAYS_CLOSED;
            }
            return entry.kind() == ConsentEntry.Kind.CONFIRMED ? Outcome.CONFIRMED : Outcome.GRANTED;
        }

        private boolean isSuppressed(Scope scope, History history) {
            return !anyStanding(scope, history, standing -> !isSuppressed(standing));
        }

        private static boolean isSuppressed(Standing standing) {
            return standing.refusals().stream().anyMatch(refusal -> refusal.reason() == Refusal.Reason.SUPPRESSED);
        }

        private boolean anyStanding(Scope scope, History history, Predicate<Standing> test) {
            for (SenderId sender : senders(scope, history)) {
                for (Purpose purpose : scope.purposes()) {
                    if (test.test(Standing.of(history, purpose, sender, start))) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** The scope's senders; for all of them, those that the history tells apart, and any other. */
        private static Set<SenderId> senders(Scope scope, History history) {
            if (scope.senders().isPresent()) {
                return scope.senders().get();
            }
            Set<SenderId> senders = new LinkedHashSet<>();
            senders.add(ANY);
            for (ConsentEntry entry : history.entries()) {
                entry.scope().senders().ifPresent(senders::addAll);
            }
            return senders;
        }

        private String hash(ConsentEntry.Kind kind, Identity person, Scope scope, String... further) {
            List<String> parts = new ArrayList<>();
            parts.add(crm);
            parts.add(kind.name());
            parts.add(person.reference().orElse(""));
            Set<String> names = new TreeSet<>();
            for (Address address : person.addresses()) {
                Address canonical = address.keys().get(0);
                names.add(canonical.kind() + " " + canonical.value() + " " + canonical.scope());
            }
            parts.addAll(names);
            parts.add(scope.purposes().toString());
            parts.add(new TreeSet<>(scope.senders().orElse(Set.of()).stream()
                            .map(SenderId::toString)
                            .toList())
                    .toString());
            parts.addAll(List.of(further));
            return hmac(parts);
        }

        /** In 64 hexadecimal digits; each part with its length, so that no two lists of parts look the same. */
        private String hmac(List<String> parts) {
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        }
    }

    private static EntryId idOf(String hash) {
        return EntryId.of("import:" + hash.substring(0, 40));
    }

    private static Identity person(String reference, List<Address> addresses) {
        if (reference.isEmpty() && addresses.isEmpty()) {
            throw new IllegalArgumentException("the row names nobody: give a reference or an address that can be read");
        }
        return reference.isEmpty() ? Identity.of(addresses) : Identity.of(reference, addresses);
    }

    /** Under its id; or, where that was taken by an entry since erased, by the hash of its row. */
    private static boolean isKept(Statement statement, History history) {
        for (ConsentEntry entry : history.entries()) {
            if (entry.id().equals(statement.entry().id())
                    || statement.hash().equals(entry.details().get(ROW))) {
                return true;
            }
        }
        return false;
    }

    private static History plus(History history, ConsentEntry entry) {
        List<ConsentEntry> entries = new ArrayList<>(history.entries());
        entries.add(entry);
        return new History(history.person(), entries);
    }

    private static History withoutInvalid(History history) {
        return new History(
                history.person(),
                history.entries().stream()
                        .filter(entry -> entry.kind() != ConsentEntry.Kind.SUPPRESSED
                                || !entry.reason().equals(INVALID))
                        .toList());
    }

    @Override
    public String toString() {
        return "CrmImport[" + crm + "]";
    }

    /** Builds a {@link CrmImport}. Not thread-safe. */
    public static final class Builder {
        private final ConsentGate gate;
        private final String crm;
        private final SecretKeySpec secret;
        private final Map<String, ConsentEntry.Wording> wordings = new HashMap<>();
        private Predicate<ConsentEntry> grantOnlyIf = entry -> true;
        private @Nullable Instant asOf; // when the import is run unless set

        private Builder(ConsentGate gate, String crm, byte[] secret) {
            this.gate = requireNonNull(gate, "gate");
            this.crm = requireNonNull(crm, "crm").strip();
            if (this.crm.isEmpty()) {
                throw new IllegalArgumentException("crm is blank: name the CRM");
            }
            if (secret.length < SHORTEST_SECRET) {
                throw new IllegalArgumentException("secret must have at least " + SHORTEST_SECRET
                        + " random bytes, but has " + secret.length + ": ids made with it outlive an erasure");
            }
            this.secret = new SecretKeySpec(secret, ALGORITHM);
        }

        /** Adds a text that people saw when they agreed, which rows name by its version. */
        public Builder wording(ConsentEntry.Wording wording) {
            wordings.put(wording.version(), wording);
            return this;
        }

        /**
         * Sets a rule that every agreement must pass before it opens anything, such as its age; none by default. What does
         * not pass is kept as evidence.
         */
        public Builder grantOnlyIf(Predicate<ConsentEntry> rule) {
            this.grantOnlyIf = requireNonNull(rule, "rule");
            return this;
        }

        /**
         * Sets when the file was made, which is when its opt-outs without a date take effect; by default when the import is
         * run. Set it for a file that may be imported again later: whoever agreed after it was made then stays open.
         */
        public Builder asOf(Instant made) {
            this.asOf = requireNonNull(made, "made");
            return this;
        }

        /** Returns the import. */
        public CrmImport build() {
            return new CrmImport(this);
        }
    }
}
