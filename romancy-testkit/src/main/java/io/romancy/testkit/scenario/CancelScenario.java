package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.fault.CommitFaults;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Instances that are cancelled. */
public abstract class CancelScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();
    private final Tally tally = new Tally();

    private ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.workflow(type, workflow));
    }

    private void isCancelled(WorkflowHandle<String> handle, String reason) {
        assertThatThrownBy(() -> result(handle)).isInstanceOfSatisfying(WorkflowCancelledException.class, cancelled -> {
            assertThat(cancelled.reason()).isEqualTo(reason);
            assertThat(cancelled.id()).isEqualTo(handle.id());
        });
        var info = handle.info();
        assertThat(info.status()).isEqualTo(InstanceStatus.CANCELLED);
        assertThat(info.cancelReason()).isEqualTo(reason);
        assertThat(info.endedAt()).isNotNull();
        assertThat(info.dueAt()).as("its timers are gone").isNull();
        assertThat(info.waitsFor()).as("its waits are gone").isEmpty();
        assertThat(info.node()).isNull();
    }

    @Test
    void whileItRunsTheStepInFlightIsStillRecordedAndNothingFollows() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            ctx.step("in flight", gate::pass);
            ctx.step("never", () -> tally.mark("never"));
            return "never";
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        assertThat(handle.cancel("enough")).isTrue();
        gate.open();

        isCancelled(handle, "enough");
        assertThat(operations(handle.id())).containsExactly("in flight:1");
        assertThat(tally.all()).isEmpty();
    }

    @Test
    void whileItRunsItsLastStepItIsCancelledAllTheSame() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            ctx.step("last", gate::pass);
            return "completed";
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        assertThat(client().romancy().handle(handle.id()).cancel("accepted")).isTrue();
        gate.open();

        isCancelled(handle, "accepted");
    }

    @Test
    void whileItSleeps() {
        var worker = worker((ctx, input) -> {
            ctx.sleep(Duration.ofDays(1));
            return tally.marked("never");
        });
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        assertThat(handle.cancel("enough")).isTrue();

        isCancelled(handle, "enough");
        skip(Duration.ofDays(2));
        assertThat(tally.all()).isEmpty();
    }

    @Test
    void whileItWaitsForAMessage() {
        var worker = worker((ctx, input) -> ctx.receive(GO));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        assertThat(handle.cancel("enough")).isTrue();

        isCancelled(handle, "enough");
        assertThatThrownBy(() -> handle.send(GO, "too late"))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INSTANCE_ENDED));
    }

    @Test
    void whileItWaitsForATopic() {
        Topic<String> news = broadcast();
        var worker = worker((ctx, input) -> {
            ctx.subscribe(news);
            return ctx.receive(news);
        });
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        assertThat(handle.cancel("enough")).isTrue();

        isCancelled(handle, "enough");
    }

    @Test
    void betweenTwoAttemptsOfAStep() {
        var worker = worker((ctx, input) -> ctx.step(
                Step.of("broken", String.class).retry(RetryPolicy.defaults().delay(Duration.ofHours(1))), activity -> {
                    tally.mark("attempt");
                    throw new IOException("broken");
                }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        assertThat(handle.cancel("enough")).isTrue();

        isCancelled(handle, "enough");
        assertThat(tally.of("attempt")).isEqualTo(1);
    }

    @Test
    void byAnotherWorkerAndByAClient() {
        var worker = worker((ctx, input) -> ctx.receive(GO));
        var another = worker(options -> options.workflow(texts(), (ctx, input) -> input));
        var one = worker.romancy().start(type, "x");
        var two = worker.romancy().start(type, "x");
        worker.events().await(suspended(one.id()));
        worker.events().await(suspended(two.id()));

        assertThat(another.romancy().handle(one.id()).cancel("by a worker")).isTrue();
        assertThat(client().romancy().handle(two.id()).cancel("by a client")).isTrue();

        isCancelled(one, "by a worker");
        isCancelled(two, "by a client");
    }

    @Test
    void beforeItEverRan() {
        var client = client();
        var handle = client.romancy().start(type, "x");
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.READY);

        assertThat(handle.cancel("not needed")).isTrue();

        var worker = worker((ctx, input) -> tally.marked("never"));
        isCancelled(worker.romancy().handle(handle.id(), type), "not needed");
        assertThat(tally.all()).isEmpty();
    }

    @Test
    void justWhenItSuspends() {
        String id = id();
        var worker = worker((ctx, input) -> ctx.receive(GO));
        var other = client();
        worker.faults()
                .commits()
                .before(
                        CommitFaults.suspends(id),
                        commit -> assertThat(other.romancy().handle(id).cancel("in between"))
                                .isTrue());

        var handle = worker.romancy().start(type, "x", StartOptions.id(id));

        isCancelled(handle, "in between");
    }

    @Test
    void justWhenItCompletesAnAcceptedCancellationWins() {
        String id = id();
        var worker = worker((ctx, input) -> "completed");
        var other = client();
        worker.faults()
                .commits()
                .before(
                        CommitFaults.ends(id),
                        commit -> assertThat(other.romancy().handle(id).cancel("in between"))
                                .isTrue());

        var handle = worker.romancy().start(type, "x", StartOptions.id(id));

        isCancelled(handle, "in between");
    }

    @Test
    void notWhenItHasEnded() {
        var worker = worker((ctx, input) -> input);
        var handle = worker.romancy().start(type, "completed");
        result(handle);

        assertThat(handle.cancel("too late")).isFalse();

        assertThat(result(handle)).isEqualTo("completed");
        assertThat(handle.info().cancelReason()).isNull();
    }

    @Test
    void onceAndForAllWithTheFirstReason() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> ctx.step("in flight", String.class, () -> {
            gate.pass();
            return "x";
        }));
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();

        assertThat(handle.cancel("first")).isTrue();
        assertThat(handle.cancel("second")).isTrue();
        gate.open();

        isCancelled(handle, "first");
        assertThat(handle.cancel("third")).isFalse();
        isCancelled(handle, "first");
    }

    @Test
    void aCancelledOneNeverRunsAgain() {
        Durable<String, String> workflow = (ctx, input) -> {
            tally.mark("run");
            ctx.sleep(Duration.ofHours(1));
            return ctx.receive(GO);
        };
        String id = id();
        var worker = worker(workflow);
        var handle = worker.romancy().start(type, "x", StartOptions.id(id));
        worker.events().await(suspended(id));
        handle.cancel("enough");
        worker.events().await(ended(id, InstanceStatus.CANCELLED));
        int runs = tally.of("run");
        int claims = worker.events().count(claimed(id));

        assertThat(handle.retry()).isFalse();
        isCancelled(worker.romancy().start(type, "x", StartOptions.id(id)), "enough");
        skip(Duration.ofHours(2));
        var probe = texts();
        var next = worker(options -> options.workflow(type, workflow).workflow(probe, (ctx, input) -> {
            ctx.sleep(Duration.ofMillis(1));
            return input;
        }));
        result(next.romancy().start(probe, "both workers have looked for work since"));

        assertThat(tally.of("run")).isEqualTo(runs);
        assertThat(worker.events().count(claimed(id)) + next.events().count(claimed(id)))
                .isEqualTo(claims);
    }

    @Test
    void codeThatCatchesItsExceptionsIsCancelledAllTheSame() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            try {
                ctx.step("in flight", gate::pass);
                ctx.step("never", () -> tally.mark("never"));
            } catch (Exception e) {
                tally.mark("caught");
            } finally {
                tally.mark("finally");
            }
            ctx.step("never", () -> tally.mark("never"));
            return "never";
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();
        handle.cancel("enough");
        gate.open();

        isCancelled(handle, "enough");
        assertThat(tally.all()).contains("finally").doesNotContain("never");
    }
}
