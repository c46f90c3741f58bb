package io.romancy.engine.discovery;

import io.romancy.spi.StorageProvider;
import io.romancy.spi.error.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** What was discovered and registered at a start, as one line, so that a log says which jars took part. */
public record DiscoveryReport(Discovered<StorageProvider> storage, StorageDiscovery storages, PluginDiscovery plugins) {
    /** Writes the line, and one warning for each provider that cannot be used. */
    public void log(Logger log) {
        log.info("{}", line());
        Stream.concat(storages.broken().stream(), plugins.broken().stream())
                .forEach(broken -> log.warn(
                        "{}: {} cannot be used and is left out: {}. Repair it or remove its jar.",
                        ErrorCode.PLUGIN_BROKEN.id(),
                        broken.service().getSimpleName(),
                        broken,
                        broken.cause()));
    }

    /** The line. */
    public String line() {
        List<Discovered<StorageProvider>> others = storages.found().stream()
                .filter(other -> !other.equals(storage))
                .toList();
        return "Romancy discovered storage=" + storage + " other_storages=" + others + " pollers=" + plugins.pollers()
                + " handlers=" + plugins.handlers() + " publishers=" + plugins.publishers();
    }
}
