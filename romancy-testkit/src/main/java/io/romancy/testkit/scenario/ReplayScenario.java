package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.recorded;
import static io.romancy.testkit.record.EventConditions.replayed;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Topic;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.error.TerminalException;
import io.romancy.api.type.TypeRef;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.StorageCall;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a workflow finds when its code runs again on another worker: the same world as before, and nothing happens twice. */
public abstract class ReplayScenario extends Scenario {

    /** Opens a worker, brings an instance to its first wait there, closes the worker, and goes on with a new one. */
    private <O> Moved<O> moved(WorkflowType<String, O> type, Durable<String, O> workflow) {
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, "input", StartOptions.id(id));
            first.events().await(suspended(id));
        }
        var second = worker(options -> options.workflow(type, workflow));
        return new Moved<>(second, second.romancy().handle(id, type));
    }

    private record Moved<O>(ScenarioWorker worker, WorkflowHandle<O> handle) {}

    @Test
    void callsNoFinishedStepAgain() {
        var tally = new Tally();
        var moved = moved(texts(), (ctx, input) -> {
            String a = ctx.step("a", String.class, () -> tally.marked("a"));
            String go = ctx.receive(GO);
            String b = ctx.step("b", String.class, () -> tally.marked("b"));
            return a + go + b;
        });

        moved.handle().send(GO, "-");

        assertThat(result(moved.handle())).isEqualTo("a-b");
        assertThat(tally.all()).containsExactly("a", "b");
    }

    @Test
    void writesNothingAndReadsTheHistoryOnce() {
        var moved = moved(texts(), (ctx, input) -> {
            for (int i = 0; i < 20; i++) {
                ctx.step("before", () -> {});
            }
            String go = ctx.receive(GO);
            ctx.step("after", () -> {});
            return go;
        });
        String id = moved.handle().id();

        // from elsewhere: a worker that sends may claim along, for a thread that waits, and brings no history
        client().romancy().handle(id).send(GO, "done");

        assertThat(result(moved.handle())).isEqualTo("done");
        var log = moved.worker().faults().log();
        assertThat(log.appended(id)).containsExactly("receive:go_1", "after:1");
        assertThat(log.claims(id)).hasSize(1);
        assertThat(log.historyReads(info(id).run()))
                .as("the history came with the claim")
                .isEmpty();
    }

    @Test
    void aResultIsWhatItsRecordSaysAlsoTheFirstTime() {
        var given = new ArrayList<>(List.of("recorded"));
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            List<String> seen = ctx.step(Step.of("list", TypeRef.listOf(String.class)), activity -> given);
            given.add("afterwards");
            return String.join(",", seen);
        }));

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("recorded");
    }

    /** Has no constructor that a record could be rebuilt with. */
    private static final class Unbuildable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unbuildable(int code) {
            super("code " + code);
        }
    }

    @Test
    void aFailureThatWasCaughtStaysThatFailure() {
        var tally = new Tally();
        var seen = new CopyOnWriteArrayList<String>();
        var moved = moved(texts(), (ctx, input) -> {
            try {
                ctx.step(Step.of("missing", Void.class).retry(RetryPolicy.none()), activity -> {
                    tally.mark("missing");
                    throw new FileNotFoundException("no such file");
                });
            } catch (Exception e) {
                seen.add(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
            try {
                ctx.step(Step.of("odd", Void.class).retry(RetryPolicy.none()), activity -> {
                    tally.mark("odd");
                    throw new Unbuildable(42);
                });
            } catch (ActivityFailedException e) {
                seen.add(e.is(Unbuildable.class) + ": " + e.failure().message());
            }
            try {
                ctx.step("terminal", () -> {
                    tally.mark("terminal");
                    throw new TerminalException("never", new IllegalStateException("why"));
                });
            } catch (TerminalException e) {
                seen.add(e.getMessage() + " " + e.getCause());
            }
            return ctx.receive(GO);
        });
        List<String> live = List.copyOf(seen);
        assertThat(live).hasSizeGreaterThanOrEqualTo(3);
        assertThat(live.subList(0, 2)).containsExactly("FileNotFoundException: no such file", "true: code 42");

        moved.handle().send(GO, "done");

        assertThat(result(moved.handle())).isEqualTo("done");
        assertThat(seen.size() % 3).isZero();
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(live.get(i % 3));
        }
        assertThat(tally.all()).containsExactly("missing", "odd", "terminal");
    }

    @Test
    void whatItSendsPublishesAndStartsHappensOnce() {
        Topic<String> news = broadcast();
        var receiver = texts();
        var child = texts();
        var sender = texts();
        var tally = new Tally();
        String receiverId = id();
        String childId = id();
        Durable<String, String> receiving = (ctx, input) -> {
            ctx.subscribe(news);
            List<String> heard = new ArrayList<>();
            for (String next = ""; !next.equals("end"); ) {
                next = ctx.receive(news);
                heard.add(next);
            }
            for (String next = ""; !next.equals("end"); ) {
                next = ctx.receive(GO);
                heard.add(next);
            }
            return String.join(",", heard);
        };
        Durable<String, String> sending = (ctx, input) -> {
            ctx.publish(news, "published");
            ctx.send(receiverId, GO, "sent");
            String made = ctx.start(child, "made up");
            ctx.start(child, "started", StartOptions.id(childId));
            String all = made;
            for (int i = 0; i < 3; i++) {
                all += ctx.receive(GO);
            }
            return all;
        };
        Durable<String, String> starting = (ctx, input) -> ctx.step("run", String.class, () -> tally.marked(input));
        String id = id();
        var first = worker(options ->
                options.workflow(receiver, receiving).workflow(sender, sending).workflow(child, starting));
        first.romancy().start(receiver, "", StartOptions.id(receiverId));
        first.events().await(suspended(receiverId));
        first.romancy().start(sender, "", StartOptions.id(id));
        first.events().await(suspended(id));
        first.close();

        var worker = first;
        for (int i = 0; i < 3; i++) {
            worker = worker(options -> options.workflow(receiver, receiving)
                    .workflow(sender, sending)
                    .workflow(child, starting));
            worker.romancy().send(id, GO, "+" + i);
            worker.events().await(replayed(id));
            if (i < 2) {
                worker.events().await(suspended(id));
                worker.close();
            }
        }

        String all = result(worker.romancy().handle(id, sender));
        assertThat(all).endsWith("+0+1+2");
        worker.romancy().publish(news, "end");
        worker.romancy().send(receiverId, GO, "end");
        assertThat(result(worker.romancy().handle(receiverId, receiver))).isEqualTo("published,end,sent,end");
        assertThat(result(worker.romancy().handle(childId, child))).isEqualTo("started");
        assertThat(result(worker.romancy().handle(all.substring(0, all.indexOf('+')), child)))
                .isEqualTo("made up");
        assertThat(tally.all()).containsExactlyInAnyOrder("started", "made up");
    }

    @Test
    void timeAndChanceAreTheSameAgain() {
        var seen = new CopyOnWriteArrayList<String>();
        var moved = moved(texts(), (ctx, input) -> {
            String first = ctx.now() + " " + ctx.uuid() + " " + ctx.random().nextInt();
            ctx.step("step", () -> {});
            String second = ctx.now() + " " + ctx.uuid() + " " + ctx.random().nextInt();
            seen.add(first + " | " + second + " | " + ctx.info().steps());
            return ctx.receive(GO);
        });
        assertThat(seen).isNotEmpty();

        moved.handle().send(GO, "done");

        assertThat(result(moved.handle())).isEqualTo("done");
        assertThat(seen).hasSizeGreaterThanOrEqualTo(2);
        assertThat(seen).allMatch(seen.getFirst()::equals);
        assertThat(seen.getFirst()).endsWith("| 1");
    }

    @Test
    void aStepIsReportedWhenItsOutcomeIsDurableAndNotBefore() {
        var type = texts();
        String id = id();
        var faults = new CompletableFuture<Faults>();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("a", () -> faults.join().hold(StorageCall.COMMIT));
            ctx.step("b", () -> {});
            return input;
        }));
        faults.complete(worker.faults());
        var handle = worker.romancy().start(type, "x", StartOptions.id(id));
        worker.faults().awaitHeld(StorageCall.COMMIT, DEADLINE);
        assertThat(worker.events().count(recorded(id, "a:1"))).isZero();

        worker.faults().heal();

        worker.events().await(recorded(id, "a:1"));
        assertThat(result(handle)).isEqualTo("x");
        worker.events().await(recorded(id, "b:1"));
    }

    @Test
    void anotherInstanceHasOtherRandomNumbers() {
        var type = texts();
        var worker = worker(options -> options.workflow(type, (ctx, input) -> ctx.uuid() + "," + ctx.uuid()));

        String one = result(worker.romancy().start(type, "x"));
        String other = result(worker.romancy().start(type, "x"));

        assertThat(List.of((one + "," + other).split(","))).doesNotHaveDuplicates();
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // the same object is the point
    void codeThatCatchesEverythingCannotKeepAWaitFromUnwinding() throws InterruptedException {
        var tally = new Tally();
        var unwound = new CountDownLatch(1);
        var type = texts();
        Durable<String, String> workflow = (ctx, input) -> {
            try {
                return ctx.receive(GO);
            } catch (Throwable unwinding) {
                tally.mark("caught");
                try {
                    ctx.step("while unwinding", () -> tally.mark("body"));
                } catch (Throwable again) {
                    tally.mark(again == unwinding ? "the same again" : "another: " + again);
                }
                unwound.countDown();
                return "eaten";
            }
        };
        var worker = worker(options -> options.maxParkedWorkflows(0).workflow(type, workflow));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        handle.send(GO, "received");

        assertThat(result(handle)).isEqualTo("received");
        assertThat(unwound.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as("the first thread has unwound")
                .isTrue();
        assertThat(tally.all()).containsExactly("caught", "the same again");
        assertThat(operations(handle.id())).containsExactly("receive:go_1");
    }

    @Test
    void aThreadThatIsKeptGoesOnWithoutReplay() {
        var tally = new Tally();
        var type = texts();
        var worker = worker(options -> options.maxParkedWorkflows(10).workflow(type, (ctx, input) -> {
            tally.mark("begun");
            return ctx.receive(GO) + ctx.receive(GO);
        }));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        assertThat(worker.romancy().status().parked()).isEqualTo(1);

        handle.send(GO, "a");
        worker.events().await(suspended(handle.id()).times(2));
        handle.send(GO, "b");

        assertThat(result(handle)).isEqualTo("ab");
        assertThat(tally.of("begun")).isEqualTo(1);
        assertThat(worker.events().count(replayed(handle.id()))).isZero();
    }

    @Test
    void ofMoreWaitingThreadsThanMayBeKeptTheOneThatWaitedLongestIsReplayed() {
        var type = texts();
        var worker = worker(
                options -> options.maxParkedWorkflows(1).workflow(type, (ctx, input) -> input + ctx.receive(GO)));
        var one = worker.romancy().start(type, "one ");
        worker.events().await(suspended(one.id()));
        var two = worker.romancy().start(type, "two ");
        worker.events().await(suspended(two.id()));
        assertThat(worker.romancy().status().parked()).isEqualTo(1);

        one.send(GO, "a");
        two.send(GO, "b");

        assertThat(result(one)).isEqualTo("one a");
        assertThat(result(two)).isEqualTo("two b");
        assertThat(worker.events().count(replayed(one.id()))).isEqualTo(1);
        assertThat(worker.events().count(replayed(two.id()))).isZero();
    }

    @Test
    void threadsWhoseRunsEndedElsewhereGiveWayToNewOnes() {
        var type = texts();
        Durable<String, String> workflow = (ctx, input) -> input + ctx.receive(GO);
        var full = worker(options -> options.maxParkedWorkflows(2).workflow(type, workflow));
        var first = full.romancy().start(type, "1");
        var second = full.romancy().start(type, "2");
        full.events().await(suspended(first.id()));
        full.events().await(suspended(second.id()));
        full.faults().hold(StorageCall.CLAIM);
        var other = worker(options -> options.workflow(type, workflow));
        other.romancy().send(first.id(), GO, "a");
        other.romancy().send(second.id(), GO, "b");
        assertThat(result(other.romancy().handle(first.id(), type))).isEqualTo("1a");
        assertThat(result(other.romancy().handle(second.id(), type))).isEqualTo("2b");
        other.close();
        full.faults().heal();

        var third = full.romancy().start(type, "3");
        full.events().await(suspended(third.id()));
        third.send(GO, "c");

        assertThat(result(third)).isEqualTo("3c");
        assertThat(full.events().count(replayed(third.id()))).isZero();
    }
}
