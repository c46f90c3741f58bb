package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.dispatched;
import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.retried;
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
import io.romancy.api.error.RetryLaterException;
import io.romancy.api.error.TerminalException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.model.InstanceStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Steps that fail, and are tried again or not. */
public abstract class RetryScenario extends Scenario {
    private final WorkflowType<String, String> type = texts();
    private final AtomicInteger bodies = new AtomicInteger();

    /** A workflow of one step, which fails so often before it succeeds. */
    private Durable<String, String> failing(RetryPolicy policy, int times) {
        return failing(policy, times, () -> new IOException("broken"));
    }

    private Durable<String, String> failing(RetryPolicy policy, int times, Supplier<Exception> failure) {
        return (ctx, input) -> ctx.step(Step.of("try", String.class).retry(policy), activity -> {
            if (bodies.incrementAndGet() <= times) {
                throw failure.get();
            }
            return "attempt " + activity.attempt();
        });
    }

    private ScenarioWorker worker(Durable<String, String> workflow) {
        return worker(options -> options.workflow(type, workflow));
    }

    /** Lets the pauses between attempts pass, one after the other. */
    private void skipPauses(ScenarioWorker worker, String id, int pauses, Duration each) {
        for (int i = 1; i <= pauses; i++) {
            worker.events().await(suspended(id).times(i));
            skip(each);
        }
    }

    private static List<Duration> pauses(ScenarioWorker worker) {
        return worker.events().all(EngineEvent.RetryScheduled.class).stream()
                .map(EngineEvent.RetryScheduled::pause)
                .toList();
    }

