package io.romancy.testkit.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one thread waits for and another one gives, once each time. */
final class Baton {
    private volatile boolean given;
    private volatile @Nullable Thread taker;

    /** Lets the taker go on, now or when it comes. */
    void give() {
        given = true;
        Thread waiting = taker;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Waits for it, at most this long; returns whether it came. An interrupt does not end the wait and stays pending. */
    boolean take(long atMostNanos) {
        taker = Thread.currentThread();
        boolean interrupted = Thread.interrupted();
        long end = atMostNanos == Long.MAX_VALUE ? 0 : System.nanoTime() + atMostNanos;
        long left = atMostNanos;
        while (!given && left > 0) {
            if (atMostNanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, left);
                left = end - System.nanoTime();
            }
            interrupted |= Thread.interrupted();
        }
        boolean came = given;
        if (came) {
            given = false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return came;
    }
}
