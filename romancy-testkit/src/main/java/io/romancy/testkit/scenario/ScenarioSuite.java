package io.romancy.testkit.scenario;

import io.romancy.spi.ListenNotify;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * All scenarios for one storage: extend it, say where the database is, and every theme runs as a nested class, once with waiting
 * workflows kept in memory and once with a replay after every wait.
 *
 * <pre>{@code
 * class SqliteScenarioTest extends ScenarioSuite {
 *     @TempDir Path folder;
 *
 *     @Override
 *     protected String database() {
 *         return "jdbc:sqlite:" + folder.resolve("scenario.db");
 *     }
 * }
 * }</pre>
 */
public abstract class ScenarioSuite {
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

    @AfterAll
    static void closeLookout() {
        Lookout.close();
    }

    private ScenarioSetting setting(boolean keepsWaitingThreads) throws Exception {
        return new ScenarioSetting(database(), storageProperties(), listenNotify(), keepsWaitingThreads);
    }

    @Nested
    class KeepingWaitingThreads extends ScenarioThemes {
        @Override
        ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(true);
        }
    }

    @Nested
    class ReplayingAfterEveryWait extends ScenarioThemes {
        @Override
        ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(false);
        }
    }

    /** Once: it is the same however workflows wait. */
    @Nested
    class Outbox extends OutboxScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(true);
        }
    }

    @Nested
    class Plugins extends PluginScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(true);
        }
    }

    @Nested
    class OutboxFailures extends OutboxFailureScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(true);
        }
    }

    @Nested
    class Volume extends VolumeScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioSuite.this.setting(true);
        }
    }
}
