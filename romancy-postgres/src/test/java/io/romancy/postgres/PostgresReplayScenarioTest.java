package io.romancy.postgres;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.scenario.ReplayScenarioSuite;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The engine behaves on PostgreSQL as everywhere, with a replay after every wait. By name only: the ordinary build has the replays on SQLite,
 * and how PostgreSQL reads histories in the storage's contract.
 */
@Tag("full")
@PostgresTest
class PostgresReplayScenarioTest extends ReplayScenarioSuite {
    private static PostgresDatabase database;

    @BeforeAll
    static void useDatabase(PostgresDatabase created) {
        database = created;
    }

    @Override
    protected String database() {
        return database.url();
    }
}
