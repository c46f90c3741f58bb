package io.romancy.postgres;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.scenario.EngineScenarioSuite;
import org.junit.jupiter.api.BeforeAll;

/** The engine around its workflows behaves on PostgreSQL as everywhere. One database serves all scenarios, so each also meets what the others left. */
@PostgresTest
class PostgresEngineScenarioTest extends EngineScenarioSuite {
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
