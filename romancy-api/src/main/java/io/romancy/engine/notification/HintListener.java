package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.poll.QuietEvents;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to a source and takes each hint to the handlers of its channel and the pollers that it wakes.
 *
 * <p>The engine's own handlers run on the source's thread, in which they set a flag. Every other handler has a thread and a queue of its
 * own, so it may take its time. {@link NotificationHandler#order} therefore says in which order the handlers of a channel are told of a
 * hint, not in which they are done with it: nobody waits for another. Each handler hears the hints of its channel in the order in which
 * the source delivered them; a {@code missed} may overtake hints that wait.
 */
public final class HintListener implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(HintListener.class);

    private final Environment environment;
    private final @Nullable NotificationSource source;
    private final Duration fallbackInterval;
    private final Duration reconnectDelay;
    private final PollLoops loops;
    private final QuietEvents events;
    private final Routes routes;
    private final SourceWatch watch;
    private final HintSink sink;
    private final StepLoop slowWatch;
    private final @Nullable HintSender here;
    private boolean started;
    private boolean closed;

    /**
     * Asks handlers and pollers for their channels.
     *
     * @param source null: nothing is listened to, and what plugins are told in this process goes the short way
     * @param prefix comes before the name of every channel
     * @param pollers those whose {@code wokenBy} is honoured; {@code loops} runs them
     * @param fallbackInterval only for the log, as is {@code reconnectDelay}: the loops and the source have them already
     */
    public HintListener(
            Environment environment,
            @Nullable NotificationSource source,
            String prefix,
            List<NotificationHandler<?>> handlers,
            List<Poller> pollers,
            PollLoops loops,
            Duration fallbackInterval,
            Duration reconnectDelay,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.source = source;
        this.fallbackInterval = fallbackInterval;
        this.reconnectDelay = reconnectDelay;
        this.loops = loops;
        this.events = new QuietEvents(events);
        this.routes = Routes.of(environment, prefix, handlers, pollers, loops, this.events);
        this.watch = new SourceWatch(source == null ? null : source.state(), environment.nanoTime());
        this.sink = new HintSink(environment, routes, loops, watch, this.events);
        this.slowWatch = new StepLoop(environment, "romancy-hints-watch", this::watchHandlers);
        // Coalesced as on the way through a database: a handler that gives a hint for each that it gets must not spin.
        this.here = source == null && routes.isOfPlugins()
                ? new HintSender(environment, new Loopback(sink), prefix, new QuietEvents(event -> {}))
                : null;
    }

    /** Starts the handlers' loops and the source. What the source throws at its start reaches the caller, who then closes this. */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException(closed ? "closed" : "started before");
        }
        started = true;
        var handlerLoops = routes.handlerLoops();
        handlerLoops.forEach(HandlerLoop::start);
        if (!handlerLoops.isEmpty()) {
            slowWatch.start();
        }
        if (here != null) {
            here.start();
        }
        if (source == null) {
            return;
        }
        log.info(
                "{} configured fallback_interval={} reconnect_delay={}",
                source.description(),
                Spans.text(fallbackInterval),
                Spans.text(reconnectDelay));
        source.start(routes.channels(), sink);
    }

    /** Takes a hint of this process to its own plugins where there is no source, which else would bring it back. */
    public <P> void hint(NotificationChannel<P> channel, P payload) {
        if (here != null) {
            here.hint(channel, payload);
        }
    }

    public ListenerStats stats() {
        return watch.stats(environment.nanoTime(), source == null ? SourceStats.NONE : source.stats(), routes.stats());
    }

    /** Closes within some four seconds. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Closes the source and ends the handlers' loops. Calls that are under way have this long to end, then they are interrupted, and
     * half a second later left to themselves. No handler is called and no event begins after it returned. Again: does nothing new.
     */
    public synchronized void close(Duration atMost) {
        boolean first = !closed;
        closed = true;
        sink.close();
        routes.close();
        long deadline = environment.nanoTime() + Spans.nanos(atMost);
        if (first && here != null && started) {
            here.close(atMost); // calls nobody any more: it only ends
        }
        Fiber closer = first && source != null ? closing(source) : null;
        List<StepLoop> ending = new ArrayList<>();
        routes.handlerLoops().forEach(handler -> ending.add(handler.loop()));
        ending.add(slowWatch);
        List<String> stuck = new ArrayList<>(StepLoop.close(environment, ending, atMost));
        if (closer != null && !closer.join(deadline - environment.nanoTime())) {
            closer.interrupt();
            stuck.add("the notification source");
        }
        if (!stuck.isEmpty()) {
            log.warn("Closed, but these did not end in time and were left behind: {}", stuck);
        }
        watch.change(SourceState.CLOSED, null, environment.nanoTime());
        loops.trust(false);
        events.close();
    }

    /** On a thread of its own: a source is a plugin, and one that hangs must not keep the application from ending. */
    private Fiber closing(NotificationSource open) {
        return environment.startLoop("romancy-hints-close", () -> {
            try {
                open.close();
            } catch (Throwable e) {
                log.warn("{} could not be closed", open.description(), e);
            }
        });
    }

    /** Reports handlers that are slow while they still are; half a second late at the most does not matter. */
    private long watchHandlers() {
        routes.handlerLoops().forEach(HandlerLoop::reportIfSlow);
        return HandlerLoop.SLOW / 2;
    }
}
