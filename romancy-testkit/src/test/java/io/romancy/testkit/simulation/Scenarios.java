package io.romancy.testkit.simulation;

import java.util.Map;
import java.util.TreeMap;

/** The systems that are simulated here, by name. */
final class Scenarios {
    static final Map<String, SimulatedScenario> ALL = new TreeMap<>(Map.of(
            "shop", world -> Shops.arrange(world, 3),
            "newspaper", world -> Newspapers.arrange(world, 3, 4),
            "quarry", world -> Quarries.arrange(world, 3, 5),
            "journey", world -> Journeys.arrange(world, 3),
            "bank", world -> Banks.arrange(world, 2),
            "warehouse", world -> Warehouses.arrange(world, 3, 3)));

    private Scenarios() {}

    static SimulatedScenario named(String name) {
        SimulatedScenario scenario = ALL.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException("no scenario '" + name + "', there are " + ALL.keySet());
        }
        return scenario;
    }
}
