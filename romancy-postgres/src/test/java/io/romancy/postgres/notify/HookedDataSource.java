package io.romancy.postgres.notify;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.ds.PGSimpleDataSource;

/** A way to a database on which a test can do something before each call of a connection, and which keeps what it opened. */
final class HookedDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final transient List<Connection> opened = new CopyOnWriteArrayList<>();
    private transient volatile Hook hook = method -> {};

    /** What is done before a method of a connection is called. */
    @FunctionalInterface
    interface Hook {
        void before(String method) throws Exception;
    }

    HookedDataSource(String url) {
        setURL(url);
    }

    void hook(Hook next) {
        hook = next;
    }

    /** The connections themselves, which no hook knows of. */
    List<Connection> opened() {
        return opened;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        opened.add(connection);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    hook.before(method.getName());
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
