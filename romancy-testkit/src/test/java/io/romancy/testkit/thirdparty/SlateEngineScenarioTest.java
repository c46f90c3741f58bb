package io.romancy.testkit.thirdparty;

import io.romancy.testkit.scenario.EngineScenarioSuite;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/**
 * The engine around its workflows behaves on the storage of a third party as everywhere. It copies all it has for each write, so this takes
 * a while.
 */
@Tag("full")
class SlateEngineScenarioTest extends EngineScenarioSuite {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Override
    protected String database() {
        return "slate:engine-" + COUNTER.incrementAndGet();
    }
}
