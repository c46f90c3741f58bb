package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios in memory, with nobody ringing the bell, and with a replay after every wait. */
class MemoryReplayScenarioTest extends ReplayScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:replay-" + COUNTER.incrementAndGet();
    }
}
