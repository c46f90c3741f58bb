package io.romancy.sqlite;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the application gets: everything but the power to end the transaction, which belongs to the one who opened it. Rolling
 * back to a savepoint is allowed.
 */
final class TransactionConnection implements InvocationHandler {
    private final Connection target;
    private final Connection connection;
    private volatile boolean ended;

    TransactionConnection(Connection target) {
        this.target = target;
        this.connection = (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    Connection connection() {
        return connection;
    }

    void end() {
        ended = true;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection is equal to itself and to no other
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "close" -> null;
            case "isClosed" -> ended || target.isClosed();
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Connection of a transaction on " + target;
            case "commit", "abort" -> throw refuse(method);
            case "rollback" -> arguments == null ? refused(method) : forward(method, arguments);
            case "setAutoCommit" -> arguments != null && Boolean.FALSE.equals(arguments[0]) ? null : refused(method);
            default -> forward(method, arguments);
        };
    }

    private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (ended) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The connection cannot be used: its transaction has ended. Use it only inside the transaction's work.");
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object refused(Method method) {
        throw refuse(method);
    }

    private static RomancyException refuse(Method method) {
        return new RomancyException(
                ErrorCode.WRONG_PLACE,
                "Connection." + method.getName() + " is refused: the transaction ends with the work that it was "
                        + "opened for. Return to commit; throw, or call rollbackOnly, to roll back.");
    }
}
