package io.romancy.sqlite;

import io.romancy.testkit.scenario.EngineScenarioSuite;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The engine around its workflows behaves on SQLite as everywhere. One file serves all scenarios, so each also meets what the others left. */
class SqliteEngineScenarioTest extends EngineScenarioSuite {
    @TempDir
    static Path folder;

    @Override
    protected String database() {
        return "jdbc:sqlite:" + folder.resolve("scenario.db");
    }

    /** What power loss would do is no part of the scenarios, so nothing waits for the disk. */
    @Override
    protected Map<String, String> storageProperties() {
        return Map.of(Options.SYNCHRONOUS, "off");
    }
}
