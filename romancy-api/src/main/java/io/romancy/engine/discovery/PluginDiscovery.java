package io.romancy.engine.discovery;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The pollers, notification handlers and publishers on the class path, handlers by order, after those that were registered. */
public record PluginDiscovery(
        List<Discovered<Poller>> pollers,
        List<Discovered<NotificationHandler<?>>> handlers,
        List<Discovered<OutboxPublisher>> publishers,
        List<BrokenProvider> broken) {
    public PluginDiscovery {
        pollers = List.copyOf(pollers);
        handlers = List.copyOf(handlers);
        publishers = List.copyOf(publishers);
        broken = List.copyOf(broken);
    }

    /** Finds what this loader sees, and makes one object of each. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal has no type arguments
    public static PluginDiscovery with(ClassLoader loader) {
        var pollers = Services.load(Poller.class, loader, PluginDiscovery::nameOf);
        var handlers = Services.load(NotificationHandler.class, loader, PluginDiscovery::nameOf);
        List<Discovered<NotificationHandler<?>>> ordered = new ArrayList<>((List) handlers.found());
        ordered.sort(Comparator.comparingInt(handler -> handler.value().order()));
        var publishers = Services.load(OutboxPublisher.class, loader, PluginDiscovery::nameOf);
        return new PluginDiscovery(
                pollers.found(),
                ordered,
                publishers.found(),
                Stream.of(pollers.broken(), handlers.broken(), publishers.broken())
                        .flatMap(List::stream)
                        .toList());
    }

    /** These and those that were registered, which come first. */
    public PluginDiscovery after(
            List<Poller> morePollers, List<NotificationHandler<?>> moreHandlers, List<OutboxPublisher> morePublishers) {
        return new PluginDiscovery(
                joined(morePollers, PluginDiscovery::nameOf, pollers),
                joined(moreHandlers, PluginDiscovery::nameOf, handlers),
                joined(morePublishers, PluginDiscovery::nameOf, publishers),
                broken);
    }

    private static <T> List<Discovered<T>> joined(
            List<T> registered, Function<T, String> name, List<Discovered<T>> found) {
        return Stream.concat(
                        registered.stream()
                                .map(plugin -> new Discovered<>(
                                        plugin, nameOrClass(plugin, name), Origin.of(plugin.getClass()))),
                        found.stream())
                .toList();
    }

    /** One that was registered and cannot answer fails the start, where it is asked in earnest; until then its class stands for it. */
    private static <T> String nameOrClass(T plugin, Function<T, String> name) {
        try {
            return name.apply(plugin);
        } catch (RuntimeException | Error e) { // code of a plugin
            return plugin.getClass().getSimpleName();
        }
    }

    /** Asks a poller everything that it will be asked at the start, so that one that cannot answer is found here. */
    private static String nameOf(Poller poller) {
        Duration interval = poller.interval();
        if (interval == null || interval.isNegative() || interval.isZero()) {
            throw new IllegalStateException("its interval is " + interval
                    + ", which is not above zero. Return the longest time between two polls");
        }
        poller.wokenBy().forEach(NotificationChannel::name);
        return poller.name();
    }

    private static String nameOf(OutboxPublisher publisher) {
        int order = publisher.order();
        return publisher.getClass().getSimpleName() + (order == 0 ? "" : " at " + order);
    }

    /** Asks a handler everything that it will be asked again, so that one that cannot answer is found here. */
    private static String nameOf(NotificationHandler<?> handler) {
        int order = handler.order();
        return handler.getClass().getSimpleName() + " of " + handler.channel().name()
                + (order == 0 ? "" : " at " + order);
    }
}
