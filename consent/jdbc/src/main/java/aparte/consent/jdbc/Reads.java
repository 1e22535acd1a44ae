package aparte.consent.jdbc;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.consent.LedgerIntegrityException;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads people's histories: one statement, one round trip, one snapshot, for one person or a page. Thread-safe. */
final class Reads {
    /** Of one statement; the databases take no more parameters for sure. */
    static final int PAGE = 2_000;

    private static final int FEW = 8;

    private static final String LEAN = "p.payload";
    private static final String STRICT =
            "p.payload, p.salt, l.entry_id, l.kind, l.known_at, l.payload_commit," + " l.prev_hash, l.hash, l.hash_alg";
    private static final String WITH_LINE = " LEFT JOIN aparte_line l ON l.controller = ? AND l.seq = d.seq";

    private final Ledger ledger;
    private final boolean strict;

    Reads(Ledger ledger) {
        this.ledger = ledger;
        this.strict = ledger.isStrict();
    }

    History one(Identity person) {
        return current(List.of(person)).get(0);
    }

    List<History> all(List<Identity> people) {
        return people.isEmpty() ? List.of() : current(people);
    }

    private List<History> current(List<Identity> people) {
        for (int i = 0; i < 3; i++) {
            PepperGuard.Checked checked = ledger.guard().checked();
            Optional<List<History>> answer = people.size() <= PAGE
                    ? ledger.database().read(session -> page(session, people, checked))
                    : ledger.database().snapshot(session -> pages(session, people, checked));
            if (answer.isPresent()) {
                return answer.get();
            }
            ledger.database().read(session -> check(session));
        }
        throw new StorageException(
                StorageException.Reason.UNREACHABLE, "the peppers in use changed again and again during a read");
    }

    private PepperGuard.Checked check(Session session) throws SQLException {
        int epoch = LedgerTransaction.head(session, ledger.controller(), "").pepperEpoch();
        return ledger.guard().check(session, ledger.controller(), epoch);
    }

    private Optional<List<History>> pages(Session session, List<Identity> people, PepperGuard.Checked checked)
            throws SQLException {
        List<History> all = new ArrayList<>(people.size());
        for (int from = 0; from < people.size(); from += PAGE) {
            Optional<List<History>> page =
                    page(session, people.subList(from, Math.min(people.size(), from + PAGE)), checked);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(page.get());
        }
        return Optional.of(all);
    }

