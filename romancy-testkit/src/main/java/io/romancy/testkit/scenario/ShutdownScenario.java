package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closing an engine: bounded, handed over, and final. */
public abstract class ShutdownScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();
    private final Tally tally = new Tally();

    private ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.workflow(type, workflow));
    }

    @Test
    void underLoadNothingIsLostAndNoRecordedStepRunsAgain() throws Exception {
        Durable<String, String> workflow = (ctx, input) -> {
            for (int i = 0; i < 5; i++) {
                String step = input + " " + i;
                ctx.step("step", () -> tally.mark(step));
            }
            ctx.receive(GO);
            ctx.step("step", () -> tally.mark(input + " 5"));
            return input;
        };
        var closing = worker(workflow);
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            handles.add(closing.romancy().start(type, "run " + i));
            if (i % 2 == 0) {
                handles.getLast().send(GO, "early");
            }
        }

        closing.close();
        var other = worker(workflow);
        for (int i = 1; i < 40; i += 2) {
            other.romancy().send(handles.get(i).id(), GO, "late");
        }

        for (int i = 0; i < 40; i++) {
            assertThat(result(other.romancy().handle(handles.get(i).id(), type)))
                    .isEqualTo("run " + i);
        }
        // a close lets steps end and records them, so each of them ran once
        assertThat(tally.all()).hasSize(240).doesNotHaveDuplicates();
    }

    @Test
    void twiceAndByManyAtOnceIsTheSameAsOnce() throws Exception {
        var worker = worker((ctx, input) -> ctx.receive(GO));
        worker.events().await(suspended(worker.romancy().start(type, "x").id()));

        var closing = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(worker::close))
                .toList();
        for (var close : closing) {
            close.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        worker.close();

        assertThat(worker.romancy().status().phase()).isEqualTo(EngineStatus.Phase.CLOSED);
    }

    @Test
    void aStepThatHangsIsInterruptedAndRunsAgainElsewhere() throws Exception {
        var gate = new Gate();
        var hanging = worker(options -> options.shutdownTimeout(Duration.ofMillis(100))
                .workflow(type, (ctx, input) -> {
                    ctx.step("hangs", gate::pass);
                    return "not here";
                }));
        String id = hanging.romancy().start(type, "x").id();
        gate.awaitArrival();

        hanging.close();

        var other = worker((ctx, input) -> {
            ctx.step("hangs", () -> tally.mark("elsewhere"));
            return "elsewhere";
        });
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("elsewhere");
        assertThat(operations(id)).containsExactly("hangs:1");
        assertThat(tally.of("elsewhere")).isEqualTo(1);
    }

    @Test
    void aStepThatCannotBeInterruptedDoesNotKeepTheEngineOpen() throws Exception {
        var gate = new Gate();
        var stuck = worker(options -> options.shutdownTimeout(Duration.ofMillis(100))
                .workflow(type, (ctx, input) -> {
                    ctx.step("deaf", gate::passDeaf);
                    return "by a zombie";
                }));
        String id = stuck.romancy().start(type, "x").id();
        gate.awaitArrival();

        stuck.close();

        var other = worker((ctx, input) -> {
            ctx.step("deaf", () -> {});
            return "elsewhere";
        });
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("elsewhere");
        int heard = stuck.events().all(event -> true).size();
        gate.open();
        assertThat(result(other.romancy().start(type, "x"))).isEqualTo("elsewhere");
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("elsewhere");
        assertThat(stuck.events().all(event -> true))
                .as("no callback after close")
                .hasSize(heard);
    }

    @Test
    void whoeverWaitsForAResultIsToldAndCallsAreRefused() throws Exception {
        var worker = worker((ctx, input) -> ctx.receive(GO));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        var waiting = handle.resultAsync();
        var blocked = CompletableFuture.supplyAsync(() -> result(handle));

        worker.close();

        assertThatThrownBy(() -> waiting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfies(ShutdownScenario::assertClosed);
        assertThatThrownBy(() -> blocked.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfies(ShutdownScenario::assertClosed);
        var romancy = worker.romancy();
        assertThatThrownBy(() -> romancy.start(type, "x")).satisfies(ShutdownScenario::assertClosed);
        assertThatThrownBy(() -> romancy.send(handle.id(), GO, "x")).satisfies(ShutdownScenario::assertClosed);
        assertThatThrownBy(() -> handle.cancel("x")).satisfies(ShutdownScenario::assertClosed);
        assertThatThrownBy(handle::info).satisfies(ShutdownScenario::assertClosed);
        assertThatThrownBy(() -> result(handle)).satisfies(ShutdownScenario::assertClosed);
        assertThat(romancy.status().running()).isZero();
    }

    @Test
    void aStepThatEndsMeanwhileMayStillCall() throws Exception {
        var gate = new Gate();
        var calling = new CompletableFuture<Romancy>();
        Durable<String, String> workflow = (ctx, input) -> {
            if (input.equals("x")) {
                ctx.step("slow", () -> {
                    gate.pass();
                    calling.join().start(type, "by the step", StartOptions.id("by-step"));
                });
                ctx.receive(GO);
            }
            return input;
        };
        var closing = worker(workflow);
        calling.complete(closing.romancy());
        String id = closing.romancy().start(type, "x").id();
        gate.awaitArrival();

        var closed = CompletableFuture.runAsync(closing::close);
        while (closing.romancy().status().phase() == EngineStatus.Phase.OPEN) {
            Thread.onSpinWait();
        }
        gate.open();
        closed.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        assertThat(operations(id)).as("recorded, so it did not fail").containsExactly("slow:1");
        var other = worker(workflow);
        assertThat(result(other.romancy().handle("by-step", type))).isEqualTo("by the step");
    }

    @Test
    void whoStopsWorkingIsAClientFromThenOn() {
        var first = worker((ctx, input) -> ctx.receive(GO) + " here");
        var romancy = first.romancy();
        String waiting = romancy.start(type, "x").id();
        first.events().await(suspended(waiting));

        romancy.stopWorking();
        romancy.stopWorking();

        assertThat(romancy.status())
                .returns(EngineStatus.Phase.CLOSING, EngineStatus::phase)
                .returns(false, EngineStatus::leaseHeld);
        String later = romancy.start(type, "y").id();
        romancy.send(waiting, GO, "a");
        romancy.send(later, GO, "b");
        worker((ctx, input) -> ctx.receive(GO) + " there");
        assertThat(result(romancy.handle(waiting, type))).isEqualTo("a there");
        assertThat(result(romancy.handle(later, type))).isEqualTo("b there");
        first.close();
        assertThatThrownBy(() -> romancy.send(later, GO, "c")).satisfies(ShutdownScenario::assertClosed);
    }

    private static void assertClosed(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void whileTheStorageIsGoneItIsBoundedToo() throws Exception {
        var gate = new Gate();
        var worker = worker(options -> options.shutdownTimeout(Duration.ofMillis(100))
                .workflow(type, (ctx, input) -> {
                    ctx.step("slow", gate::pass);
                    ctx.step("next", () -> tally.mark("next"));
                    return input;
                }));
        worker.romancy().start(type, "x");
        gate.awaitArrival();
        worker.faults().failAll();
        gate.open();

        worker.close();

        assertThat(worker.romancy().status().phase()).isEqualTo(EngineStatus.Phase.CLOSED);
        assertThat(tally.of("next")).isZero();
    }

    @Test
    void anEngineCanBeOpenedAgainAndGoesOn() {
        Durable<String, String> workflow = (ctx, input) -> ctx.receive(GO) + ctx.receive(GO);
        var first = worker(workflow);
        String id = first.romancy().start(type, "x").id();
        first.romancy().send(id, GO, "a");
        first.events().await(suspended(id).times(1));
        first.close();

        var again = worker(workflow);
        again.romancy().send(id, GO, "b");

        assertThat(result(again.romancy().handle(id, type))).isEqualTo("ab");
    }
}
