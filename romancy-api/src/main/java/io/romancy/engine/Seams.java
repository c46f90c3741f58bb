package io.romancy.engine;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.StorageProvider;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a test or a simulation reaches into an engine; an application leaves all of it alone.
 *
 * @param environment time, randomness and threads
 * @param steps what comes between the engine and the bodies of steps
 * @param storage opens the database, instead of the provider that would be found for its URL
 * @param sweep is handed, once the engine is open, what lets all pollers look at once
 */
record Seams(
        Environment environment,
        StepInterceptor steps,
        @Nullable StorageProvider storage,
        Consumer<Runnable> sweep) {
    static Seams none() {
        return new Seams(new SystemEnvironment(), StepInterceptor.NONE, null, ready -> {});
    }

    Seams with(Environment world) {
        return new Seams(world, steps, storage, sweep);
    }

    Seams with(StepInterceptor interceptor) {
        return new Seams(environment, interceptor, storage, sweep);
    }

    Seams with(StorageProvider provider) {
        return new Seams(environment, steps, provider, sweep);
    }

    Seams with(Consumer<Runnable> taker) {
        return new Seams(environment, steps, storage, taker);
    }
}
