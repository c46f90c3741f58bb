package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.recorded;
import static io.romancy.testkit.record.EventConditions.released;
import static io.romancy.testkit.record.EventConditions.source;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Topic;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several workers on one database. */
public abstract class FleetScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();

    private List<WorkflowHandle<String>> start(ScenarioWorker by, WorkflowType<String, String> what, int count) {
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            handles.add(by.romancy().start(what, "x"));
        }
        return handles;
    }

    @Test
    void allOfThemShareTheWork() throws Exception {
        var gate = new Gate();
        for (int i = 0; i < 3; i++) {
            worker(options -> options.maxConcurrentWorkflows(2).workflow(type, (ctx, input) -> {
                ctx.step("together", gate::pass);
                return input;
            }));
        }

        var handles = start(client(), type, 6);

        gate.awaitArrivals(6);
        gate.open();
        assertThat(handles).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("x"));
    }

    @Test
    void workersWithDifferentWorkflowsRunTheirOwn() {
        var other = texts();
        var one = worker(options -> options.workflow(type, (ctx, input) -> "one"));
        var two = worker(options -> options.workflow(other, (ctx, input) -> "two"));
        var client = client();

        var ones = start(client, type, 10);
        var twos = start(one, other, 10);

        assertThat(ones).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("one"));
        assertThat(twos).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("two"));
        ones.forEach(handle -> assertThat(two.events().about(handle.id())).isEmpty());
        twos.forEach(
                handle -> assertThat(one.events().count(claimed(handle.id()))).isZero());
    }

    @Test
    void aBusyWorkflowDoesNotStarveAnother() throws Exception {
        var small = texts();
        var tally = new Tally();
        var client = client();
        var many = start(client, type, 100);
        var few = start(client, small, 1);

        worker(options -> options.maxConcurrentWorkflows(2)
                .workflow(type, (ctx, input) -> ctx.step("s", String.class, () -> tally.marked("busy")))
                .workflow(small, (ctx, input) -> ctx.step("s", String.class, () -> tally.marked("small"))));

        assertThat(result(few.getFirst())).isEqualTo("small");
        many.forEach(handle -> assertThat(result(handle)).isEqualTo("busy"));
        assertThat(tally.all().indexOf("small")).isLessThan(50);
    }

    @Test
    void aWorkflowThatNobodyServesWaitsForAWorkerThatDoes() {
        var served = worker(options -> options.workflow(texts(), (ctx, input) -> input));
        var handle = served.romancy().start(type, "x");
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.READY);

        worker(options -> options.workflow(type, (ctx, input) -> "served"));

        assertThat(result(handle)).isEqualTo("served");
    }

    @Test
    void aClientOwnsNothingAndRunsNothing() {
        var client = client();
        var handle = client.romancy().start(type, "x");
        var status = client.romancy().status();

        assertThat(status.node()).isNull();
        assertThat(status.leaseHeld()).isTrue();
        assertThat(status.running()).isZero();
        assertThat(handle.info().status()).isEqualTo(InstanceStatus.READY);
        assertThat(client.faults().calls(StorageCall.CLAIM) + client.faults().calls(StorageCall.JOIN))
                .isZero();
    }

    @Test
    void aNewWorkerHelpsAtOnce() throws Exception {
        var gate = new Gate();
        Durable<String, String> workflow = (ctx, input) -> {
            ctx.step("slow", gate::pass);
            return input;
        };
        var busy = worker(options -> options.maxConcurrentWorkflows(1).workflow(type, workflow));
        var handles = start(busy, type, 3);
        gate.awaitArrival();

        worker(options -> options.maxConcurrentWorkflows(2).workflow(type, workflow));

        gate.awaitArrivals(2);
        gate.open();
        handles.forEach(handle -> assertThat(result(handle)).isEqualTo("x"));
    }

    @Test
    void theLimitOfConcurrentWorkflowsHoldsAndThoseThatWaitDoNotCount() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(3);
        var worker = worker(options -> options.maxConcurrentWorkflows(3).workflow(type, (ctx, input) -> {
            for (int i = 0; i < 2; i++) {
                ctx.step("count", () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    full.countDown();
                    assertThat(full.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    running.decrementAndGet();
                });
                ctx.receive(GO);
            }
            return input;
        }));
        var handles = start(worker, type, 20);

        handles.forEach(handle -> worker.events().await(suspended(handle.id())));
        handles.forEach(handle -> handle.send(GO, "on"));
        handles.forEach(handle -> handle.send(GO, "on"));

        handles.forEach(handle -> assertThat(result(handle)).isEqualTo("x"));
        assertThat(most).hasValue(3);
        await("no workflow to run", () -> worker.romancy().status().running() == 0);
    }

    @Test
    void anIdleWorkerWithFewSlotsDoesNotPollMoreOftenThanItsInterval() {
        var worker =
                worker(options -> neverPolls(options).maxConcurrentWorkflows(1).workflow(type, (ctx, input) -> {
                    ctx.sleep(Duration.ofMillis(300));
                    return input;
                }));

        result(worker.romancy().start(type, "x"));

        assertThat(worker.faults().calls(StorageCall.CLAIM)).isLessThan(30);
    }

    @Test
    void whatFoundNoSlotRunsWhenOneIsFreeAndWaitsForNoInterval() {
        var handles = start(client(), type, 3);

        worker(options -> neverPolls(options).maxConcurrentWorkflows(1).workflow(type, (ctx, input) -> input));

        assertThat(handles).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("x"));
    }

    @Test
    void whatOneMessageWakesGoesToWhoeverHasRoom() throws Exception {
        Topic<String> news = Topic.broadcast(unique("news"), String.class);
        var publishing = texts();
        var gate = new Gate();
        Durable<String, String> listening = (ctx, input) -> {
            ctx.subscribe(news);
            ctx.receive(news);
            ctx.step("slow", gate::pass);
            return input;
        };
        var small = worker(options -> options.maxConcurrentWorkflows(2)
                .workflow(type, listening)
                .workflow(publishing, (ctx, input) -> {
                    ctx.publish(news, "to all");
                    return input;
                }));
        var handles = start(small, type, 5);
        handles.forEach(handle -> small.events().await(suspended(handle.id())));
        var large = worker(options -> hearsOrPolls(options).workflow(type, listening));
        if (hasNotifications()) {
            large.events().await(source(SourceState.LIVE));
        }

        small.romancy().start(publishing, "x");

        gate.awaitArrivals(5);
        gate.open();
        assertThat(handles).allSatisfy(handle -> assertThat(result(handle)).isEqualTo("x"));
    }

    /** Where there are notifications, nothing but them. */
    private RomancyBuilder hearsOrPolls(RomancyBuilder options) {
        return hasNotifications() ? neverPolls(options) : options;
    }

    @Test
    void closingHandsOverWithoutWaitingForTheLease() {
        var stop = new AtomicBoolean();
        Durable<String, Integer> workflow = (ctx, input) -> {
            int steps = 0;
            while (!ctx.step("step", Boolean.class, stop::get)) {
                steps++;
            }
            return steps;
        };
        var endless = WorkflowType.of(unique("endless"), String.class, Integer.class);
        var closing = worker(options -> options.leaseDuration(NEVER)
                .leaseRenewal(Duration.ofMinutes(20))
                .workflow(endless, workflow));
        var handle = closing.romancy().start(endless, "x");
        closing.events().await(recorded(handle.id(), "step:1"));
        var other = worker(options -> options.workflow(endless, workflow));

        closing.close();
        stop.set(true);

        int steps = result(other.romancy().handle(handle.id(), endless));
        assertThat(closing.events().count(released(handle.id()))).isEqualTo(1);
        assertThat(operations(handle.id())).hasSize(steps + 1).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitsInMemoryIsNotLostWhenItsWorkerCloses() {
        Durable<String, String> workflow = (ctx, input) -> ctx.receive(GO);
        var closing = worker(options -> options.workflow(type, workflow));
        var handles = start(closing, type, 20);
        handles.forEach(handle -> closing.events().await(suspended(handle.id())));
        closing.close();
        var other = worker(options -> options.workflow(type, workflow));

        handles.forEach(handle -> other.romancy().send(handle.id(), GO, "there"));

        handles.forEach(handle ->
                assertThat(result(other.romancy().handle(handle.id(), type))).isEqualTo("there"));
    }

    @Test
    void manyThatStartTogetherAllWork() throws Exception {
        List<CompletableFuture<ScenarioWorker>> opening = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            opening.add(CompletableFuture.supplyAsync(
                    () -> worker(options -> options.workflow(type, (ctx, input) -> input))));
        }
        for (var worker : opening) {
            var romancy = worker.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).romancy();
            assertThat(result(romancy.start(type, "works"))).isEqualTo("works");
        }
    }

    @Test
    void twoStartsOfOneIdAtTheSameTimeAreOneInstance() throws Exception {
        var tally = new Tally();
        List<ScenarioWorker> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            workers.add(worker(options ->
                    options.workflow(type, (ctx, input) -> ctx.step("once", String.class, () -> tally.marked("run")))));
        }
        for (int round = 0; round < 10; round++) {
            String id = id();
            var starts = workers.stream()
                    .map(worker ->
                            CompletableFuture.supplyAsync(() -> worker.romancy().start(type, "x", StartOptions.id(id))))
                    .toList();
            for (var start : starts) {
                assertThat(result(start.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)))
                        .isEqualTo("run");
            }
        }
        assertThat(tally.of("run")).isEqualTo(10);
    }
}
