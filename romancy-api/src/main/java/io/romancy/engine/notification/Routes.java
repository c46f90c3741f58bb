package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.Poller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes by the full names of their channels: the union of what handlers handle and what wakes pollers. Immutable. */
final class Routes {
    private static final Set<String> OF_ENGINE =
            EngineChannels.ALL.stream().map(NotificationChannel::name).collect(Collectors.toUnmodifiableSet());

    private final Map<String, Route> byName;

    private Routes(Map<String, Route> byName) {
        this.byName = byName;
    }

    /** Asks handlers and pollers for their channels, once. */
    static Routes of(
            Environment environment,
            String prefix,
            List<NotificationHandler<?>> handlers,
            List<Poller> pollers,
            Wake wake,
            Consumer<EngineEvent> events) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        var ordered = new ArrayList<>(handlers);
        ordered.sort(Comparator.comparingInt(NotificationHandler::order)); // stable: then as they were handed over
        for (NotificationHandler<?> handler : ordered) {
            Draft draft = drafts.computeIfAbsent(handler.channel().name(), Draft::new);
            var call = new HandlerCall<>(environment, handler, wake, events);
            if (handler instanceof InlineHandler) {
                draft.inline.add(call);
            } else {
                draft.queued.add(new HandlerLoop(environment, call, events));
            }
        }
        for (Poller poller : pollers) {
            for (var channel : poller.wokenBy()) {
                drafts.computeIfAbsent(channel.name(), Draft::new).pollers.add(poller.name());
            }
        }
        Map<String, Route> routes = new LinkedHashMap<>();
        drafts.forEach((name, draft) -> routes.put(prefix + name, draft.route()));
        return new Routes(routes);
    }

    @Nullable
    Route find(String fullName) {
        return byName.get(fullName);
    }

    Set<String> channels() {
        return Set.copyOf(byName.keySet());
    }

    Collection<Route> all() {
        return byName.values();
    }

    /** Whether anybody but the engine has ears for a hint. */
    boolean isOfPlugins() {
        return all().stream().anyMatch(route -> !route.queued().isEmpty() || !OF_ENGINE.contains(route.channel()));
    }

    List<HandlerLoop> handlerLoops() {
        return all().stream().flatMap(route -> route.queued().stream()).toList();
    }

    List<ChannelStats> stats() {
        return all().stream().map(Route::stats).toList();
    }

    /** No handler is called any more after this, except where a call is under way. */
    void close() {
        for (Route route : all()) {
            route.inline().forEach(HandlerCall::close);
            route.queued().forEach(HandlerLoop::close);
        }
    }

    private static final class Draft {
        final String channel;
        final List<String> pollers = new ArrayList<>();
        final List<HandlerCall<?>> inline = new ArrayList<>();
        final List<HandlerLoop> queued = new ArrayList<>();

        Draft(String channel) {
            this.channel = channel;
        }

        Route route() {
            return new Route(channel, pollers, inline, queued);
        }
    }
}
