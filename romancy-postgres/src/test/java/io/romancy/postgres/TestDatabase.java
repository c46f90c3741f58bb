package io.romancy.postgres;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageUnderTest;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** A migrated database of one test, copied from one that was migrated once, with a storage open on it. */
final class TestDatabase implements StorageUnderTest {
    private final PostgresDatabase database;
    private final Storage storage;
    private final boolean isMine;

    private TestDatabase(PostgresDatabase database, boolean isMine) {
        this.database = database;
        this.storage = open(database.settings());
        this.isMine = isMine;
    }

    static TestDatabase create() {
        return new TestDatabase(
                PostgresServer.shared()
                        .createDatabase(
                                "migrated", empty -> open(empty.settings()).close()),
                true);
    }

    static Storage open(StorageSettings settings) {
        return new PostgresStorageProvider().open(settings, new StorageContext("test", "romancy_"));
    }

    /** Another storage on this database, which stays when that one is closed. */
    TestDatabase reopened() {
        return new TestDatabase(database, false);
    }

    StorageSettings settings() {
        return database.settings();
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
        return open(database.settings());
    }

    @Override
    public void close() {
        storage.close();
        if (isMine) {
            database.close();
        }
    }
}
