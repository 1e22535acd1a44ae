package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static List<Integer> counts(Session session, String table) throws SQLException {
        return session.list("SELECT n FROM " + table, row -> row.getInt(1));
    }

    private static Database withTables(TestDatabase kind, String url) {
        Database database = Database.open(kind.open(url), TIMEOUT);
        database.write(session -> {
            session.execute("CREATE TABLE one (n INTEGER)");
            session.execute("CREATE TABLE other (n INTEGER)");
            session.update("INSERT INTO one VALUES (1)");
            session.update("INSERT INTO other VALUES (1)");
            return true;
        });
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void reads_every_table_of_a_snapshot_as_of_one_moment(TestDatabase kind) {
        String url = kind.newUrl();
        Database reader = withTables(kind, url);
        Database writer = Database.open(kind.open(url), TIMEOUT);

        reader.snapshot(session -> {
            assertThat(counts(session, "one")).containsExactly(1);
            writer.write(others -> {
                others.update("UPDATE one SET n = 2");
                return others.update("UPDATE other SET n = 2");
            });
            assertThat(counts(session, "other")).containsExactly(1);
            return true;
        });

        assertThat(reader.<List<Integer>>snapshot(session -> counts(session, "other")))
                .containsExactly(2);
    }

    @Test
    void waits_longer_for_a_writer_of_another_process_than_sqlite_does() throws Exception {
        String url = TestDatabase.SQLITE.newUrl().replace("busy_timeout=5000", "busy_timeout=1");
        Database one = withTables(TestDatabase.SQLITE, url);
        Database other = Database.open(TestDatabase.SQLITE.open(url), TIMEOUT);
        CountDownLatch writing = new CountDownLatch(1);

        Thread first = new Thread(() -> one.write(session -> {
            writing.countDown();
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(200)) {
                Thread.onSpinWait(); // holds the lock for 200 times as long as SQLite waits by itself
            }
            return session.update("UPDATE one SET n = n + 1");
        }));
        first.start();
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        other.write(session -> session.update("UPDATE one SET n = n + 1"));
        first.join();

        assertThat(one.<List<Integer>>snapshot(session -> counts(session, "one")))
                .containsExactly(3);
    }

    @Test
    void gives_up_on_a_writer_of_another_process_after_ten_times_the_limit_and_goes_on_afterwards() throws Exception {
        String url = TestDatabase.SQLITE.newUrl().replace("busy_timeout=5000", "busy_timeout=1");
        Database one = withTables(TestDatabase.SQLITE, url);
        Database other = Database.open(TestDatabase.SQLITE.open(url), Duration.ofMillis(20));

        one.write(session -> {
            assertThatThrownBy(() -> other.write(second -> second.update("UPDATE one SET n = 7")))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StorageException.Reason.UNREACHABLE))
                    .hasMessage("the database failed; nothing of it is kept")
                    .cause()
                    .hasNoSuppressedExceptions();
            return true;
        });

        assertThat(other.<Integer>write(second -> second.update("UPDATE one SET n = 7")))
                .isEqualTo(1);
    }
}
