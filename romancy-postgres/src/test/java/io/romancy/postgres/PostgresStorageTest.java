package io.romancy.postgres;

import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL keeps the contract of storages. One database serves all of it, so each test also meets what the others left. */
class PostgresStorageTest extends StorageContractSuite {
    private static @Nullable TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected StorageUnderTest open() {
        if (database == null) {
            throw new IllegalStateException("no database was created");
        }
        return database.reopened();
    }
}
