package io.romancy.engine.discovery;

import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.poll.Poller;
import java.util.List;
import java.util.stream.Stream;

/** The pollers and notification handlers on the class path, handlers by order. */
public record PluginDiscovery(
        List<Discovered<Poller>> pollers,
        List<Discovered<NotificationHandler<?>>> handlers,
        List<BrokenProvider> broken) {
    public PluginDiscovery {
        pollers = List.copyOf(pollers);
        handlers = List.copyOf(handlers);
        broken = List.copyOf(broken);
    }

    /** Finds what this loader sees, and makes one object of each. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal has no type arguments
    public static PluginDiscovery with(ClassLoader loader) {
        var pollers = Services.load(Poller.class, loader, Poller::name);
        var handlers = Services.load(
                NotificationHandler.class,
                loader,
                handler -> handler.getClass().getSimpleName() + " of "
                        + handler.channel().name());
        List<Discovered<NotificationHandler<?>>> ordered = (List) handlers.found();
        return new PluginDiscovery(
                pollers.found(),
                ordered,
                Stream.concat(pollers.broken().stream(), handlers.broken().stream())
                        .toList());
    }
}
