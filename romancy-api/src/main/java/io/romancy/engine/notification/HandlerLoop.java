package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue and the thread of one handler: what it takes its time for, it takes from nobody else. */
final class HandlerLoop {
    static final long SLOW = 1_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(HandlerLoop.class);

    private final Environment environment;
    private final HandlerCall<?> call;
    private final Consumer<EngineEvent> events;
    private final HandlerQueue queue = new HandlerQueue();
    private final StepLoop loop;
    private final Seldom overflowLog = new Seldom();
    private final Seldom slowLog = new Seldom();
    // Guarded by this: the watch looks at a call while it runs.
    private boolean busy;
    private boolean reported;
    private long busySince;
    private long slowCalls;

    HandlerLoop(Environment environment, HandlerCall<?> call, Consumer<EngineEvent> events) {
        this.environment = environment;
        this.call = call;
        this.events = events;
        this.loop = new StepLoop(
                environment,
                "romancy-hints-" + call.channel() + "-" + call.handlerClass().getSimpleName(),
                this::step);
    }

    void start() {
        loop.start();
    }

    StepLoop loop() {
        return loop;
    }

    HandlerCall<?> call() {
        return call;
    }

    void hint(String payload) {
        if (queue.offer(payload)) {
            overflowed();
        }
        loop.wake();
    }

    void miss() {
        queue.miss();
        loop.wake();
    }

    /** Tells the handler one thing; returns the nanoseconds to wait. */
    long step() {
        HandlerQueue.Item item = queue.take();
        if (item == null) {
            return Long.MAX_VALUE;
        }
        begin();
        try {
            switch (item) {
                case HandlerQueue.Hint hint -> call.deliver(hint.payload());
                case HandlerQueue.Missed missed -> call.missed();
            }
        } finally {
            reportIfSlow();
            end();
        }
        return 0;
    }

    /** Reports the present call, once, if it has been running for more than a second. Called while it runs, and when it ended. */
    void reportIfSlow() {
        Duration running = slowUnreported();
        if (running == null) {
            return;
        }
        if (slowLog.now(environment.nanoTime())) {
            log.warn(
                    "{} has been handling one notification of '{}' for {} ms; others are not delayed, its own hints wait{}",
                    call.handlerClass().getName(),
                    call.channel(),
                    running.toMillis(),
                    slowLog.heldBack());
        }
        events.accept(new EngineEvent.HandlerSlow(call.handlerClass(), call.channel(), running));
    }

    long overflows() {
        return queue.overflows();
    }

    int waiting() {
        return queue.size();
    }

    synchronized long slowCalls() {
        return slowCalls;
    }

    void close() {
        call.close();
        loop.stop();
    }

    private void overflowed() {
        if (overflowLog.now(environment.nanoTime())) {
            log.warn(
                    "{} does not keep up with '{}': {} hints were waiting and became one 'missed'{}",
                    call.handlerClass().getName(),
                    call.channel(),
                    HandlerQueue.CAPACITY,
                    overflowLog.heldBack());
        }
        events.accept(new EngineEvent.HintsMissed(call.channel(), "a handler does not keep up"));
    }

    private synchronized void begin() {
        busy = true;
        reported = false;
        busySince = environment.nanoTime();
    }

    private synchronized void end() {
        busy = false;
    }

    private synchronized @Nullable Duration slowUnreported() {
        long running = environment.nanoTime() - busySince;
        if (!busy || reported || running <= SLOW) {
            return null;
        }
        reported = true;
        slowCalls++;
        return Duration.ofNanos(running);
    }
}
