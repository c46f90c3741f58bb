package io.romancy.testkit.fault;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;

/** Opens the storage of another provider behind {@link Faults}, by the URLs that {@link Faults#url} makes. */
public final class FaultyStorageProvider implements StorageProvider {
    /** For ServiceLoader. */
    public FaultyStorageProvider() {}

    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return settings.url().startsWith(FaultyUrl.PREFIX);
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        FaultyUrl url = FaultyUrl.parse(settings.url());
        StorageSettings inner = inner(settings, url.inner());
        return new FaultyStorage(StorageProviders.forSettings(inner).open(inner, context), Faults.find(url.id()));
    }

    private static StorageSettings inner(StorageSettings outer, String url) {
        return new StorageSettings(
                url,
                outer.user(),
                outer.password(),
                null,
                outer.autoMigrate(),
                outer.listenNotify(),
                outer.notifyUrl(),
                outer.notifyReconnectDelay(),
                outer.poolSize(),
                outer.properties());
    }
}
