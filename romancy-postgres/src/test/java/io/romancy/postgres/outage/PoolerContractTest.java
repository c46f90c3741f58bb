package io.romancy.postgres.outage;

import io.romancy.postgres.PostgresStorageProvider;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The whole contract of storages through a pooler by transaction, with the listener past it. Runs by name. */
@Tag("full")
class PoolerContractTest extends StorageContractSuite {
    private static PooledDatabase pooled;

    @BeforeAll
    static void start() {
        pooled = PooledDatabase.start();
    }

    @AfterAll
    static void stop() {
        if (pooled != null) {
            pooled.close();
        }
    }

    @Override
    protected StorageUnderTest open() {
        return new Pooled(connect());
    }

    private static Storage connect() {
        var usual = StorageSettings.of(pooled.url());
        var settings = new StorageSettings(
                usual.url(),
                null,
                null,
                null,
                true,
                usual.listenNotify(),
                pooled.directUrl(),
                usual.notifyReconnectDelay(),
                usual.poolSize(),
                usual.properties());
        return new PostgresStorageProvider().open(settings, new StorageContext("test", "romancy_"));
    }

    private record Pooled(Storage storage) implements StorageUnderTest {
        @Override
        public Storage another() {
            return connect();
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
