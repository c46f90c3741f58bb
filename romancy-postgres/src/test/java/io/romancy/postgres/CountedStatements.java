package io.romancy.postgres;

import io.romancy.spi.commit.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** What is sent on the connection of a transaction: statements prepared, and savepoints. */
final class CountedStatements {
    private final List<String> texts = new ArrayList<>();

    List<String> texts() {
        return texts;
    }

    Transaction around(Transaction transaction) {
        return new Transaction() {
            @Override
            public <T> T unwrap(Class<T> type) {
                return type.cast(around(transaction.unwrap(Connection.class)));
            }

            @Override
            public void afterCommit(Runnable action) {
                transaction.afterCommit(action);
            }

            @Override
            public void rollbackOnly() {
                transaction.rollbackOnly();
            }
        };
    }

    private Connection around(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().contains("avepoint")
                            || method.getName().equals("prepareStatement")) {
                        texts.add(arguments == null ? method.getName() : String.valueOf(arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
