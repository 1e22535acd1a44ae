package aparte.consent.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty database, safe as the storage asks. One PostgreSQL server per JVM; each database in it is a schema. */
enum TestDatabase {
    SQLITE {
        @Override
        String newUrl() {
            return "jdbc:sqlite:" + folder().resolve("ledger.db")
                    + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000";
        }

        @Override
        DataSource open(String url) {
            return (Connections) () -> DriverManager.getConnection(url);
        }
    },

    H2 {
        @Override
        String newUrl() {
            return "jdbc:h2:file:" + folder().resolve("ledger") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
        }

        @Override
        DataSource open(String url) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(url + ";DB_CLOSE_DELAY=-1");
            return source;
        }

        /** The file stays open between connections, for speed, until this is called. */
        @Override
        void close(String url) {
            try (Connection connection = open(url).getConnection()) {
                connection.createStatement().execute("SHUTDOWN");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    },

    POSTGRESQL {
        @Override
        String newUrl() {
            String schema = "s" + UUID.randomUUID().toString().replace("-", "");
            String url = Server.POSTGRES.getJdbcUrl("postgres", "postgres");
            try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("CREATE SCHEMA " + schema);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
            return url + "&currentSchema=" + schema;
        }

        @Override
        DataSource open(String url) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            return source;
        }
    };

    /** Returns where a new, empty database is. */
    abstract String newUrl();

    /** Returns connections to a database that is there. */
    abstract DataSource open(String url);

    void close(String url) {
        // Nothing is held open.
    }

    DataSource create() {
        return open(newUrl());
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "db");
            return folder.toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
