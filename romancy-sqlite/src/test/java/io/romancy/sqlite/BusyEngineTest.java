package io.romancy.sqlite;

import static io.romancy.testkit.record.EventConditions.pollFailed;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.WorkflowType;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.StorageException;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the file for longer than anybody is willing to wait: what an engine then does. */
class BusyEngineTest extends Scenario {
    @TempDir
    Path folder;

    private final WorkflowType<String, String> type = texts();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(url(), Map.of(Options.BUSY_TIMEOUT, "300"), ListenNotify.AUTO, true);
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("busy.db");
    }

    @AfterEach
    void leave() {
        closeWorkers();
        leaveDatabase();
    }

    @Test
    void itsPollsBackOffItsCallersAreToldAndAllGoesOnWhenTheFileIsFree() throws Exception {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.sleep(Duration.ofSeconds(1));
            return ctx.step("after", String.class, () -> "done");
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        try (var other = DriverManager.getConnection(url());
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            worker.events().await(pollFailed());
            assertThatThrownBy(() -> worker.romancy().start(type, "x"))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.isTransient()).isTrue());
            statement.execute("ROLLBACK");
        }

        assertThat(result(handle)).isEqualTo("done");
        assertThat(result(worker.romancy().start(type, "y"))).isEqualTo("done");
        assertThat(operations(handle.id())).containsExactly("timer:sleep_1", "after:1");
    }
}
