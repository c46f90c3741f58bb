package io.romancy.testkit.simulation;

import java.util.Map;

/**
 * What seeds that did not fail were like.
 *
 * @param seeds how many there were
 * @param decisions how often a thread was chosen to move
 * @param faults how often what went wrong
 * @param hash stands for everything that was chosen: the same for the same seeds of the same scenario and code
 */
public record SimulationReport(long seeds, long decisions, Map<SimulatedFault, Long> faults, long hash) {
    public SimulationReport {
        faults = Map.copyOf(faults);
    }

    /** How often this went wrong. */
    public long times(SimulatedFault fault) {
        return faults.getOrDefault(fault, 0L);
    }
}
