package io.romancy.sqlite;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of tests, opened as the engine opens them, or past it. */
final class TestFiles {
    private static final StorageContext CONTEXT = new StorageContext("test", "romancy_");

    private TestFiles() {}

    static Storage open(Path file) {
        return open(file, Map.of());
    }

    static Storage open(Path file, Map<String, String> properties) {
        return open(settings(file, properties));
    }

    static Storage open(StorageSettings settings) {
        return new SqliteStorageProvider().open(settings, CONTEXT);
    }

    static StorageSettings settings(Path file, Map<String, String> properties) {
        return with(StorageSettings.of("jdbc:sqlite:" + file), true, properties);
    }

    static StorageSettings withoutMigration(Path file) {
        return with(StorageSettings.of("jdbc:sqlite:" + file), false, Map.of());
    }

    private static StorageSettings with(StorageSettings of, boolean autoMigrate, Map<String, String> properties) {
        return new StorageSettings(
                of.url(),
                of.user(),
                of.password(),
                of.provider(),
                autoMigrate,
                of.listenNotify(),
                of.notifyUrl(),
                of.notifyReconnectDelay(),
                of.poolSize(),
                properties);
    }

    /** A connection that knows nothing of the storage. */
    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** The first column of every row. */
    static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    static List<String> query(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file)) {
            return query(connection, sql);
        }
    }
}
