package aparte.consent.jdbc;

import aparte.ConsentEntry;
import aparte.Identity;
import aparte.consent.LedgerIntegrityException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole chain in one pass: each line against its hash and the line before, each payload against its commitment
 * and its line, each missing payload against the erasures, and whether people are found under their names. Holds a page of
 * lines, and one bit for each line that was emptied. Not thread-safe.
 */
final class Verifier {
    /** Lines in a page: payloads may be large. */
    static final int PAGE = 100;

    private static final Identity NOBODY = Identity.of("nobody", List.of());

    private final Session session;
    private final int controller;
    private final Chain chain;
    private final Names names;
    private final Optional<LedgerHead> anchor;
    private final BitSet emptied = new BitSet();
    private final Set<String> terms = new HashSet<>();
    private byte[] previous = Chain.genesis();
    private long seq;
    private long knownAt = Long.MIN_VALUE;
    private long erased;

    Verifier(Session session, Ledger ledger, Peppers peppers, Optional<LedgerHead> anchor) {
        this.session = session;
        this.controller = ledger.controller();
        this.chain = new Chain(ledger.controllerId());
        this.names = new Names(session, controller, peppers);
        this.anchor = anchor;
    }

    /** A line with all that belongs to it; anything may be null or wrong. */
    static final class Row {
        final long seq;
        final String entryId;
        final String kind;
        final long knownAt;
        final byte[] commit;
        final byte[] previous;
        final byte[] hash;
        final String algorithm;
        final byte @Nullable [] salt; // null once it is erased
        final byte @Nullable [] payload; // null once it is erased

        Row(ResultSet row) throws SQLException {
            this.seq = row.getLong(1);
            this.entryId = Objects.requireNonNullElse(row.getString(2), "");
            this.kind = Objects.requireNonNullElse(row.getString(3), "");
            this.knownAt = row.getLong(4);
            this.commit = Objects.requireNonNullElse(row.getBytes(5), new byte[0]);
            this.previous = Objects.requireNonNullElse(row.getBytes(6), new byte[0]);
            this.hash = Objects.requireNonNullElse(row.getBytes(7), new byte[0]);
            this.algorithm = Objects.requireNonNullElse(row.getString(8), "");
            this.salt = row.getBytes(9);
            this.payload = row.getBytes(10);
        }

        Chain.Line line() {
            return new Chain.Line(seq, entryId, kind, knownAt, commit, previous);
        }
    }

    /** Returns the lines after a place, in order, a page of them. */
    static List<Row> page(Session session, int controller, long after) throws SQLException {
        return session.list(
                "SELECT l.seq, l.entry_id, l.kind, l.known_at, l.payload_commit, l.prev_hash, l.hash, l.hash_alg,"
                        + " p.salt, p.payload FROM aparte_line l"
                        + " LEFT JOIN aparte_payload p ON p.controller = l.controller AND p.seq = l.seq"
                        + " WHERE l.controller = ? AND l.seq > ? ORDER BY l.seq LIMIT " + PAGE,
                Row::new,
                controller,
                after);
    }

    Verification verify() throws SQLException {
        LedgerTransaction.Head head = LedgerTransaction.head(session, controller, "");
        readTerms();
        Optional<Verification.Finding> finding = Optional.empty();
        long last = Long.MIN_VALUE;
        while (finding.isEmpty()) {
            List<Row> page = page(session, controller, last);
            if (page.isEmpty()) {
                break;
            }
            last = page.get(page.size() - 1).seq;
            finding = check(page);
        }
        if (finding.isEmpty()) {
            finding = end(head);
        }
        return new Verification(new LedgerHead(seq, HexFormat.of().formatHex(previous)), seq, erased, finding);
    }

    private Optional<Verification.Finding> check(List<Row> page) throws SQLException {
        List<EntryJson.Read> entries = new ArrayList<>();
        for (Row row : page) {
            Optional<String> problem = line(row);
            if (row.seq <= seq) {
                return Optional.of(new Verification.Finding(row.seq, row.entryId, "it has a place that no line has"));
            }
            if (row.seq != seq + 1) {
                return Optional.of(new Verification.Finding(seq + 1, "", "the line is missing"));
            }
            Optional<EntryJson.Read> entry = Optional.empty();
            byte[] payload = row.payload;
            if (problem.isEmpty() && payload == null) {
                emptied.set(Math.toIntExact(row.seq));
                erased++;
            } else if (problem.isEmpty() && payload != null) {
                try {
                    entry = Optional.of(EntryJson.read(row.seq, payload, NOBODY));
                    problem = payload(row, entry.get());
                } catch (LedgerIntegrityException unreadable) {
                    problem = Optional.of("its payload cannot be read");
                }
            }
            if (problem.isPresent()) {
                return Optional.of(new Verification.Finding(row.seq, row.entryId, problem.get()));
            }
            entry.ifPresent(entries::add);
            seq = row.seq;
            previous = row.hash;
            knownAt = row.knownAt;
        }
        return findable(page, entries);
    }

