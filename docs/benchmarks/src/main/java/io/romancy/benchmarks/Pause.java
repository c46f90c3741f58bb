package io.romancy.benchmarks;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Time that passes between measurements. */
final class Pause {
    private Pause() {}

    /** 2 to 8 ms: lets everything come to rest, at no fixed beat. */
    static void aMoment() {
        of(Duration.ofNanos(ThreadLocalRandom.current().nextLong(2_000_000, 8_000_000)));
    }

    static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
