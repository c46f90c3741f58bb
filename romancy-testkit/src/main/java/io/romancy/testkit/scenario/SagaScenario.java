package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.compensated;
import static io.romancy.testkit.record.EventConditions.compensating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Compensation;
import io.romancy.api.Step;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workflows that fail, and undo what they did: what is undone, in which order, and what is seen of it. */
public abstract class SagaScenario extends SagaTheme {
    @Test
    void whatWasDoneIsUndoneNewestFirstAndItFailsAsItDid() {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> tally.mark("undo b"));
            did(ctx, "c");
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        var failure = failed(handle, IllegalStateException.class);

        assertThat(failure).hasMessageContaining("no further");
        assertThat(failure.failure().suppressed()).isEmpty();
        assertThat(tally.all()).containsExactly("a", "c", "undo c", "undo b", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
        assertThat(operations(handle.id()))
                .containsExactly(
                        "a:1",
                        "c:1",
                        "compensating",
                        "compensate:c:1",
                        "compensate:1",
                        "compensate:a:1",
                        "compensated");
        worker.events().await(compensating(handle.id()));
        worker.events().await(compensated(handle.id(), "compensate:1"));
    }

    @Test
    void aWorkflowThatCompletesUndoesNothing() {
        var worker = worker((ctx, input) -> did(ctx, "a"));
        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("a");
        assertThat(tally.all()).containsExactly("a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.NONE);
        assertThat(operations(handle.id())).containsExactly("a:1");
    }

    @Test
    void onlyWhatCompletedIsUndone() {
        var worker = worker((ctx, input) -> {
            did(ctx, "done");
            ctx.step(reversible("broken").retry(RetryPolicy.none()), activity -> {
                throw new IOException("half");
            });
            return did(ctx, "never");
        });

        failed(worker.romancy().start(type, "x"), IOException.class);

        assertThat(tally.all()).containsExactly("done", "undo done");
    }

    /** A result that is no text, and can be changed. */
    public record Seat(String row, int number) {}

    @Test
    void itGetsTheInputAndTheResultAsTheyWereRecorded() {
        var worker = worker((ctx, input) -> {
            Step<Seat> reserve = Step.of("reserve", Seat.class)
                    .compensate(seat -> tally.mark(input + " gives back " + seat.row() + seat.number()));
            ctx.step(reserve, activity -> new Seat("F", activity.attempt()));
            ctx.sleep(Duration.ofMillis(1));
            throw new IllegalStateException("no further");
        });

        failed(worker.romancy().start(type, "Ada"), IllegalStateException.class);

        assertThat(tally.all()).containsExactly("Ada gives back F1");
    }

    @Test
    void aFailureThatTheWorkflowCaughtUndoesNothing() {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            try {
                ctx.step(ONCE, activity -> {
                    throw new IllegalStateException("caught");
                });
            } catch (IllegalStateException e) {
                return "went on";
            }
            return "never";
        });

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("went on");
        assertThat(tally.all()).containsExactly("a");
    }

    @Test
    void itsStatusShowsThatItIsAboutIt() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            ctx.compensate(gate::pass);
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        assertThat(handle.info().compensation()).isEqualTo(Compensation.RUNNING);
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.RUNNING);

        gate.open();
        failed(handle, IllegalStateException.class);
        assertThat(handle.info().compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void afterItTheInstanceCannotBeRetried() {
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");
        failed(handle, IllegalStateException.class);
        var before = operations(handle.id());

        assertThatThrownBy(handle::retry)
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.COMPENSATED));

        failed(handle, IllegalStateException.class);
        assertThat(operations(handle.id())).isEqualTo(before);
    }

    @Test
    void withNothingToUndoItCanBeRetried() {
        var worker = worker((ctx, input) -> ctx.step(reversible("a").retry(RetryPolicy.none()), activity -> {
            if (tally.marked("a").isEmpty() || tally.of("a") == 1) {
                throw new IOException("the first time");
            }
            return "mended";
        }));
        var handle = worker.romancy().start(type, "x");
        failed(handle, IOException.class);

        assertThat(handle.retry()).isTrue();

        assertThat(result(worker.romancy().handle(handle.id(), type))).isEqualTo("mended");
    }
}
