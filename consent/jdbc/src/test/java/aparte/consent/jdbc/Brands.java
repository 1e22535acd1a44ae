package aparte.consent.jdbc;

import aparte.Controller;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Storages of ever new controllers in one database of each sort: empty, and quick to make. */
final class Brands {
    private static final Map<TestDatabase, DataSource> SOURCES = new EnumMap<>(TestDatabase.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Brands() {}

    static synchronized DataSource source(TestDatabase database) {
        return SOURCES.computeIfAbsent(database, fresh -> {
            DataSource source = fresh.create();
            Storages.over(source);
            return source;
        });
    }

    /** Returns a storage of a controller that nobody else has. */
    static JdbcStorage next(TestDatabase database) {
        return of(database, new Controller("brand-" + COUNT.incrementAndGet(), "Brand"));
    }

    /** Returns the storage as another machine has it. */
    static JdbcStorage again(TestDatabase database, JdbcStorage storage) {
        return of(database, storage.controller());
    }

    private static JdbcStorage of(TestDatabase database, Controller controller) {
        return JdbcStorage.builder(controller, source(database), Storages.PEPPER)
                .build();
    }
}
