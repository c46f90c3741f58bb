package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios in memory, with notifications. */
class MemoryNotifyScenarioTest extends ScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:notify-scenario-" + COUNTER.incrementAndGet() + "?notify=true";
    }
}
