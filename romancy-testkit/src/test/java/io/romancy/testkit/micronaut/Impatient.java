package io.romancy.testkit.micronaut;

import io.micronaut.context.annotation.Requires;
import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import jakarta.inject.Singleton;

/** A plugin that asks for the engine before it is open. */
@Singleton
@Requires(property = "test.impatient")
class Impatient implements EngineListener {
    private final Romancy romancy;

    Impatient(Romancy romancy) {
        this.romancy = romancy;
    }

    @Override
    public void on(EngineEvent event) {
        romancy.status();
    }
}
