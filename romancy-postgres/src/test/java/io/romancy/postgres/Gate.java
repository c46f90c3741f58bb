package io.romancy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The other side of a race: a raw connection that holds what a statement of the storage needs, sees from outside when it waits, and lets it
 * go when the test wants.
 */
final class Gate implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Connection connection;
    private final Connection observer;

    Gate(TestDatabase database) throws SQLException {
        connection = database.connect();
        connection.setAutoCommit(false);
        observer = database.connect();
    }

    /**
     * Lets statements of the storage named {@code stalled} stop where they first read the database's clock, which is after their snapshot
     * and before their locks, while this gate is closed.
     */
    static void install(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE romancy.meta RENAME TO meta_behind_gate");
            statement.execute("""
                    CREATE VIEW romancy.meta AS SELECT m.* FROM romancy.meta_behind_gate m,
                      LATERAL (SELECT CASE WHEN current_setting('application_name') = 'romancy stalled'
                               THEN pg_advisory_xact_lock_shared(4711) END OFFSET 0) gate""");
        }
    }

    void closeForStalled() throws SQLException {
        execute("SELECT pg_advisory_xact_lock(4711)");
    }

    /** Executes in the transaction that {@link #open} commits. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The same with a statement of the storage. */
    void execute(HotStatement statement, HotStatement.Binding binding) throws SQLException {
        statement.execute(connection, binding, ResultSet::next);
    }

    void open() throws SQLException {
        connection.commit();
    }

    /** Returns when this many backends of the storage wait for a lock. */
    void awaitWaiting(int backends) throws SQLException {
        awaitTrue("SELECT count(*) >= " + backends
                + " FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    /** Returns when the query, seen from outside, answers true. */
    void awaitTrue(String query) throws SQLException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!isTrue(query)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + DEADLINE + ": " + query);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    boolean isTrue(String query) throws SQLException {
        return number(query.replaceFirst("SELECT (.*?) FROM", "SELECT ($1)::integer FROM")) == 1;
    }

    long number(String query) throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        observer.close();
    }
}
