package io.romancy.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the server was asked to do in one database, by its own count, asked from another database so that asking does not count.
 *
 * <p>Exact with {@code pg_stat_statements}: every statement, also several of one round trip, and {@code BEGIN} and {@code COMMIT}. Without
 * that extension it is the number of transactions, which is less where a transaction has several statements, and includes those of
 * autovacuum.
 */
final class StatementCount implements AutoCloseable {
    /** Sessions report their transactions when they end one, but at most once a second, and within ten seconds when idle. */
    private static final Duration REPORTED = Duration.ofSeconds(12);

    private static final String STATEMENTS = """
            SELECT coalesce(sum(s.calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
            WHERE d.datname = ?
            """;
    private static final String TRANSACTIONS =
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = ?";

    private final Connection connection;
    private final String database;
    private final boolean exact;
    private final Duration reported;

    StatementCount(Lab lab) throws SQLException {
        connection = lab.observe();
        database = lab.database().name();
        exact = canCountStatements(connection);
        reported = lab.scale().time(REPORTED);
    }

    private static boolean canCountStatements(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            statement.executeQuery("SELECT calls FROM pg_stat_statements LIMIT 1");
            return true;
        } catch (SQLException e) {
            // not installed, not allowed or not loaded: 58P01, 42501 and 55000
            if (e.getSQLState().startsWith("08")) {
                throw e;
            }
            return false;
        }
    }

    String unit() {
        return exact ? "statements" : "transactions";
    }

    long read() throws SQLException {
        if (!exact) {
            Pause.of(reported);
        }
        try (var query = connection.prepareStatement(exact ? STATEMENTS : TRANSACTIONS)) {
            query.setString(1, database);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
