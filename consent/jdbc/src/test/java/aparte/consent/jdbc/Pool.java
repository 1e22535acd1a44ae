package aparte.consent.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps connections open that are given back, as a host's pool does, and refuses one that comes back in disorder. */
final class Pool implements Connections {
    private final Connections source;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    Pool(Connections source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection kept = idle.poll();
        Connection real = kept == null ? source.getConnection() : kept;
        AtomicBoolean closed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (closed.compareAndSet(false, true) && !real.isClosed()) {
                            giveBack(real);
                        }
                        return null;
                    }
                    if (method.getName().equals("abort")) {
                        real.close();
                        return null;
                    }
                    if (method.getName().equals("isClosed") && closed.get()) {
                        return true;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void giveBack(Connection real) throws SQLException {
        if (!real.getAutoCommit()) {
            real.close();
            throw new IllegalStateException("a connection came back in a transaction");
        }
        idle.push(real);
    }

    void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
