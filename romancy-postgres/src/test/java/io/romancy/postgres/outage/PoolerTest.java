package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.postgres.LogLines;
import io.romancy.postgres.notify.PostgresNotificationSource;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PgBouncer, pooling by transaction, stands in front of everything, or of everything but the listener. */
class PoolerTest extends Scenario {
    private static PooledDatabase pooled;

    private final WorkflowType<String, String> type = texts();

    @BeforeAll
    static void start() {
        pooled = PooledDatabase.start();
    }

    @AfterAll
    static void stop() {
        if (pooled != null) {
            leaveDatabase();
            pooled.close();
        }
    }

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(pooled.url(), QuickListening.PROPERTIES, ListenNotify.TRUE, true);
    }

    @Test
    void whoListensThroughItIsDegradedAndIsToldTheRemedyInOneLine() {
        try (var lines = new LogLines(PostgresNotificationSource.class)) {
            var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
            worker.events().await(source(SourceState.DEGRADED));
            for (int i = 0; i < 20; i++) {
                var handle = worker.romancy().start(type, "x");
                handle.send(GO, "polled");
                assertThat(result(handle)).isEqualTo("polled");
            }

            assertThat(lines.containing("polling at full pace"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("notifyUrl");
            assertThat(lines.containing("connection lost")).isEmpty();
            assertThat(worker.romancy().status().notificationsDetail()).contains("notifyUrl");
        }
    }

    @Test
    void whoListensPastItIsWokenThoughHeNeverPolls() {
        var worker = worker(options ->
                neverPolls(options).notifyUrl(pooled.directUrl()).workflow(type, (ctx, input) -> ctx.receive(GO)));
        worker.events().await(source(SourceState.LIVE));
        var client = client();

        var handle = client.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.send(GO, "woken");

        assertThat(result(handle)).isEqualTo("woken");
    }

    @Test
    void workOfManyKindsPassesThroughIt() {
        var errand = new Errand(unique("errand"));
        var workers = List.of(
                worker(options -> errand.on(options).notifyUrl(pooled.directUrl())),
                worker(options -> errand.on(options).notifyUrl(pooled.directUrl())));
        List<WorkflowHandle<String>> errands = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            errands.add(errand.begin(workers.get(i % 2).romancy(), id()));
        }
        for (int i = 0; i < 60; i++) {
            errand.goOn(workers.get((i + 1) % 2).romancy(), errands.get(i).id());
        }

        errands.forEach(handle -> assertThat(result(handle)).isEqualTo("done"));
        assertThat(errands)
                .allSatisfy(handle -> assertThat(operations(handle.id())).isEqualTo(Errand.HISTORY));
    }
}
