package io.romancy.postgres.notify;

import java.time.Duration;

/** Waiting for threads to end, with a bound. */
final class Threads {
    private Threads() {}

    /** Returns when the thread has ended, or this time is over; at once if it is the caller's own. */
    static void join(Thread thread, Duration atMost) {
        if (thread.equals(Thread.currentThread()) || !thread.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
