package io.romancy.sqlite;

import io.romancy.testkit.scenario.ReplayScenarioSuite;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The engine behaves on SQLite as everywhere, with a replay after every wait. */
class SqliteReplayScenarioTest extends ReplayScenarioSuite {
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
