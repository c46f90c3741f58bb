package io.romancy.postgres.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Topic;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.record.EventConditions;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application takes back a part of its transaction: what it published and started in that part never was. */
class SavepointTest extends Scenario {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final WorkflowType<String, String> type = texts();
    private final Topic<String> topic = broadcast();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.TRUE, true);
    }

    @AfterEach
    void drop() {
        closeWorkers();
        leaveDatabase();
        database.close();
    }

    @Test
    void aRollbackToASavepointTakesBackStartsMessagesAndEvents() throws Exception {
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.subscribe(topic);
            String first = ctx.receive(GO);
            return first + ctx.receive(topic) + ctx.receive(GO, Duration.ZERO).orElse(", nothing more");
        }));
        var waiting = worker.romancy().start(type, "x");
        worker.events().await(EventConditions.suspended(waiting.id()));
        String kept = id();
        String takenBack = id();

        worker.romancy().inTransaction(transaction -> {
            var connection = transaction.unwrap(Connection.class);
            worker.romancy().start(type, "x", StartOptions.id(kept));
            var savepoint = connection.setSavepoint();
            worker.romancy().start(type, "x", StartOptions.id(takenBack));
            worker.romancy().send(waiting.id(), GO, "taken back, ");
            worker.romancy().publish(topic, "taken back, ");
            worker.romancy().outbox().add(OutboxEvent.of("taken back", "x"));
            connection.rollback(savepoint);
            worker.romancy().send(waiting.id(), GO, "sent, ");
            worker.romancy().publish(topic, "published");
            return kept;
        });

        assertThat(result(waiting)).isEqualTo("sent, published, nothing more");
        assertThat(storage().instances().find(kept)).isPresent();
        assertThat(storage().instances().find(takenBack)).isEmpty();
        assertThat(storage().outbox().counts().pending()).isZero();
    }
}
