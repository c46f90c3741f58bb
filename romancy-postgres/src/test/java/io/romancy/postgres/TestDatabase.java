package io.romancy.postgres;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageUnderTest;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A migrated database of one test, copied from one that was migrated once, with a storage open on it. */
final class TestDatabase implements StorageUnderTest {
    private final PostgresDatabase database;
    private final @Nullable ApplicationRole role;
    private final Storage storage;
    private final boolean isMine;

    private TestDatabase(PostgresDatabase database, @Nullable ApplicationRole role, boolean isMine) {
        this.database = database;
        this.role = role;
        this.storage = another();
        this.isMine = isMine;
    }

    static TestDatabase create() {
        return new TestDatabase(migrated(), null, true);
    }

    /** The same for a role of an application, which may do what the guide grants. */
    static TestDatabase ofApplication() {
        PostgresDatabase database = migrated();
        return new TestDatabase(database, new ApplicationRole(database).asTheGuideSays(), true);
    }

    private static PostgresDatabase migrated() {
        return PostgresServer.shared()
                .createDatabase("migrated", empty -> open(empty.settings()).close());
    }

    static Storage open(StorageSettings settings) {
        return new PostgresStorageProvider().open(settings, new StorageContext("test", "romancy_"));
    }

    /** Another storage on this database, which stays when that one is closed. */
    TestDatabase reopened() {
        return new TestDatabase(database, role, false);
    }

    StorageSettings settings() {
        return role == null ? database.settings() : StorageSettings.of(role.url());
    }

    /** A connection past the storage. */
    Connection connect() throws SQLException {
        return database.connect();
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage another() {
        return open(settings());
    }

    @Override
    public void close() {
        storage.close();
        if (isMine) {
            if (role != null) {
                role.close();
            }
            database.close();
        }
    }
}
