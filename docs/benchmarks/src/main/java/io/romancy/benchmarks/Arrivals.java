package io.romancy.benchmarks;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events that the measuring thread waits for, with the time at which they happened and not the time at which it woke. */
final class Arrivals {
    record Arrival(String what, long nanoTime) {}

    private final LinkedBlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();

    void arrived(String what) {
        queue.add(new Arrival(what, System.nanoTime()));
    }

    /** The next event, which must be this one. */
    Arrival await(String what) throws InterruptedException {
        var next = next();
        if (!next.what().equals(what)) {
            throw new IllegalStateException("waited for " + what + ", and " + next.what() + " came");
        }
        return next;
    }

    /** The next event of this kind; others that came before are dropped. */
    Arrival awaitAmongOthers(String what) throws InterruptedException {
        var next = next();
        while (!next.what().equals(what)) {
            next = next();
        }
        return next;
    }

    /** The next event, whatever it is. */
    Arrival next() throws InterruptedException {
        var next = queue.poll(Lab.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("nothing came within " + Lab.DEADLINE);
        }
        return next;
    }
}
