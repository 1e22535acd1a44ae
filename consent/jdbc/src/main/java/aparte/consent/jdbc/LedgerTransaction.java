package aparte.consent.jdbc;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.consent.LedgerIntegrityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writing at the end of the chain: from locking the head to moving it on. Whoever has the lock is alone, so the chain has
 * the order of the commits. Not thread-safe.
 */
final class LedgerTransaction {
    /** The largest payload, in bytes; H2's columns end there. */
    static final int MAX_PAYLOAD = 1_000_000;

    private static final int SALT_LENGTH = 32;

    private final Session session;
    private final Ledger ledger;
    private final Chain chain;
    private final Names names;
    private final SecureRandom random;
    private final long knownAt;
    private long seq;
    private byte[] hash;
    private long lastName;

    private LedgerTransaction(Session session, Ledger ledger, Head head, Peppers peppers) {
        this.session = session;
        this.ledger = ledger;
        this.chain = new Chain(ledger.controllerId());
        this.names = new Names(session, ledger.controller(), peppers);
        this.random = ledger.random();
        this.seq = head.seq();
        this.hash = head.hash();
        this.lastName = head.names();
        // A clock that was set back does not make the ledger know of something before it knew of what came earlier.
        this.knownAt = Math.max(head.knownAt(), Times.micros(ledger.clock().instant()));
    }

    /**
     * The end of the chain.
     *
     * @param seq the place of the last line; 0 if there is none
     * @param hash its hash
     * @param knownAt when the ledger came to know of it
     * @param names how many names were given out
     * @param pepperEpoch how often the peppers in use changed
     */
    @SuppressWarnings("ArrayRecordComponent") // a row on its way, never compared
    record Head(long seq, byte[] hash, long knownAt, long names, int pepperEpoch) {}

    static Head head(Session session, int controller, String lock) throws SQLException {
        return session.first(
                        "SELECT seq, hash, known_at, names, pepper_epoch FROM aparte_head WHERE controller = ?" + lock,
                        row -> new Head(row.getLong(1), row.getBytes(2), row.getLong(3), row.getLong(4), row.getInt(5)),
                        controller)
                .orElseThrow(() -> new LedgerIntegrityException("the ledger's head is gone"));
    }

    /** Locks the head; waits while another has it. */
    static LedgerTransaction begin(Session session, Ledger ledger) throws SQLException {
        Head head = head(session, ledger.controller(), session.dialect().forUpdate());
        PepperGuard.Checked checked = ledger.guard().forWriting(session, ledger.controller(), head.pepperEpoch());
        return new LedgerTransaction(session, ledger, head, checked.peppers());
    }

    Names names() {
        return names;
    }

    Session session() {
        return session;
    }

    long knownAt() {
        return knownAt;
    }

    /** Tells whether an entry of this id is kept, or was and is erased. */
    boolean holds(EntryId id) throws SQLException {
        return session.first(
                        "SELECT 1 FROM aparte_line WHERE controller = ? AND entry_id = ?",
                        row -> true,
                        ledger.controller(),
                        id.value())
                .isPresent();
    }

