package aparte.consent.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * An empty database, safe as the storage asks. One PostgreSQL server per JVM; each database in it is a schema. Files are kept
 * in memory where the system has such a place, since each commit is synced, and are gone when the JVM ends.
 */
enum TestDatabase {
    SQLITE {
        @Override
        String newUrl() {
            return "jdbc:sqlite:" + folder().resolve("ledger.db")
                    + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000";
        }
    },

    H2 {
        @Override
        String newUrl() {
            return "jdbc:h2:file:" + folder().resolve("ledger") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
        }
    },

    POSTGRESQL {
        @Override
        String newUrl() {
            String schema = "s" + UUID.randomUUID().toString().replace("-", "");
            String url = Server.POSTGRES.getJdbcUrl("postgres", "postgres");
            try (Connection connection = DriverManager.getConnection(url)) {
                connection.createStatement().execute("CREATE SCHEMA " + schema);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
            return url + "&currentSchema=" + schema;
        }
    };

    /** Returns where a new, empty database is. */
    abstract String newUrl();

    /** Returns connections to a database that is there. */
    Pool open(String url) {
        return new Pool(() -> DriverManager.getConnection(url));
    }

    DataSource create() {
        return open(newUrl());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Folder.ROOT, "db");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Folder {
        static final Path ROOT = make();

        private static Path make() {
            try {
                Path memory = Path.of("/dev/shm");
                Path parent = Files.isWritable(memory) ? memory : Path.of("target");
                Path root = Files.createTempDirectory(parent.toAbsolutePath(), "aparte-test");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
                return root;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void delete(Path root) {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException leftToTheSystem) {
                leftToTheSystem.addSuppressed(new IOException("not deleted: " + root));
            }
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setDataDirectory(folder().resolve("postgres"))
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
