package aparte.consent.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source whose database goes away at the n-th statement or commit, before or after it was carried out. */
final class Flaky implements Connections {
    private static final int NEVER = Integer.MAX_VALUE;

    private final DataSource source;
    private final AtomicInteger left = new AtomicInteger(NEVER);
    private boolean carriedOut;
    private boolean broke;

    Flaky(DataSource source) {
        this.source = source;
    }

    /** Breaks at the n-th statement from now, the first one being 1. */
    void breakAt(int statement, boolean afterItWasCarriedOut) {
        carriedOut = afterItWasCarriedOut;
        broke = false;
        left.set(statement);
    }

    void heal() {
        left.set(NEVER);
    }

    boolean broke() {
        return broke;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        return (Connection) wrap(Connection.class, connection, connection);
    }

    private Object wrap(Class<?> type, Object target, Connection connection) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean counts = method.getName().startsWith("execute")
                            || List.of("commit", "rollback").contains(method.getName());
                    boolean breaks = counts && count();
                    if (breaks && !carriedOut) {
                        throw gone(connection);
                    }
                    Object result = call(target, method, arguments);
                    if (breaks) {
                        throw gone(connection);
                    }
                    if (result instanceof PreparedStatement statement) {
                        return wrap(PreparedStatement.class, statement, connection);
                    }
                    return result instanceof Statement statement
                            ? wrap(Statement.class, statement, connection)
                            : result;
                });
    }

    private boolean count() {
        int now = left.get();
        return now != NEVER && left.decrementAndGet() == 0;
    }

    /** As when the wire breaks: the database gives up what was not committed. */
    private SQLException gone(Connection connection) {
        broke = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            return failure;
        }
        return new SQLException("the database went away", "08006");
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
