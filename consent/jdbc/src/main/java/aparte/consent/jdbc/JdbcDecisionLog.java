package aparte.consent.jdbc;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.Conversation;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SenderId;
import aparte.consent.Decision;
import aparte.consent.DecisionLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision log that can be asked later. The people of a decision are kept in rows of their own, which an erasure deletes;
 * the decision itself stays until it is forgotten by age.
 *
 * <p>Nothing is forgotten by itself: call {@link #forget} daily; 13 months is what we suggest, so that whoever asks in a
 * year is answered. Of what failed, such as a ledger's exception, the class is kept for those who read the table, and nothing
 * is given back. Thread-safe. Methods block.
 */
public final class JdbcDecisionLog implements DecisionLog {
    private static final String INSERT =
            "INSERT INTO aparte_decision (controller, id, made_at, message, purpose, author,"
                    + " channel, sender, lane, heard_at, wrote_at, head, entries, refusals, policies, cause)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_NAMES =
            "INSERT INTO aparte_decision_name (controller, decision, person, place, role,"
                    + " name_kind, name_value, name_scope, name_key) VALUES ";
    private static final String SELECT =
            "SELECT id, made_at, message, purpose, author, channel, sender, lane, heard_at,"
                    + " wrote_at, head, entries, refusals, policies FROM aparte_decision WHERE controller = ? AND ";
    private static final String SELECT_NAMES = "SELECT decision, person, role, name_kind, name_value, name_scope"
            + " FROM aparte_decision_name WHERE controller = ? AND decision IN ";
    private static final int PAGE = 500;
    private static final int GROUP = -1;

    private final String controller;
    private final Database database;
    private final Keys keys;

    JdbcDecisionLog(String controller, Database database, Keys keys) {
        this.controller = controller;
        this.database = database;
        this.keys = keys;
    }

    /**
     * Keeps a decision, durably on return.
     *
     * @throws StorageException if it is not certain that it is kept, or if its id is kept already
     */
    @Override
    public void write(Decision decision) {
        Object[] row = {
            controller,
            decision.id(),
            Times.micros(decision.at()),
            decision.message().value(),
            decision.purpose().name(),
            decision.author().name(),
            decision.from().map(from -> from.channel().name()),
            decision.from().map(SenderId::value),
            decision.lane().map(StoreForms::of),
            decision.conversation().heardAt().map(Times::micros),
            decision.conversation().wroteAt().map(Times::micros),
            decision.head(),
            StoreForms.ofEntries(decision.entries()),
            StoreForms.ofRefusals(decision.refusals()),
            decision.policies(),
            decision.cause().map(cause -> cause.getClass().getName())
        };
        List<Object> names = names(decision);
        String insertNames = INSERT_NAMES + "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + ", (?, ?, ?, ?, ?, ?, ?, ?, ?)".repeat(Math.max(0, names.size() / 9 - 1));
        if (names.isEmpty()) {
            database.once(session -> session.update(INSERT, row));
        } else if (database.dialect() == Dialect.POSTGRESQL) {
            List<Object> all = new ArrayList<>(Arrays.asList(row));
            all.addAll(names);
            database.once(session -> session.update(
                    "WITH decision AS (" + INSERT + ") " + insertNames, all.toArray())); // one round trip
        } else {
            database.write(session -> session.update(INSERT, row) + session.update(insertNames, names.toArray()));
        }
    }

    private List<Object> names(Decision decision) {
        List<Object> rows = new ArrayList<>();
        for (int person = 0; person < decision.people().size(); person++) {
            Identity identity = decision.people().get(person);
            int place = 0;
            for (Address address : identity.addresses()) {
                addName(rows, decision, person, place++, Role.KNOWN, address);
            }
            if (identity.reference().isPresent()) {
                String reference = identity.reference().get();
                byte[] hash = keys.peppers().hasher().current(Peppers.Name.ofReference(reference));
                rows.addAll(
                        List.of(controller, decision.id(), person, place, Role.KNOWN.name(), "", reference, "", hash));
            }
        }
        decision.to().ifPresent(to -> {
            int whose = decision.people().size() == 1 ? 0 : GROUP;
            addName(rows, decision, whose, Integer.MAX_VALUE, Role.TO, to);
        });
        return rows;
    }

    private void addName(List<Object> rows, Decision decision, int person, int place, Role role, Address address) {
        rows.addAll(List.of(
                controller,
                decision.id(),
                person,
                place,
                role.name(),
                address.kind().name(),
                address.value(),
                address.scope(),
                keys.current(address)));
    }

    /**
     * Returns the decision of this id, if it is kept; without its people, if they were erased.
     *
     * @throws StorageException if the database fails
     */
    public Optional<Decision> find(String id) {
        return read("id = ?", id).stream().findFirst();
    }

    /**
     * Returns the decisions about a message, in the order they were made.
     *
     * @throws StorageException if the database fails
     */
    public List<Decision> on(MessageId message) {
        return read("message = ?", message.value());
    }

    /**
     * Returns the decisions about a person since an instant, in the order they were made: those that name the reference, or
     * any of the addresses under any spelling.
     *
     * @throws StorageException if the database fails
     */
    public List<Decision> about(Identity person, Instant since) {
        List<byte[]> hashes = keys.all(person);
        List<Object> values = new ArrayList<>();
        values.add(Times.micros(since));
        values.add(controller);
        values.addAll(hashes);
        return read(
                "made_at >= ? AND id IN (SELECT decision FROM aparte_decision_name WHERE controller = ? AND name_key IN ("
                        + Session.marks(hashes.size()) + "))",
                values.toArray());
    }

    private List<Decision> read(String condition, Object... values) {
        List<Object> all = new ArrayList<>();
        all.add(controller);
        all.addAll(Arrays.asList(values));
        return database.snapshot(session -> {
            List<Kept> found = session.list(SELECT + condition + " ORDER BY made_at, id", Kept::of, all.toArray());
            Map<String, Names> names = new HashMap<>();
            for (int from = 0; from < found.size(); from += PAGE) {
                List<Object> ids = new ArrayList<>();
                ids.add(controller);
                found.subList(from, Math.min(found.size(), from + PAGE)).forEach(kept -> ids.add(kept.id()));
                session.list(
                        SELECT_NAMES + "(" + Session.marks(ids.size() - 1) + ") ORDER BY decision, person, place",
                        row -> names.computeIfAbsent(row.getString(1), id -> new Names())
                                .add(row),
                        ids.toArray());
            }
            return found.stream()
                    .map(kept -> names.getOrDefault(kept.id(), new Names()).completed(kept.builder()))
                    .toList();
        });
    }

    /**
     * Deletes the decisions that were made before an instant, with their people.
     *
     * @return how many
     * @throws StorageException if the database fails; what is deleted already stays so
     */
    public long forget(Instant before) {
        long all = 0;
        int page;
        do {
            page = database.write(session -> {
                List<Object> ids = new ArrayList<>();
                ids.add(controller);
                ids.addAll(session.list(
                        "SELECT id FROM aparte_decision WHERE controller = ? AND made_at < ? ORDER BY made_at LIMIT "
                                + PAGE,
                        row -> row.getString(1),
                        controller,
                        Times.micros(before)));
                if (ids.size() == 1) {
                    return 0;
                }
                String marks = "(" + Session.marks(ids.size() - 1) + ")";
                session.update(
                        "DELETE FROM aparte_decision_name WHERE controller = ? AND decision IN " + marks,
                        ids.toArray());
                return session.update(
                        "DELETE FROM aparte_decision WHERE controller = ? AND id IN " + marks, ids.toArray());
            });
            all += page;
        } while (page > 0);
        return all;
    }

    /** Deletes every name of everybody who is known to a decision under one of the hashes. */
    static void forget(Session session, String controller, List<byte[]> hashes) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(controller);
        values.add(controller);
        values.addAll(hashes);
        session.update(
                "DELETE FROM aparte_decision_name WHERE controller = ? AND (decision, person) IN"
                        + " (SELECT decision, person FROM aparte_decision_name WHERE controller = ? AND name_key IN ("
                        + Session.marks(hashes.size()) + "))",
                values.toArray());
    }

    /** What a name is to a decision. */
    private enum Role {
        KNOWN,
        TO
    }

    /** The people of a decision, name by name. */
    private static final class Names {
        private final Map<Integer, List<Address>> addresses = new TreeMap<>();
        private final Map<Integer, String> references = new TreeMap<>();
        private @Nullable Address to; // unless there was a route

        Names add(ResultSet row) throws SQLException {
            int person = row.getInt(2);
            String kind = row.getString(4);
            if (kind.isEmpty()) {
                addresses.computeIfAbsent(person, first -> new ArrayList<>());
                references.put(person, row.getString(5));
                return this;
            }
            Address address = new Address(Address.Kind.of(kind), row.getString(5), row.getString(6));
            if (row.getString(3).equals(Role.TO.name())) {
                to = address;
            } else {
                addresses.computeIfAbsent(person, first -> new ArrayList<>()).add(address);
            }
            return this;
        }

        Decision completed(Decision.Builder decision) {
            List<Identity> people = new ArrayList<>();
            addresses.forEach((person, known) -> people.add(
                    references.containsKey(person) ? Identity.of(references.get(person), known) : Identity.of(known)));
            if (to != null) {
                decision.to(to);
            }
            return decision.people(people).build();
        }
    }

    /** A decision's row. */
    private record Kept(String id, Decision.Builder builder) {
        static Kept of(ResultSet row) throws SQLException {
            String id = row.getString(1);
            Decision.Builder builder = Decision.builder(
                            id,
                            Times.instant(row.getLong(2)),
                            MessageId.of(row.getString(3)),
                            Purpose.valueOf(row.getString(4)))
                    .author(Author.valueOf(row.getString(5)))
                    .head(row.getLong(11))
                    .entries(StoreForms.entries(row.getString(12)))
                    .refusals(StoreForms.refusals(row.getString(13)))
                    .policies(row.getString(14));
            String channel = row.getString(6);
            if (channel != null) {
                builder.from(new SenderId(ChannelId.of(channel), row.getString(7)));
            }
            String lane = row.getString(8);
            if (lane != null) {
                builder.lane(StoreForms.lane(lane));
            }
            Conversation conversation = Conversation.none();
            long heardAt = row.getLong(9);
            conversation = row.wasNull() ? conversation : conversation.heard(Times.instant(heardAt));
            long wroteAt = row.getLong(10);
            conversation = row.wasNull() ? conversation : conversation.wrote(Times.instant(wroteAt));
            return new Kept(id, builder.conversation(conversation));
        }
    }
}
