package aparte.consent.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, as versioned files of plain SQL: {@code META-INF/aparte/sql/<database>/V<n>__<name>.sql}. Each file notes its
 * version in {@code aparte_schema}, so that it does not matter whether we apply it or the host does.
 */
final class Schema {
    /** In order; a version is a file's place in the list, from 1. */
    private static final List<String> FILES = List.of("V1__ledger.sql", "V2__stores.sql");

    private Schema() {}

    /** Returns the version in the database; 0 if there is none. */
    static int version(Session session) throws SQLException {
        boolean exists = session.first(session.dialect().findSchema(), row -> row.getInt(1))
                .filter(tables -> tables > 0)
                .isPresent();
        return exists
                ? session.first("SELECT MAX(version) FROM aparte_schema", row -> row.getInt(1))
                        .orElse(0)
                : 0;
    }

    /** Tells whether nothing is missing; refuses a newer one. */
    static boolean isCurrent(Session session) throws SQLException {
        int version = version(session);
        refuseNewer(version);
        return version == FILES.size();
    }

    /** Applies what is missing. */
    static void migrate(Session session) throws SQLException {
        session.dialect().lockSetup(session);
        int version = version(session);
        refuseNewer(version);
        for (String file : FILES.subList(version, FILES.size())) {
            for (String statement : statements(session.dialect(), file)) {
                session.execute(statement);
            }
        }
    }

    /** Refuses to work on tables that are not the ones that this library was written for. */
    static void check(Session session) throws SQLException {
        int version = version(session);
        if (version == 0) {
            throw new StorageException(
                    StorageException.Reason.SCHEMA_MISSING,
                    "the tables are not there: call JdbcStorage.migrate(), or apply the files under META-INF/aparte/sql/"
                            + session.dialect().folder());
        }
        if (version < FILES.size()) {
            throw new StorageException(
                    StorageException.Reason.SCHEMA_OUTDATED,
                    "the tables have version " + version + ", but this library needs " + FILES.size()
                            + ": call JdbcStorage.migrate(), or apply the newer files under META-INF/aparte/sql/"
                            + session.dialect().folder());
        }
        refuseNewer(version);
    }

    private static void refuseNewer(int version) {
        if (version > FILES.size()) {
            throw new StorageException(
                    StorageException.Reason.SCHEMA_TOO_NEW,
                    "the tables have version " + version + ", but this library knows " + FILES.size()
                            + ": use the newer library on every machine");
        }
    }

    private static List<String> statements(Dialect dialect, String file) {
        String path = "/META-INF/aparte/sql/" + dialect.folder() + "/" + file;
        try (InputStream in = Schema.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text
                    .replaceAll("(?m)^--.*$", "")
                    .lines()
                    .reduce((all, line) -> all + "\n" + line)
                    .map(all -> List.of(all.split(";")))
                    .orElse(List.of())
                    .stream()
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
