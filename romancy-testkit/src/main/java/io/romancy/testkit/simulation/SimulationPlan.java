package io.romancy.testkit.simulation;

import io.romancy.spi.Storage;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What every seed of a simulation has in common.
 *
 * @param storages stands between the workers and the database
 * @param patience how long nothing may move, by the real clock
 */
record SimulationPlan(
        SimulatedScenario scenario,
        int workers,
        Set<SimulatedFault> faults,
        UnaryOperator<Storage> storages,
        Duration patience) {}
