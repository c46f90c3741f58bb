package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the source hears. On its thread only flags are set and queues filled, and nothing is thrown. */
final class HintSink implements NotificationSink {
    private static final Logger log = LoggerFactory.getLogger(HintSink.class);

    private final Environment environment;
    private final Routes routes;
    private final PollLoops loops;
    private final SourceWatch watch;
    private final Consumer<EngineEvent> events;
    private final Seldom foreignLog = new Seldom();
    private final Seldom brokenLog = new Seldom();
    private volatile boolean closed;

    HintSink(Environment environment, Routes routes, PollLoops loops, SourceWatch watch, Consumer<EngineEvent> events) {
        this.environment = environment;
        this.routes = routes;
        this.loops = loops;
        this.watch = watch;
        this.events = events;
    }

    @Override
    public void received(Notification notification) {
        if (closed) {
            return;
        }
        Route route = routes.find(notification.channel());
        if (route == null) {
            foreign(notification.channel());
            return;
        }
        try {
            route.hint(notification, loops);
        } catch (Throwable e) { // what is called here throws nothing, so this is a source that hands over null, or no
            // memory
            broken(route, e);
        }
        events.accept(new EngineEvent.HintReceived(route.channel()));
        if (Notification.SWEEP.equals(notification.payload())) {
            events.accept(new EngineEvent.HintsMissed(route.channel(), "the sender collapsed its hints"));
        }
    }

    /** From this process itself: on a channel on which nobody listens it is not foreign. */
    void receivedHere(Notification notification) {
        if (routes.find(notification.channel()) != null) {
            received(notification);
        }
    }

    @Override
    public void gap(String reason) {
        if (closed) {
            return;
        }
        watch.gap();
        loops.gap();
        routes.all().forEach(Route::miss);
        events.accept(new EngineEvent.HintsMissed(null, reason));
    }

    @Override
    public void stateChanged(SourceState state, @Nullable String detail) {
        if (closed) {
            return;
        }
        // Two threads of a source may report at once: whoever comes second decides both the state and the trust.
        synchronized (watch) {
            watch.change(state, detail, environment.nanoTime());
            loops.trust(state == SourceState.LIVE);
        }
        log.debug("Notification source is {}{}", state, detail == null ? "" : ": " + detail);
        events.accept(new EngineEvent.SourceChanged(state, detail));
    }

    void close() {
        closed = true;
    }

    private void broken(Route route, Throwable e) {
        if (brokenLog.now(environment.nanoTime())) {
            log.error("A notification on '{}' could not be taken and counts as missed", route.channel(), e);
        }
        route.miss();
    }

    private void foreign(String channel) {
        watch.foreign();
        if (foreignLog.now(environment.nanoTime())) {
            log.warn("Ignored a notification on '{}', on which nobody listens here{}", channel, foreignLog.heldBack());
        }
    }
}
