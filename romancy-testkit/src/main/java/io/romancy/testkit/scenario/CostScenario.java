package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.testkit.fault.StorageLog.Written;
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
}
