package io.romancy.postgres.notify;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A way to a server as there are some: it speaks PostgreSQL's language, and refuses LISTEN as a feature that it does not have. */
final class NoListenDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        return as(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof Statement statement ? deaf(statement) : result;
        });
    }

    private static Statement deaf(Statement statement) {
        return as(Statement.class, (proxy, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof String sql && sql.contains("LISTEN")) {
                throw new SQLException("ERROR: unimplemented: LISTEN", "0A000");
            }
            return call(statement, method, arguments);
        });
    }

    private static <T> T as(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
