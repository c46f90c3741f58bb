package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** A pool and a schema: borrows a connection for a call, and says what a failure means. */
final class Database {
    private final DataSource pool;
    private final Schema schema;
    private final int longestAnswerMillis;
    private volatile boolean closed;

    Database(DataSource pool, Schema schema) {
        this(pool, schema, Duration.ZERO);
    }

    /**
     * With a limit for each answer, in a pool whose connections have none because an application may work in its transactions for as long
     * as it likes. The pool takes the limit off again.
     *
     * @param longestAnswer zero for none but that of the pool
     */
    Database(DataSource pool, Schema schema, Duration longestAnswer) {
        this.pool = pool;
        this.schema = schema;
        this.longestAnswerMillis = (int) longestAnswer.toMillis();
    }

    Schema schema() {
        return schema;
    }

    /** From here on calls are refused by name, instead of by whatever a closed pool says. */
    void close() {
        closed = true;
    }

    /** Runs statements of which each is a transaction of its own. */
    <T extends @Nullable Object> T call(String what, SqlCall<T> call) {
        try {
            return callRaw(call);
        } catch (SQLException e) {
            throw SqlFailure.of(what, e);
        }
    }

    /** The same for callers that look at the error themselves. */
    <T extends @Nullable Object> T callRaw(SqlCall<T> call) throws SQLException {
        refuseIfClosed();
        try (Connection connection = pool.getConnection()) {
            limit(connection);
            return call.with(connection);
        }
    }

    /** What the URL says wins if it is shorter. */
    private void limit(Connection connection) throws SQLException {
        if (longestAnswerMillis > 0) {
            int before = connection.getNetworkTimeout();
            if (before == 0 || before > longestAnswerMillis) {
                connection.setNetworkTimeout(Runnable::run, longestAnswerMillis);
            }
        }
    }

    /** A connection that the caller closes. */
    Connection borrow() {
        refuseIfClosed();
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw SqlFailure.of("Borrowing a connection", e);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StorageException(
                    ErrorCode.STORAGE_CLOSED,
                    "The PostgreSQL storage is closed. Nothing can be asked of it.",
                    null,
                    false);
        }
    }

    /** Runs statements in one transaction, READ COMMITTED. An exception leaves it open: the pool rolls back what comes home so. */
    <T extends @Nullable Object> T transactionRaw(SqlCall<T> call) throws SQLException {
        return callRaw(connection -> {
            connection.setAutoCommit(false);
            T result = call.with(connection);
            connection.commit();
            return result;
        });
    }

    /** The same for callers that do not look at the error. */
    <T extends @Nullable Object> T transaction(String what, SqlCall<T> call) {
        try {
            return transactionRaw(call);
        } catch (SQLException e) {
            throw SqlFailure.of(what, e);
        }
    }

    /** Ordinary statements, in the DSL on generated tables; each a transaction of its own. */
    <T extends @Nullable Object> T query(String what, Query<T> query) {
        return call(what, connection -> ask(connection, query));
    }

    /** The same in one transaction. */
    <T extends @Nullable Object> T transactionQuery(String what, Query<T> query) {
        return transaction(what, connection -> ask(connection, query));
    }

    private <T extends @Nullable Object> T ask(Connection connection, Query<T> query) throws SQLException {
        try {
            return query.with(schema.on(connection));
        } catch (DataAccessException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
        }
    }

    /** What is done with jOOQ on a borrowed connection. */
    @FunctionalInterface
    interface Query<T extends @Nullable Object> {
        T with(DSLContext dsl);
    }
}
