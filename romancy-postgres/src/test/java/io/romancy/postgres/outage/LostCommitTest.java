package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.spi.ListenNotify;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failover to a server that lacks the last commits, which an asynchronous standby may: what they wrote is taken back here by hand. */
class LostCommitTest extends Scenario {
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final WorkflowType<String, String> type = texts();
    private final AtomicInteger bodies = new AtomicInteger();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.AUTO, true);
    }

    @AfterEach
    void stop() {
        closeWorkers();
        leaveDatabase();
        database.close();
    }

    @Test
    void aRunThatWaitsAndIsRunningInTheDatabaseIsReplayed() throws SQLException {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("first", bodies::incrementAndGet);
            return ctx.receive(GO);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        execute("UPDATE romancy.run SET state = 1, listed = true, waits = NULL, run_at = NULL,"
                + " owner = (SELECT id FROM romancy.node LIMIT 1) WHERE id = '" + handle.id() + "'");
        execute("DELETE FROM romancy.step WHERE run = (SELECT no FROM romancy.run WHERE id = '" + handle.id() + "')");

        // makes the worker look at what it owns
        worker.faults().loseAnswers(1, StorageCall.CLAIM);
        worker.events().await(suspended(handle.id()).times(2));

        handle.send(GO, "done");
        assertThat(result(handle)).isEqualTo("done");
        assertThat(bodies).as("its record was lost").hasValue(2);
        assertThat(operations(handle.id())).containsExactly("first:1", "receive:go_1");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
