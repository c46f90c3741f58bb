package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios of the engine in memory, with notifications. */
class MemoryNotifyEngineScenarioTest extends EngineScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:notify-engine-" + COUNTER.incrementAndGet() + "?notify=true";
    }
}
