package io.romancy.postgres.outage;

import io.romancy.spi.ListenNotify;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.TimerScenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Timers are right though engine and server believe that they are in other time zones, on both sides of the date line. */
class OtherTimeZonesTest extends TimerScenario {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final TimeZone usual = TimeZone.getDefault();

    @Override
    protected ScenarioSetting open() throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " SET timezone = 'Pacific/Marquesas'");
        }
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.AUTO, true);
    }

    @BeforeEach
    void travel() {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    }

    @AfterEach
    void comeBack() {
        TimeZone.setDefault(usual);
        closeWorkers();
        leaveDatabase();
        database.close();
    }
}
