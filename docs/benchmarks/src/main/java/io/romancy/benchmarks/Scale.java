package io.romancy.benchmarks;

import java.time.Duration;

/**
 * How much of everything. A part of the full size gives rougher numbers sooner.
 *
 * @param factor by which times and counts are multiplied
 * @param repeats how often a throughput is measured
 * @param lease the lease of workers: the default one where it is what is measured
 */
record Scale(double factor, int repeats, Duration lease) {
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(15);

    /** So small that it shows only that everything works. */
    static Scale smoke() {
        return new Scale(0.005, 1, Duration.ofMillis(1_500));
    }

    static Scale of(double factor) {
        return new Scale(factor, 3, DEFAULT_LEASE);
    }

    Duration time(Duration full) {
        return Duration.ofNanos((long) (full.toNanos() * factor));
    }

    /** Never less than the least that the measurement can be made with. */
    int count(int full, int least) {
        return Math.max(least, (int) Math.round(full * factor));
    }
}
