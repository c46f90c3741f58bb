package io.romancy.postgres.outage;

import io.romancy.spi.ListenNotify;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ThreeWayScenario;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Notifications that are half a minute late. Runs by name. */
@Tag("full")
class LateNotificationsTest extends ThreeWayScenario {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.AUTO, true);
    }

    @Override
    protected Duration lateBy() {
        return Duration.ofSeconds(30);
    }

    @AfterEach
    void drop() {
        closeWorkers();
        leaveDatabase();
        database.close();
    }
}
