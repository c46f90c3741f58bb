package io.romancy.engine.seam;

import java.util.random.RandomGenerator;

/**
 * Everything that the engine takes from the world besides its storage. It reads no clock, starts no thread and waits for nothing except
 * through this, so that a simulation which owns all four decides which thread moves next, and a seed repeats a whole run.
 */
public interface Environment {
    /** A clock for spans, like {@link System#nanoTime}. It never decides what is due: the database does. */
    long nanoTime();

    /** Thread-safe. For jitter, ids and rotation; never for what a workflow sees. */
    RandomGenerator random();

    /** Starts a thread for engine work that lasts as long as the engine: a loop. */
    Fiber startLoop(String name, Runnable body);

    /** Starts a light thread for one run of a workflow, or for one step with a timeout. */
    Fiber startRun(String name, Runnable body);

    /** A new place to wait. */
    Waiter newWaiter();
}
