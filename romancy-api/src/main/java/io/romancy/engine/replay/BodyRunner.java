package io.romancy.engine.replay;

import io.romancy.engine.loop.Spans;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs the body of a step: on the run's own thread, or, if it has a timeout, on one of its own, since only a second thread can stop
 * waiting for the first. A body that does not listen to the interrupt goes on alone; nobody hears its result.
 */
final class BodyRunner {
    private final Environment environment;

    BodyRunner(Environment environment) {
        this.environment = environment;
    }

    <T extends @Nullable Object> T run(String name, Callable<T> body, @Nullable Duration timeout) throws Throwable {
        return timeout == null ? body.call() : bounded(name, body, timeout);
    }

    /** An attempt took longer than its timeout. */
    static final class TimedOut extends RomancyException {
        private static final long serialVersionUID = 1L;

        private final Duration timeout;

        private TimedOut(Duration timeout) {
            super(ErrorCode.STEP_TIMEOUT, "no result within " + timeout);
            this.timeout = timeout;
        }

        Duration timeout() {
            return timeout;
        }
    }

    private <T extends @Nullable Object> T bounded(String name, Callable<T> body, Duration timeout) throws Throwable {
        Waiter ended = environment.newWaiter();
        var task = new FutureTask<T>(body) {
            @Override
            protected void done() {
                ended.wake();
            }
        };
        long end = environment.nanoTime() + Spans.nanos(timeout);
        Fiber fiber = environment.startRun(name, task);
        try {
            while (!task.isDone()) {
                long left = end - environment.nanoTime();
                if (left <= 0) {
                    fiber.interrupt();
                    throw new TimedOut(timeout);
                }
                ended.await(left);
            }
        } catch (InterruptedException e) {
            fiber.interrupt();
            throw e;
        }
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            case FAILED -> throw task.exceptionNow();
            case CANCELLED, RUNNING -> throw new IllegalStateException("a step's body ended as " + task.state());
        };
    }
}
