package io.romancy.sqlite;

import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;

/** Opens connections to one file, each with what it is for. */
final class Connector {
    private static final long WAL_RETRY_NANOS = Duration.ofMillis(5).toNanos();
    /** Within it, SQLite pauses for 1, 2 and 5 milliseconds. */
    private static final int BEGIN_RETRY_MILLIS = 8;

    private static final long BEGIN_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** The write-ahead log shrinks to this after a checkpoint, in bytes; a burst does not keep the disk for ever. */
    private static final int WAL_KEPT_BYTES = 64 * 1024 * 1024;

    private final DatabaseFile file;
    private final Options options;
    private final Failures failures;

    Connector(DatabaseFile file, Options options, Failures failures) {
        this.file = file;
        this.options = options;
        this.failures = failures;
    }

    /** The connection for {@link #begin}. */
    Connection writing() throws SQLException {
        return writing(Math.min(BEGIN_RETRY_MILLIS, options.busyMillis()));
    }

    /** A connection that, while its auto-commit is off, holds the only right to write. */
    Connection transacting() throws SQLException {
        return writing(options.busyMillis());
    }

    /**
     * Takes the right to write from other processes, in bounded time. SQLite would wait with pauses that grow to a tenth of a second, and
     * among busy processes miss every gap; so it is asked anew after the first short ones.
     */
    void begin(Session session) throws SQLException {
        long deadline = System.nanoTime() + options.busyTimeout().toNanos();
        while (true) {
            try {
                session.update("BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (!Failures.isBusy(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(
                        BEGIN_PAUSE_NANOS); // in some states SQLite says busy without any pause of its own
            }
        }
    }

    private Connection writing(int busyMillis) throws SQLException {
        SQLiteConfig config = config(busyMillis);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setSynchronous(
                SQLiteConfig.SynchronousMode.valueOf(options.synchronous().name()));
        config.setJournalSizeLimit(WAL_KEPT_BYTES);
        return config.createConnection(file.jdbcUrl());
    }

    /** A connection that reads and, whatever it is asked, never writes. */
    Connection reading() throws SQLException {
        Connection connection = config(options.busyMillis()).createConnection(file.jdbcUrl());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static SQLiteConfig config(int busyMillis) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyMillis);
        return config;
    }

    /**
     * Turns on write-ahead logging, which the file remembers. Waits in small steps: for the switch SQLite needs the file to itself and,
     * unlike elsewhere, gives up at once where another process has it.
     */
    void useWriteAheadLog(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + options.busyTimeout().toNanos();
        String mode = journalMode(connection, "PRAGMA journal_mode");
        while (!mode.equals("wal")) {
            try {
                mode = journalMode(connection, "PRAGMA journal_mode = WAL");
                if (!mode.equals("wal")) {
                    throw withoutWal(mode);
                }
            } catch (SQLException e) {
                if (!Failures.isBusy(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(WAL_RETRY_NANOS);
            }
        }
    }

    private RomancyException withoutWal(String mode) {
        return failures.withoutWal(mode);
    }

    private static String journalMode(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getString(1) : "none";
        }
    }
}