    /** Appends an entry, findable under its person's names; links take effect. */
    void append(ConsentEntry entry, boolean named) throws SQLException {
        byte[] payload = EntryJson.write(entry, ledger.keptTerms(session), named);
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("entry " + entry.id() + " has " + payload.length
                    + " bytes as JSON, but at most " + MAX_PAYLOAD
                    + " are kept: keep large evidence elsewhere and name it by a proof");
        }
        Map<Long, Long> persons = names.findOrMake(entry.person(), () -> ++lastName);
        line(entry, payload);
        for (Map.Entry<Long, Long> name : persons.entrySet()) {
            session.update(
                    "INSERT INTO aparte_about (controller, person, seq, name) VALUES (?, ?, ?, ?)",
                    ledger.controller(),
                    name.getValue(),
                    seq,
                    name.getKey());
        }
        if (Closure.isLink(entry)) {
            names.regroup(persons.keySet());
        }
    }

    /** Appends an entry that nobody finds: what the chain says of itself. */
    void appendUnfindable(ConsentEntry entry) throws SQLException {
        line(entry, EntryJson.write(entry, ledger.keptTerms(session), false));
    }

    private void line(ConsentEntry entry, byte[] payload) throws SQLException {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] commit = chain.commitment(salt, payload);
        Chain.Line line =
                new Chain.Line(seq + 1, entry.id().value(), entry.kind().name(), knownAt, commit, hash);
        byte[] next = chain.hash(line);
        insert(session, ledger.controller(), line, next, Chain.ALGORITHM);
        session.update(
                "INSERT INTO aparte_payload (controller, seq, salt, payload) VALUES (?, ?, ?, ?)",
                ledger.controller(),
                line.seq(),
                salt,
                payload);
        seq = line.seq();
        hash = next;
    }

    static void insert(Session session, int controller, Chain.Line line, byte[] hash, String algorithm)
            throws SQLException {
        session.update(
                "INSERT INTO aparte_line (controller, seq, entry_id, kind, known_at, payload_commit, prev_hash, hash,"
                        + " hash_alg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                controller,
                line.seq(),
                line.entryId(),
                line.kind(),
                line.knownAt(),
                line.commit(),
                line.previous(),
                hash,
                algorithm);
    }

    /** Moves the head to the end of the chain. */
    void finish() throws SQLException {
        session.update(
                "UPDATE aparte_head SET seq = ?, hash = ?, known_at = ?, names = ? WHERE controller = ?",
                seq,
                hash,
                knownAt,
                lastName,
                ledger.controller());
    }

    /**
     * An entry that is kept.
     *
     * @param seq its place
     * @param entry the entry
     * @param named whether it says whom it is about
     */
    record Kept(long seq, ConsentEntry entry, boolean named) {}

    /** Returns all that is kept about these names; who is not named counts as the person asked for. */
    List<Kept> about(Collection<Long> wanted, Identity asked) throws SQLException {
        Set<Long> seen = new LinkedHashSet<>();
        List<Kept> kept = new ArrayList<>();
        for (long name : wanted) {
            for (Kept one : session.list(
                    "SELECT a.seq, p.payload FROM aparte_about a"
                            + " LEFT JOIN aparte_payload p ON p.controller = a.controller AND p.seq = a.seq"
                            + " WHERE a.controller = ? AND a.name = ? ORDER BY a.seq",
                    row -> kept(row.getLong(1), row.getBytes(2), asked),
                    ledger.controller(),
                    name)) {
                if (seen.add(one.seq())) {
                    kept.add(one);
                }
            }
        }
        kept.sort(Comparator.comparingLong(Kept::seq));
        return kept;
    }

    private static Kept kept(long seq, byte[] payload, Identity asked) {
        if (payload == null) {
            throw gone(seq);
        }
        EntryJson.Read read = EntryJson.read(seq, payload, asked);
        return new Kept(seq, read.entry(), read.named());
    }

    static LedgerIntegrityException gone(long seq) {
        return new LedgerIntegrityException("the payload of line " + seq + " is gone, though nobody was erased");
    }

    /** Forgets what an entry said, for everybody whom it named. */
    void forget(long place) throws SQLException {
        session.update("DELETE FROM aparte_payload WHERE controller = ? AND seq = ?", ledger.controller(), place);
        session.update("DELETE FROM aparte_about WHERE controller = ? AND seq = ?", ledger.controller(), place);
    }

    /** Forgets an entry that says nobody for these names; returns whether nobody is left whom it is about. */
    boolean forget(long place, Collection<Long> some) throws SQLException {
        for (long name : some) {
            session.update(
                    "DELETE FROM aparte_about WHERE controller = ? AND seq = ? AND name = ?",
                    ledger.controller(),
                    place,
                    name);
        }
        boolean left = session.first(
                        "SELECT 1 FROM aparte_about WHERE controller = ? AND seq = ?",
                        row -> true,
                        ledger.controller(),
                        place)
                .isPresent();
        if (!left) {
            forget(place);
        }
        return !left;
    }

    /** Returns every name that the line is about. */
    List<Long> namesOf(long place) throws SQLException {
        return session.list(
                "SELECT name FROM aparte_about WHERE controller = ? AND seq = ?",
                row -> row.getLong(1),
                ledger.controller(),
                place);
    }
}
