package io.romancy.testkit.simulation;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Waiter;
import java.util.random.RandomGenerator;

/**
 * The world of one simulated engine. Its own clock starts anywhere: {@code nanoTime} says nothing but spans, and may be negative.
 *
 * @param began what its clock said when the simulation began
 */
record SimulatedEnvironment(Scheduler scheduler, SimulatedProcess process, RandomGenerator random, long began)
        implements Environment {
    @Override
    public long nanoTime() {
        return began + scheduler.now();
    }

    @Override
    public Fiber startLoop(String name, Runnable body) {
        return scheduler.spawn(process.name() + "/" + name, process, body);
    }

    @Override
    public Fiber startRun(String name, Runnable body) {
        return scheduler.spawn(process.name() + "/" + name, process, body);
    }

    @Override
    public Waiter newWaiter() {
        return new SimulatedWaiter(scheduler);
    }
}
