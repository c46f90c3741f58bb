package io.romancy.benchmarks;

import io.romancy.benchmarks.Waiting.By;
import java.util.List;
import java.util.Locale;

/** From the call that gives a message until the code that waits for it goes on, in the process of the caller. */
record SameProcessLatency(By by) implements Benchmark {
    private static final Goal MEDIAN = Goal.atMost(1.2, 0.5, "");
    private static final Goal TAIL = Goal.atMost(5, 2, "");

    @Override
    public String name() {
        return by.name().toLowerCase(Locale.ROOT) + "-same-process";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        var suspended = new Arrivals();
        var resumed = new Arrivals();
        try (var romancy = Waiting.open(lab.engine(), suspended::arrived, resumed::arrived)) {
            return LatencyDuel.fight(
                    lab,
                    by.name().toLowerCase(Locale.ROOT) + " to resumed code, same process",
                    (times, pause, into) -> {
                        for (int i = 0; i < times; i++) {
                            String id = by.start(romancy);
                            suspended.await(id);
                            pause.run();
                            long begin = System.nanoTime();
                            by.give(romancy, id);
                            into.recordValue(resumed.await(id).nanoTime() - begin);
                        }
                    },
                    Compilers::ownBusyFor,
                    MEDIAN,
                    TAIL);
        }
    }
}
