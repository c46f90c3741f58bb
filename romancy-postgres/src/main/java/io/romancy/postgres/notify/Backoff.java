package io.romancy.postgres.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: the limit doubles from attempt to attempt, and each pause is any time up to it, so that workers which lost the
 * same server do not come back together.
 */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The pause before the next attempt; counts it. */
    Duration next() {
        Duration limit = limit(attempts);
        attempts++;
        return Duration.ofMillis(random.nextLong(limit.toMillis() + 1));
    }

    /** The pause where coming back soon is no use: the longest, but for a tenth at random. Counts nothing. */
    Duration longest() {
        return most.minusMillis(random.nextLong(most.toMillis() / 10 + 1));
    }

    /** The connection has proven itself: the next loss is a new one. */
    void reset() {
        attempts = 0;
    }

    private Duration limit(int attempt) {
        if (attempt >= 30) {
            return most;
        }
        Duration doubled = first.multipliedBy(1L << attempt);
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
