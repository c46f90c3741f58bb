package io.romancy.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.Latches;
import io.romancy.engine.seam.SystemEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StepLoopTest {
    private static final long LONG = Duration.ofHours(1).toNanos();
    private static final long DEADLINE = Duration.ofSeconds(30).toNanos();

    private final SystemEnvironment environment = new SystemEnvironment();

    @Test
    void endsWithAStepThatSaysItIsDone() {
        var steps = new AtomicInteger();
        var loop = new StepLoop(environment, "test-done", () -> steps.incrementAndGet() == 3 ? StepLoop.DONE : 0);
        loop.start();
        assertThat(loop.join(DEADLINE)).isTrue();
        assertThat(steps).hasValue(3);
    }

    @Test
    void goesOnAfterAStepThatThrows() throws Exception {
        var steps = new LinkedBlockingQueue<Integer>();
        var count = new AtomicInteger();
        var loop = new StepLoop(environment, "test-throwing", () -> {
            steps.add(count.incrementAndGet());
            if (count.get() == 1) {
                throw new OutOfMemoryError("pretended");
            }
            throw new IllegalStateException("a bug");
        });
        loop.start();
        for (int i = 1; i <= 3; i++) {
            loop.wake();
            assertThat(steps.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
        assertThat(StepLoop.close(environment, List.of(loop), Duration.ofSeconds(30)))
                .isEmpty();
    }

    @Test
    void anInterruptThatAStepLeavesBehindNeitherEndsTheWaitNorReachesTheNextStep() throws Exception {
        var interruptedSteps = new AtomicInteger();
        var stepped = new LinkedBlockingQueue<Boolean>();
        var loop = new StepLoop(environment, "test-interrupted", () -> {
            interruptedSteps.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            stepped.add(true);
            Thread.currentThread().interrupt(); // as a plugin that caught an InterruptedException would
            return LONG;
        });
        loop.start();
        for (int i = 0; i < 1_000; i++) {
            assertThat(stepped.poll(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stepped).as("it waits").isEmpty();
            loop.wake();
        }
        assertThat(stepped.poll(30, TimeUnit.SECONDS)).isTrue();
        assertThat(StepLoop.close(environment, List.of(loop), Duration.ofSeconds(30)))
                .isEmpty();
        assertThat(stepped).as("no step without a wake").isEmpty();
        assertThat(interruptedSteps).hasValue(0);
    }

    @Test
    void anInterruptFromOutsideDoesNotEndTheLoop() throws Exception {
        var thread = new LinkedBlockingQueue<Thread>();
        var loop = new StepLoop(environment, "test-interrupted", () -> {
            thread.add(Thread.currentThread());
            return LONG;
        });
        loop.start();
        for (int i = 0; i < 100; i++) {
            Thread running = thread.poll(30, TimeUnit.SECONDS);
            assertThat(running).isNotNull();
            if (running != null) {
                running.interrupt();
            }
            loop.wake();
        }
        assertThat(StepLoop.close(environment, List.of(loop), Duration.ofSeconds(30)))
                .isEmpty();
    }

    @Test
    void namesWhatDoesNotEndAndReturnsInBoundedTime() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var stubborn = new StepLoop(environment, "test-stubborn", () -> {
            entered.countDown();
            Latches.uninterruptibly(release);
            return LONG;
        });
        var idle = new StepLoop(environment, "test-idle", () -> LONG);
        stubborn.start();
        idle.start();
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        assertThat(StepLoop.close(environment, List.of(stubborn, idle), Duration.ofMillis(50)))
                .containsExactly("test-stubborn");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(20));
        release.countDown();
        assertThat(stubborn.join(DEADLINE)).isTrue();
    }

    @Test
    void aLoopThatNeverStartedNeedsNoEnd() {
        var loop = new StepLoop(environment, "test-never", () -> LONG);
        assertThat(StepLoop.close(environment, List.of(loop), Duration.ofSeconds(30)))
                .isEmpty();
    }
}
