package io.romancy.testkit;

import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.fault.StorageProviders;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An empty database for one test.
 *
 * @param url where it is
 * @param end forgets it, once nobody uses it any more
 */
record TestDatabase(String url, Runnable end) implements AutoCloseable {
    /** A new one of this kind. */
    static TestDatabase create(String storage) {
        return switch (storage) {
            case "memory" -> new TestDatabase("romancy:memory:test-" + UUID.randomUUID() + "?notify=true", () -> {});
            case "sqlite" -> sqlite();
            case "postgres" -> postgres();
            default ->
                throw new IllegalArgumentException(
                        "'" + storage + "' is no storage for tests. Say memory, sqlite or postgres.");
        };
    }

    private static TestDatabase sqlite() {
        try {
            Path folder = Files.createTempDirectory("romancy-test-");
            return new TestDatabase("jdbc:sqlite:" + folder.resolve("test.db"), () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a SQLite database of a test", e);
        }
    }

    private static void delete(Path folder) {
        if (Files.notExists(folder)) {
            return; // closed before
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the database of a test could not be removed: " + folder, e);
        }
    }

    private static TestDatabase postgres() {
        PostgresDatabase database = PostgresServer.shared().createDatabase("testkit", TestDatabase::migrate);
        return new TestDatabase(database.url(), database::close);
    }

    private static void migrate(PostgresDatabase database) {
        StorageSettings settings = StorageSettings.of(database.url());
        StorageProviders.forSettings(settings)
                .open(settings, new StorageContext("testkit", "romancy_"))
                .close();
    }

    @Override
    public void close() {
        end.run();
    }
}
