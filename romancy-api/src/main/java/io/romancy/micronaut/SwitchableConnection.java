package io.romancy.micronaut;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection to SQLite that reads only while it is told to. The driver knows that for connections that are not open yet; for an open one
 * SQLite itself has {@code query_only}, which refuses writes until it is switched off. For one thread at a time, as every connection.
 */
final class SwitchableConnection implements InvocationHandler {
    private final Connection target;
    private boolean readOnly;

    SwitchableConnection(Connection target) {
        this.target = target;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection is equal to itself and to no other
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "setReadOnly" -> {
                setReadOnly(arguments != null && Boolean.TRUE.equals(arguments[0]));
                yield null;
            }
            case "isReadOnly" -> readOnly;
            case "close" -> {
                close();
                yield null;
            }
            case "setAutoCommit", "commit", "rollback" -> begin(method, arguments);
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> forward(method, arguments);
        };
    }

    private void setReadOnly(boolean only) throws SQLException {
        if (only != readOnly) {
            try (Statement statement = target.createStatement()) {
                statement.execute("PRAGMA query_only = " + (only ? "ON" : "OFF"));
            }
            readOnly = only;
        }
    }

    /** The driver begins the next transaction with each of these, and to begin one that may write counts as a write. */
    private @Nullable Object begin(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (!readOnly) {
            return forward(method, arguments);
        }
        setReadOnly(false);
        try {
            return forward(method, arguments);
        } finally {
            setReadOnly(true);
        }
    }

    /** Whoever gets the connection next from the pool may write. */
    private void close() throws SQLException {
        try (target) {
            if (!target.isClosed()) {
                setReadOnly(false);
            }
        }
    }

    private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
