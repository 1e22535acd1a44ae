package aparte.consent.jdbc;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.BitemporalLedger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

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
    /** The detail of an {@code ERASED} line that names the lines which it emptied. */
    static final String ERASED_LINES = "lines";

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
            erase(transaction, person, suppress);
            transaction.finish();
            return true;
        });
        ledger.committed();
    }

    private static void erase(LedgerTransaction transaction, Identity person, boolean suppress) throws SQLException {
        Names names = transaction.names();
        Set<Long> reach = names.members(names.find(person).values());
        List<LedgerTransaction.Kept> kept = transaction.about(reach, person);
        List<ConsentEntry> entries = entries(kept);
        Set<Object> keys = Closure.reach(person, entries);
        History history = new History(Closure.person(person, entries), entries);
        Instant now = Times.instant(transaction.knownAt());

        List<ConsentEntry> suppressions = new ArrayList<>();
        if (suppress) {
            suppressions.add(Suppressions.of(history.person(), Scope.everything(), now));
        } else {
            suppressions.addAll(Suppressions.inForce(history, entries, now));
        }
        for (Address other : Suppressions.alsoNamed(entries, keys)) {
            suppressions.addAll(Suppressions.inForce(now(transaction, Identity.of(other)), entries, now));
        }

        List<Long> emptied = forget(transaction, kept, reach);
        for (LedgerTransaction.Kept one : kept) {
            if (Closure.isLink(one.entry())) {
                for (ConsentEntry rest : Closure.without(keys, one.entry())) {
                    transaction.append(rest, true);
                }
            }
        }
        for (ConsentEntry suppression : suppressions) {
            transaction.append(suppression, false);
        }
        transaction.appendUnfindable(erased(person, emptied, now));
    }

    private static List<ConsentEntry> entries(List<LedgerTransaction.Kept> kept) {
        return kept.stream().map(LedgerTransaction.Kept::entry).toList();
    }

    private static History now(LedgerTransaction transaction, Identity person) throws SQLException {
        Names names = transaction.names();
        Collection<Long> persons = names.find(person).values();
        List<ConsentEntry> entries = entries(transaction.about(names.members(persons), person));
        return new History(Closure.person(person, entries), entries);
    }

    /** Forgets what was said; returns the places of the lines that say nothing any more. */
    private static List<Long> forget(LedgerTransaction transaction, List<LedgerTransaction.Kept> kept, Set<Long> reach)
            throws SQLException {
        List<Long> emptied = new ArrayList<>();
        Set<Long> touched = new TreeSet<>(reach);
        for (LedgerTransaction.Kept one : kept) {
            touched.addAll(transaction.namesOf(one.seq()));
            if (one.named()) {
                transaction.forget(one.seq());
                emptied.add(one.seq());
            } else if (transaction.forget(one.seq(), reach)) {
                emptied.add(one.seq());
            }
        }
        transaction.names().forgetUnused(touched);
        transaction.names().regroup(touched);
        return emptied;
    }

    private static ConsentEntry erased(Identity person, List<Long> emptied, Instant now) {
        StringBuilder lines = new StringBuilder();
        for (long line : emptied) {
            lines.append(lines.length() == 0 ? "" : " ").append(line);
        }
        return ConsentEntry.builder(ConsentEntry.Kind.ERASED, person, Scope.everything())
                .effectiveAt(now)
                .recordedAt(now)
                .actor(ConsentEntry.Actor.SYSTEM)
                .detail(ERASED_LINES, lines.toString())
                .build();
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
        PepperGuard.Checked checked = ledger.guard()
                .check(
                        session,
                        ledger.controller(),
                        LedgerTransaction.head(session, ledger.controller(), "").pepperEpoch());
        Names names = new Names(session, ledger.controller(), checked.peppers());
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

    @Override
    public String toString() {
        return "JdbcConsentLedger[" + ledger.controllerId() + "]";
    }
}
