package aparte.testkit;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.consent.ConsentLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * How a host might begin: a ledger over one table of entries and one of spellings. It reads everything linked into an
 * in-memory ledger and lets that one answer.
 */
final class JdbcSketchLedger implements ConsentLedger {
    /** Where reads get their connection; empty: from the ledger's own pool. */
    interface Ambient {
        Optional<Connection> connection();
    }

    private final DataSource database;
    private final Semaphore pool;
    private final Ambient ambient;

    JdbcSketchLedger(DataSource database, Semaphore pool, Ambient ambient) {
        this.database = database;
        this.pool = pool;
        this.ambient = ambient;
    }

    static void createTables(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE entry (id VARCHAR(200) PRIMARY KEY, body VARBINARY(1000000) NOT NULL)");
            connection
                    .createStatement()
                    .execute("CREATE TABLE spelling (name VARCHAR(1100), id VARCHAR(200), PRIMARY KEY (name, id))");
        }
    }

    @Override
    public History read(Identity person) {
        return ambient.connection()
                .map(connection -> unchecked(() -> read(connection, person)))
                .orElseGet(() -> pooled(connection -> read(connection, person)));
    }

    @Override
    public boolean append(ConsentEntry entry) {
        return pooled(connection -> {
            connection.setAutoCommit(false);
            try {
                insert(connection, entry);
                connection.commit();
                return true;
            } catch (SQLException failure) {
                connection.rollback();
                if ("23505".equals(failure.getSQLState())) {
                    return false;
                }
                throw failure;
            }
        });
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        pooled(connection -> {
            connection.setAutoCommit(false);
            List<ConsentEntry> before = all(connection);
            InMemoryConsentLedger memory = new InMemoryConsentLedger();
            before.forEach(memory::append);
            memory.erase(person, suppress);
            Set<ConsentEntry> after = new LinkedHashSet<>(memory.read(person).entries());
            before.forEach(entry -> after.addAll(memory.read(entry.person()).entries()));
            connection.createStatement().execute("DELETE FROM spelling");
            connection.createStatement().execute("DELETE FROM entry");
            for (ConsentEntry entry : after) {
                insert(connection, entry);
            }
            connection.commit();
            return true;
        });
    }

    private static History read(Connection connection, Identity person) throws SQLException {
        Map<String, ConsentEntry> found = new LinkedHashMap<>();
        Set<String> asked = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(names(person));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT e.body FROM entry e JOIN spelling s ON s.id = e.id WHERE s.name = ?")) {
            while (!next.isEmpty()) {
                String name = next.remove(next.size() - 1);
                if (asked.add(name)) {
                    select.setString(1, name);
                    for (ConsentEntry entry : entries(select)) {
                        found.put(entry.id().value(), entry);
                        next.addAll(entry.kind() == ConsentEntry.Kind.LINKED ? names(entry.person()) : Set.of());
                    }
                }
            }
        }
        InMemoryConsentLedger memory = new InMemoryConsentLedger();
        found.values().forEach(memory::append);
        return memory.read(person);
    }

    private static List<ConsentEntry> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT body FROM entry")) {
            return entries(select);
        }
    }

    private static List<ConsentEntry> entries(PreparedStatement select) throws SQLException {
        List<ConsentEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(EntryCodec.read(rows.getBytes(1)));
            }
        }
        return entries;
    }

    private static void insert(Connection connection, ConsentEntry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entry VALUES (?, ?)")) {
            insert.setString(1, entry.id().value());
            insert.setBytes(2, EntryCodec.write(entry));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO spelling VALUES (?, ?)")) {
            for (String name : names(entry.person())) {
                insert.setString(1, name);
                insert.setString(2, entry.id().value());
                insert.executeUpdate();
            }
        }
    }

    private static Set<String> names(Identity person) {
        Set<String> names = new LinkedHashSet<>();
        person.reference().ifPresent(reference -> names.add("reference " + reference));
        Collection<Address> keys = person.keys();
        keys.forEach(key -> names.add(key.kind() + " " + key.value() + " " + key.scope()));
        return names;
    }

    private <T> T pooled(Work<T> work) {
        return unchecked(() -> {
            if (!pool.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                throw new SQLException("no connection is free");
            }
            try (Connection connection = database.getConnection()) {
                return work.with(connection);
            } finally {
                pool.release();
            }
        });
    }

    private static <T> T unchecked(Task<T> task) {
        try {
            return task.run();
        } catch (SQLException failure) {
            throw new IllegalStateException("the database did not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private interface Task<T> {
        T run() throws SQLException, InterruptedException;
    }
}
