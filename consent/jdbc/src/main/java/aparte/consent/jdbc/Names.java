package aparte.consent.jdbc;

import aparte.ConsentEntry;
import aparte.Identity;
import aparte.consent.LedgerIntegrityException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is who: each address and each reference has a number, its name; names that are linked share a person, whose number is
 * the least of theirs. Works within one transaction. Not thread-safe.
 */
final class Names {
    /** Stands in where a payload says nobody: what is read for its times only. */
    private static final Identity NOBODY = Identity.of("nobody", List.of());

    /** SQLite takes no more than some thousands. */
    private static final int PARAMETERS = 500;

    private final Session session;
    private final int controller;
    private final Peppers peppers;
    private final Peppers.Hasher hasher;

    Names(Session session, int controller, Peppers peppers) {
        this.session = session;
        this.controller = controller;
        this.peppers = peppers;
        this.hasher = peppers.hasher();
    }

    /**
     * A row that a hash was found in.
     *
     * @param hash the hash
     * @param keyId the pepper that it was made with
     * @param name the name
     * @param person the person
     */
    private record Key(ByteBuffer hash, String keyId, long name, long person) {}

    /** Returns the persons of the names that are known, by name. */
    Map<Long, Long> find(Identity person) throws SQLException {
        Map<Long, Long> found = new TreeMap<>();
        for (Key key : keys(hashes(Peppers.Name.of(person)))) {
            found.put(key.name(), key.person());
        }
        return found;
    }

    /** Gives out numbers of names that are new. */
    interface Numbers {
        long next();
    }

    /** Returns the persons of the names, by name; makes what is not known, and rehashes what an old pepper was used for. */
    Map<Long, Long> findOrMake(Identity person, Numbers numbers) throws SQLException {
        List<Peppers.Name> names = Peppers.Name.of(person);
        Map<ByteBuffer, Key> known = new HashMap<>();
        for (Key key : keys(hashes(names))) {
            known.put(key.hash(), key);
        }
        Map<Long, Long> found = new TreeMap<>();
        for (Peppers.Name name : names) {
            List<byte[]> hashes = new ArrayList<>();
            hasher.addAll(name, hashes);
            List<Key> keys = hashes.stream()
                    .map(ByteBuffer::wrap)
                    .map(known::get)
                    .filter(Objects::nonNull)
                    .toList();
            byte[] current = hasher.current(name);
            if (keys.isEmpty()) {
                long number = numbers.next();
                insert(current, number, number);
                known.put(
                        ByteBuffer.wrap(current),
                        new Key(ByteBuffer.wrap(current), peppers.currentId(), number, number));
                found.put(number, number);
            } else {
                keys.forEach(key -> found.put(key.name(), key.person()));
                if (!known.containsKey(ByteBuffer.wrap(current))) {
                    Key old = keys.get(0);
                    insert(current, old.name(), old.person());
                    known.put(ByteBuffer.wrap(current), old);
                }
                // A row is given up only where the current pepper leads to the same name.
                boolean one = keys.stream().map(Key::name).distinct().count() == 1;
                for (Key key : keys) {
                    if (one && !key.keyId().equals(peppers.currentId())) {
                        delete(key.hash().array());
                    }
                }
            }
        }
        return found;
    }

    /** Tells whether the hash is one under which the person, who has one name, may be kept. */
    boolean isHashOf(Identity person, byte[] hash) {
        return hashes(Peppers.Name.of(person)).stream().anyMatch(own -> Arrays.equals(own, hash));
    }

    /** Hashes anew, under the current pepper, what is known of the person. */
    void move(Identity person) throws SQLException {
        findOrMake(person, () -> {
            throw new IllegalStateException("only what is known can be moved");
        });
    }

    private List<byte[]> hashes(List<Peppers.Name> names) {
        List<byte[]> hashes = new ArrayList<>();
        for (Peppers.Name name : names) {
            hasher.addAll(name, hashes);
        }
        return hashes;
    }

