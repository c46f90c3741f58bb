package io.romancy.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;

/** What the scenarios about undoing have in common: steps that leave a mark, and one more when they are undone. */
abstract class SagaTheme extends Scenario {
    static final Step<String> ONCE = Step.of("undo", String.class).retry(RetryPolicy.none());

    final WorkflowType<String, String> type = texts();
    final Tally tally = new Tally();

    ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.workflow(type, workflow));
    }

    /** A worker whose silence is noticed after a second. */
    ScenarioWorker mortal(Durable<String, String> workflow) {
        return worker(options -> options.leaseDuration(Duration.ofSeconds(1))
                .leaseRenewal(Duration.ofMillis(200))
                .workflow(type, workflow));
    }

    /** A step that leaves a mark, and one more when it is undone. */
    Step<String> reversible(String name) {
        return Step.of(name, String.class).compensate(result -> tally.mark("undo " + result));
    }

    String did(WorkflowContext ctx, String name) {
        return ctx.step(reversible(name), activity -> tally.marked(name));
    }

    static WorkflowFailedException failed(WorkflowHandle<String> handle, Class<? extends Throwable> as) {
        try {
            throw new AssertionError("it returned " + result(handle));
        } catch (WorkflowFailedException e) {
            assertThat(e.is(as)).as("failed as " + e.failure()).isTrue();
            assertThat(handle.info().status()).isEqualTo(InstanceStatus.FAILED);
            return e;
        }
    }

    WorkflowCancelledException isCancelled(WorkflowHandle<String> handle) {
        try {
            throw new AssertionError("it returned " + result(handle));
        } catch (WorkflowCancelledException cancelled) {
            assertThat(cancelled.reason()).isEqualTo("enough");
            assertThat(handle.info().status()).isEqualTo(InstanceStatus.CANCELLED);
            return cancelled;
        }
    }
}
