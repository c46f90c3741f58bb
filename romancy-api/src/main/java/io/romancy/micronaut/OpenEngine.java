package io.romancy.micronaut;

import io.romancy.api.Romancy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine of this application once it is open: for those who look at it and must not be the ones who open it, such as a health check.
 * Thread-safe.
 */
@Singleton
public final class OpenEngine {
    private final List<Consumer<Romancy>> waiting = new ArrayList<>();
    private @Nullable Romancy engine;

    OpenEngine() {}

    /** The engine; empty before it is open. After that it stays, also when it is closed. */
    public synchronized Optional<Romancy> get() {
        return Optional.ofNullable(engine);
    }

    /** Does this with the engine, when it is open. */
    public void whenOpen(Consumer<Romancy> action) {
        Romancy open;
        synchronized (this) {
            open = engine;
            if (open == null) {
                waiting.add(action);
                return;
            }
        }
        action.accept(open);
    }

    void opened(Romancy romancy) {
        List<Consumer<Romancy>> actions;
        synchronized (this) {
            engine = romancy;
            actions = List.copyOf(waiting);
            waiting.clear();
        }
        actions.forEach(action -> action.accept(romancy));
    }
}
