package io.romancy.engine.poll;

import io.romancy.api.observe.EngineEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on, so that one who observes can harm nobody: what he throws ends here, and after the close he hears nothing more. */
public final class QuietEvents implements Consumer<EngineEvent>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QuietEvents.class);

    private final Consumer<EngineEvent> observer;
    private final AtomicBoolean logged = new AtomicBoolean();
    private volatile boolean closed;

    public QuietEvents(Consumer<EngineEvent> observer) {
        this.observer = observer;
    }

    @Override
    public void accept(EngineEvent event) {
        if (closed) {
            return;
        }
        try {
            observer.accept(event);
        } catch (Throwable e) {
            if (logged.compareAndSet(false, true)) {
                log.warn("An observer failed on {}; further failures are not logged", event, e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
