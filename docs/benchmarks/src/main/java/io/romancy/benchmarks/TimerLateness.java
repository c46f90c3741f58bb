package io.romancy.benchmarks;

import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How much longer than a second the code waits that sleeps a second, when 64 callers start 2,000 such workflows as fast as they can. */
final class TimerLateness implements Benchmark {
    private static final WorkflowType<Integer, Integer> TYPE = WorkflowType.of("sleeper", Integer.class, Integer.class);
    private static final Duration SLEEP = Duration.ofSeconds(1);
    private static final int TIMERS = 2_000;
    private static final int CALLERS = 64;
    private static final Goal GOAL = Goal.atMost(50, 20, "ms");

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        int timers = lab.scale().count(TIMERS, 20);
        Histogram late = new ConcurrentHistogram(3);
        try (var romancy = lab.engine()
                .workflow(TYPE, (ctx, n) -> {
                    long begin = System.nanoTime();
                    ctx.sleep(SLEEP);
                    late.recordValue(Math.max(0, System.nanoTime() - begin - SLEEP.toNanos()));
                    return n;
                })
                .open()) {
            for (int round = 0; round < 2; round++) {
                // the first one warms up
                late.reset();
                var handles = new ConcurrentLinkedQueue<WorkflowHandle<Integer>>();
                Load.times(timers, CALLERS, n -> handles.add(romancy.start(TYPE, n)));
                for (var handle : handles) {
                    handle.result(Lab.DEADLINE);
                }
            }
        }
        double median = late.getValueAtPercentile(50);
        double tail = late.getValueAtPercentile(99);
        String what = "lateness of " + Numbers.of(timers) + " timers, ";
        return List.of(
                Figure.absolute(what + "p50", Numbers.millis(median), "", median / 1e6, null),
                Figure.absolute(what + "p99", Numbers.millis(tail), "", tail / 1e6, GOAL));
    }
}
