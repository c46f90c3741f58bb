package io.romancy.testkit.scenario;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A storage past engines and faults, from which scenarios look at a database. Nobody listens there. It stays open from one scenario to
 * the next, as long as they are on one database; so it is opened once where that takes its time.
 */
final class Lookout {
    private static final int CONNECTIONS = 2;

    private static @Nullable Lookout current;

    private final ScenarioSetting setting;
    private final Storage storage;

    private Lookout(ScenarioSetting setting) {
        this.setting = setting;
        this.storage = open(setting);
    }

    /** The storage for this setting; one for another database is closed. */
    static synchronized Storage on(ScenarioSetting setting) {
        Lookout open = current;
        if (open == null || !open.isOn(setting)) {
            close();
            open = new Lookout(setting);
            current = open;
        }
        return open.storage;
    }

    static synchronized void close() {
        if (current != null) {
            current.storage.close();
            current = null;
        }
    }

    private boolean isOn(ScenarioSetting other) {
        return setting.url().equals(other.url())
                && setting.properties().equals(other.properties())
                && setting.listenNotify() == other.listenNotify();
    }

    private static Storage open(ScenarioSetting setting) {
        StorageSettings settings = settings(setting);
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(settings))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no storage provider supports " + settings))
                .open(settings, new StorageContext("scenario", "romancy_"));
    }

    private static StorageSettings settings(ScenarioSetting setting) {
        return new StorageSettings(
                setting.url(),
                null,
                null,
                null,
                true,
                setting.listenNotify(),
                null,
                StorageSettings.of(setting.url()).notifyReconnectDelay(),
                CONNECTIONS,
                setting.properties());
    }
}
