package io.romancy.engine;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.seam.Environment;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener what happened, until it is closed; one that throws harms nobody and is logged, at most once a minute. */
final class EventHub implements Consumer<EngineEvent>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final Environment environment;
    private final List<Ear> ears;
    private volatile boolean closed;

    /** A listener, and when it was last complained of. */
    private record Ear(EngineListener listener, Seldom log) {}

    EventHub(Environment environment, List<EngineListener> listeners) {
        this.environment = environment;
        this.ears = listeners.stream()
                .map(listener -> new Ear(listener, new Seldom()))
                .toList();
    }

    @Override
    public void accept(EngineEvent event) {
        for (Ear ear : ears) {
            if (closed) {
                return;
            }
            try {
                ear.listener().on(event);
            } catch (RuntimeException | Error e) { // an assertion of a test, a class that is not there
                failed(ear, event, e);
            }
        }
    }

    private void failed(Ear ear, EngineEvent event, Throwable e) {
        if (ear.log().now(environment.nanoTime())) {
            LOG.warn(
                    "Listener {} failed at {}{}",
                    ear.listener().getClass().getName(),
                    event,
                    ear.log().heldBack(),
                    e);
        }
    }

    /** A step that nobody could stop may end long after the engine; its listeners hear no more of it. */
    @Override
    public void close() {
        closed = true;
    }
}
