package io.romancy.examples.orders.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does the same for many things at once, each on a thread of its own, as the requests of a web server would. The engine writes what comes
 * together with one flush of the disk.
 */
public final class Concurrently {
    private Concurrently() {}

    /** Returns when all are done; throws what the first one that failed threw. */
    public static <T> void forEach(Collection<T> things, Consumer<? super T> action) {
        List<Future<?>> running = new ArrayList<>(things.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thing : things) {
                running.add(threads.submit(() -> action.accept(thing)));
            }
        }
        for (var each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
