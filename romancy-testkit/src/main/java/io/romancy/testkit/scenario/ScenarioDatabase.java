package io.romancy.testkit.scenario;

import io.romancy.spi.ListenNotify;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** Where the scenarios of a suite find their database. */
abstract class ScenarioDatabase {
    /** The URL of a database for one test; called before each. It may be the same each time. */
    protected abstract String database() throws Exception;

    /** Whether to use notifications. */
    protected ListenNotify listenNotify() {
        return ListenNotify.AUTO;
    }

    /** Options that only this storage knows. */
    protected Map<String, String> storageProperties() {
        return Map.of();
    }

    /** Whether a workflow that waits keeps its thread; if not, every wait ends in a replay. */
    abstract boolean keepsWaitingThreads();

    final ScenarioSetting nextSetting() throws Exception {
        return new ScenarioSetting(database(), storageProperties(), listenNotify(), keepsWaitingThreads());
    }

    @AfterAll
    static void closeLookout() {
        Lookout.close();
    }
}
