package io.romancy.testkit.thirdparty;

import io.romancy.testkit.scenario.ScenarioSuite;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/** The engine behaves on the storage of a third party as everywhere. It copies all it has for each write, so this takes a while. */
@Tag("full")
class SlateScenarioTest extends ScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "slate:scenario-" + COUNTER.incrementAndGet();
    }
}
