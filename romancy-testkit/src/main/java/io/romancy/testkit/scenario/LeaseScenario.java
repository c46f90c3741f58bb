package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.claimLost;
import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.nodeLost;
import static io.romancy.testkit.record.EventConditions.polled;
import static io.romancy.testkit.record.EventConditions.reaped;
import static io.romancy.testkit.record.EventConditions.recorded;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.Relapse;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.fault.CommitFaults;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers that die, stand still, or cannot renew their lease: others take over, and what comes too late is refused. */
public abstract class LeaseScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();
    private final Tally tally = new Tally();

    /** A worker whose silence is noticed after a second. */
    private ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.leaseDuration(Duration.ofSeconds(1))
                .leaseRenewal(Duration.ofMillis(200))
                .workflow(type, workflow));
    }

    @Test
    void anotherTakesOverFromAWorkerThatDiedInAStep() throws Exception {
        var gate = new Gate();
        var dead = worker((ctx, input) -> {
            ctx.step("recorded", () -> tally.mark("recorded"));
            ctx.step("in the middle", gate::pass);
            return "by the dead";
        });
        String id = dead.romancy().start(type, "x", StartOptions.id(id())).id();
        gate.awaitArrival();
        dead.faults().freeze();

        var other = worker((ctx, input) -> {
            ctx.step("recorded", () -> tally.mark("recorded"));
            ctx.step("in the middle", () -> tally.mark("in the middle"));
            return "by the living";
        });

        assertThat(result(other.romancy().handle(id, type))).isEqualTo("by the living");
        assertThat(tally.all()).containsExactly("recorded", "in the middle");
        gate.open();
        dead.faults().heal();
        dead.events().await(claimLost(id));
        assertThat(operations(id)).containsExactly("recorded:1", "in the middle:1");
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("by the living");
    }

    @Test
    void whatEndsOneWorkerAfterTheOtherPausesBeforeItIsTriedAgain() throws Exception {
        var gate = new Gate();
        Durable<String, String> deadly = (ctx, input) -> {
            ctx.step("deadly", gate::pass);
            return "by the dead";
        };
        var dead = worker(deadly);
        String id = dead.romancy().start(type, "x", StartOptions.id(id())).id();
        for (int lost = 1; lost < Relapse.FIRST; lost++) {
            gate.awaitArrival();
            dead.faults().freeze();
            dead = worker(deadly);
        }
        gate.awaitArrival();
        dead.faults().freeze();

        var other = worker((ctx, input) -> {
            ctx.step("deadly", () -> tally.mark("survived"));
            return "by the living";
        });

        other.events().await(reaped());
        assertThat(info(id).status()).isEqualTo(InstanceStatus.WAITING);
        assertThat(tally.all()).isEmpty();
        skip(Relapse.FIRST_PAUSE);
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("by the living");
        gate.open();
    }

    @Test
    void aWorkerPausedBeyondItsLeaseIsFencedAndDropsItsWork() throws Exception {
        var gate = new Gate();
        var who = new AtomicReference<>("");
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.step("first", gate::pass);
            return ctx.step("second", String.class, who::get);
        };
        var paused = worker(workflow);
        String id = paused.romancy().start(type, "x", StartOptions.id(id())).id();
        gate.awaitArrival();
        paused.faults().freeze();
        var other = worker(workflow);
        gate.awaitArrival();

        paused.faults().heal();
        paused.events().await(nodeLost());
        who.set("the newest claim");
        gate.open();

        assertThat(result(other.romancy().handle(id, type))).isEqualTo("the newest claim");
        paused.events().await(claimLost(id));
        assertThat(history(id).stream().map(StepRecord::name)).containsExactly("first:1", "second:1");
        other.events().await(ended(id)); // a little later than the result, which is durable before
        var ends = paused.events().count(ended(id)) + other.events().count(ended(id));
        assertThat(ends).isEqualTo(1);
        assertThat(result(paused.romancy().start(type, "afterwards"))).isEqualTo("the newest claim");
    }

    @Test
    void aLeaseIsGivenBackThoughTheFirstAttemptFails() throws Exception {
        var gate = new Gate();
        var leaving = worker(options -> options.leaseDuration(NEVER)
                .shutdownTimeout(Duration.ofMillis(1))
                .workflow(type, (ctx, input) -> {
                    ctx.step("deaf", gate::passDeaf);
                    return "by the one that left";
                }));
        String id = leaving.romancy().start(type, "x", StartOptions.id(id())).id();
        gate.awaitArrival();
        var other = worker((ctx, input) -> "by the other");
        leaving.faults().failNext(1, StorageCall.LEAVE);

        leaving.romancy().close();

        assertThat(result(other.romancy().handle(id, type))).isEqualTo("by the other");
        gate.open();
    }

    @Test
    void aWorkerThatOnlyCannotRenewWritesNothingOnceOthersTookOver() throws Exception {
        var gate = new Gate();
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.step("slow", gate::pass);
            ctx.step("next", () -> tally.mark("next"));
            return ctx.receive(GO);
        };
        var silent = worker(workflow);
        String id = silent.romancy().start(type, "x", StartOptions.id(id())).id();
        gate.awaitArrival();
        silent.faults().hold(StorageCall.RENEW);
        var other = worker(workflow);
        gate.awaitArrival();

        gate.open();

        silent.events().await(claimLost(id));
        other.events().await(suspended(id));
        assertThat(tally.of("next")).as("it starts no step without a lease").isEqualTo(1);
        assertThat(silent.romancy().status().leaseHeld()).isFalse();
        other.romancy().send(id, GO, "done");
        assertThat(result(other.romancy().handle(id, type))).isEqualTo("done");
        assertThat(operations(id)).containsExactly("slow:1", "next:1", "receive:go_1");
    }

    @Test
    void nearTheEndOfItsLeaseAWorkerStartsNoStepThoughNobodyTookOver() throws Exception {
        var gate = new Gate();
        var worker = worker((ctx, input) -> {
            ctx.step("slow", gate::pass);
            ctx.step("next", () -> tally.mark("next"));
            return input;
        });
        var handle = worker.romancy().start(type, "went on");
        gate.awaitArrival();
        worker.faults().hold(StorageCall.RENEW);
        await("the lease to be unsure", () -> !worker.romancy().status().leaseHeld());

        gate.open();

        worker.events().await(recorded(handle.id(), "slow:1"));
        int polls = worker.events().count(polled("message-dispatch"));
        worker.events().await(polled("message-dispatch").times(polls + 10));
        assertThat(tally.all()).isEmpty();
        worker.faults().heal();
        assertThat(result(handle)).isEqualTo("went on");
        assertThat(tally.all()).containsExactly("next");
    }

    @Test
    void aWorkerThatDiesInTheCommitOfItsLastStepHasWrittenItOrNot() {
        for (boolean written : new boolean[] {true, false}) {
            String id = id();
            Durable<String, String> workflow =
                    (ctx, input) -> ctx.step("only", String.class, () -> tally.marked("body"));
            var dying = worker(workflow);
            Consumer<Commit> death = commit -> dying.faults().freeze();
            if (written) {
                dying.faults().commits().after(CommitFaults.ends(id), death);
            } else {
                dying.faults().commits().before(CommitFaults.ends(id), death);
            }
            int before = tally.of("body");
            dying.romancy().start(type, "x", StartOptions.id(id));
            dying.faults().awaitHeld(StorageCall.COMMIT, DEADLINE);
            var other = worker(workflow);

            assertThat(result(other.romancy().handle(id, type))).isEqualTo("body");

            assertThat(operations(id)).containsExactly("only:1");
            assertThat(tally.of("body") - before).isEqualTo(written ? 1 : 2);
            dying.faults().heal();
            assertThat(result(dying.romancy().start(type, "lives again"))).isEqualTo("body");
        }
    }

    @Test
    void aParkedOneWhoseWorkerDiedGoesOnElsewhereAtOnce() {
        Durable<String, String> workflow = (ctx, input) -> ctx.receive(GO);
        var dead = worker(workflow);
        String id = dead.romancy().start(type, "x", StartOptions.id(id())).id();
        dead.events().await(suspended(id));
        dead.faults().freeze();
        var other = worker(workflow);

        other.romancy().send(id, GO, "there");

        assertThat(result(other.romancy().handle(id, type))).isEqualTo("there");
    }

    @Test
    void aParkedOneThatRanElsewhereMeanwhileIsReplayedAndNotContinued() {
        Durable<String, String> workflow = (ctx, input) -> {
            String all = "";
            for (int i = 0; i < 3; i++) {
                all += ctx.receive(GO);
            }
            return all;
        };
        var sleeping = worker(workflow);
        String id = sleeping.romancy().start(type, "x", StartOptions.id(id())).id();
        sleeping.events().await(suspended(id));
        sleeping.faults().freeze();
        var other = worker(workflow);
        other.romancy().send(id, GO, "a");
        other.events().await(suspended(id));
        other.close();

        sleeping.faults().heal();
        sleeping.romancy().send(id, GO, "b");
        sleeping.romancy().send(id, GO, "c");

        assertThat(result(sleeping.romancy().handle(id, type))).isEqualTo("abc");
        assertThat(operations(id)).containsExactly("receive:go_1", "receive:go_2", "receive:go_3");
    }

    private static int runsReaped(ScenarioWorker by) {
        return by.events().all(EngineEvent.RunsReaped.class).stream()
                .mapToInt(EngineEvent.RunsReaped::count)
                .sum();
    }

    @Test
    void aWholeFleetThatDiesIsReplacedByTheNextWorker() throws Exception {
        var gate = new Gate();
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.step("slow", gate::pass);
            return input;
        };
        var one = worker(workflow);
        var two = worker(workflow);
        var handles = IntStream.range(0, 10)
                .mapToObj(i -> (i % 2 == 0 ? one : two).romancy().start(type, "run " + i))
                .toList();
        gate.awaitArrivals(10);
        one.faults().freeze();
        two.faults().freeze();

        var next = worker(workflow);

        gate.awaitArrivals(10);
        await("word of the runs that were taken over", () -> runsReaped(next) >= 10);
        gate.open();
        for (int i = 0; i < 10; i++) {
            String id = handles.get(i).id();
            assertThat(result(next.romancy().handle(id, type))).isEqualTo("run " + i);
            assertThat(next.events().count(claimed(id))).isEqualTo(1);
            assertThat(status(id)).isEqualTo(InstanceStatus.COMPLETED);
        }
    }
}
