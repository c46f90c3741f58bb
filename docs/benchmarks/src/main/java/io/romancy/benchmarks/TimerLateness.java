package io.romancy.benchmarks;

import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How late workflows go on that 64 callers start as fast as they can, each to sleep until a second after its start. */
final class TimerLateness implements Benchmark {
    private static final WorkflowType<Instant, Boolean> TYPE = WorkflowType.of("sleeper", Instant.class, Boolean.class);
    private static final Duration SLEEP = Duration.ofSeconds(1);
    private static final int TIMERS = 2_000;
    private static final int CALLERS = 64;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final Goal GOAL = Goal.atMost(50, 20, "ms");

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        int timers = lab.scale().count(TIMERS, 20);
        Histogram late = new ConcurrentHistogram(3);
        var median = new Series();
        var tail = new Series();
        var fired = new Semaphore(0);
        try (var romancy = lab.engine()
                .workflow(TYPE, (ctx, due) -> {
                    ctx.sleepUntil(due);
                    late.recordValue(
                            Math.max(0, Duration.between(due, Instant.now()).toNanos()));
                    fired.release();
                    return true;
                })
                .open()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                late.reset();
                var handles = new ConcurrentLinkedQueue<WorkflowHandle<Boolean>>();
                Load.times(
                        timers,
                        CALLERS,
                        n -> handles.add(romancy.start(TYPE, Instant.now().plus(SLEEP))));
                // whoever asks for results meanwhile competes with what is measured
                if (!fired.tryAcquire(timers, Lab.DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("not all of " + timers + " timers fired within " + Lab.DEADLINE);
                }
                for (var handle : handles) {
                    handle.result(Lab.DEADLINE);
                }
                if (round >= 0) {
                    median.add((double) late.getValueAtPercentile(50));
                    tail.add((double) late.getValueAtPercentile(99));
                }
            }
        }
        String what = "lateness of " + Numbers.of(timers) + " timers, ";
        return List.of(
                Figure.absolute(what + "p50", median.text(Numbers::millis), "", median.median() / 1e6, null),
                Figure.absolute(what + "p99", tail.text(Numbers::millis), "", tail.median() / 1e6, GOAL));
    }
}
