package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away in the middle of something: at its n-th statement or commit, for every n. */
class FailureTest {
    private static final Identity ANA = Identity.of(Address.phone("+33612345678"));
    private static final Identity ANA_TOO =
            Identity.of("crm-1", List.of(Address.of(Address.Kind.VIBER_USER, "01234567890A=")));
    private static final Set<String> STATEMENTS = Set.of("execute", "executeQuery", "executeUpdate", "commit");

    private static ConsentEntry linked(String id) {
        return ConsentEntry.builder(ConsentEntry.Kind.LINKED, join(), Scope.everything())
                .id(EntryId.of(id))
                .effectiveAt(Instant.parse("2026-03-01T10:00:00Z"))
                .build();
    }

    private static Identity join() {
        return Identity.of(
                "crm-1", List.of(ANA.addresses().get(0), ANA_TOO.addresses().get(0)));
    }

    private static ConsentEntry withdrawn(String id) {
        return ConsentEntry.withdrawn(ANA, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "reply")
                .id(EntryId.of(id))
                .effectiveAt(Instant.parse("2026-03-02T10:00:00Z"))
                .build();
    }

    /** A data source whose connections fail once a number of statements went well. */
    private static final class Failing {
        private final DataSource real;
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

        Failing(DataSource real) {
            this.real = real;
        }

        DataSource source() {
            return (Connections) () -> {
                Connection connection = real.getConnection();
                return proxy(Connection.class, watching(connection));
            };
        }

        private InvocationHandler watching(Object target) {
            return (proxy, method, arguments) -> {
                if (STATEMENTS.contains(method.getName()) && left.getAndDecrement() <= 0) {
                    throw new SQLException("the line is cut", "08006");
                }
                try {
                    Object result = method.invoke(target, arguments);
                    if (result instanceof PreparedStatement statement) {
                        return proxy(PreparedStatement.class, watching(statement));
                    }
                    return result instanceof Statement statement ? proxy(Statement.class, watching(statement)) : result;
                } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                }
            };
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(
                    Proxy.newProxyInstance(FailureTest.class.getClassLoader(), new Class<?>[] {type}, handler));
        }

        /** Does the work with fewer, then more statements going well, until it succeeds; returns how often it failed. */
        int untilItSucceeds(Runnable work, Runnable afterFailure) {
            for (int n = 0; ; n++) {
                left.set(n);
                try {
                    work.run();
                    left.set(Integer.MAX_VALUE);
                    return n;
                } catch (StorageException failed) {
                    assertThat(failed.reason()).isEqualTo(StorageException.Reason.UNREACHABLE);
                    left.set(Integer.MAX_VALUE);
                    afterFailure.run();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_an_entry_whole_or_not_at_all(TestDatabase database) {
        DataSource real = database.create();
        JdbcConsentLedger sound = Storages.over(real).ledger();
        sound.append(linked("before"));
        Failing failing = new Failing(real);
        JdbcConsentLedger ledger = Storages.over(failing.source()).ledger();

        int failures = failing.untilItSucceeds(() -> ledger.append(withdrawn("new")), () -> {
            assertThat(sound.read(ANA).entries()).hasSize(1);
            assertThat(sound.verify().finding()).isEmpty();
        });

        assertThat(failures).isGreaterThan(6);
        assertThat(sound.read(ANA_TOO).entries()).hasSize(2);
        assertThat(sound.verify().finding()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void joins_people_whole_or_not_at_all(TestDatabase database) {
        DataSource real = database.create();
        JdbcConsentLedger sound = Storages.over(real).ledger();
        sound.append(withdrawn("before"));
        Failing failing = new Failing(real);
        JdbcConsentLedger ledger = Storages.over(failing.source()).ledger();

        failing.untilItSucceeds(() -> ledger.append(linked("new")), () -> {
            assertThat(sound.read(ANA_TOO).entries()).isEmpty();
            assertThat(sound.verify().finding()).isEmpty();
        });

        assertThat(sound.read(ANA_TOO).entries()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void erases_a_person_whole_or_not_at_all(TestDatabase database) {
        DataSource real = database.create();
        JdbcConsentLedger sound = Storages.over(real).ledger();
        sound.append(linked("one"));
        sound.append(withdrawn("two"));
        Failing failing = new Failing(real);
        JdbcConsentLedger ledger = Storages.over(failing.source()).ledger();

        failing.untilItSucceeds(() -> ledger.erase(ANA_TOO, false), () -> {
            assertThat(sound.read(ANA).entries())
                    .extracting(entry -> entry.id().value())
                    .containsExactly("one", "two");
            assertThat(sound.verify().finding()).isEmpty();
        });

        assertThat(sound.read(ANA).entries())
                .extracting(ConsentEntry::kind)
                .containsExactly(ConsentEntry.Kind.SUPPRESSED);
        assertThat(sound.verify().finding()).isEmpty();
    }
}
