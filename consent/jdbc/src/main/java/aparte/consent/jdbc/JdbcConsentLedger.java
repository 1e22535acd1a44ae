package aparte.consent.jdbc;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.SenderId;
import aparte.consent.BitemporalLedger;
import aparte.consent.LedgerIntegrityException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The reference ledger: append-only, tamper-evident against an anchored head, bitemporal, and able to forget.
 *
 * <p>Each entry is a line of a hash chain that holds nothing personal but a commitment; what the entry says is beside it,
 * and addresses are found by keyed hash. Erasing a person deletes what was said and leaves the chain valid, with a keyed
 * suppression where something was closed.
 *
 * <p>An append locks the head of the controller's chain, so appends are one after the other, on all machines; reads lock
 * nothing. Made by {@link JdbcStorage#ledger()}. Thread-safe. Methods block; each throws {@link StorageException} if the
 * database does not answer in time, and {@link aparte.consent.LedgerIntegrityException} if it meets lines that were
 * altered.
 */
public final class JdbcConsentLedger implements BitemporalLedger {
    private final Ledger ledger;
    private final Reads reads;

    JdbcConsentLedger(Ledger ledger) {
        this.ledger = ledger;
        this.reads = new Reads(ledger);
    }

    @Override
    public History read(Identity person) {
        return reads.one(Objects.requireNonNull(person, "person"));
    }

    /** One round trip for up to 2,000 people; more are read in several, in one snapshot. */
    @Override
    public List<History> readAll(List<Identity> people) {
        return reads.all(List.copyOf(people));
    }

    @Override
    public boolean append(ConsentEntry entry) {
        Objects.requireNonNull(entry, "entry");
        boolean fresh = ledger.database().write(session -> {
            LedgerTransaction transaction = LedgerTransaction.begin(session, ledger);
            if (transaction.holds(entry.id())) {
                return false;
            }
            transaction.append(entry, true);
            transaction.finish();
            return true;
        });
        if (fresh) {
            ledger.committed();
        }
        return fresh;
    }

    /** Leaves an {@code ERASED} line that names the lines which it emptied; nobody finds it by an address. */
    @Override
    public void erase(Identity person, boolean suppress) {
        Objects.requireNonNull(person, "person");
        ledger.database().write(session -> {
            LedgerTransaction transaction = LedgerTransaction.begin(session, ledger);
            new Erasure(transaction).erase(person, suppress);
            transaction.finish();
            return true;
        });
        ledger.committed();
    }

    @Override
    public History readAt(Identity person, long head) {
        Objects.requireNonNull(person, "person");
        return past(session -> {
            long now = LedgerTransaction.head(session, ledger.controller(), "").seq();
            if (head < 0 || head > now) {
                throw new IllegalArgumentException("the ledger has " + now + " lines, not " + head);
            }
            return past(session, person, head, Instant.MAX);
        });
    }

    @Override
    public History asOf(Identity person, Instant effective, Instant known) {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(effective, "effective");
        Objects.requireNonNull(known, "known");
        return past(session -> {
            long head = session.first(
                            "SELECT COALESCE(MAX(seq), 0) FROM aparte_line WHERE controller = ? AND known_at <= ?",
                            row -> row.getLong(1),
                            ledger.controller(),
                            Times.micros(known))
                    .orElse(0L);
            return past(session, person, head, effective);
        });
    }

    private History past(Database.Work<History> work) {
        return ledger.database().snapshot(work);
    }

    private History past(Session session, Identity person, long head, Instant effective) throws SQLException {
        Names names = new Names(session, ledger.controller(), peppers(session));
        Map<Long, Long> asked = names.find(person);
        Set<Long> component = names.past(head, effective).component(asked.keySet());
        return reads.past(session, person, component, head, effective);
    }

    /** Returns the end of the chain, to publish or to have signed elsewhere. */
    public LedgerHead head() {
        return ledger.database().read(session -> {
            LedgerTransaction.Head head = LedgerTransaction.head(session, ledger.controller(), "");
            return new LedgerHead(head.seq(), HexFormat.of().formatHex(head.hash()));
        });
    }

    /**
     * Checks the whole chain: finds any byte that was changed, and any line or payload that was taken away, moved or
     * added, but not a chain that was made anew from some line on. Reads everything once, a page at a time; takes seconds
     * for a hundred thousand lines.
     */
    public Verification verify() {
        return verify(Optional.empty());
    }

    /** Checks the whole chain against an end that it once had; finds also a chain that was made anew before it. */
    public Verification verify(LedgerHead anchor) {
        return verify(Optional.of(anchor));
    }

    private Verification verify(Optional<LedgerHead> anchor) {
        return ledger.database().snapshot(session -> new Verifier(session, ledger, peppers(session), anchor).verify());
    }

    private Peppers peppers(Session session) throws SQLException {
        int epoch = LedgerTransaction.head(session, ledger.controller(), "").pepperEpoch();
        return ledger.guard().check(session, ledger.controller(), epoch).peppers();
    }

    /**
     * Returns what is known of a person as one JSON document, for the person to have (GDPR article 15): a record of each
     * entry with the fields that ISO/IEC TS 27560 demands, the list of events, and the current state of each purpose. All
     * of it is personal data.
     *
     * @param person the person
     * @param senders our ends to state the purposes for, besides those that entries name
     */
    public String export(Identity person, SenderId... senders) {
        Objects.requireNonNull(person, "person");
        return new PersonExport(ledger).export(reads.one(person), List.of(senders));
    }

    /**
     * Writes the whole ledger: lines, what they say, and the hashes under which people are found, those of erased people
     * included. Lines of JSON in UTF-8. All of it is personal data. The stream is flushed, not closed.
     *
     * @throws UncheckedIOException if the stream fails
     */
    public void exportAll(OutputStream out) {
        ledger.database().snapshot(session -> {
            peppers(session);
            new LedgerExport(session, ledger).write(out);
            return true;
        });
    }

    /**
     * Reads a whole ledger into this one, which must be empty and of the same controller: afterwards it decides as the
     * other did. The same peppers are needed. All of it is kept, or nothing; what was altered on the way is found and
     * refused.
     *
     * @throws IllegalStateException if this ledger is not empty
     * @throws IllegalArgumentException if it is no export, is cut off, or is another controller's
     * @throws aparte.consent.LedgerIntegrityException if it was altered
     * @throws UncheckedIOException if the stream fails
     */
    public void importAll(InputStream in) {
        ledger.database().write(session -> {
            LedgerTransaction.Head head = LedgerTransaction.head(
                    session, ledger.controller(), session.dialect().forUpdate());
            if (head.seq() != 0) {
                throw new IllegalStateException("the ledger has entries already: import into an empty one");
            }
            new LedgerImport(session, ledger).read(in);
            Verification verification = new Verifier(session, ledger, peppers(session), Optional.empty()).verify();
            if (verification.finding().isPresent()) {
                Verification.Finding finding = verification.finding().get();
                throw new LedgerIntegrityException(
                        "the export was altered: line " + finding.seq() + ": " + finding.problem());
            }
            return true;
        });
    }

    /**
     * Hashes anew, under the current pepper, whatever was hashed under another one and can be read. What cannot be moved
     * is named in the answer: suppressions of erased people move only when the person is heard of again, so their pepper
     * must stay. Other writers wait for a page of rows at a time.
     */
    public Rekeyed rekey() {
        return new Rekeying(ledger).run();
    }

    @Override
    public String toString() {
        return "JdbcConsentLedger[" + ledger.controllerId() + "]";
    }
}
