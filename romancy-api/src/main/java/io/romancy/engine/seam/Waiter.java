package io.romancy.engine.seam;

/**
 * The one way in which the engine waits. For one waiting thread at a time and any number that wake it.
 *
 * <p>No wake is lost: one that comes while nobody waits lets the next wait return at once. Wakes do not add up: whoever returns looks at
 * everything, so one is as good as many.
 */
public interface Waiter {
    /** Waits for a wake, at most this long; returns whether there was one. */
    boolean await(long atMostNanos) throws InterruptedException;

    /** The same for waits that an interrupt must not end; it stays pending for whoever can act on it. */
    boolean awaitUninterruptibly(long atMostNanos);

    /** Wakes the waiting thread, or the next one that comes. */
    void wake();
}
