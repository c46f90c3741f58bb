package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Compensation;
import io.romancy.api.Durable;
import io.romancy.api.Step;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Topic;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Undoing that begins with a cancellation, wherever the workflow then is. */
public abstract class SagaCancelScenario extends SagaTheme {
    private void isCancelledAndUndone(WorkflowHandle<String> handle) {
        assertThat(isCancelled(handle).getSuppressed()).isEmpty();
        assertThat(tally.all()).containsExactly("a", "b", "undo b", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void cancelledInAStepThatStepIsUndoneToo() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.step(Step.of("b", String.class).compensate(result -> tally.mark("undo b")), activity -> {
                gate.pass();
                return tally.marked("b");
            });
            return did(ctx, "never");
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        handle.cancel("enough");
        gate.open();

        isCancelledAndUndone(handle);
        assertThat(operations(handle.id()))
                .containsExactly("a:1", "b:1", "compensating", "compensate:b:1", "compensate:a:1", "compensated");
    }

    @Test
    void cancelledInAStepWhatIsAddedForItAfterwardsStillCounts() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.step("b", gate::pass);
            ctx.compensate(() -> tally.mark("undo b"));
            return did(ctx, "never");
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        handle.cancel("enough");
        gate.open();

        isCancelled(handle);
        assertThat(tally.all()).containsExactly("a", "undo b", "undo a");
    }

    @Test
    void cancelledInItsLastStep() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            return ctx.step(Step.of("b", String.class).compensate(result -> tally.mark("undo b")), activity -> {
                gate.pass();
                return tally.marked("b");
            });
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        client().romancy().handle(handle.id()).cancel("enough");
        gate.open();

        isCancelledAndUndone(handle);
    }

    private void cancelledWhileItWaits(Durable<String, String> workflow) {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            did(ctx, "b");
            return workflow.run(ctx, input);
        });
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        assertThat(handle.cancel("enough")).isTrue();

        isCancelledAndUndone(handle);
    }

    @Test
    void cancelledWhileItSleeps() {
        cancelledWhileItWaits((ctx, input) -> {
            ctx.sleep(Duration.ofDays(1));
            return did(ctx, "never");
        });
    }

    @Test
    void cancelledWhileItWaitsForAMessage() {
        cancelledWhileItWaits((ctx, input) -> ctx.receive(GO));
    }

    @Test
    void cancelledWhileItWaitsForAMessageAndATime() {
        cancelledWhileItWaits(
                (ctx, input) -> ctx.receive(GO, Duration.ofDays(1)).orElseThrow());
    }

    @Test
    void cancelledWhileItWaitsForATopic() {
        Topic<String> news = broadcast();
        cancelledWhileItWaits((ctx, input) -> {
            ctx.subscribe(news);
            return ctx.receive(news);
        });
    }

    @Test
    void cancelledBetweenTwoAttempts() {
        cancelledWhileItWaits((ctx, input) -> ctx.step(
                Step.of("broken", String.class)
                        .retry(RetryPolicy.defaults().delay(Duration.ofHours(1)))
                        .compensate(result -> tally.mark("never")),
                activity -> {
                    throw new IOException("broken");
                }));
    }

    @Test
    void cancelledBeforeItRanItRunsNothing() {
        var client = client();
        var handle = client.romancy().start(type, "x");
        handle.cancel("enough");

        var worker = worker((ctx, input) -> {
            ctx.compensate(() -> tally.mark("never"));
            return tally.marked("never");
        });

        isCancelled(worker.romancy().handle(handle.id(), type));
        assertThat(tally.all()).isEmpty();
    }

    @Test
    void cancelledAfterACrashInItsFirstStepItIsUndone() throws Exception {
        var charging = new Gate();
        var dead = mortal(chargeThatStopsAt(charging));
        var handle = dead.romancy().start(type, "x");
        charging.awaitArrival();
        dead.faults().freeze();
        var client = client();
        client.romancy().handle(handle.id(), type).cancel("enough");

        mortal(chargeThatStopsAt(charging));

        isCancelled(client.romancy().handle(handle.id(), type));
        assertThat(tally.all()).as("although no record says that it ran").containsExactly("charge", "refund");
        assertThat(client.romancy().handle(handle.id()).info().compensation()).isEqualTo(Compensation.DONE);
        charging.open();
    }

    private Durable<String, String> chargeThatStopsAt(Gate gate) {
        return (ctx, input) -> {
            ctx.compensate(() -> ctx.step("refund", () -> tally.mark("refund")));
            ctx.step("charge", () -> {
                tally.mark("charge");
                gate.pass();
            });
            return "charged";
        };
    }

    @Test
    void cancelledWhileItWaitsWithoutARecordAndWithoutAThreadItIsUndone() throws Exception {
        var worker = worker(options -> options.maxParkedWorkflows(0).workflow(type, (ctx, input) -> {
            ctx.compensate(() -> ctx.step("undo", () -> tally.mark("undone")));
            return ctx.receive(GO);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        handle.cancel("enough");

        isCancelled(handle);
        assertThat(tally.all()).containsExactly("undone");
    }

    @Test
    void whatCouldNotBeUndoneIsAttachedToTheCancellation() {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> ctx.step(Step.of("refund", Void.class).retry(RetryPolicy.none()), activity -> {
                throw new IOException("the bank is closed");
            }));
            return ctx.receive(GO);
        });
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        handle.cancel("enough");

        var cancelled = isCancelled(handle);

        assertThat(cancelled.getSuppressed())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("the bank is closed"));
        assertThat(tally.all()).containsExactly("a", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
    }
}