    private void failsWith(WorkflowHandle<String> handle, Class<? extends Throwable> failure, int attempts) {
        assertThatThrownBy(() -> result(handle))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.is(failure))
                                .as("%s, not %s", failure, failed.failure())
                                .isTrue());
        assertThat(bodies).hasValue(attempts);
    }

    @Test
    void triesFiveTimesByDefaultWithPausesThatGrowWithinTheirJitter() {
        var worker = worker(options -> options.defaultRetry(RetryPolicy.defaults())
                .workflow(
                        type,
                        (ctx, input) -> ctx.step("try", String.class, () -> {
                            bodies.incrementAndGet();
                            throw new IOException("broken");
                        })));
        var handle = worker.romancy().start(type, "x");

        skipPauses(worker, handle.id(), 4, Duration.ofSeconds(60));

        failsWith(handle, IOException.class, 5);
        assertThat(pauses(worker)).hasSize(4);
        for (int i = 0; i < 4; i++) {
            long nominal = 1000L << i;
            assertThat(pauses(worker).get(i))
                    .as("pause %d", i + 1)
                    .isBetween(Duration.ofMillis(nominal * 8 / 10), Duration.ofMillis(nominal * 12 / 10));
        }
    }

    @Test
    void pausesGrowUpToTheirCap() {
        var policy = RetryPolicy.defaults()
                .attempts(6)
                .delay(Duration.ofHours(1))
                .multiplier(3)
                .maxDelay(Duration.ofHours(5))
                .jitter(0);
        var worker = worker(failing(policy, 4));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));
        assertThat(handle.info().dueAt())
                .isEqualTo(history(handle.id()).getFirst().at().plus(Duration.ofHours(1)));

        skipPauses(worker, handle.id(), 4, Duration.ofHours(5));

        assertThat(result(handle)).isEqualTo("attempt 5");
        assertThat(pauses(worker))
                .containsExactly(Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(5), Duration.ofHours(5));
        assertThat(operations(handle.id())).containsExactly("try:1");
    }

    @Test
    void doesNotTryAgainBeforeThePauseIsOver() {
        var policy = RetryPolicy.defaults().delay(Duration.ofHours(1)).jitter(0);
        var worker = worker(failing(policy, 1));
        var handle = worker.romancy().start(type, "x");
        worker.events().await(suspended(handle.id()));

        skip(Duration.ofMinutes(30));
        handle.send(GO, "something else happens");
        skip(Duration.ofMinutes(29));

        assertThat(bodies).hasValue(1);
        skip(Duration.ofMinutes(1));
        assertThat(result(handle)).isEqualTo("attempt 2");
    }

    @Test
    void withoutALimitItTriesUntilItSucceeds() {
        var worker = worker(failing(quick().attempts(0), 40));

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("attempt 41");
    }

    @Test
    void noAttemptBeginsAfterTheLongestTotalDuration() {
        var worker = worker(failing(hourly(), 100));
        var handle = worker.romancy().start(type, "x");

        skipPauses(worker, handle.id(), 2, Duration.ofHours(1));

        failsWith(handle, IOException.class, 3);
    }

    private static RetryPolicy hourly() {
        return RetryPolicy.defaults()
                .attempts(0)
                .delay(Duration.ofHours(1))
                .multiplier(1)
                .jitter(0)
                .maxDuration(Duration.ofMinutes(150));
    }

    @Test
    void norDoesOneThatWasPlannedInTimeAndCouldNotBegin() {
        var worker = worker(failing(hourly(), 100));
        var handle = worker.romancy().start(type, "x");

        skipPauses(worker, handle.id(), 1, Duration.ofHours(3));

        failsWith(handle, IOException.class, 1);
        assertThat(operations(handle.id())).containsExactly("try:1");
    }

    @Test
    void norDoesOneThatNobodyWasThereToBegin() {
        String id = id();
        var first = worker(failing(hourly(), 100));
        try (first) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
        }

        skip(Duration.ofHours(3));

        failsWith(worker(failing(hourly(), 100)).romancy().handle(id, type), IOException.class, 1);
    }

    @Test
    void aTerminalFailureIsFinalAlsoAsACause() {
        var worker = worker(failing(quick(), 1, () -> new TerminalException("never")));
        failsWith(worker.romancy().start(type, "x"), TerminalException.class, 1);
        bodies.set(0);
        var other = texts();
        var wrapping = worker(options -> options.workflow(
                other, failing(quick(), 1, () -> new IllegalStateException(new TerminalException("never")))));

        failsWith(wrapping.romancy().start(other, "x"), IllegalStateException.class, 1);
    }

    @Test
    void failuresThatAreNamedAreFinalWithTheirSubtypesAndAsCauses() {
        var policy = quick().noRetryFor(IOException.class);
        var worker = worker(failing(policy, 1, () -> new FileNotFoundException("gone")));
        failsWith(worker.romancy().start(type, "x"), FileNotFoundException.class, 1);
        bodies.set(0);
        var other = texts();
        var wrapping = worker(options ->
                options.workflow(other, failing(policy, 1, () -> new UncheckedIOException(new IOException("cause")))));
        failsWith(wrapping.romancy().start(other, "x"), UncheckedIOException.class, 1);
        bodies.set(0);
        var another = texts();
        var passing = worker(
                options -> options.workflow(another, failing(policy, 1, () -> new IllegalStateException("not named"))));

        assertThat(result(passing.romancy().start(another, "x"))).isEqualTo("attempt 2");
    }

    @Test
    void aStepsOwnPolicyComesBeforeTheApplications() {
        var worker = worker(options ->
                options.defaultRetry(quick().attempts(10)).workflow(type, failing(quick().attempts(2), 100)));

        failsWith(worker.romancy().start(type, "x"), IOException.class, 2);
    }

    @Test
    void aBodyMaySayWhenToTryAgain() {
        var worker = worker(failing(
                quick().attempts(2),
                2,
                () -> new RetryLaterException(Duration.ofHours(7), new IOException("come back later"))));
        var handle = worker.romancy().start(type, "x");

        skipPauses(worker, handle.id(), 1, Duration.ofHours(7));

        failsWith(handle, IOException.class, 2);
        assertThat(pauses(worker)).containsExactly(Duration.ofHours(7));
    }

    @Test
    void anAttemptThatTakesTooLongIsInterruptedAndTriedAgain() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var gate = new Gate();
        var worker = worker((ctx, input) -> ctx.step(
                // a busy machine may take longer than the timeout for the second attempt, too
                Step.of("slow", String.class).retry(quick().attempts(100)).timeout(Duration.ofMillis(100)),
                activity -> {
                    assertThat(activity.timeLeft()).isPresent();
                    if (activity.attempt() == 1) {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return "a later attempt";
                }));
        var handle = worker.romancy().start(type, "x");

        assertThat(result(handle)).isEqualTo("a later attempt");

        assertThat(worker.events().count(retried(handle.id()))).isPositive();
        assertThat(interrupted.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as("the first attempt is interrupted, on its own thread and in its own time")
                .isTrue();
    }

    @Test
    void anInterruptThatABodyLeavesBehindReachesNobodyElse() {
        var worker = worker((ctx, input) -> {
            ctx.step("careless", () -> Thread.currentThread().interrupt());
            return ctx.step(
                    "next",
                    String.class,
                    () -> "interrupted: " + Thread.currentThread().isInterrupted());
        });

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("interrupted: false");
    }

    @Test
    void aBodyKnowsItsAttemptAndAKeyThatStaysTheSame() {
        var seen = new CopyOnWriteArrayList<String>();
        var keys = new CopyOnWriteArrayList<String>();
        var worker = worker((ctx, input) -> {
            for (int i = 0; i < 2; i++) {
                ctx.step(Step.of("same name", Integer.class).retry(quick()), activity -> {
                    seen.add(activity.workflowId() + " " + activity.attempt());
                    keys.add(activity.idempotencyKey());
                    if (activity.attempt() < 3) {
                        throw new IOException("broken");
                    }
                    return activity.attempt();
                });
            }
            return "done";
        });
        var handle = worker.romancy().start(type, "x");
        result(handle);
        String id = handle.id();

        assertThat(seen).containsExactly(id + " 1", id + " 2", id + " 3", id + " 1", id + " 2", id + " 3");
        assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
        assertThat(keys.subList(3, 6)).containsOnly(keys.getLast());
        assertThat(keys.getFirst()).isNotEqualTo(keys.getLast());
    }

    @Test
    void attemptsAndTheTimeOfTheNextOneSurviveACrash() {
        var policy =
                RetryPolicy.defaults().attempts(3).delay(Duration.ofHours(1)).jitter(0);
        String id = id();
        var crashing = worker(options -> options.leaseDuration(Duration.ofSeconds(1))
                .leaseRenewal(Duration.ofMillis(200))
                .workflow(type, failing(policy, 2)));
        crashing.romancy().start(type, "x", StartOptions.id(id));
        crashing.events().await(suspended(id));
        crashing.faults().freeze();
        var other = worker(failing(policy, 2));

        skip(Duration.ofMinutes(59));
        assertThat(bodies).hasValue(1);
        skip(Duration.ofMinutes(1));
        other.events().await(suspended(id));
        skip(Duration.ofHours(2));

        assertThat(result(other.romancy().handle(id, type))).isEqualTo("attempt 3");
    }

    @Test
    void whoFailedAndIsRetriedFindsItsMailAndStillHears() throws Exception {
        Topic<String> news = broadcast();
        var gate = new Gate();
        var isBroken = new AtomicBoolean(true);
        var worker = worker((ctx, input) -> {
            ctx.subscribe(news);
            ctx.step(Step.of("try", String.class).retry(RetryPolicy.none()), activity -> {
                gate.pass();
                if (isBroken.get()) {
                    throw new IOException("broken");
                }
                return "";
            });
            return ctx.receive(GO) + " " + ctx.receive(news) + " " + ctx.receive(news);
        });
        var handle = worker.romancy().start(type, "x");
        gate.awaitArrival();
        worker.romancy().publish(news, "published");
        worker.events().await(dispatched());
        handle.send(GO, "sent");
        gate.open();
        assertThatThrownBy(() -> result(handle)).isInstanceOf(WorkflowFailedException.class);

        isBroken.set(false);
        assertThat(handle.retry()).isTrue();
        worker.romancy().publish(news, "published later");

        assertThat(result(worker.romancy().handle(handle.id(), type))).isEqualTo("sent published published later");
    }

    @Test
    void listenersHearByWhatAttemptsStepsAndWorkflowsFail() {
        var retry = RetryPolicy.defaults().attempts(2).delay(Duration.ZERO);
        var worker = worker(options -> options.workflow(
                type,
                (ctx, input) -> ctx.step(Step.of("pay", String.class).retry(retry), activity -> {
                    throw new IOException("no " + activity.attempt());
                })));

        String id = worker.romancy().start(type, "x").id();

        worker.events().await(ended(id, InstanceStatus.FAILED));
        var events = worker.events();
        assertThat(events.all(EngineEvent.RetryScheduled.class))
                .singleElement()
                .extracting(retried -> retried.failure().getMessage())
                .isEqualTo("no 1");
        assertThat(events.all(EngineEvent.StepRecorded.class))
                .singleElement()
                .matches(EngineEvent.StepRecorded::failed)
                .extracting(EngineEvent.StepRecorded::failure)
                .hasToString("java.io.IOException: no 2");
        assertThat(events.all(EngineEvent.WorkflowEnded.class))
                .singleElement()
                .extracting(EngineEvent.WorkflowEnded::failure)
                .hasToString("java.io.IOException: no 2");
    }
}
