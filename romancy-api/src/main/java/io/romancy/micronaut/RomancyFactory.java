package io.romancy.micronaut;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.romancy.api.Romancy;
import io.romancy.api.outbox.Outbox;
import jakarta.inject.Singleton;

/** Makes the engine a bean: opened when it is first asked for, at the latest with the start of the application. */
@Factory
final class RomancyFactory {
    /** Blocks until the engine has connected. Closing it again is harmless, and after a graceful shutdown there is no work to hand over. */
    @Singleton
    @Bean(preDestroy = "close")
    Romancy romancy(EngineOpening opening) {
        return opening.open();
    }

    @Singleton
    FurtherEngines further(EngineOpening opening) {
        return opening::openFurther;
    }

    /** The same as {@code romancy.outbox()}. */
    @Singleton
    Outbox outbox(Romancy romancy) {
        return romancy.outbox();
    }
}
