package io.romancy.postgres;

import io.romancy.spi.Storage;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * PostgreSQL keeps the contract of storages, as a role that may do what the guide grants and nothing else. One database serves all of it, so each test also meets what the others left; and one storage,
 * until a test closes it or listens with it: to plan its statements on new connections takes longer than most tests.
 */
class PostgresStorageTest extends StorageContractSuite {
    private static @Nullable TestDatabase database;
    private static @Nullable TestDatabase used;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.ofApplication();
        used = database.reopened();
    }

    @AfterAll
    static void dropDatabase() {
        if (used != null) {
            used.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected StorageUnderTest open() {
        if (database == null || used == null) {
            throw new IllegalStateException("no database was created");
        }
        if (!isAsNew(used.storage())) {
            used.close();
            used = database.reopened();
        }
        return new LeftOpen(used);
    }

    private static boolean isAsNew(Storage storage) {
        return storage.notificationSource().orElseThrow().state() == SourceState.CONNECTING;
    }

    private record LeftOpen(TestDatabase database) implements StorageUnderTest {
        @Override
        public Storage storage() {
            return database.storage();
        }

        @Override
        public Storage another() {
            return database.another();
        }

        @Override
        public void close() {
            // for the next test
        }
    }
}
