package aparte.testkit;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Purpose;
import aparte.Scope;
import aparte.consent.LegacyContacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * How a host maps an old CRM with a strange contact table: telephone numbers as people typed them, {@code do_not_contact}
 * {@code 'Y'}, {@code 'N'} or null, sometimes an {@code optin_date}, no history.
 */
final class OldCrmContacts implements LegacyContacts {
    /** What the flag means in this CRM: no promotion. */
    private static final Scope FLAG = Scope.promotional();

    private final DataSource database;
    private final Semaphore pool;

    OldCrmContacts(DataSource database, Semaphore pool) {
        this.database = database;
        this.pool = pool;
    }

    static void createTable(Connection connection) throws SQLException {
        connection
                .createStatement()
                .execute("CREATE TABLE contact (no INT PRIMARY KEY, name VARCHAR(80), phone VARCHAR(40),"
                        + " do_not_contact CHAR(1), optin_date DATE)");
    }

    @Override
    public List<ConsentEntry> read(Identity person) {
        return readAll(List.of(person)).get(0);
    }

    @Override
    public List<List<ConsentEntry>> readAll(List<Identity> people) {
        Set<String> all = new LinkedHashSet<>();
        people.forEach(person -> all.addAll(spellings(person)));
        List<Row> rows = all.isEmpty() ? List.of() : pooled(connection -> select(connection, all));
        List<List<ConsentEntry>> flags = new ArrayList<>(people.size());
        for (Identity person : people) {
            Set<String> own = spellings(person);
            List<ConsentEntry> entries = new ArrayList<>();
            rows.stream()
                    .filter(row -> own.contains(row.digits()))
                    .forEach(row -> row.flag(person).ifPresent(entries::add));
            flags.add(entries);
        }
        return flags;
    }

    private static List<Row> select(Connection connection, Set<String> spellings) throws SQLException {
        String places = String.join(",", Collections.nCopies(spellings.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT no, REGEXP_REPLACE(phone, '[^0-9+]', '') digits, do_not_contact, optin_date FROM contact"
                        + " WHERE REGEXP_REPLACE(phone, '[^0-9+]', '') IN (" + places + ")")) {
            fill(select, spellings);
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(
                            result.getInt(1),
                            result.getString(2),
                            "Y".equals(result.getString(3)),
                            Optional.ofNullable(result.getObject(4, LocalDate.class))));
                }
            }
            return rows;
        }
    }

    @Override
    public void write(ConsentEntry entry) {
        boolean closing = entry.kind().isClosing();
        // A withdrawal of less than the flag means stays with the journal.
        boolean meant =
                entry.scope().senders().isEmpty() && entry.scope().purposes().containsAll(FLAG.purposes());
        if (closing && !meant && entry.kind() != ConsentEntry.Kind.OBJECTED) {
            return;
        }
        if (!closing && entry.scope().purposes().stream().noneMatch(Purpose::isPromotional)) {
            return;
        }
        update("UPDATE contact SET do_not_contact = '" + (closing ? 'Y' : 'N') + "'", entry.person());
    }

    @Override
    public void erase(Identity person) {
        update("DELETE FROM contact", person);
    }

    private void update(String statement, Identity person) {
        Set<String> spellings = spellings(person);
        if (spellings.isEmpty()) {
            return;
        }
        String places = String.join(",", Collections.nCopies(spellings.size(), "?"));
        pooled(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    statement + " WHERE REGEXP_REPLACE(phone, '[^0-9+]', '') IN (" + places + ")")) {
                fill(update, spellings);
                return update.executeUpdate();
            }
        });
    }

    private static void fill(PreparedStatement statement, Set<String> spellings) throws SQLException {
        int place = 1;
        for (String spelling : spellings) {
            statement.setString(place++, spelling);
        }
    }

    /** How French agents type a number: +33…, 0033… or national; other countries with + or 00. */
    private static Set<String> spellings(Identity person) {
        Set<String> spellings = new LinkedHashSet<>();
        for (Address key : person.keys()) {
            if (key.kind().equals(Address.Kind.PHONE)) {
                spellings.add(key.value());
                spellings.add("00" + key.value().substring(1));
                if (key.value().startsWith("+33")) {
                    spellings.add("0" + key.value().substring(3));
                }
            }
        }
        return spellings;
    }

    private <T> T pooled(Work<T> work) {
        try {
            if (!pool.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("no connection is free");
            }
            try (Connection connection = database.getConnection()) {
                return work.with(connection);
            } finally {
                pool.release();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the contact table did not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private record Row(int number, String digits, boolean doNotContact, Optional<LocalDate> optIn) {
        /** The flag as an entry, named by the row's number. */
        Optional<ConsentEntry> flag(Identity person) {
            if (doNotContact) {
                return Optional.of(ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, person, FLAG)
                        .id(EntryId.of("contact-" + number + "-do-not-contact"))
                        .source("old crm")
                        .build());
            }
            return optIn.map(day -> ConsentEntry.builder(ConsentEntry.Kind.IMPORTED, person, FLAG)
                    .id(EntryId.of("contact-" + number + "-optin"))
                    .effectiveAt(day.atStartOfDay(ZoneOffset.UTC).toInstant())
                    .source("old crm")
                    .build());
        }
    }
}
