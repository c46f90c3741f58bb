package io.romancy.testkit.scenario;

import org.junit.jupiter.api.Nested;

/**
 * All scenarios for one storage, with waiting workflows kept in memory: extend it, say where the database is, and every theme runs as a
 * nested class. {@link ReplayScenarioSuite} runs them with a replay after every wait; the two share nothing, so they may run side by
 * side.
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
public abstract class ScenarioSuite extends ScenarioThemes {
    @Override
    final boolean keepsWaitingThreads() {
        return true;
    }

    // From here on what is the same however workflows wait, so it runs in this suite only.

    @Nested
    class Outbox extends OutboxScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class OutboxFailures extends OutboxFailureScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Plugins extends PluginScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Defects extends DefectScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Contention extends ContentionScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Volume extends VolumeScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }
}
