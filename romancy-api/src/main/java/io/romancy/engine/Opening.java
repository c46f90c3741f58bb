package io.romancy.engine;

import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.codec.Codecs;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.codec.JacksonCodec;
import io.romancy.engine.config.EngineOptions;
import io.romancy.engine.discovery.Discovered;
import io.romancy.engine.discovery.DiscoveryReport;
import io.romancy.engine.discovery.PluginDiscovery;
import io.romancy.engine.discovery.StorageDiscovery;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.engine.outbox.Publishers;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.poll.Poller;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens an engine: finds its storage and plugins, puts the parts together and starts them, or leaves nothing open. */
record Opening(
        Seams seams,
        EngineOptions options,
        WorkflowRegistry workflows,
        List<Poller> pollers,
        List<NotificationHandler<?>> handlers,
        List<OutboxPublisher> publishers,
        List<EngineListener> listeners,
        Surroundings surroundings,
        ClassLoader loader) {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    Romancy open() {
        StorageSettings settings = options.storageSettings();
        var context = new StorageContext(
                options.worker().name(), options.notifications().channelPrefix());
        PluginDiscovery plugins = PluginDiscovery.with(loader).after(pollers, handlers, publishers);
        Storage storage = provider(settings, plugins).open(settings, context);
        try {
            requireNotifications(storage, settings);
            surroundings.check(storage);
            return open(storage, plugins);
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    private StorageProvider provider(StorageSettings settings, PluginDiscovery plugins) {
        StorageProvider given = seams.storage();
        if (given != null) {
            return given;
        }
        StorageDiscovery storages = StorageDiscovery.with(loader);
        Discovered<StorageProvider> found = storages.pick(settings);
        new DiscoveryReport(found, storages, plugins).log(LOG);
        return found.value();
    }

    private Romancy open(Storage storage, PluginDiscovery plugins) {
        var parts = new Parts(
                seams,
                options,
                storage,
                new Codecs(new JacksonCodec(options.limits().maxPayloadBytes()), List.of()),
                new FailureCodec(loader),
                workflows,
                values(plugins.pollers()),
                values(plugins.handlers()),
                new Publishers(values(plugins.publishers())),
                listeners);
        try {
            parts.start();
        } catch (RuntimeException | Error e) {
            parts.handOver();
            parts.close();
            throw e;
        }
        var engine = new Engine(parts, surroundings);
        LOG.info(
                "Romancy {} {} is open on {} workflows={} notifications={}",
                options.worker().enabled() ? "worker" : "client",
                options.worker().name(),
                storage.description(),
                workflows.routes(),
                parts.listener.stats().state() == null ? "none, polling only" : "on");
        engine.reportUnserved();
        seams.sweep().accept(parts::sweep);
        return engine;
    }

    private static <T> List<T> values(List<Discovered<T>> found) {
        return found.stream().map(Discovered::value).toList();
    }

    private void requireNotifications(Storage storage, StorageSettings settings) {
        if (options.notifications().mode() == ListenNotify.TRUE
                && storage.notificationSource().isEmpty()) {
            throw new RomancyException(
                    ErrorCode.NOTIFICATIONS_UNSUPPORTED,
                    "listenNotify is true, but " + settings.maskedUrl() + " (" + storage.description()
                            + ") has nothing to listen to. Set listenNotify to auto, which polls, or use PostgreSQL.");
        }
    }
}
