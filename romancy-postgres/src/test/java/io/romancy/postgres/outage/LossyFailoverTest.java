package io.romancy.postgres.outage;

import static io.romancy.testkit.record.EventConditions.nodeLost;
import static io.romancy.testkit.record.EventConditions.recorded;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowType;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.StopMode;
import io.romancy.testkit.scenario.Gate;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A failover to a standby that lacks the last commits, faster than the lease: workers live on, and know more of their runs than is stored.
 */
class LossyFailoverTest extends Scenario {
    private final LocalServer primary = LocalServer.start();
    private final PostgresDatabase database = primary.server().createDatabase();
    private final PostgresProxy proxy = PostgresProxy.inFrontOf(database);
    private final WorkflowType<String, String> type = texts();
    private final LocalServer standby = primary.standby();

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(proxy.url(database), QuickListening.PROPERTIES, ListenNotify.TRUE, true);
    }

    @AfterEach
    void stop() {
        closeWorkers();
        leaveDatabase();
        proxy.close();
        standby.close();
        primary.close();
    }

    @Test
    void aStepWhoseRecordIsLostRunsAgainBeforeThoseAfterIt() throws InterruptedException {
        var seconds = new AtomicInteger();
        var inSecond = new Gate();
        var inThird = new Gate();
        var worker = worker((ctx, input) -> {
            ctx.step("first", String.class, () -> "1");
            ctx.step("second", String.class, () -> {
                inSecond.pass();
                return "2." + seconds.incrementAndGet();
            });
            return ctx.step("third", String.class, () -> {
                inThird.pass();
                return "3";
            });
        });
        var handle = worker.romancy().start(type, "x");
        inSecond.awaitArrival();
        standby.stopFollowing();
        inSecond.open();
        inThird.awaitArrival();
        worker.events().await(recorded(handle.id(), "second:1"));

        failOver();
        inThird.open();
        worker.events().await(nodeLost());

        assertThat(result(handle)).isEqualTo("3");
        awaitDatabase();
        assertThat(operations(handle.id())).containsExactly("first:1", "second:1", "third:1");
        assertThat(body(handle.id(), 1)).as("the record of second").contains("2.2");
    }

    @Test
    void aClaimThatIsLostAndGivenAgainToAnotherWorkerWritesNothing() throws InterruptedException {
        var inFirst = new Gate();
        var inSecond = new Gate();
        var first = worker(standingAt(inFirst, "of the first"));
        var handle = first.romancy().start(type, "x");
        first.events().await(suspended(handle.id()));
        standby.stopFollowing();
        handle.send(GO, "go");
        inFirst.awaitArrival();
        first.faults().freeze();

        failOver();
        var second = worker(standingAt(inSecond, "of the second"));
        second.romancy().handle(handle.id(), type).send(GO, "sent again, because it was lost");
        inSecond.awaitArrival();
        first.faults().thaw();
        inFirst.open();
        first.events().await(nodeLost());
        inSecond.open();

        assertThat(result(second.romancy().handle(handle.id(), type))).isEqualTo("of the second");
        awaitDatabase();
        assertThat(body(handle.id(), 1)).as("the record").contains("of the second");
    }

    /** Numbers that were lost are given again. */
    @Test
    void anEventWithTheNumberOfOneThatIsLostIsPublished() throws Exception {
        var inPublish = new Gate();
        List<String> published = new CopyOnWriteArrayList<>();
        var publisher = new OutboxPublisher() {
            @Override
            public boolean accepts(String type) {
                return true;
            }

            @Override
            public void publish(OutboxRecord event) throws InterruptedException {
                if (event.type().equals("lost")) {
                    inPublish.pass();
                }
                published.add(event.type());
            }
        };
        var relayer = worker(options -> options.publisher(publisher).leaseDuration(Duration.ofSeconds(30)));
        await("it holds the lanes", () -> lanesHeld() == OutboxStore.LANES);
        standby.stopFollowing();
        add(relayer, "lost");
        inPublish.awaitArrival();
        relayer.faults().hold(StorageCall.RENEW);

        failOver();
        add(client(), "kept");
        inPublish.open();
        await("it records", () -> relayer.faults().calls(StorageCall.OUTBOX_RECORD) > 0);
        relayer.faults().heal();

        await("the other event", () -> published.contains("kept"));
        assertThat(published).containsExactly("lost", "kept");
    }

    @Test
    void aServerInRecoveryIsNoReasonToGiveUp() throws InterruptedException {
        var inStep = new Gate();
        var worker = worker((ctx, input) -> ctx.step("only", String.class, () -> {
            inStep.pass();
            return "done";
        }));
        var handle = worker.romancy().start(type, "x");
        inStep.awaitArrival();

        primary.stop(StopMode.IMMEDIATE);
        proxy.leadTo(standby.server());
        int before = worker.faults().calls(StorageCall.COMMIT);
        inStep.open();
        await("it tries to commit", () -> worker.faults().calls(StorageCall.COMMIT) > before + 2);
        standby.promote();

        assertThat(result(handle)).isEqualTo("done");
        awaitDatabase();
        assertThat(operations(handle.id())).containsExactly("only:1");
    }

    private ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.workflow(type, workflow)
                .notifyReconnectDelay(Duration.ofSeconds(1))
                .leaseDuration(Duration.ofSeconds(30))
                .leaseRenewal(Duration.ofSeconds(1)));
    }

    /** Waits for a message and then stands still in a step, to return this in the end. */
    private static Durable<String, String> standingAt(Gate gate, String result) {
        return (ctx, input) -> {
            ctx.receive(GO);
            return ctx.step("second", String.class, () -> {
                gate.pass();
                return result;
            });
        };
    }

    private static void add(ScenarioWorker worker, String type) throws Exception {
        worker.romancy().inTransaction(transaction -> {
            worker.romancy().outbox().add(OutboxEvent.of(type, "text").key("key"));
            return type;
        });
    }

    private long lanesHeld() {
        try (var connection = database.connect();
                var row = connection.createStatement().executeQuery("SELECT count(owner) FROM romancy.outbox_lane")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void failOver() {
        primary.stop(StopMode.IMMEDIATE);
        proxy.leadTo(standby.server());
        standby.promote();
    }

    /** The connections with which a test looks do not know of the failover yet. */
    private void awaitDatabase() {
        await("the new primary answers", () -> {
            try {
                storage().instances().find("none");
                databaseTime();
                return true;
            } catch (StorageException e) {
                assertThat(e.isTransient()).as(e.getMessage()).isTrue();
                return false;
            }
        });
    }

    private String body(String id, int position) {
        Payload body = Objects.requireNonNull(history(id).get(position).body());
        return new String(body.data(), StandardCharsets.UTF_8);
    }
}
