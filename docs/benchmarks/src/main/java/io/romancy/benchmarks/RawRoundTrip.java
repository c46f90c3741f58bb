package io.romancy.benchmarks;

import io.romancy.testkit.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;

/**
 * The shortest way to tell another connection of a committed row without Romancy: an insert and {@code pg_notify} in one statement, which
 * is one transaction and one round trip, until pgjdbc returns the notification to a thread that waits for it.
 */
final class RawRoundTrip implements AutoCloseable {
    private final Connection listening;
    private final Connection writing;
    private final PreparedStatement insert;
    private final Arrivals arrivals = new Arrivals();
    private final Thread reader;
    private volatile boolean closed;

    RawRoundTrip(PostgresDatabase database) throws SQLException {
        listening = database.connect();
        writing = database.connect();
        try (var statement = writing.createStatement()) {
            statement.execute("CREATE TABLE told (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)");
        }
        try (var statement = listening.createStatement()) {
            statement.execute("LISTEN raw_round_trip");
        }
        insert = writing.prepareStatement("WITH i AS (INSERT INTO told (body) VALUES (?) RETURNING id)"
                + " SELECT pg_notify('raw_round_trip', id::text) FROM i");
        reader = Thread.ofPlatform().name("raw-listener").start(this::read);
    }

    private void read() {
        try {
            var connection = listening.unwrap(PGConnection.class);
            while (!closed) {
                for (int left = connection.getNotifications(100).length; left > 0; left--) {
                    arrivals.arrived("raw");
                }
            }
        } catch (SQLException e) {
            if (!closed) {
                throw new IllegalStateException("the raw listener failed", e);
            }
        }
    }

    /** Adds this many round trips, in nanoseconds, one after the other. */
    void measure(int times, Runnable pause, Histogram into) throws Exception {
        for (int i = 0; i < times; i++) {
            pause.run();
            long begin = System.nanoTime();
            insert.setString(1, "a body of sixty-four characters, which is about what a step writes");
            insert.execute();
            into.recordValue(arrivals.await("raw").nanoTime() - begin);
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        reader.join();
        listening.close();
        writing.close();
    }
}
