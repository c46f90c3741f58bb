package io.romancy.engine.loop;

import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure. Doubles from one failure to the next up to a cap; each wait is a random one between half of that and
 * all of it, so that the workers which a restarting database turned away do not come back together. For one thread.
 */
public final class Backoff {
    private final RandomGenerator random;
    private final long firstNanos;
    private final long capNanos;
    private long nominalNanos;
    private int failures;

    public Backoff(RandomGenerator random, long firstNanos, long capNanos) {
        this.random = random;
        this.firstNanos = firstNanos;
        this.capNanos = capNanos;
    }

    /** Counts a failure and returns the nanoseconds to wait. */
    public long failed() {
        nominalNanos = failures == 0 ? Math.min(firstNanos, capNanos) : Math.min(2 * nominalNanos, capNanos);
        failures++;
        return nominalNanos - random.nextLong(nominalNanos / 2 + 1);
    }

    /** Begins anew, after a success. */
    public void reset() {
        failures = 0;
    }

    /** Failures since the last success. */
    public int failures() {
        return failures;
    }
}
