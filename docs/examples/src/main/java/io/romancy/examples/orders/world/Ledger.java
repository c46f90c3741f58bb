package io.romancy.examples.orders.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the outside world has done and how often it was asked, in a file that outlives every process. Thread-safe; several processes may
 * have the file open.
 */
public final class Ledger implements AutoCloseable {
    // WAL with NORMAL survives kill -9, not a loss of power: the world beyond the network would not share our power
    // cut.
    private static final List<String> SETTINGS =
            List.of("PRAGMA busy_timeout = 30000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL");

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS deed (
                number INTEGER PRIMARY KEY, service TEXT NOT NULL, key TEXT NOT NULL, order_id TEXT NOT NULL,
                cents INTEGER NOT NULL, calls INTEGER NOT NULL, UNIQUE (service, key))
            """,
            """
            CREATE TABLE IF NOT EXISTS invoice (
                order_id TEXT PRIMARY KEY, cents INTEGER NOT NULL, answers TEXT NOT NULL, answers_at INTEGER NOT NULL,
                settled INTEGER NOT NULL)
            """,
            "CREATE INDEX IF NOT EXISTS invoice_open ON invoice (answers_at) WHERE settled = 0",
            "CREATE TABLE IF NOT EXISTS life (number INTEGER PRIMARY KEY, process INTEGER NOT NULL)");

    /** How often something was done, and how often it was asked for. */
    public record Total(int done, int calls) {}

    /** A piece of SQL with a connection at hand. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final Connection connection;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    private Ledger(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file, and makes it if it is not there. */
    public static Ledger open(Path file) {
        try {
            var ledger = new Ledger(DriverManager.getConnection("jdbc:sqlite:" + file));
            ledger.with(connection -> {
                try (var statement = connection.createStatement()) {
                    for (var sql : SETTINGS) {
                        statement.execute(sql);
                    }
                    for (var sql : TABLES) {
                        statement.execute(sql);
                    }
                }
                return true;
            });
            return ledger;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Does what is asked, unless this key was here before; returns the same answer either way. */
    String record(Service service, String key, String order, long cents) {
        // Two workers may ask with one key, when one of them was taken for dead: the unique key decides who does it.
        var sql = """
                INSERT INTO deed (service, key, order_id, cents, calls) VALUES (?, ?, ?, ?, 1)
                ON CONFLICT (service, key) DO UPDATE SET calls = calls + 1 RETURNING number
                """;
        return with(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, service.name());
                statement.setString(2, key);
                statement.setString(3, order);
                statement.setLong(4, cents);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return answer(service, row.getLong(1));
                }
            }
        });
    }

    /** Everything that was ever done. */
    public List<Deed> deeds() {
        return with(connection -> {
            List<Deed> deeds = new ArrayList<>();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT service, key, order_id, cents, number, calls FROM deed ORDER BY number")) {
                while (row.next()) {
                    var service = Service.valueOf(row.getString(1));
                    deeds.add(new Deed(
                            service,
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4),
                            answer(service, row.getLong(5)),
                            row.getInt(6)));
                }
            }
            return deeds;
        });
    }

    /** How often each service did something. */
    public Map<Service, Total> totals() {
        return with(connection -> {
            Map<Service, Total> totals = new EnumMap<>(Service.class);
            for (var service : Service.values()) {
                totals.put(service, new Total(0, 0));
            }
            try (var statement = connection.createStatement();
                    var row =
                            statement.executeQuery("SELECT service, count(*), sum(calls) FROM deed GROUP BY service")) {
                while (row.next()) {
                    totals.put(Service.valueOf(row.getString(1)), new Total(row.getInt(2), row.getInt(3)));
                }
            }
            return totals;
        });
    }

    /** Notes that the program was started, and returns how often it was by now. */
    public int beginLife() {
        return with(connection -> {
            try (var statement =
                    connection.prepareStatement("INSERT INTO life (process) VALUES (?) RETURNING number")) {
                statement.setLong(1, ProcessHandle.current().pid());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /** Runs statements, while nobody else in this process does. */
    <T> T with(Work<T> work) {
        oneAtATime.lock();
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw unreachable(e);
        } finally {
            oneAtATime.unlock();
        }
    }

    @Override
    public void close() {
        with(open -> {
            open.close();
            return true;
        });
    }

    private static String answer(Service service, long number) {
        return service.name().charAt(0) + "-" + number;
    }

    private static UncheckedIOException unreachable(SQLException e) {
        return new UncheckedIOException(new IOException("the outside world cannot be reached: " + e.getMessage(), e));
    }
}
