package io.romancy.engine;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener what happened, until it is closed; one that throws harms nobody and is logged. */
final class EventHub implements Consumer<EngineEvent>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final List<EngineListener> listeners;
    private volatile boolean closed;

    EventHub(List<EngineListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void accept(EngineEvent event) {
        for (EngineListener listener : listeners) {
            if (closed) {
                return;
            }
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.warn("Listener {} failed at {}", listener.getClass().getName(), event, e);
            }
        }
    }

    /** A step that nobody could stop may end long after the engine; its listeners hear no more of it. */
    @Override
    public void close() {
        closed = true;
    }
}
