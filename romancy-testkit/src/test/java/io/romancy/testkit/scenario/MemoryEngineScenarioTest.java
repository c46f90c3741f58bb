package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios of the engine in memory, with nobody ringing the bell. */
class MemoryEngineScenarioTest extends EngineScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:engine-" + COUNTER.incrementAndGet();
    }
}
