package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.stuck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.api.error.WorkflowStuckException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storages and listeners that throw what they must not, Errors too: no thread of the engine ends by that, and nobody waits for ever. */
public abstract class DefectScenario extends Scenario {
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final WorkflowType<String, String> type = texts();

    private RomancyBuilder working(RomancyBuilder options) {
        return options.leaseDuration(LEASE).leaseRenewal(Duration.ofMillis(50)).workflow(type, (ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.sleep(Duration.ofMillis(20));
            return ctx.receive(GO);
        });
    }

    private ScenarioWorker worker() {
        return worker(this::working);
    }

    private void runsOne(ScenarioWorker worker, ScenarioWorker client) {
        var handle = client.romancy().start(type, "x");
        client.romancy().send(handle.id(), GO, "done");
        assertThat(result(handle)).isEqualTo("done");
        assertThat(worker.romancy().status().leaseHeld()).isTrue();
    }

    /** Each of these is called again and again by itself. With a thread that ended at the first one, there would be no third. */
    @ParameterizedTest
    @EnumSource(
            value = StorageCall.class,
            names = {"CLAIM", "RENEW"})
    void aCallOfAWorkerThatBreaksIsMadeAgain(StorageCall call) {
        var worker = worker();
        var client = client();

        worker.faults().breakNext(3, call);

        worker.faults().awaitCount(3, DEADLINE);
        runsOne(worker, client);
    }

    @Test
    void whoeverWaitsForAResultHasItThoughTheFirstQuestionsBreak() {
        worker();
        var client = client();
        var handle = client.romancy().start(type, "x");
        client.faults().breakNext(3, StorageCall.ASK);
        var result = handle.resultAsync();

        client.faults().awaitCount(3, DEADLINE);
        client.romancy().send(handle.id(), GO, "done");

        assertThat(result).succeedsWithin(DEADLINE).isEqualTo("done");
    }

    @Test
    void aCommitThatBreaksIsRefusedAndTheNextIsTaken() {
        var worker = worker();
        var client = client();

        client.faults().breakNext(1, StorageCall.COMMIT);

        assertThatThrownBy(() -> client.romancy().start(type, "x"))
                .isInstanceOf(RomancyException.class)
                .hasMessageContaining("A defect on purpose")
                .hasRootCauseInstanceOf(LinkageError.class);
        runsOne(worker, client);
    }

    @Test
    void aRunWhoseCommitBreaksIsStuckAndGoesOnWhenItIsRetried() {
        var worker = worker();
        var client = client();
        String id = id();
        worker.faults().breakNext(1, StorageCall.COMMIT);

        var handle = client.romancy().start(type, "x", StartOptions.id(id));

        worker.events().await(stuck(id));
        assertThatThrownBy(() -> result(handle))
                .isInstanceOf(WorkflowStuckException.class)
                .hasMessageContaining("A defect on purpose");
        client.romancy().handle(id).retry();
        client.romancy().send(id, GO, "done");
        assertThat(result(handle)).isEqualTo("done");
    }

    /** Its thread ends without knowing more, while the claim still holds. */
    @Test
    void aRunWhoseQuestionBreaksIsTakenUpAgainByWhoeverHoldsIt() {
        WorkflowType<String, String> looking = texts();
        var worker = worker(options -> working(options)
                .workflow(
                        looking, (ctx, input) -> ctx.receive(GO, Duration.ZERO).orElse("nothing")));
        worker.faults().breakNext(1, StorageCall.LOOK);

        assertThat(result(client().romancy().start(looking, "x"))).isEqualTo("nothing");

        worker.faults().awaitCount(1, DEADLINE);
        assertThat(worker.events().all(EngineEvent.NodeLost.class)).isEmpty();
    }

    @Test
    void whatWasAcceptedIsTrueThoughTheQuestionAfterItFails() {
        var worker = worker();
        var client = client();
        String id = id();
        worker.faults().breakNext(1, StorageCall.COMMIT);
        var handle = client.romancy().start(type, "x", StartOptions.id(id));
        worker.events().await(stuck(id));
        client.faults().fail(StorageCall.ASK);

        assertThat(handle.retry()).isTrue();
        assertThat(handle.cancel("enough")).isTrue();

        client.faults().heal();
        assertThatThrownBy(() -> result(handle)).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void aListenerThatThrowsErrorsIsHeardOfAndHarmsNobody() {
        var thrown = new AtomicInteger();
        var worker = worker(options -> working(options).listener(event -> {
            thrown.incrementAndGet();
            throw new AssertionError("what a test says in a listener");
        }));

        runsOne(worker, client());

        assertThat(thrown.get()).isGreaterThan(5);
    }

    /** One slot: whatever is not given back is missed. */
    @Test
    void aRunThatIsBornAndGetsNoThreadIsRunWithTheNext() {
        var world = new ShortOfThreads();
        var worker = worker(options -> ((EngineBuilder) working(options).maxConcurrentWorkflows(1)).environment(world));
        world.refuse(3);

        runsOne(worker, worker);

        assertThat(world.refused()).isEqualTo(3);
        runsOne(worker, worker);
    }

    /** It is ready again as soon as it is given back: without pauses, it would be claimed and given back hundreds of times a second. */
    @Test
    void aWorkerWithoutThreadsTakesBreath() {
        var world = new ShortOfThreads();
        var worker = worker(options -> ((EngineBuilder) working(options)).environment(world));
        world.refuse(4);

        long began = System.nanoTime();
        runsOne(worker, worker);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("four pauses, each at least half of 50, 100, 200, 400 ms")
                .isGreaterThanOrEqualTo(Duration.ofMillis(25 + 50 + 100 + 200));
    }

    @Test
    void oneClaimedRunThatGetsNoThreadHoldsUpNoneThatCameWithIt() {
        var world = new ShortOfThreads();
        var worker = worker(options -> ((EngineBuilder) working(options).maxConcurrentWorkflows(3)).environment(world));
        var client = client();
        worker.faults().hold(StorageCall.CLAIM);
        worker.faults().awaitHeld(StorageCall.CLAIM, DEADLINE);
        var handles = Stream.generate(() -> client.romancy().start(type, "x"))
                .limit(3)
                .toList();
        world.refuse(1);

        worker.faults().heal();

        handles.forEach(handle -> client.romancy().send(handle.id(), GO, "done"));
        assertThat(handles).extracting(Scenario::result).containsOnly("done");
        assertThat(world.refused()).isOne();
    }

    /** The world of an engine, in which now and then no thread can be started for a run. */
    private static final class ShortOfThreads implements Environment {
        private final Environment world = new SystemEnvironment();
        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        void refuse(int times) {
            left.set(times);
        }

        int refused() {
            return refused.get();
        }

        @Override
        public Fiber startRun(String name, Runnable body) {
            if (left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
                refused.incrementAndGet();
                throw new OutOfMemoryError("on purpose: unable to create native thread");
            }
            return world.startRun(name, body);
        }

        @Override
        public Fiber startLoop(String name, Runnable body) {
            return world.startLoop(name, body);
        }

        @Override
        public long nanoTime() {
            return world.nanoTime();
        }

        @Override
        public RandomGenerator random() {
            return world.random();
        }

        @Override
        public Waiter newWaiter() {
            return world.newWaiter();
        }
    }
}
