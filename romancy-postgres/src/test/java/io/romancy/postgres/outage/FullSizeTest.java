package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.net.Direction;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.record.EventCondition;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the other tests show with shortened times, with those of production. Runs by name. */
@Tag("full")
class FullSizeTest extends Scenario {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final PostgresProxy proxy = PostgresProxy.inFrontOf(database);
    private final WorkflowType<String, String> type = texts();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.TRUE, true);
    }

    @AfterEach
    void drop() {
        closeWorkers();
        leaveDatabase();
        proxy.close();
        database.close();
    }

    @Test
    void aListenerWhoseNotificationsAreAllLostIsDegradedWithinFifteenSeconds() {
        var worker = live();
        proxy.loseNotifications();

        worker.events().await(source(SourceState.DEGRADED), Duration.ofSeconds(15));

        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aSilentConnectionIsDownWithinTenSeconds(Direction direction) {
        var worker = live();
        proxy.network().stall(direction);

        worker.events().await(source(SourceState.DOWN), Duration.ofSeconds(10));
    }

    @Test
    void pollsThatFailForAMinuteBecomeFewAndAllWorkResumesWithoutARestart() {
        var worker = live();
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        worker.faults().failAll();
        worker.events()
                .await(
                        EventCondition.of(
                                "a long back-off",
                                EngineEvent.PollFailed.class,
                                poll -> poll.backOff().compareTo(Duration.ofSeconds(15)) > 0),
                        Duration.ofMinutes(3));
        int failed = worker.events().all(EngineEvent.PollFailed.class).size();

        worker.faults().heal();
        handle.send(GO, "after all");

        assertThat(result(handle)).isEqualTo("after all");
        assertThat(failed).as("polls of a handful of pollers in a minute").isLessThan(150);
    }

    private ScenarioWorker live() {
        var worker =
                worker(options -> options.notifyUrl(proxy.url(database)).workflow(type, (ctx, in) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        return worker;
    }
}
