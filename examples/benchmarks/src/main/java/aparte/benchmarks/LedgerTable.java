package aparte.benchmarks;

import aparte.ChannelId;
import aparte.Controller;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.ConsentLedger;
import aparte.consent.jdbc.JdbcStorage;
import aparte.consent.jdbc.PepperProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;

/**
 * The JDBC ledger on one connection of each database, with one agreement for each person: appends, reads of one person, and
 * pages of a thousand people of whom each is judged.
 */
final class LedgerTable {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100000000000001");
    private static final int PAGE = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int people;
    private final long nanos;
    private final Random random = new Random(1);

    private LedgerTable(int people, int seconds) {
        this.people = people;
        this.nanos = seconds * 1_000_000_000L;
    }

    /** Runs all databases and prints the table. */
    static void run(int people, int seconds) throws IOException, SQLException {
        LedgerTable table = new LedgerTable(people, seconds);
        System.out.println("| database | appends a second | bare round trips a second | reads of one person a second"
                + " | decisions a second by pages of 1,000 (least to most) | our CPU a decision |");
        System.out.println("|---|---|---|---|---|---|");
        Path folder = Files.createTempDirectory("aparte-benchmarks");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .start()) {
            table.measure("SQLite", sqlite(folder));
            table.measure("H2", h2(folder));
            table.measure("PostgreSQL", postgres(postgres));
        } finally {
            delete(folder);
        }
    }

    private static ConnectionPoolDataSource sqlite(Path folder) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        SQLiteConnectionPoolDataSource source = new SQLiteConnectionPoolDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("sqlite.db"));
        return source;
    }

    private static ConnectionPoolDataSource h2(Path folder) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:file:" + folder.resolve("h2") + ";WRITE_DELAY=0");
        return source;
    }

    private static ConnectionPoolDataSource postgres(EmbeddedPostgres postgres) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        return source;
    }

    private void measure(String name, ConnectionPoolDataSource source) throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        try {
            JdbcStorage storage = JdbcStorage.builder(
                            new Controller("shop", "Shop"),
                            pool,
                            PepperProvider.of(
                                    "k1", "32 bytes that are no secret here".getBytes(StandardCharsets.UTF_8)))
                    .build();
            storage.migrate();
            ConsentLedger ledger = storage.ledger();
            List<Identity> everybody = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                everybody.add(Identity.of(Town.phone(i)));
            }
            double appends = appends(ledger, everybody);
            reads(ledger, everybody);
            double reads = reads(ledger, everybody);
            double trips = roundTrips(pool);
            List<Double> pages = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int round = -2; round < 5; round++) {
                long before = THREADS.getCurrentThreadCpuTime();
                double decisions = pages(ledger, everybody);
                if (round >= 0) {
                    pages.add(decisions);
                    cpu.add((THREADS.getCurrentThreadCpuTime() - before) / 1e3 / (decisions * nanos / 1e9));
                }
            }
            Collections.sort(pages);
            Collections.sort(cpu);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f | %,.0f (%,.0f to %,.0f) | %.1f µs |",
                    name,
                    appends,
                    trips,
                    reads,
                    pages.get(2),
                    pages.get(0),
                    pages.get(4),
                    cpu.get(2)));
        } finally {
            pool.dispose();
        }
    }

    /** The least that a read can cost: a prepared statement that reads no table. */
    private double roundTrips(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            long start = System.nanoTime();
            int done = 0;
            while (System.nanoTime() - start < nanos) {
                try (ResultSet row = statement.executeQuery()) {
                    done += row.next() ? 1 : 0;
                }
            }
            return done / seconds(start);
        }
    }

    private static double appends(ConsentLedger ledger, List<Identity> everybody) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        for (Identity person : everybody) {
            ledger.append(Town.granted(person, now));
        }
        return everybody.size() / seconds(start);
    }

    private double reads(ConsentLedger ledger, List<Identity> everybody) {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < nanos) {
            requireOpen(ledger.read(everybody.get(random.nextInt(people))));
            done++;
        }
        return done / seconds(start);
    }

    private double pages(ConsentLedger ledger, List<Identity> everybody) {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < nanos) {
            int from = random.nextInt(people - PAGE + 1);
            for (History history : ledger.readAll(everybody.subList(from, from + PAGE))) {
                requireOpen(history);
                done++;
            }
        }
        return done / seconds(start);
    }

    private static void requireOpen(History history) {
        if (!Standing.of(history, Purpose.NEWS, SENDER, Instant.now()).isOpen()) {
            throw new IllegalStateException("the agreement is not there");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
