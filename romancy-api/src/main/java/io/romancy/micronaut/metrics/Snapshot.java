package io.romancy.micronaut.metrics;

import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineMetrics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The engine's counters at one moment, read once for all the meters that are read together. Thread-safe. */
final class Snapshot {
    private static final long YOUNG = TimeUnit.MILLISECONDS.toNanos(100);

    private final Romancy romancy;
    private @Nullable EngineMetrics newest;
    private long read;

    Snapshot(Romancy romancy) {
        this.romancy = romancy;
    }

    synchronized EngineMetrics get() {
        EngineMetrics known = newest;
        if (known == null || System.nanoTime() - read > YOUNG) {
            known = romancy.metrics();
            newest = known;
            read = System.nanoTime();
        }
        return known;
    }
}
