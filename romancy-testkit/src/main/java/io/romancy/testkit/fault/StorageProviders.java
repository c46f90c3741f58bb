package io.romancy.testkit.fault;

import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the storage for a URL as an engine does, for what looks at a database past all engines. */
public final class StorageProviders {
    private StorageProviders() {}

    /** The one provider on the class path that supports these settings. */
    public static StorageProvider forSettings(StorageSettings settings) {
        List<StorageProvider> found = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(settings))
                .toList();
        if (found.size() != 1) {
            throw new RomancyException(
                    found.isEmpty() ? ErrorCode.NO_STORAGE_PROVIDER : ErrorCode.SEVERAL_STORAGE_PROVIDERS,
                    found.size() + " storage providers support '" + settings.maskedUrl()
                            + "'. Let exactly one of them be on the class path of the tests: "
                            + found.stream().map(StorageProvider::id).toList());
        }
        return found.getFirst();
    }
}
