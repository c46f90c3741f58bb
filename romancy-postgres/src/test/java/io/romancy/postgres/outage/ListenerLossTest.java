package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.postgres.LogLines;
import io.romancy.postgres.ReconnectDelays;
import io.romancy.postgres.notify.PostgresNotificationSource;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.poll.PollReason;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listening connection fails, and everything else works: what workers then do. */
class ListenerLossTest extends Scenario {
    /** What is followed by a number, so that the server takes no two for one. */
    private static final String[] PAYLOADS = {
        "",
        "{",
        "{}",
        "null",
        "[1,2]",
        "{\"instance_id\":",
        "{\"instance_id\":\"forged\",\"workflow_name\":\"none\",\"n\":",
        "\u0001\u0002\uffff\ud83d\ude00",
        "x".repeat(7_900)
    };

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final PostgresProxy proxy = PostgresProxy.inFrontOf(database);
    private final WorkflowType<String, String> type = texts();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), QuickListening.PROPERTIES, ListenNotify.TRUE, true);
    }

    @AfterEach
    void drop() {
        closeWorkers();
        leaveDatabase();
        proxy.close();
        database.close();
    }

    @Test
    void whatWasPublishedWhileNobodyListenedIsFoundByOneSweepAndNoInterval() {
        var worker = patient();
        var client = client();
        int sweeps = sweeps(worker);
        proxy.network().refuse();
        assertThat(database.terminate("romancy listen " + worker.name())).isEqualTo(1);
        worker.events().await(source(SourceState.DOWN));
        var handle = client.romancy().start(type, "in the gap");

        proxy.network().heal();

        worker.events().await(suspended(handle.id()));
        await("LIVE again", () -> worker.romancy().status().notifications() == SourceState.LIVE);
        await("the end of the sweep that found it", () -> sweeps(worker) > sweeps);
        assertThat(sweeps(worker) - sweeps).as("sweeps").isEqualTo(1);
        handle.send(GO, "heard");
        assertThat(result(handle)).isEqualTo("heard");
    }

    @Test
    void theEngineCountsWhatItsListenerWentThrough() {
        // a busy machine is no loss, and the one that there is need not be guessed from silence
        var worker = patient(options ->
                options.storageProperty("listenEchoTimeout", "PT15S").storageProperty("listenStall", "PT30S"));
        var before = heard(worker);
        assertThat(before.epoch()).isEqualTo(1);
        assertThat(before.reconnects()).isZero();
        assertThat(before.losses()).isZero();
        assertThat(before.echoLatency()).isBetween(Duration.ofNanos(1), DEADLINE);

        assertThat(database.terminate("romancy listen " + worker.name())).isEqualTo(1);
        worker.events().await(source(SourceState.DOWN));
        worker.events().await(source(SourceState.LIVE).times(2));

        var after = heard(worker);
        assertThat(after.epoch()).isEqualTo(2);
        assertThat(after.reconnects()).isEqualTo(1);
        assertThat(after.losses()).isPositive();
        assertThat(after.gaps()).isGreaterThan(before.gaps());
        assertThat(after.echoLatency()).isBetween(Duration.ofNanos(1), DEADLINE);
    }

    private static EngineMetrics.Notifications heard(ScenarioWorker worker) {
        return Objects.requireNonNull(worker.romancy().metrics().notifications());
    }

    @Test
    void allWorkIsDoneByPollingWhenEveryNotificationIsLostOnTheWay() {
        var worker = worker(
                options -> options.notifyUrl(proxy.url(database)).workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        proxy.loseNotifications();

        worker.events().await(source(SourceState.DEGRADED));
        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "polled");

        assertThat(result(handle)).isEqualTo("polled");
        assertThat(worker.romancy().status().notificationsDetail()).contains("notifyUrl");
    }

    @Test
    void aServerWithoutRoomForTheListenerIsAskedLessAndLessOftenAndWorkGoesOn() throws SQLException {
        String role = "listener_" + ProcessHandle.current().pid();
        execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret' CONNECTION LIMIT 0");
        try (var lines = new LogLines(PostgresNotificationSource.class);
                var delays = new ReconnectDelays()) {
            var worker = worker(options -> options.notifyUrl(as(role))
                    .notifyReconnectDelay(Duration.ofSeconds(3))
                    .workflow(type, (ctx, input) -> ctx.receive(GO)));
            long begin = System.nanoTime();
            worker.events().await(source(SourceState.DOWN));
            for (int i = 0; i < 10; i++) {
                var handle = worker.romancy().start(type, "x");
                handle.send(GO, "polled");
                assertThat(result(handle)).isEqualTo("polled");
            }
            await(
                    "as many refusals as let the pauses grow",
                    () -> refusals(worker).size() >= 10);
            var refusals = refusals(worker);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            assertThat(refusals)
                    .allSatisfy(refusal -> assertThat(refusal.detail()).contains("53300"))
                    .as("a first dozen while the pauses grow, then about one in a second and a half")
                    .hasSizeLessThan((int) (15 + seconds));
            assertThat(delays.all()).anyMatch(delay -> delay.compareTo(Duration.ofMillis(20)) > 0);
            assertThat(lines.containing("connection lost")).as("lines").hasSize(1);

            execute("ALTER ROLE " + role + " CONNECTION LIMIT -1");
            worker.events().await(source(SourceState.LIVE));
            worker.close();
        } finally {
            database.terminate("romancy listen %");
            execute("DROP ROLE " + role);
        }
    }

    @Test
    void aFloodOfNotificationsByAnybodyIsBoundedWorkAndTheListenerLives() throws SQLException {
        // an answer stands in line behind the flood, and a busy machine has other things to do: that is no loss
        var worker = patient(options ->
                options.storageProperty("listenEchoTimeout", "PT15S").storageProperty("listenStall", "PT30S"));
        int claims = worker.faults().calls(StorageCall.CLAIM);
        try (Connection connection = database.connect();
                var flood = connection.prepareStatement(
                        "SELECT count(pg_notify(c, p || i)) FROM unnest(?::text[]) c, unnest(?::text[]) p,"
                                + " generate_series(1, 1000) i")) {
            flood.setArray(
                    1,
                    connection.createArrayOf(
                            "text", worker.faults().notifications().channels().toArray()));
            flood.setArray(2, connection.createArrayOf("text", PAYLOADS));
            for (int i = 0; i < 5; i++) {
                flood.executeQuery().close();
            }
        }
        execute("NOTIFY romancy_workflow_resumable");
        execute("NOTIFY somebody_elses_channel, 'x'");

        var handle = client().romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "alive");

        assertThat(result(handle)).isEqualTo("alive");
        assertThat(worker.faults().calls(StorageCall.CLAIM) - claims)
                .as("claims for tens of thousands of notifications")
                .isLessThan(5_000);
        // its first echo may stand in line behind the flood
        worker.events().await(source(SourceState.LIVE));
        assertThat(worker.events().all(EngineEvent.SourceChanged.class))
                .extracting(EngineEvent.SourceChanged::state)
                .doesNotContain(SourceState.DOWN);
    }

    /** A worker that would not look by itself before the test is over. */
    private ScenarioWorker patient() {
        return patient(UnaryOperator.identity());
    }

    private ScenarioWorker patient(UnaryOperator<RomancyBuilder> more) {
        var worker = worker(options -> neverPolls(more.apply(options))
                .notifyUrl(proxy.url(database))
                .notifyReconnectDelay(Duration.ofSeconds(1))
                .workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        return worker;
    }

    /** From the events, because the status may be between two attempts. */
    private static List<EngineEvent.SourceChanged> refusals(ScenarioWorker worker) {
        return worker.events().all(EngineEvent.SourceChanged.class).stream()
                .filter(change -> change.state() == SourceState.DOWN)
                .toList();
    }

    private static int sweeps(ScenarioWorker worker) {
        return worker.events()
                .all(event -> event instanceof EngineEvent.PollFinished poll
                        && poll.poller().equals("workflow-resumption")
                        && poll.reason() == PollReason.GAP)
                .size();
    }

    /** The database's URL for somebody else. */
    private String as(String role) {
        return database.url().replaceAll("([?&])(user|password)=[^&]*", "$1") + "&user=" + role + "&password=secret";
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