    /** Returns the histories, or empty if rows may exist under peppers that were not looked for. */
    Optional<List<History>> page(Session session, List<Identity> people, PepperGuard.Checked checked)
            throws SQLException {
        Page page = new Page(people, checked.peppers());
        Dialect dialect = session.dialect();
        String sql = (page.isAlone() ? "" : dialect.withAsked(page.people))
                + "SELECT h.pepper_epoch, h.seq, d.ord, d.seq, " + (strict ? STRICT : LEAN)
                + " FROM aparte_head h LEFT JOIN (" + (page.isAlone() ? alone(page) : together(dialect))
                + ") d ON 1 = 1"
                + " LEFT JOIN aparte_payload p ON p.controller = ? AND p.seq = d.seq"
                + (strict ? WITH_LINE : "")
                + " WHERE h.controller = ?" + dialect.primaryOnly();
        try (PreparedStatement statement = session.prepare(sql)) {
            int next = page.isAlone() ? setAlone(statement, page) : setTogether(statement, page, dialect);
            for (int i = 0; i < (strict ? 3 : 2); i++) {
                statement.setInt(next + i, ledger.controller());
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    dialect.refuseUnsafe(session);
                    throw new LedgerIntegrityException("the ledger's head is gone");
                }
                if (rows.getInt(1) != checked.epoch()) {
                    return Optional.empty();
                }
                long head = rows.getLong(2);
                Chain chain = new Chain(ledger.controllerId());
                do {
                    int ord = rows.getInt(3);
                    if (!rows.wasNull()) {
                        page.add(ord, rows.getLong(4), payload(rows, chain));
                    }
                } while (rows.next());
                return Optional.of(page.histories(head));
            }
        }
    }

    /** One person's lines. Without a table of who is asked for, a server can keep the plan from read to read. */
    private static String alone(Page page) {
        return "SELECT DISTINCT 0 AS ord, a.seq FROM aparte_key k"
                + " JOIN aparte_about a ON a.controller = k.controller AND a.person = k.person"
                + " WHERE k.controller = ? AND k.hash IN (" + Session.marks(page.hashes.length) + ")";
    }

    private int setAlone(PreparedStatement statement, Page page) throws SQLException {
        statement.setInt(1, ledger.controller());
        for (int i = 0; i < page.hashes.length; i++) {
            statement.setBytes(i + 2, page.hashes[i]);
        }
        return page.hashes.length + 2;
    }

    private static String together(Dialect dialect) {
        return "SELECT DISTINCT q.ord, a.seq FROM " + dialect.askedKeys()
                + " JOIN aparte_about a ON a.controller = ? AND a.person = k.person";
    }

    private int setTogether(PreparedStatement statement, Page page, Dialect dialect) throws SQLException {
        int next = dialect.setAsked(statement, page.people, page.hashes);
        statement.setInt(next, ledger.controller());
        statement.setInt(next + 1, ledger.controller());
        return next + 2;
    }

    private byte[] payload(ResultSet rows, Chain chain) throws SQLException {
        byte[] payload = rows.getBytes(5);
        long seq = rows.getLong(4);
        if (payload == null) {
            throw LedgerTransaction.gone(seq);
        }
        if (strict) {
            byte[] commit = rows.getBytes(10);
            if (commit == null) {
                throw new LedgerIntegrityException("line " + seq + " is gone");
            }
            Chain.Line line = new Chain.Line(
                    seq, rows.getString(7), rows.getString(8), rows.getLong(9), commit, rows.getBytes(11));
            refuseAltered(chain, line, rows.getBytes(12), rows.getString(13), rows.getBytes(6), payload);
        }
        return payload;
    }

    /** Returns what was kept about these names while the ledger had so many lines, so far as it had taken effect. */
    History past(Session session, Identity person, Collection<Long> names, long head, Instant effective)
            throws SQLException {
        String sql = "SELECT 0, 0, 0, a.seq, " + (strict ? STRICT : LEAN)
                + " FROM aparte_about a LEFT JOIN aparte_payload p ON p.controller = a.controller AND p.seq = a.seq"
                + (strict ? " LEFT JOIN aparte_line l ON l.controller = a.controller AND l.seq = a.seq" : "")
                + " WHERE a.controller = ? AND a.name = ? AND a.seq <= ?";
        Chain chain = new Chain(ledger.controllerId());
        Map<Long, ConsentEntry> found = new TreeMap<>();
        for (long name : names) {
            session.list(
                    sql,
                    row -> found.put(row.getLong(4), EntryJson.entry(row.getLong(4), payload(row, chain), person)),
                    ledger.controller(),
                    name,
                    head);
        }
        List<ConsentEntry> entries = found.values().stream()
                .filter(entry -> entry.effectiveAt().filter(effective::isBefore).isEmpty())
                .toList();
        return new History(Closure.person(person, entries), entries, head);
    }

    private static void refuseAltered(
            Chain chain, Chain.Line line, byte[] hash, String algorithm, byte[] salt, byte[] payload) {
        if (!algorithm.equals(Chain.ALGORITHM) || !MessageDigest.isEqual(chain.hash(line), hash)) {
            throw new LedgerIntegrityException("line " + line.seq() + " was altered: its hash does not fit");
        }
        if (!MessageDigest.isEqual(chain.commitment(salt, payload), line.commit())) {
            throw new LedgerIntegrityException("line " + line.seq() + " was altered: its payload does not fit");
        }
    }

    /** People asked for, and what is found of them. */
    private static final class Page {
        private final List<Identity> asked;
        private final int[] people;
        private final byte[][] hashes;
        private final @Nullable Found[] found; // null each while nothing is found

        Page(List<Identity> asked, Peppers peppers) {
            this.asked = asked;
            this.found = new Found[asked.size()];
            Peppers.Hasher hasher = peppers.hasher();
            List<byte[]> all = new ArrayList<>(asked.size() * 2);
            int[] ords = new int[asked.size() * 2];
            for (int i = 0; i < asked.size(); i++) {
                int before = all.size();
                for (Peppers.Name name : Peppers.Name.of(asked.get(i))) {
                    hasher.addAll(name, all);
                }
                if (all.size() > ords.length) {
                    ords = Arrays.copyOf(ords, Math.max(all.size(), ords.length * 2));
                }
                Arrays.fill(ords, before, all.size(), i);
            }
            this.hashes = all.toArray(new byte[0][]);
            this.people = Arrays.copyOf(ords, hashes.length);
        }

        /** Whether it is one person with few hashes, so that there are few different statements. */
        boolean isAlone() {
            return asked.size() == 1 && hashes.length > 0 && hashes.length <= FEW;
        }

        void add(int ord, long seq, byte[] payload) {
            ConsentEntry entry = EntryJson.entry(seq, payload, asked.get(ord));
            Found known = found[ord];
            if (known == null) {
                known = new Found();
                found[ord] = known;
            }
            known.add(seq, entry);
        }

        List<History> histories(long head) {
            List<History> histories = new ArrayList<>(asked.size());
            for (int i = 0; i < asked.size(); i++) {
                Found of = found[i];
                if (of == null) {
                    histories.add(new History(asked.get(i), List.of(), head));
                } else {
                    List<ConsentEntry> entries = of.inOrder();
                    histories.add(new History(Closure.person(asked.get(i), entries), entries, head));
                }
            }
            return histories;
        }
    }

    /** The entries of one person. */
    private static final class Found {
        private final List<Placed> entries = new ArrayList<>(4);
        private boolean ordered = true;

        void add(long seq, ConsentEntry entry) {
            ordered &= entries.isEmpty() || entries.get(entries.size() - 1).seq() < seq;
            entries.add(new Placed(seq, entry));
        }

        List<ConsentEntry> inOrder() {
            if (!ordered) {
                entries.sort((one, other) -> Long.compare(one.seq(), other.seq()));
            }
            List<ConsentEntry> plain = new ArrayList<>(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                plain.add(entries.get(i).entry());
            }
            return plain;
        }
    }

    /**
     * An entry at its place.
     *
     * @param seq the place
     * @param entry the entry
     */
    private record Placed(long seq, ConsentEntry entry) {}
}
