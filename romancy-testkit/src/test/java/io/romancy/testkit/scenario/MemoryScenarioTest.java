package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios in memory, with nobody ringing the bell. */
class MemoryScenarioTest extends ScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:scenario-" + COUNTER.incrementAndGet();
    }
}