    private Optional<String> line(Row row) {
        if (!row.algorithm.equals(Chain.ALGORITHM)) {
            return Optional.of("it names a hash algorithm that is not ours");
        }
        if (!Arrays.equals(row.previous, previous)) {
            return Optional.of("it does not follow the line before");
        }
        if (!MessageDigest.isEqual(chain.hash(row.line()), row.hash)) {
            return Optional.of("its hash does not fit");
        }
        if (row.knownAt < knownAt) {
            return Optional.of("it claims to be known earlier than the line before");
        }
        if (anchor.isPresent()
                && anchor.get().seq() == row.seq
                && !anchor.get().hash().equals(HexFormat.of().formatHex(row.hash))) {
            return Optional.of("it is not the line whose hash was anchored: the chain was made anew");
        }
        return Optional.empty();
    }

    private Optional<String> payload(Row row, EntryJson.Read read) {
        byte[] salt = Objects.requireNonNullElse(row.salt, new byte[0]);
        byte[] payload = Objects.requireNonNullElse(row.payload, new byte[0]);
        if (!MessageDigest.isEqual(chain.commitment(salt, payload), row.commit)) {
            return Optional.of("its payload does not fit the commitment");
        }
        ConsentEntry entry = read.entry();
        if (!entry.id().value().equals(row.entryId) || !entry.kind().name().equals(row.kind)) {
            return Optional.of("its payload is of another entry");
        }
        if (!terms.contains(read.terms())) {
            return Optional.of("the terms that it was kept under are missing or altered");
        }
        for (long place : Erasure.lines(entry)) {
            emptied.clear(Math.toIntExact(place));
        }
        return Optional.empty();
    }

    private void readTerms() throws SQLException {
        for (byte[][] row : session.list(
                "SELECT hash, body FROM aparte_terms WHERE controller = ?",
                row -> new byte[][] {row.getBytes(1), row.getBytes(2)},
                controller)) {
            if (MessageDigest.isEqual(chain.hash(row[1]), row[0])) {
                terms.add(HexFormat.of().formatHex(row[0]));
            }
        }
    }

    /** Checks that look-ups lead to the entries: an opt-out that is kept but never found would be worth nothing. */
    private Optional<Verification.Finding> findable(List<Row> page, List<EntryJson.Read> entries) throws SQLException {
        Map<String, Long> places = new HashMap<>();
        for (Row row : page) {
            places.put(row.entryId, row.seq);
        }
        Map<Long, Set<Names.Place>> about = names.about(page.get(0).seq, page.get(page.size() - 1).seq);
        List<Peppers.Name> all = new ArrayList<>();
        for (EntryJson.Read read : entries) {
            if (read.named()) {
                all.addAll(Peppers.Name.of(read.entry().person()));
            }
        }
        Map<ByteBuffer, Names.Place> keys = names.places(all);
        for (EntryJson.Read read : entries) {
            long place = Objects.requireNonNull(places.get(read.entry().id().value()));
            Set<Names.Place> leads = about.getOrDefault(place, Set.of());
            if (!isFound(read, leads, keys)) {
                return Optional.of(new Verification.Finding(
                        place, read.entry().id().value(), "it is not found under each name of its person"));
            }
        }
        return Optional.empty();
    }

    private boolean isFound(EntryJson.Read read, Set<Names.Place> leads, Map<ByteBuffer, Names.Place> keys)
            throws SQLException {
        if (!read.named()) {
            return read.entry().kind() == ConsentEntry.Kind.ERASED || names.anyKnown(leads);
        }
        for (Peppers.Name name : Peppers.Name.of(read.entry().person())) {
            if (names.leads(name, keys).stream().noneMatch(leads::contains)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Verification.Finding> end(LedgerTransaction.Head head) {
        long expected = Math.max(head.seq(), anchor.map(LedgerHead::seq).orElse(0L));
        if (expected > seq) {
            return Optional.of(new Verification.Finding(
                    seq + 1, "", "the chain ends here, but had " + expected + " lines: its tail is missing"));
        }
        if (head.seq() != seq || !Arrays.equals(head.hash(), previous)) {
            return Optional.of(new Verification.Finding(seq, "", "the ledger's head is not the last line"));
        }
        int gone = emptied.nextSetBit(0);
        if (gone >= 0) {
            return Optional.of(new Verification.Finding(
                    gone, "", "its payload is gone, and no ERASED line says that it was erased"));
        }
        return Optional.empty();
    }
}
