package io.romancy.testkit.simulation;

/**
 * A system to be simulated: which workflows there are, what clients do, and what must hold at the end. It is arranged anew for each seed;
 * what it remembers belongs into what it makes here, and not into fields that one seed would leave to the next.
 */
@FunctionalInterface
public interface SimulatedScenario {
    /** Arranges the system, before anything runs. */
    void arrange(SimulatedWorld world) throws Exception;
}
