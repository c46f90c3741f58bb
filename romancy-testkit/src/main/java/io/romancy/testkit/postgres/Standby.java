package io.romancy.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Copies a running server's data into those of a standby. By hand: not every distribution of PostgreSQL brings pg_basebackup. */
final class Standby {
    private static final String SLOT = "romancy_standby";

    private Standby() {}

    /** The session that begins the backup also ends it. The slot keeps what is written meanwhile, until the standby has read it. */
    static void copy(PostgresServer primary, int port, Path from, Path to) throws IOException {
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_physical_replication_slot('" + SLOT + "', true)");
            statement.execute("SELECT pg_backup_start('standby', true)");
            Programs.execute(null, Programs.asSomebody(List.of("cp", "-a", from.toString(), to.toString())));
            Files.delete(to.resolve("postmaster.pid"));
            Programs.remove(to.resolve("pg_replslot").resolve(SLOT));
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
                "primary_conninfo = 'host=localhost port=" + port + " user=postgres'\nprimary_slot_name = '" + SLOT
                        + "'\n",
                StandardOpenOption.APPEND);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Programs.own(file);
    }
}
