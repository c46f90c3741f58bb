package io.romancy.postgres.soak;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/**
 * What really happened: a line for each time that a body ran or an event was published, written past all proxies. Knows nothing of
 * Romancy. Thread-safe.
 */
final class SoakLedger {
    private static final int CONNECTIONS = 8;

    private final String url;
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    SoakLedger(String url) {
        this.url = url;
    }

    void create() throws SQLException {
        change("CREATE TABLE soak_deed(no bigserial PRIMARY KEY, id text, what text)");
        change("CREATE TABLE soak_published(no bigserial PRIMARY KEY, event text, key text)");
        change("CREATE TABLE soak_order(id text PRIMARY KEY, event text)");
        change("CREATE INDEX ON soak_deed(id)");
        change("CREATE INDEX ON soak_published(event)");
    }

    /** A body ran. Returns what it did, as its result. */
    String did(String id, String what) throws SQLException {
        change("INSERT INTO soak_deed(id, what) VALUES (?, ?)", id, what);
        return what;
    }

    void published(String event, String key) throws SQLException {
        change("INSERT INTO soak_published(event, key) VALUES (?, ?)", event, key);
    }

    /** How many orders there are of this id. */
    int orders(String id) throws SQLException {
        connections.acquireUninterruptibly();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM soak_order WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } finally {
            connections.release();
        }
    }

    private void change(String sql, String... values) throws SQLException {
        connections.acquireUninterruptibly();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement change = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                change.setString(i + 1, values[i]);
            }
            change.executeUpdate();
        } finally {
            connections.release();
        }
    }
}
