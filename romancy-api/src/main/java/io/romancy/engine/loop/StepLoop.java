package io.romancy.engine.loop;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes one step after the other and waits between them as long as the step says. All decisions are in the step, which a
 * test can call by hand; here is what no decision may be lost in: wakes, interrupts, errors, the end.
 *
 * <p>The step returns the nanoseconds to wait, zero for none, or {@link #DONE}. Whatever it throws, the loop goes on.
 */
public final class StepLoop {
    /** What a step returns that was the last one. */
    public static final long DONE = -1;

    /** What remains for threads to end in once they were interrupted. */
    private static final long GRACE = 500_000_000L;

    /** Between a step that threw, which none should, and the next. */
    private static final long AFTER_ERROR = 1_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(StepLoop.class);

    private final Environment environment;
    private final String name;
    private final LongSupplier step;
    private final Waiter waiter;
    private final AtomicLong unloggable = new AtomicLong();
    private volatile boolean stopped;
    private volatile @Nullable Fiber fiber;

    public StepLoop(Environment environment, String name, LongSupplier step) {
        this.environment = environment;
        this.name = name;
        this.step = step;
        this.waiter = environment.newWaiter();
    }

    /** Starts the thread, and the first step at once; to be called once. */
    public void start() {
        startAfter(0);
    }

    /** Starts the thread, and the first step after so many nanoseconds; to be called once. */
    public void startAfter(long nanos) {
        fiber = environment.startLoop(name, () -> run(nanos));
    }

    /** Ends the present wait, or the next one. Thread-safe, returns at once. */
    public void wake() {
        waiter.wake();
    }

    /** Lets no further step begin; returns at once. */
    public void stop() {
        stopped = true;
        waiter.wake();
    }

    /** Waits until the thread has ended, at most this long; returns whether it has, or was never started. */
    public boolean join(long atMostNanos) {
        Fiber started = fiber;
        return started == null || started.join(Math.max(0, atMostNanos));
    }

    public String name() {
        return name;
    }

    /**
     * Stops these loops. They have this long to end the steps that they are in, then they are interrupted. Returns, at the latest half a
     * second after that, the names of those that still run.
     */
    public static List<String> close(Environment environment, List<StepLoop> loops, Duration atMost) {
        long deadline = environment.nanoTime() + Spans.nanos(atMost);
        loops.forEach(StepLoop::stop);
        var busy = stillRunning(environment, loops, deadline);
        busy.forEach(StepLoop::interrupt);
        return stillRunning(environment, busy, environment.nanoTime() + GRACE).stream()
                .map(StepLoop::name)
                .toList();
    }

    private static List<StepLoop> stillRunning(Environment environment, List<StepLoop> loops, long deadline) {
        return loops.stream()
                .filter(loop -> !loop.join(deadline - environment.nanoTime()))
                .toList();
    }

    private void interrupt() {
        Fiber started = fiber;
        if (started != null) {
            started.interrupt();
        }
    }

    private void run(long first) {
        long wait = first;
        while (!stopped && wait != DONE) {
            wait = turn(wait);
        }
    }

    private long turn(long wait) {
        try {
            if (wait > 0) {
                waiter.await(wait);
            }
            // No step sees an interrupt that was not meant for it. The one of close() cannot get lost here:
            // it comes after the stop, which is looked at after this line.
            Thread.interrupted();
            return stopped ? DONE : takeStep();
        } catch (InterruptedException e) {
            // Says nothing: what there is to do is in the step's own state, and the end is the stop.
            return 0;
        } catch (Throwable e) {
            report(e);
            return AFTER_ERROR;
        }
    }

    private long takeStep() {
        try {
            return step.getAsLong();
        } finally {
            Thread.interrupted(); // a plugin may have left one behind, which would end the next wait before its time
        }
    }

    /** A step isolates what it calls, so this is a bug of ours or a JVM without memory, where logging may fail as well. */
    private void report(Throwable e) {
        try {
            log.error(
                    "{}: unexpected error, the loop goes on ({} before could not be logged)",
                    name,
                    unloggable.get(),
                    e);
        } catch (Throwable whileLogging) {
            unloggable.incrementAndGet();
        }
    }
}
