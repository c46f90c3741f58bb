package io.romancy.testkit.memory;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;

/**
 * Opens databases in memory, by URLs {@code romancy:memory:<name>}. Storages of one name in one process share one database, as workers on
 * several machines would; closing one leaves it to the others. With {@code ?notify=true} there are notifications between them.
 */
public final class MemoryStorageProvider implements StorageProvider {
    /** For ServiceLoader. */
    public MemoryStorageProvider() {}

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return settings.url().startsWith(MemoryUrl.PREFIX);
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        MemoryUrl url = MemoryUrl.parse(settings.url());
        boolean notifies = url.notifies() && settings.listenNotify() != ListenNotify.FALSE;
        return new MemoryStorage(DatabaseNames.SHARED.acquire(url.name()), notifies);
    }
}
