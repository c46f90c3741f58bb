package io.romancy.engine;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.StorageProvider;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a test or a simulation reaches into an engine; an application leaves all of it alone but the observer.
 *
 * @param environment time, randomness and threads
 * @param steps what comes between the engine and the bodies of steps
 * @param observer follows what happens
 * @param storage opens the database, instead of the provider that would be found for its URL
 * @param sweep is handed, once the engine is open, what lets all pollers look at once
 */
record Seams(
        Environment environment,
        StepInterceptor steps,
        Observer observer,
        @Nullable StorageProvider storage,
        Consumer<Runnable> sweep) {
    static Seams none() {
        return new Seams(new SystemEnvironment(), StepInterceptor.NONE, Observer.NONE, null, ready -> {});
    }

    Seams with(Environment world) {
        return new Seams(world, steps, observer, storage, sweep);
    }

    Seams with(StepInterceptor interceptor) {
        return new Seams(environment, interceptor, observer, storage, sweep);
    }

    Seams with(Observer watching) {
        return new Seams(environment, steps, watching, storage, sweep);
    }

    Seams with(StorageProvider provider) {
        return new Seams(environment, steps, observer, provider, sweep);
    }

    Seams with(Consumer<Runnable> taker) {
        return new Seams(environment, steps, observer, storage, taker);
    }
}
