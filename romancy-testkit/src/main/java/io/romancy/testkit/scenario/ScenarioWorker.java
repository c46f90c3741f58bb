package io.romancy.testkit.scenario;

import io.romancy.api.Romancy;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.record.EngineEvents;

/**
 * An engine of a scenario, with what it reports and with what can go wrong between it and its storage.
 *
 * @param name its label
 */
public record ScenarioWorker(String name, Romancy romancy, EngineEvents events, Faults faults)
        implements AutoCloseable {
    /** Stops it in good order; what it leaves, others go on with. */
    @Override
    public void close() {
        romancy.close();
    }
}
