package io.romancy.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;

/** What goes wrong around one worker at the moment, and how often. Fine at the beginning. */
final class Weather {
    private final Map<SimulatedFault, Double> chances = new EnumMap<>(SimulatedFault.class);

    /** How often this goes wrong, from 0 to 1. */
    double chanceOf(SimulatedFault fault) {
        return chances.getOrDefault(fault, 0.0);
    }

    void set(SimulatedFault fault, double chance) {
        chances.put(fault, chance);
    }

    void clear(SimulatedFault fault) {
        chances.remove(fault);
    }

    void clears() {
        chances.clear();
    }
}
