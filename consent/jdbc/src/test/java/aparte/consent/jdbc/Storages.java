package aparte.consent.jdbc;

import aparte.Controller;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;

/** Storages as tests need them. */
final class Storages {
    static final Controller BRAND = new Controller("brand", "Brand");
    static final PepperProvider PEPPER = PepperProvider.of("k1", pepper("one"));

    private Storages() {}

    /** Returns a pepper that is as random as its name. */
    static byte[] pepper(String name) {
        return ("a pepper for tests, and tests only: " + name).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a storage with its tables. */
    static JdbcStorage over(DataSource source) {
        JdbcStorage storage = JdbcStorage.builder(BRAND, source, PEPPER).build();
        storage.migrate();
        return storage;
    }
}
