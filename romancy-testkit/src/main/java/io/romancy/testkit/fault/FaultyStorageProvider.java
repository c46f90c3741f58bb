package io.romancy.testkit.fault;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.List;
import java.util.ServiceLoader;

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
        return new FaultyStorage(provider(inner).open(inner, context), Faults.find(url.id()));
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

    private static StorageProvider provider(StorageSettings settings) {
        List<StorageProvider> found = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(settings))
                .toList();
        if (found.size() != 1) {
            throw new RomancyException(
                    found.isEmpty() ? ErrorCode.NO_STORAGE_PROVIDER : ErrorCode.SEVERAL_STORAGE_PROVIDERS,
                    found.size() + " storage providers support '" + settings.maskedUrl()
                            + "', behind faults. Let exactly one of them be on the class path: "
                            + found.stream().map(StorageProvider::id).toList());
        }
        return found.getFirst();
    }
}
