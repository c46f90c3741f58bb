package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowHandle;
import io.romancy.postgres.LogLines;
import io.romancy.postgres.notify.PostgresNotificationSource;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.StopMode;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole server goes away under load, and comes back, or another one comes in its place. */
class ServerOutageTest extends Scenario {
    private static final int ERRANDS = 24;

    private final LocalServer server = LocalServer.start();
    private final PostgresDatabase database = server.server().createDatabase();
    private final PostgresProxy proxy = PostgresProxy.inFrontOf(database);
    private final Errand errand = new Errand(unique("errand"));

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(proxy.url(database), QuickListening.PROPERTIES, ListenNotify.TRUE, true);
    }

    @AfterEach
    void stop() {
        closeWorkers();
        leaveDatabase();
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(StopMode.class)
    void allWorkResumesAfterARestart(StopMode mode) {
        try (var lines = new LogLines(PostgresNotificationSource.class)) {
            var workers = List.of(live(), live());
            var client = client();
            client.events().await(source(SourceState.LIVE));
            List<WorkflowHandle<String>> errands = begin(client);
            goOn(client, errands.subList(0, ERRANDS / 3));

            server.restart(mode);

            goOn(client, errands.subList(ERRANDS / 3, ERRANDS));
            errands.addAll(begin(client));
            goOn(client, errands.subList(ERRANDS, 2 * ERRANDS));
            allAreDoneOnce(errands);
            workers.forEach(ServerOutageTest::isLiveAgain);
            assertThat(lines.containing("WARN LISTEN/NOTIFY connection lost, reconnecting error="))
                    .as("at most one line of each engine")
                    .hasSizeBetween(1, 3);
        }
    }

    @Test
    void aStandbyThatIsPromotedTakesOver() {
        try (LocalServer standby = server.standby()) {
            server.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
            server.execute("SELECT pg_reload_conf()");
            var workers = List.of(live(), live());
            var client = client();
            List<WorkflowHandle<String>> errands = begin(client);
            goOn(client, errands.subList(0, ERRANDS / 2));

            server.stop(StopMode.IMMEDIATE);
            proxy.leadTo(standby.server());
            workers.forEach(worker -> await(
                    "the listener meets a server in recovery",
                    () -> String.valueOf(worker.romancy().status().notificationsDetail())
                            .contains("recovery")));
            standby.promote();

            goOn(client, errands.subList(ERRANDS / 2, ERRANDS));
            allAreDoneOnce(errands);
            workers.forEach(ServerOutageTest::isLiveAgain);
            closeWorkers();
        }
    }

    private ScenarioWorker live() {
        var worker = worker(options ->
                errand.on(options).notifyReconnectDelay(Duration.ofSeconds(1)).leaseDuration(Duration.ofSeconds(30)));
        worker.events().await(source(SourceState.LIVE));
        return worker;
    }

    private List<WorkflowHandle<String>> begin(ScenarioWorker client) {
        List<WorkflowHandle<String>> errands = new ArrayList<>();
        for (int i = 0; i < ERRANDS; i++) {
            errands.add(errand.begin(client.romancy(), id()));
        }
        return errands;
    }

    private void goOn(ScenarioWorker client, List<WorkflowHandle<String>> errands) {
        errands.forEach(handle -> errand.goOn(client.romancy(), handle.id()));
    }

    private void allAreDoneOnce(List<WorkflowHandle<String>> errands) {
        errands.forEach(handle -> assertThat(result(handle)).isEqualTo("done"));
        await("the test's own connections are to the new server", this::isAnswered);
        assertThat(errands)
                .allSatisfy(handle -> assertThat(operations(handle.id())).isEqualTo(Errand.HISTORY));
    }

    /** A pool notices that a connection is dead when somebody uses it, if that was just in use. */
    private boolean isAnswered() {
        try {
            return storage().instances().find("nobody").isEmpty();
        } catch (StorageException e) {
            return false;
        }
    }

    private static void isLiveAgain(ScenarioWorker worker) {
        await("notifications are back", () -> worker.romancy().status().notifications() == SourceState.LIVE);
    }
}
