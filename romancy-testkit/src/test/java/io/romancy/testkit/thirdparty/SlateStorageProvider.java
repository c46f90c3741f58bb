package io.romancy.testkit.thirdparty;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens slates by URLs {@code slate:<name>}; storages of one name share one. */
public final class SlateStorageProvider implements StorageProvider {
    private static final Map<String, Slate> SLATES = new ConcurrentHashMap<>();

    /** For ServiceLoader. */
    public SlateStorageProvider() {}

    @Override
    public String id() {
        return "slate";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return settings.url().startsWith("slate:");
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        return new SlateStorage(SLATES.computeIfAbsent(settings.url(), url -> new Slate()));
    }
}
