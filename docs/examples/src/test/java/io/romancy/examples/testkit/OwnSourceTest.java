package io.romancy.examples.testkit;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.testkit.contract.NotificationSourceContract;
import io.romancy.testkit.contract.SourceUnderTest;
import io.romancy.testkit.memory.MemoryStorageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whoever writes a source of notifications holds it to what the engine relies on. Here it is the one in memory; yours takes its place. */
class OwnSourceTest extends NotificationSourceContract {
    private static final StorageProvider PROVIDER = new MemoryStorageProvider();

    @Override
    protected SourceUnderTest openSources() {
        return new OwnSources();
    }

    private static final class OwnSources implements SourceUnderTest {
        private final StorageSettings database =
                StorageSettings.of("romancy:memory:own-" + UUID.randomUUID() + "?notify=true");
        private final List<Storage> storages = new ArrayList<>();

        @Override
        public NotificationSource open() {
            var storage = PROVIDER.open(database, new StorageContext("contract", "romancy_"));
            storages.add(storage);
            return storage.notificationSource().orElseThrow();
        }

        @Override
        public void close() {
            storages.forEach(Storage::close);
        }
    }
}
