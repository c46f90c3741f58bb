package io.romancy.testkit.scenario;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios in memory, with notifications, and with a replay after every wait. */
class MemoryNotifyReplayScenarioTest extends ReplayScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "romancy:memory:notify-replay-" + COUNTER.incrementAndGet() + "?notify=true";
    }
}
