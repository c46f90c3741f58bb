package io.romancy.engine.worker;

import io.romancy.api.observe.EngineMetrics;
import io.romancy.api.observe.PickupPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Spans in classes, each up to twice as long as the one before: small for ever, and exact enough to see which path is slow. Thread-safe. */
final class Waits {
    /** Up to 2^44 microseconds, half a year; the last class takes the rest. */
    private static final int CLASSES = 45;

    private final long[] counts = new long[CLASSES];
    private long count;
    private double totalMicros;
    private long longestMicros;

    synchronized void add(Duration span) {
        long micros = Math.max(0, TimeUnit.MICROSECONDS.convert(span));
        counts[Math.min(CLASSES - 1, Long.SIZE - Long.numberOfLeadingZeros(micros))]++;
        count++;
        totalMicros += micros;
        longestMicros = Math.max(longestMicros, micros);
    }

    synchronized EngineMetrics.Pickup read(PickupPath path) {
        double mean = count == 0 ? 0 : totalMicros / count;
        return new EngineMetrics.Pickup(
                path, count, micros((long) mean), atMost(0.5), atMost(0.99), micros(longestMicros));
    }

    /** A span that this part of all does not exceed. */
    private Duration atMost(double part) {
        long below = 0;
        for (int i = 0; i < CLASSES - 1; i++) {
            below += counts[i];
            if (below >= part * count) {
                return micros(Math.min(longestMicros, (1L << i) - 1));
            }
        }
        return micros(longestMicros);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
