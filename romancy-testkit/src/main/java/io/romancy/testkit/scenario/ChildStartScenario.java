package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.fault.StorageCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A workflow that starts another one under an id of its choice, while somebody else does the same. */
public abstract class ChildStartScenario extends Scenario {
    private final WorkflowType<String, String> child = texts();
    private final WorkflowType<String, String> parent = texts();
    private final String id = id();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Tally tally = new Tally();

    /** Tells how its start went after it has waited, so that one whose thread is not kept tells it from a replay. */
    private String start(WorkflowContext ctx, String input) {
        ctx.step("before", () -> tally.mark("before " + input));
        String way;
        try {
            way = "started " + ctx.start(child, input, StartOptions.id(id));
        } catch (RomancyException refused) {
            told.add(refused.getMessage());
            way = ctx.step("fallback", String.class, () -> refused.code().name());
        }
        ctx.receive(GO);
        return way;
    }

    /** Does this when a workflow has seen that the id is free, and has not taken it yet. */
    private RomancyBuilder meanwhile(RomancyBuilder options, Runnable work) {
        Observer observer = (what, cause, links) -> {
            if (what instanceof Operation.Start start && start.id().equals(id)) {
                work.run();
            }
            return Observed.NOTHING;
        };
        return ((EngineBuilder) options)
                .observer(observer)
                .workflow(child, (ctx, input) -> "child of " + input)
                .workflow(parent, this::start);
    }

    private static long starts(ScenarioWorker worker, String id) {
        return worker.events().all(EngineEvent.WorkflowStarted.class).stream()
                .filter(started -> started.id().equals(id))
                .count();
    }

    @Test
    void ofTwoWorkflowsThatStartOneIdAtOnceOneIsToldThatItBelongsToTheOther() {
        var both = new CountDownLatch(2);
        var worker = worker(options -> meanwhile(options, () -> meet(both)));
        var first = worker.romancy().start(parent, "A");
        var second = worker.romancy().start(parent, "B");
        worker.events().await(suspended(first.id()));
        worker.events().await(suspended(second.id()));

        first.send(GO, "go");
        second.send(GO, "go");

        assertThat(List.of(result(first), result(second))).containsExactlyInAnyOrder("started " + id, "START_CONFLICT");
        boolean firstWon = result(first).startsWith("started");
        assertThat(result(worker.romancy().handle(id, child))).isEqualTo("child of " + (firstWon ? "A" : "B"));
        assertThat(starts(worker, id)).as("reported as started").isEqualTo(1);
        assertThat(told).as("live and in replays").isNotEmpty().containsOnly(told.getFirst());
        assertThat(told.getFirst()).contains(id, ErrorCode.START_CONFLICT.id());
        assertThat(operations((firstWon ? second : first).id()))
                .as("before, the refusal, fallback, and the message")
                .hasSize(4);
        assertThat(tally.of("before A")).isEqualTo(1);
        assertThat(tally.of("before B")).isEqualTo(1);
    }

    @Test
    void whoeverStartsTheIdFromOutsideFirstHasIt() {
        var client = client();
        var worker = worker(options -> meanwhile(options, () -> startElsewhere(client, "outside")));
        var handle = worker.romancy().start(parent, "inside");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "go");

        assertThat(result(handle)).isEqualTo("START_CONFLICT");
        assertThat(result(worker.romancy().handle(id, child))).isEqualTo("child of outside");
        assertThat(starts(worker, id)).isZero();
    }

    @Test
    void theSameStartFromOutsideIsNoConflict() {
        var client = client();
        var worker = worker(options -> meanwhile(options, () -> startElsewhere(client, "same")));
        var handle = worker.romancy().start(parent, "same");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "go");

        assertThat(result(handle)).isEqualTo("started " + id);
        assertThat(result(worker.romancy().handle(id, child))).isEqualTo("child of same");
    }

    @Test
    void whatExistsAlreadyIsNotReportedAsStarted() {
        client().romancy().start(child, "same", StartOptions.id(id));
        var worker = worker(options -> meanwhile(options, () -> {}));
        var handle = worker.romancy().start(parent, "same");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "go");

        assertThat(result(handle)).isEqualTo("started " + id);
        assertThat(starts(worker, id)).isZero();
    }

    @Test
    void aStartWhoseAnswerIsLostIsSentAgainAndNoConflict() {
        var lost = new CountDownLatch(1);
        var faults = new CopyOnWriteArrayList<ScenarioWorker>();
        var worker = worker(options -> meanwhile(options, () -> {
            if (lost.getCount() > 0) {
                lost.countDown();
                faults.getFirst().faults().loseAnswers(1, StorageCall.COMMIT);
            }
        }));
        faults.add(worker);
        var handle = worker.romancy().start(parent, "x");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "go");

        assertThat(result(handle)).isEqualTo("started " + id);
        assertThat(result(worker.romancy().handle(id, child))).isEqualTo("child of x");
        assertThat(worker.faults().count()).isPositive();
    }

    /** On a thread of its own: the one that asks is a workflow's. */
    private void startElsewhere(ScenarioWorker client, String input) {
        CompletableFuture.runAsync(() -> client.romancy().start(child, input, StartOptions.id(id)))
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            if (!both.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the other one did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it waited for the other one", e);
        }
    }
}
