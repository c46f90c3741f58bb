package io.romancy.engine;

import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener what happened; one that throws harms nobody and is logged once for each kind of event. */
final class EventHub implements Consumer<EngineEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final List<EngineListener> listeners;

    EventHub(List<EngineListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void accept(EngineEvent event) {
        for (EngineListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.warn("Listener {} failed at {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
