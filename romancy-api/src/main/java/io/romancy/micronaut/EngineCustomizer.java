package io.romancy.micronaut;

import io.romancy.api.Romancy;
import io.romancy.engine.EngineBuilder;

/**
 * A bean that sees the engine's builder last, before the engine is opened with the application: for tests, which put their stubs and their
 * clock there. What it throws keeps the application from starting.
 */
@FunctionalInterface
public interface EngineCustomizer {
    /** Called once for each engine that is opened. */
    void customize(EngineBuilder builder);

    /** What the application gets as its Romancy, when its own engine is open. */
    default Romancy inPlaceOf(Romancy engine) {
        return engine;
    }
}
