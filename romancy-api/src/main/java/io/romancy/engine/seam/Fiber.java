package io.romancy.engine.seam;

/** A thread that the engine started. */
public interface Fiber {
    /** Interrupts it. */
    void interrupt();

    /** Waits until it has ended, at most this long; returns whether it has. */
    boolean join(long atMostNanos);
}
