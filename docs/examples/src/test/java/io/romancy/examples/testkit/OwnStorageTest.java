package io.romancy.examples.testkit;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import io.romancy.testkit.memory.MemoryStorageProvider;
import java.util.UUID;

/** Whoever writes a storage holds it to what the engine relies on. Here it is the one in memory; yours takes its place. */
class OwnStorageTest extends StorageContractSuite {
    private static final StorageProvider PROVIDER = new MemoryStorageProvider();

    @Override
    protected StorageUnderTest open() {
        return new OwnStorage();
    }

    private static final class OwnStorage implements StorageUnderTest {
        private final StorageSettings database = StorageSettings.of("romancy:memory:own-" + UUID.randomUUID());
        private final Storage storage = another();

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public Storage another() {
            return PROVIDER.open(database, new StorageContext("contract", "romancy_"));
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
