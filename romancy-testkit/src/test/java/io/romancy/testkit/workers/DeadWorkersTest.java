package io.romancy.testkit.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.ResultTimeoutException;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.Moment;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.fault.StorageCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test does with workers that are dead or paused comes back. */
@Timeout(60)
class DeadWorkersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final WorkflowType<Void, String> WALK = WorkflowType.of("walk", Void.class, String.class);

    private final CountDownLatch walked = new CountDownLatch(1);

    private final TestRomancy romancy = TestRomancy.builder()
            .workers(2)
            .engine(builder -> builder.workflow(WALK, () -> (ctx, nothing) -> {
                ctx.step("step", walked::countDown);
                return "there";
            }))
            .open();

    @AfterEach
    void close() {
        romancy.close();
    }

    @Test
    void aDeadOneCanBeStopped() {
        romancy.workers().kill(0);

        romancy.workers().stop(0);

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void aDeadOneCanBeClosedByWhoeverHasIt() {
        romancy.workers().kill(0);

        romancy.workers().get(0).close();

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void aPausedOneGoesOnToBeStopped() {
        romancy.workers().pause(0);

        romancy.workers().stop(0);

        assertThat(romancy.start(WALK).result(DEADLINE)).isEqualTo("there");
    }

    @Test
    void whatTheTestAsksADeadOneFailsAndSaysWhy() {
        var dead = romancy.workers().get(0);
        romancy.workers().kill(0);

        assertThatThrownBy(() -> dead.start(WALK))
                .isInstanceOf(RomancyException.class)
                .hasMessageContaining("Worker 0 was killed on purpose")
                .hasMessageContaining("Call another worker.");
        assertThatThrownBy(() -> dead.handle("x").info()).hasMessageContaining("Worker 0 was killed on purpose");
        assertThatThrownBy(() -> dead.inTransaction(transaction -> "x"))
                .hasMessageContaining("Worker 0 was killed on purpose");
    }

    @Test
    void whatTheDeadOneRunsStandsStill() throws Exception {
        romancy.workers().killAfter(Moment.STEP).of("step");
        var walk = romancy.workers().get(0).start(WALK, StartOptions.id("w"));
        assertThat(walked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> walk.result(Duration.ofMillis(300)))
                .as("neither an end nor a failure")
                .isInstanceOf(ResultTimeoutException.class);
    }

    @Test
    void anInterruptEndsTheWaitForAPausedOne() throws Exception {
        romancy.workers().pause(0);
        var asked = asking(() -> romancy.workers().get(0).handle("x").info());
        var asking = Thread.ofPlatform().start(asked);
        romancy.workers().faults(0).awaitHeld(StorageCall.ASK, DEADLINE);

        asking.interrupt();

        assertThat(asked.get(30, TimeUnit.SECONDS)).hasMessageContaining("Worker 0 stands still on purpose");
    }

    @Test
    void onlyOneDiesAtACrashPoint() {
        for (int i = 0; i < 20; i++) {
            try (var race = TestRomancy.builder()
                    .workers(2)
                    .engine(builder -> builder.shutdownTimeout(Duration.ofMillis(100))
                            .workflow(WALK, () -> (ctx, nothing) -> {
                                ctx.step("step", () -> {});
                                return "there";
                            }))
                    .open()) {
                var crash = race.workers().killBefore(Moment.STEP).of("step");
                var go = new CountDownLatch(1);
                for (int worker = 0; worker < 2; worker++) {
                    var one = race.workers().get(worker);
                    Thread.ofPlatform().daemon().start(() -> startMany(one, go));
                }
                go.countDown();
                int victim = crash.await(DEADLINE);

                assertThat(race.workers().faults(1 - victim).isAlive()).isTrue();
            }
        }
    }

    private static void startMany(Romancy one, CountDownLatch go) {
        try {
            go.await();
            for (int i = 0; i < 20; i++) {
                one.start(WALK);
            }
        } catch (InterruptedException | RomancyException e) {
            // it was the one that died
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a step without a result returns null, and its stub too
    void anInterruptEndsTheWaitUntilAllIsSettled() throws Exception {
        romancy.workers().pause(0);
        romancy.workers().pause(1);
        var settled = asking(() -> romancy.time().settle());
        var settling = Thread.ofPlatform().unstarted(settled);
        romancy.workers().resume(0);
        romancy.stub("step").runs(attempt -> {
            settling.start();
            Thread.sleep(100);
            settling.interrupt();
            settling.join(20_000);
            return null;
        });

        romancy.start(WALK).result(Duration.ofSeconds(10));

        assertThat(settling.isAlive()).isFalse();
        assertThat(settled.get())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Interrupted while waiting until all is settled");
    }

    /** What is thrown to whoever asks this, for the thread of the test to judge. */
    private static FutureTask<Throwable> asking(ThrowingCallable question) {
        return new FutureTask<>(() -> catchThrowable(question));
    }
}
