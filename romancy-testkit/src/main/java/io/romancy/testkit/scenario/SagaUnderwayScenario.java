package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.compensated;
import static io.romancy.testkit.record.EventConditions.recorded;
import static io.romancy.testkit.record.EventConditions.stuck;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Compensation;
import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.spi.model.InstanceStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Undoing that a crash interrupts, and whose code has changed. */
public abstract class SagaUnderwayScenario extends SagaTheme {
    // ---- interrupted

    /** Three things to undo; the second one stops at the gate of whoever runs it. */
    private Durable<String, String> stoppingAt(Gate gate, boolean waits) {
        return (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> {
                ctx.step("undo", () -> tally.mark("undo b1"));
                ctx.step("undo", gate::pass);
                ctx.step("undo", () -> tally.mark("undo b2"));
            });
            ctx.compensate(() -> ctx.step("undo", () -> tally.mark("undo c")));
            if (waits) {
                ctx.receive(GO);
            }
            throw new IllegalStateException("no further");
        };
    }

    @Test
    void anotherGoesOnWhereAWorkerDiedAndEachIsUndoneOnce() throws Exception {
        var stop = new Gate();
        var dead = mortal(stoppingAt(stop, false));
        var handle = dead.romancy().start(type, "x");
        stop.awaitArrival();
        dead.faults().freeze();
        var open = new Gate();
        open.open();

        var other = mortal(stoppingAt(open, false));
        var elsewhere = other.romancy().handle(handle.id(), type);

        assertThatThrownBy(() -> result(elsewhere)).isInstanceOf(WorkflowFailedException.class);
        assertThat(tally.all()).containsExactly("a", "undo c", "undo b1", "undo b2", "undo a");
        assertThat(elsewhere.info().compensation()).isEqualTo(Compensation.DONE);
        stop.open();
    }

    @Test
    void anotherGoesOnWithTheUndoingOfACancelledOne() throws Exception {
        var stop = new Gate();
        var dead = mortal(stoppingAt(stop, true));
        var handle = dead.romancy().start(type, "x");
        dead.events().await(suspended(handle.id()));
        handle.cancel("enough");
        stop.awaitArrival();
        dead.faults().freeze();
        var open = new Gate();
        open.open();

        var other = mortal(stoppingAt(open, true));

        isCancelled(other.romancy().handle(handle.id(), type));
        assertThat(tally.all()).containsExactly("a", "undo c", "undo b1", "undo b2", "undo a");
        stop.open();
    }

    @Test
    void aWorkerThatStopsHandsItsUndoingOver() {
        Durable<String, String> workflow = (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> tally.mark("undo b " + ctx.receive(GO)));
            ctx.compensate(() -> tally.mark("undo c"));
            throw new IllegalStateException("no further");
        };
        String id = id();
        try (var first = worker(workflow)) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
        }
        var looking = client().romancy().handle(id).info();
        assertThat(looking.compensation()).isEqualTo(Compensation.RUNNING);
        assertThat(looking.status()).isEqualTo(InstanceStatus.WAITING);
        var second = worker(workflow);

        second.romancy().send(id, GO, "now");

        assertThatThrownBy(() -> result(second.romancy().handle(id, type))).isInstanceOf(WorkflowFailedException.class);
        assertThat(tally.all()).containsExactly("a", "undo c", "undo b now", "undo a");
    }

    @Test
    void theOutcomeOfOneThatFailedForGoodIsKeptByWhoGoesOn() throws Exception {
        var stop = new Gate();
        var dead = mortal(failingAndStoppingAt(stop));
        var handle = dead.romancy().start(type, "x");
        stop.awaitArrival();
        dead.events().await(compensated(handle.id(), "compensate:2", true));
        dead.faults().freeze();
        var open = new Gate();
        open.open();

        var other = mortal(failingAndStoppingAt(open));

        assertThatThrownBy(() -> result(other.romancy().handle(handle.id(), type)))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.failure().suppressed())
                                .extracting(failure -> failure.message())
                                .containsExactly("the bank is closed"));
        assertThat(tally.of("attempt")).as("by the first alone").isEqualTo(3);
        stop.open();
    }

    private Durable<String, String> failingAndStoppingAt(Gate gate) {
        return (ctx, input) -> {
            ctx.compensate(() -> ctx.step("stop", gate::pass));
            ctx.compensate(() -> {
                tally.mark("attempt");
                throw new IOException("the bank is closed");
            });
            throw new IllegalStateException("no further");
        };
    }

    // ---- changed code

    @Test
    void codeThatChangedWhileItUndidIsFoundOutAndTheOldCodeGoesOn() throws Exception {
        String id = id();
        Durable<String, String> old = (ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> ctx.receive(GO));
            ctx.compensate(() -> tally.mark("undo c"));
            throw new IllegalStateException("no further");
        };
        try (var before = worker(old)) {
            before.romancy().start(type, "x", StartOptions.id(id));
            before.events().await(suspended(id));
        }
        try (var changed = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> ctx.receive(GO));
            throw new IllegalStateException("no further");
        })) {
            changed.romancy().send(id, GO, "go");
            changed.events().await(stuck(id));
        }
        assertThat(tally.all()).containsExactly("a", "undo c");

        var repaired = worker(old);
        repaired.romancy().handle(id).retry();

        assertThatThrownBy(() -> result(repaired.romancy().handle(id, type)))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(tally.all()).containsExactly("a", "undo c", "undo a");
    }

    @Test
    void aCancellationOfWhatIsStuckUndoesWhatTheCodeStillKnows() throws Exception {
        String id = id();
        try (var before = worker((ctx, input) -> {
            did(ctx, "a");
            did(ctx, "b");
            return ctx.receive(GO);
        })) {
            before.romancy().start(type, "x", StartOptions.id(id));
            before.events().await(suspended(id));
        }
        var changed = worker((ctx, input) -> {
            did(ctx, "a");
            did(ctx, "other");
            return ctx.receive(GO);
        });
        var handle = changed.romancy().handle(id, type);
        handle.send(GO, "go");
        changed.events().await(stuck(id));

        handle.cancel("enough");

        assertThat(isCancelled(handle).getSuppressed())
                .singleElement()
                .satisfies(missing -> assertThat(missing).hasMessageContaining("b:1"));
        assertThat(tally.all()).containsExactly("a", "b", "undo a");
        assertThat(handle.info().compensation()).isEqualTo(Compensation.INCOMPLETE);
    }

    @Test
    void aSubscriptionOfACompensationIsNotThatOfTheNext() {
        Topic<String> news = broadcast();
        var worker = worker((ctx, input) -> {
            did(ctx, "a");
            ctx.compensate(() -> ctx.receive(news));
            ctx.compensate(() -> {
                ctx.subscribe(news);
                ctx.publish(news, "first");
                tally.mark(ctx.receive(news));
            });
            throw new IllegalStateException("no further");
        });
        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> result(handle)).isInstanceOfSatisfying(WorkflowFailedException.class, failed -> {
            assertThat(failed.failure().suppressed())
                    .extracting(failure -> failure.code())
                    .isEqualTo(List.of("ROM-2007"));
        });
        worker.events().await(recorded(handle.id(), "a:1"));
    }
}
