package io.romancy.postgres.outage;

import io.romancy.postgres.PostgresStorageProvider;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PgBouncer;
import io.romancy.testkit.postgres.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The whole contract of storages through a pooler by transaction, with the listener past it. Runs by name. */
@Tag("full")
class PoolerContractTest extends StorageContractSuite {
    private static LocalServer server;
    private static PgBouncer pooler;
    private static PostgresDatabase database;

    @BeforeAll
    static void start() {
        PgBouncer.assumeInstalled();
        server = LocalServer.start();
        pooler = PgBouncer.inFrontOf(server);
        database = server.server().createDatabase();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            pooler.close();
            server.close();
        }
    }

    @Override
    protected StorageUnderTest open() {
        return new Pooled(connect());
    }

    private static Storage connect() {
        var usual = StorageSettings.of(pooler.url(database));
        var settings = new StorageSettings(
                usual.url(),
                null,
                null,
                null,
                true,
                usual.listenNotify(),
                database.url(),
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
