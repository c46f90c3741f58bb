package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.fault.StorageLog.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a workflow costs, counted in commits and claims. They are exact; times are noise. Under load, commits share statements. */
public abstract class CostScenario extends Scenario {

    @Test
    void aWorkflowOfOneStepIsOneStartAndOneCommit() {
        var type = texts();
        var worker =
                worker(options -> options.workflow(type, (ctx, input) -> ctx.step("only", String.class, () -> input)));
        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("x");

        var log = worker.faults().log();
        assertThat(log.written()).as("the start, and the step with the end").hasSize(2);
        assertThat(log.written(handle.id()))
                .singleElement()
                .extracting(Written::commit)
                .isInstanceOfSatisfying(Commit.OfRun.class, last -> {
                    assertThat(last.changes()).hasSize(1);
                    assertThat(last.transition()).isInstanceOf(Transition.Complete.class);
                });
        assertThat(log.claims(handle.id())).as("it was born here").isEmpty();
    }

    @Test
    void everyFurtherStepIsOneCommit() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            for (int i = 0; i < 20; i++) {
                ctx.step("step", () -> {});
            }
            return input;
        }));
        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("x");

        assertThat(worker.faults().log().written(handle.id()))
                .as("nineteen steps, and the last one with the end")
                .hasSize(20);
    }

    /** Under an id that is made up nobody else starts anything, so that start waits for what follows. */
    @Test
    void aStartUnderAChosenIdIsACommitOfItsOwn() {
        var type = texts();
        var child = texts();
        String chosen = id();
        var worker =
                worker(options -> options.workflow(child, (ctx, input) -> input).workflow(type, (ctx, input) -> {
                    ctx.step("before", () -> {});
                    ctx.start(child, input, input.equals("chosen") ? StartOptions.id(chosen) : StartOptions.auto());
                    ctx.step("after", () -> {});
                    return input;
                }));
        var made = worker.romancy().start(type, "made up");
        var own = worker.romancy().start(type, "chosen");

        result(made);
        result(own);

        var log = worker.faults().log();
        assertThat(log.written(made.id()))
                .as("the step with the start, and the last one with the end")
                .hasSize(2);
        assertThat(log.written(own.id()))
                .as("the step, the start, and the last step with the end")
                .hasSize(3);
    }

    @Test
    void aWaitIsOneCommitAndOneClaim() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.receive(GO)));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "go");

        assertThat(result(handle)).isEqualTo("go");
        var log = worker.faults().log();
        assertThat(log.written(handle.id()))
                .as("the suspension, and the message with the end")
                .hasSize(2);
        assertThat(log.claims(handle.id())).hasSize(1);
    }

    @Test
    void whatIsTheFirstOfItsPlaceIsSaidToBe() {
        var type = texts();
        var attempts = new AtomicInteger();
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.step("before", () -> {});
            ctx.step(Step.of("flaky", Integer.class).retry(quick()), activity -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                }
                return attempts.get();
            });
            String go = ctx.receive(GO, Duration.ofHours(1)).orElseThrow();
            ctx.step("after", () -> {});
            return go;
        };
        String id = id();
        var first = worker(options -> options.workflow(type, workflow));
        try (first) {
            first.romancy().start(type, "x", StartOptions.id(id));
            await("it waits for the message", () -> attempts.get() == 3 && info(id).status() == InstanceStatus.WAITING);
        }
        var second = worker(options -> options.workflow(type, workflow));
        second.romancy().handle(id).send(GO, "go");
        assertThat(result(second.romancy().handle(id, type))).isEqualTo("go");

        Set<Integer> seen = new HashSet<>();
        List<Written> written = new ArrayList<>(first.faults().log().written(id));
        written.addAll(second.faults().log().written(id));
        written.removeIf(write -> !(write.result() instanceof CommitResult.Taken));
        for (Written write : written) {
            for (Change change : ((Commit.OfRun) write.commit()).changes()) {
                if (change instanceof Change.Append(var step, boolean isFirst)) {
                    assertThat(isFirst).as("%s is the first of its place", step).isEqualTo(seen.add(step.position()));
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void onlyAnIdThatWasMadeForAStartIsSaidToBeNew() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> input));

        result(worker.romancy().start(type, "x"));
        result(worker.romancy().start(type, "x", StartOptions.id(id())));

        assertThat(worker.faults().log().written().stream()
                        .map(Written::commit)
                        .filter(Commit.Start.class::isInstance)
                        .map(start -> ((Commit.Start) start).isFirst()))
                .containsExactly(true, false);
    }
}
