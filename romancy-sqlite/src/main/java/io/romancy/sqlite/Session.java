package io.romancy.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with the statements that were prepared on it. Every text is prepared once, so texts must not be made of values. Used by one
 * thread at a time; no result stays open when a method returns.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        return listWhile(sql, row, kept -> true, arguments);
    }

    /** Reads rows, and stops at the first that is not to be kept. */
    <T> List<T> listWhile(String sql, Row<T> row, Predicate<T> keep, @Nullable Object... arguments)
            throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            while (rows.next()) {
                T next = row.read(rows);
                if (!keep.test(next)) {
                    break;
                }
                found.add(next);
            }
        }
        return found;
    }

    <T> @Nullable T first(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? row.read(rows) : null;
        }
    }

    boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next();
        }
    }

    /** The number in the only column of the only row. */
    long number(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("no row where one must be: " + sql);
            }
            return rows.getLong(1);
        }
    }

    /** The text in the only column of the only row. */
    String text(String sql, @Nullable Object... arguments) throws SQLException {
        String text = first(sql, row -> row.getString(1), arguments);
        if (text == null) {
            throw new SQLException("no text where one must be: " + sql);
        }
        return text;
    }

    /** The number in the only column of the first row; null if it is null or there is no row. */
    @Nullable
    Long numberOrNull(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? nullableLong(rows, 1) : null;
        }
    }

    static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** For a connection that somebody else lends: it stays open, with nothing of ours on it. */
    void closeStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.warn(
                        "A statement on a connection of the application could not be closed; it ends with the connection",
                        e);
            }
        }
        statements.clear();
    }

    /** For a connection whose work is done: what goes wrong now changes nothing for the caller, and an operator should know. */
    void closeQuietly() {
        try {
            close();
        } catch (SQLException e) {
            LOG.warn("A connection to SQLite could not be closed; its file stays open until this process ends", e);
        }
    }
}
