package io.romancy.benchmarks;

import io.romancy.testkit.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** What the database needs to hand out as many rows as a history has. */
final class RawReads implements AutoCloseable {
    private final Connection connection;

    RawReads(PostgresDatabase database) throws SQLException {
        connection = database.connect();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE rows (run int, pos int, name text, body bytea, PRIMARY KEY (run, pos))");
        }
    }

    /** Writes a history of this length, under its length. */
    void prepare(int rows) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO rows SELECT ?, i, 'add:' || i, '\\x0102030405060708' FROM generate_series(1, ?) i")) {
            insert.setInt(1, rows);
            insert.setInt(2, rows);
            insert.executeUpdate();
        }
    }

    /** Reads it and returns the nanoseconds that it took. */
    double read(int rows) throws SQLException {
        long begin = System.nanoTime();
        try (var query = connection.prepareStatement("SELECT pos, name, body FROM rows WHERE run = ? ORDER BY pos")) {
            query.setInt(1, rows);
            int seen = 0;
            try (var result = query.executeQuery()) {
                while (result.next()) {
                    seen += result.getInt(1) > 0 && result.getString(2) != null && result.getBytes(3) != null ? 1 : 0;
                }
            }
            if (seen != rows) {
                throw new IllegalStateException("read " + seen + " rows instead of " + rows);
            }
        }
        return System.nanoTime() - begin;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
