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
    private final List<PreparedStatement> notifying = new ArrayList<>();

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
            notifying.add(
                    connection.prepareStatement(
                            "WITH row AS (INSERT INTO raw (body) VALUES (?) RETURNING id) SELECT pg_notify('raw', id::text) FROM row"));
        }
    }

    double perSecond(Duration time) throws Exception {
        return Load.during(time, CONNECTIONS, this::insert).perSecond();
    }

    /** The same, and after each commit this. */
    Load.Answered during(Duration time, Load.Call afterwards) throws Exception {
        return Load.during(time, CONNECTIONS, caller -> {
            insert(caller);
            afterwards.make(caller);
        });
    }

    /** The same, with {@code pg_notify} in each transaction. */
    double notifyingPerSecond(Duration time) throws Exception {
        return Load.during(time, CONNECTIONS, caller -> execute(notifying.get(caller)))
                .perSecond();
    }

    private void insert(int caller) throws SQLException {
        execute(inserts.get(caller));
    }

    private static void execute(PreparedStatement statement) throws SQLException {
        statement.setString(1, "a body of sixty-four characters, which is about what a step writes");
        statement.execute();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
