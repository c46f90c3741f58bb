package io.romancy.examples.transactions;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.fault.StorageProviders;
import io.romancy.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The database of one test, with the application's table in it, and a look at it past every engine. */
final class Database implements AutoCloseable {
    /** On what. */
    enum Kind {
        POSTGRES,
        SQLITE
    }

    private final Kind kind;
    private final String url;
    private final Runnable end;
    private final Storage storage;

    private Database(Kind kind, String url, Runnable end) {
        this.kind = kind;
        this.url = url;
        this.end = end;
        StorageSettings settings = StorageSettings.of(url);
        this.storage = StorageProviders.forSettings(settings).open(settings, new StorageContext("test", "romancy_"));
    }

    static Database create(Kind kind) {
        Database database = switch (kind) {
            case POSTGRES -> {
                var postgres = PostgresServer.shared().createDatabase();
                yield new Database(kind, postgres.url(), postgres::close);
            }
            case SQLITE -> sqlite(kind);
        };
        database.execute("CREATE TABLE entry (id varchar(36) PRIMARY KEY, note varchar(100) NOT NULL)");
        return database;
    }

    private static Database sqlite(Kind kind) {
        try {
            Path folder = Files.createTempDirectory("romancy-transactions-");
            return new Database(kind, "jdbc:sqlite:" + folder.resolve("test.db"), () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Kind kind() {
        return kind;
    }

    String url() {
        return url;
    }

    Storage storage() {
        return storage;
    }

    /** As an application configures its datasource. */
    Map<String, Object> datasource(String name) {
        Map<String, Object> options = new HashMap<>();
        String prefix = "datasources." + name + ".";
        options.put(prefix + "url", url);
        options.put(prefix + "maximum-pool-size", 4);
        options.put(prefix + "driver-class-name", kind == Kind.POSTGRES ? "org.postgresql.Driver" : "org.sqlite.JDBC");
        if (kind == Kind.SQLITE) {
            options.put(prefix + "data-source-properties.transaction_mode", "IMMEDIATE");
            options.put(prefix + "data-source-properties.busy_timeout", "20000");
        }
        return options;
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many committed rows of the application say this. */
    long entries(String note) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM entry WHERE note LIKE ?")) {
            statement.setString(1, note);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        storage.close();
        end.run();
    }
}
