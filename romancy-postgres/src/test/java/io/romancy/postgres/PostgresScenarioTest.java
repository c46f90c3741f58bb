package io.romancy.postgres;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.scenario.ScenarioSuite;
import org.junit.jupiter.api.BeforeAll;

/** The engine behaves on PostgreSQL as everywhere. One database serves all scenarios, so each also meets what the others left. */
@PostgresTest
class PostgresScenarioTest extends ScenarioSuite {
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
