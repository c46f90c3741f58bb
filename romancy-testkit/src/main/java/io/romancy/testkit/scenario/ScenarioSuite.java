package io.romancy.testkit.scenario;

/**
 * All scenarios of workflows for one storage, with waiting ones kept in memory: extend it, say where the database is, and every theme runs
 * as a nested class. {@link ReplayScenarioSuite} runs them with a replay after every wait, and {@link EngineScenarioSuite} has those of what
 * is around workflows. The three share nothing, so they may run side by side.
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
}
