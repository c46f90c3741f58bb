package io.romancy.testkit.thirdparty;

import io.romancy.testkit.scenario.ReplayScenarioSuite;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/** The engine behaves on the storage of a third party as everywhere, with a replay after every wait. It copies all it has for each write, so this takes a while. */
@Tag("full")
class SlateReplayScenarioTest extends ReplayScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "slate:replay-" + COUNTER.incrementAndGet();
    }
}
