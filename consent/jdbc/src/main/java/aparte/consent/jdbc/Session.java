package aparte.consent.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection during one piece of work; every statement on it has the time limit. Not thread-safe. */
final class Session {
    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;
    private final Duration timeout;

    Session(Connection connection, Dialect dialect, Duration timeout) {
        this.connection = connection;
        this.dialect = dialect;
        this.timeout = timeout;
    }

    Dialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    /** Returns a statement with the time limit; the caller closes it. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            dialect.limit(statement, timeout);
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    /** Changes rows; returns how many. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Runs a statement without parameters, such as one of a schema. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            set(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            set(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        }
    }

    /**
     * Inserts a row, unless its key is taken; waits for whoever is inserting the same key.
     *
     * @return whether it is inserted
     */
    boolean insertIfAbsent(String insert, Object... values) throws SQLException {
        if (dialect != Dialect.H2) {
            return update(insert + " ON CONFLICT DO NOTHING", values) == 1;
        }
        try {
            return update(insert, values) == 1;
        } catch (SQLException failure) {
            if ("23505".equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    /** Returns as many parameters as there are, for an {@code IN (…)}. */
    static String marks(int count) {
        return "?" + ", ?".repeat(count - 1);
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Optional<?> maybe && maybe.isPresent() ? maybe.get() : values[i];
            if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (value instanceof String text) {
                statement.setString(i + 1, text);
            } else if (value instanceof Optional<?>) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                throw new IllegalArgumentException("no such parameter: " + value.getClass());
            }
        }
    }
}
