package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.stuck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.WorkflowStuckException;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storages and listeners that throw what they must not, Errors too: no thread of the engine ends by that, and nobody waits for ever. */
public abstract class DefectScenario extends Scenario {
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final WorkflowType<String, String> type = texts();

    private RomancyBuilder working(RomancyBuilder options) {
        return options.leaseDuration(LEASE).leaseRenewal(Duration.ofMillis(50)).workflow(type, (ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.sleep(Duration.ofMillis(20));
            return ctx.receive(GO);
        });
    }

    private ScenarioWorker worker() {
        return worker(this::working);
    }

    private void runsOne(ScenarioWorker worker, ScenarioWorker client) {
        var handle = client.romancy().start(type, "x");
        client.romancy().send(handle.id(), GO, "done");
        assertThat(result(handle)).isEqualTo("done");
        assertThat(worker.romancy().status().leaseHeld()).isTrue();
    }

    /** Each of these is called again and again by itself. With a thread that ended at the first one, there would be no third. */
    @ParameterizedTest
    @EnumSource(
            value = StorageCall.class,
            names = {"CLAIM", "RENEW"})
    void aCallOfAWorkerThatBreaksIsMadeAgain(StorageCall call) {
        var worker = worker();
        var client = client();

        worker.faults().breakNext(3, call);

        worker.faults().awaitCount(3, DEADLINE);
        runsOne(worker, client);
    }

    @Test
    void whoeverWaitsForAResultHasItThoughTheFirstQuestionsBreak() {
        worker();
        var client = client();
        var handle = client.romancy().start(type, "x");
        client.faults().breakNext(3, StorageCall.ASK);
        var result = handle.resultAsync();

        client.faults().awaitCount(3, DEADLINE);
        client.romancy().send(handle.id(), GO, "done");

        assertThat(result).succeedsWithin(DEADLINE).isEqualTo("done");
    }

    @Test
    void aCommitThatBreaksIsRefusedAndTheNextIsTaken() {
        var worker = worker();
        var client = client();

        client.faults().breakNext(1, StorageCall.COMMIT);

        assertThatThrownBy(() -> client.romancy().start(type, "x"))
                .isInstanceOf(RomancyException.class)
                .hasMessageContaining("A defect on purpose")
                .hasRootCauseInstanceOf(LinkageError.class);
        runsOne(worker, client);
    }

    @Test
    void aRunWhoseCommitBreaksIsStuckAndGoesOnWhenItIsRetried() {
        var worker = worker();
        var client = client();
        String id = id();
        worker.faults().breakNext(1, StorageCall.COMMIT);

        var handle = client.romancy().start(type, "x", StartOptions.id(id));

        worker.events().await(stuck(id));
        assertThatThrownBy(() -> result(handle))
                .isInstanceOf(WorkflowStuckException.class)
                .hasMessageContaining("A defect on purpose");
        client.romancy().handle(id).retry();
        client.romancy().send(id, GO, "done");
        assertThat(result(handle)).isEqualTo("done");
    }

    @Test
    void aListenerThatThrowsErrorsIsHeardOfAndHarmsNobody() {
        var thrown = new AtomicInteger();
        var worker = worker(options -> working(options).listener(event -> {
            thrown.incrementAndGet();
            throw new AssertionError("what a test says in a listener");
        }));

        runsOne(worker, client());

        assertThat(thrown.get()).isGreaterThan(5);
    }
}