    private List<Key> keys(List<byte[]> hashes) throws SQLException {
        List<Key> keys = new ArrayList<>();
        for (int from = 0; from < hashes.size(); from += PARAMETERS) {
            List<Object> values = new ArrayList<>();
            values.add(controller);
            values.addAll(hashes.subList(from, Math.min(hashes.size(), from + PARAMETERS)));
            keys.addAll(session.list(
                    "SELECT hash, key_id, name, person FROM aparte_key WHERE controller = ? AND hash IN ("
                            + marks(values.size() - 1) + ")",
                    row -> new Key(ByteBuffer.wrap(row.getBytes(1)), row.getString(2), row.getLong(3), row.getLong(4)),
                    values.toArray()));
        }
        return keys;
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private void insert(byte[] hash, long name, long person) throws SQLException {
        session.update(
                "INSERT INTO aparte_key (controller, hash, key_id, name, person) VALUES (?, ?, ?, ?, ?)",
                controller,
                hash,
                peppers.currentId(),
                name,
                person);
    }

    private void delete(byte[] hash) throws SQLException {
        session.update("DELETE FROM aparte_key WHERE controller = ? AND hash = ?", controller, hash);
    }

    /** Returns every name of these persons. */
    Set<Long> members(Collection<Long> persons) throws SQLException {
        Set<Long> members = new TreeSet<>();
        for (long person : persons) {
            members.addAll(session.list(
                    "SELECT DISTINCT name FROM aparte_key WHERE controller = ? AND person = ?",
                    row -> row.getLong(1),
                    controller,
                    person));
        }
        return members;
    }

    /** Forgets those of the names that no line is about any more. */
    void forgetUnused(Collection<Long> names) throws SQLException {
        for (long name : names) {
            session.update(
                    "DELETE FROM aparte_key WHERE controller = ? AND name = ? AND NOT EXISTS"
                            + " (SELECT 1 FROM aparte_about a WHERE a.controller = ? AND a.name = ?)",
                    controller,
                    name,
                    controller,
                    name);
        }
    }

    /** Finds again who belongs together, among these names and all that were linked to them. */
    void regroup(Collection<Long> names) throws SQLException {
        Set<Long> persons = new TreeSet<>();
        for (long name : names) {
            persons.addAll(session.list(
                    "SELECT DISTINCT person FROM aparte_key WHERE controller = ? AND name = ?",
                    row -> row.getLong(1),
                    controller,
                    name));
        }
        Set<Long> open = members(persons);
        Past now = new Past(Long.MAX_VALUE, Instant.MAX);
        while (!open.isEmpty()) {
            Set<Long> component = now.component(List.of(open.iterator().next()));
            open.removeAll(component);
            long person = component.iterator().next();
            for (long name : component) {
                session.update(
                        "UPDATE aparte_key SET person = ? WHERE controller = ? AND name = ? AND person <> ?",
                        person,
                        controller,
                        name,
                        person);
                session.update(
                        "UPDATE aparte_about SET person = ? WHERE controller = ? AND name = ? AND person <> ?",
                        person,
                        controller,
                        name,
                        person);
            }
        }
    }

    Past past(long head, Instant effective) {
        return new Past(head, effective);
    }

    /** The links as they were when the ledger had so many lines, so far as they had taken effect. */
    final class Past {
        private final long head;
        private final Instant effective;

        private Past(long head, Instant effective) {
            this.head = head;
            this.effective = effective;
        }

        /** Returns the names linked with these, these included, in order. */
        Set<Long> component(Collection<Long> start) throws SQLException {
            Set<Long> found = new TreeSet<>(start);
            Deque<Long> next = new ArrayDeque<>(start);
            while (!next.isEmpty()) {
                for (long neighbour : neighbours(next.remove())) {
                    if (found.add(neighbour)) {
                        next.add(neighbour);
                    }
                }
            }
            return found;
        }

        private Set<Long> neighbours(long name) throws SQLException {
            List<Link> links = session.list(
                    "SELECT l.seq, l.kind, p.payload FROM aparte_about a"
                            + " JOIN aparte_line l ON l.controller = a.controller AND l.seq = a.seq"
                            + " LEFT JOIN aparte_payload p ON p.controller = a.controller AND p.seq = a.seq"
                            + " WHERE a.controller = ? AND a.name = ? AND a.seq <= ?"
                            + " AND l.kind IN ('LINKED', 'UNLINKED') ORDER BY l.seq",
                    row -> Link.of(row.getLong(1), row.getString(2), row.getBytes(3)),
                    controller,
                    name,
                    head);
            Set<Long> neighbours = new LinkedHashSet<>();
            for (Link link : links.stream()
                    .filter(link -> !link.at().isAfter(effective))
                    .sorted(Comparator.comparing(Link::at))
                    .toList()) {
                List<Long> linked = session.list(
                        "SELECT name FROM aparte_about WHERE controller = ? AND seq = ?",
                        row -> row.getLong(1),
                        controller,
                        link.seq());
                if (link.joins()) {
                    neighbours.addAll(linked);
                } else {
                    neighbours.removeAll(new LinkedHashSet<>(linked));
                }
            }
            return neighbours;
        }
    }

    /**
     * A line that joins or parts.
     *
     * @param seq its place
     * @param joins whether it joins
     * @param at when it took effect
     */
    private record Link(long seq, boolean joins, Instant at) {
        static Link of(long seq, String kind, byte[] payload) {
            if (payload == null) {
                throw new LedgerIntegrityException("the payload of line " + seq + " is gone, though it was not erased");
            }
            ConsentEntry entry = EntryJson.entry(seq, payload, NOBODY);
            return new Link(seq, kind.equals("LINKED"), entry.effectiveAt().orElse(Instant.MIN));
        }
    }

    /**
     * Where look-ups lead.
     *
     * @param name the name
     * @param person the person
     */
    record Place(long name, long person) {}

    /** Returns whom the lines between two places are about, by place. */
    Map<Long, Set<Place>> about(long first, long last) throws SQLException {
        Map<Long, Set<Place>> about = new HashMap<>();
        session.list(
                "SELECT seq, name, person FROM aparte_about WHERE controller = ? AND seq >= ? AND seq <= ?",
                row -> about.computeIfAbsent(row.getLong(1), unused -> new HashSet<>())
                        .add(new Place(row.getLong(2), row.getLong(3))),
                controller,
                first,
                last);
        return about;
    }

    /** Returns where the hashes of names lead, by hash. */
    Map<ByteBuffer, Place> places(List<Peppers.Name> wanted) throws SQLException {
        Map<ByteBuffer, Place> places = new HashMap<>();
        for (Key key : keys(hashes(wanted))) {
            places.put(key.hash(), new Place(key.name(), key.person()));
        }
        return places;
    }

    /** Returns where a name leads. */
    List<Place> leads(Peppers.Name name, Map<ByteBuffer, Place> places) {
        return hashes(List.of(name)).stream()
                .map(ByteBuffer::wrap)
                .map(places::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Tells whether some hash leads to one of these. */
    boolean anyKnown(Set<Place> places) throws SQLException {
        for (Place place : places) {
            if (session.first(
                            "SELECT 1 FROM aparte_key WHERE controller = ? AND name = ? AND person = ?",
                            row -> true,
                            controller,
                            place.name(),
                            place.person())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
