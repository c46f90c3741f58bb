package io.romancy.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Copies a running server's data into those of a standby. By hand: not every distribution of PostgreSQL brings pg_basebackup. */
final class Standby {
    private static final String SLOTS = "romancy_standby_";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Standby() {}

    /** The session that begins the backup also ends it. The slot keeps what is written meanwhile, until the standby has read it. */
    static void copy(PostgresServer primary, int port, int standbyPort, Path from, Path to) throws IOException {
        String slot = SLOTS + standbyPort;
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
            statement.execute("SELECT pg_backup_start('standby', true)");
            Programs.execute(null, Programs.asSomebody(List.of("cp", "-a", from.toString(), to.toString())));
            Files.delete(to.resolve("postmaster.pid"));
            Programs.remove(to.resolve("pg_replslot").resolve(slot));
            try (ResultSet end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                end.next();
                write(to.resolve("backup_label"), end.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("the standby could not be copied", e);
        }
        write(to.resolve("standby.signal"), "");
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + port + " user=postgres'\nprimary_slot_name = '" + slot
                        + "'\n",
                StandardOpenOption.APPEND);
    }

    /** Waits until the only standby of this server has received all that was written before. */
    static void awaitAll(PostgresServer primary) {
        await(
                primary,
                "the standby does not receive what its primary wrote",
                "SELECT coalesce(bool_and(flush_lsn >= pg_current_wal_insert_lsn()), false) FROM pg_stat_replication");
    }

    /** Waits until nothing is received any more. */
    static void awaitSilence(PostgresServer standby) {
        await(standby, "the standby still follows its primary", "SELECT NOT EXISTS (SELECT FROM pg_stat_wal_receiver)");
    }

    private static void await(PostgresServer server, String otherwise, String question) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (!isSo(statement, question)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(otherwise + ", not even after " + LONGEST);
                }
                LockSupport.parkNanos(10_000_000);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(otherwise + ", or could not be asked", e);
        }
    }

    private static boolean isSo(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Programs.own(file);
    }
}
