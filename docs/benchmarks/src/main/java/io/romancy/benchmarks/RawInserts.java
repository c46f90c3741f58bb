package io.romancy.benchmarks;

import io.romancy.testkit.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the database can do by itself: inserts of one row, each committed before the next, over 32 connections. */
final class RawInserts implements AutoCloseable {
    static final int CONNECTIONS = 32;

    private final List<Connection> connections = new ArrayList<>();
    private final List<PreparedStatement> inserts = new ArrayList<>();

    RawInserts(PostgresDatabase database) throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) {
            var connection = database.connect();
            connections.add(connection);
            if (i == 0) {
                try (var create = connection.createStatement()) {
                    create.execute("CREATE TABLE raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)");
                }
            }
            inserts.add(connection.prepareStatement("INSERT INTO raw (body) VALUES (?)"));
        }
    }

    double perSecond(Duration time) throws Exception {
        return Load.during(time, CONNECTIONS, this::insert).perSecond();
    }

    private void insert(int caller) throws SQLException {
        var insert = inserts.get(caller);
        insert.setString(1, "a body of sixty-four characters, which is about what a step writes");
        insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
