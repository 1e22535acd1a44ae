package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcStorageTest {
    private static JdbcStorage open(DataSource source) {
        return JdbcStorage.builder(Storages.BRAND, source, Storages.PEPPER).build();
    }

    private static void assertRefused(ThrowingCallable work, StorageException.Reason reason, String... says) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .message()
                .contains(says);
    }

    private static int version(DataSource source) {
        return open(source).database().read(Schema::version);
    }

    @Nested
    class WhenTheTablesAreMissing {
        @ParameterizedTest
        @EnumSource
        void are_made_by_migrating(TestDatabase database) {
            DataSource source = database.create();

            open(source).migrate();

            assertThat(version(source)).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource
        void are_made_once_only(TestDatabase database) {
            DataSource source = database.create();
            open(source).migrate();

            open(source).migrate();

            assertThat(version(source)).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource
        void are_named_as_missing(TestDatabase database) {
            JdbcStorage storage = open(database.create());

            assertRefused(
                    () -> storage.database().read(session -> {
                        Schema.check(session);
                        return true;
                    }),
                    StorageException.Reason.SCHEMA_MISSING,
                    "migrate()");
        }
    }

    @Nested
    class WhenTheTablesAreNewer {
        @ParameterizedTest
        @EnumSource
        void refuses_to_touch_them(TestDatabase database) throws SQLException {
            DataSource source = database.create();
            JdbcStorage storage = open(source);
            storage.migrate();
            try (Connection connection = source.getConnection()) {
                connection.createStatement().execute("UPDATE aparte_schema SET version = 99");
            }

            assertRefused(storage::migrate, StorageException.Reason.SCHEMA_TOO_NEW, "99");
        }
    }

    @Nested
    class WhenTheDatabaseCouldLoseAnOptOut {
        @TempDir
        Path folder;

        private DataSource sqlite(String settings) {
            String url = "jdbc:sqlite:" + folder.resolve("unsafe.db") + settings;
            return (Connections) () -> DriverManager.getConnection(url);
        }

        private DataSource h2(String settings) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:file:" + folder.resolve("unsafe") + settings);
            return source;
        }

        @Test
        void refuses_sqlite_without_wal() {
            assertRefused(
                    () -> open(sqlite("?synchronous=FULL")),
                    StorageException.Reason.UNSAFE_SETTING,
                    "journal_mode=WAL");
        }

        @Test
        void refuses_sqlite_in_memory() {
            String url = "jdbc:sqlite::memory:?journal_mode=WAL&synchronous=FULL";
            DataSource source = (Connections) () -> DriverManager.getConnection(url);

            assertRefused(() -> open(source), StorageException.Reason.UNSAFE_SETTING, "journal_mode=WAL");
        }

        @Test
        void refuses_sqlite_that_does_not_sync_each_commit() {
            assertRefused(
                    () -> open(sqlite("?journal_mode=WAL&synchronous=NORMAL")),
                    StorageException.Reason.UNSAFE_SETTING,
                    "synchronous=FULL");
        }

        @Test
        void refuses_sqlite_that_does_not_wait_for_another_writer() {
            assertRefused(
                    () -> open(sqlite("?journal_mode=WAL&synchronous=FULL&busy_timeout=0")),
                    StorageException.Reason.UNSAFE_SETTING,
                    "busy_timeout");
        }

        @Test
        void takes_sqlite_that_syncs_even_more() {
            assertThat(open(sqlite("?journal_mode=WAL&synchronous=EXTRA"))).isNotNull();
        }

        @Test
        void refuses_h2_as_it_is_by_default() {
            assertRefused(() -> open(h2("")), StorageException.Reason.UNSAFE_SETTING, "WRITE_DELAY=0");
        }

        @Test
        void takes_h2_that_writes_at_once() {
            assertThat(open(h2(";WRITE_DELAY=0"))).isNotNull();
        }

        @Test
        void refuses_postgresql_that_commits_later() {
            String url = TestDatabase.POSTGRESQL.newUrl();

            assertRefused(
                    () -> open(TestDatabase.POSTGRESQL.open(url + "&options=-c%20synchronous_commit=off")),
                    StorageException.Reason.UNSAFE_SETTING,
                    "synchronous_commit");
        }
    }

    @Nested
    class WhenTheDataSourceIsNotFit {
        @Test
        void refuses_an_unknown_database() {
            DataSource source = (Connections) () -> product("MySQL");

            assertRefused(() -> open(source), StorageException.Reason.UNKNOWN_DATABASE, "MySQL", "ConsentLedger");
        }

        @Test
        void refuses_connections_that_do_not_commit_by_themselves() {
            DataSource plain = TestDatabase.H2.create();
            DataSource ambient = (Connections) () -> {
                Connection connection = plain.getConnection();
                connection.setAutoCommit(false);
                return connection;
            };

            assertRefused(() -> open(ambient), StorageException.Reason.AMBIENT_TRANSACTION, "pool of its own");
        }

        @Test
        void says_that_a_database_does_not_answer() {
            DataSource source = (Connections) () -> {
                throw new SQLException("nobody there");
            };

            assertRefused(() -> open(source), StorageException.Reason.UNREACHABLE, "did not answer");
        }

        private Connection product(String name) {
            DatabaseMetaData metaData = (DatabaseMetaData) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DatabaseMetaData.class},
                    (proxy, method, arguments) -> name);
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        return switch (method.getName()) {
                            case "getAutoCommit" -> true;
                            case "getMetaData" -> metaData;
                            default -> null;
                        };
                    });
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void refuses_a_time_limit_below_a_second() {
            JdbcStorage.Builder builder =
                    JdbcStorage.builder(Storages.BRAND, TestDatabase.H2.create(), Storages.PEPPER);

            assertThatThrownBy(() -> builder.timeout(Duration.ofMillis(999)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void names_no_secret() {
            assertThat(open(TestDatabase.H2.create())).hasToString("JdbcStorage[brand, h2]");
        }
    }
}
