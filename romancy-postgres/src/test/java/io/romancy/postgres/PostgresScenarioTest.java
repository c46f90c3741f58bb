package io.romancy.postgres;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.ScenarioSuite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The engine behaves on PostgreSQL as everywhere. One database serves all scenarios, so each also meets what the others left. */
class PostgresScenarioTest extends ScenarioSuite {
    private static @Nullable PostgresDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterAll
    static void dropDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected String database() {
        if (database == null) {
            throw new IllegalStateException("no database was created");
        }
        return database.url();
    }
}
