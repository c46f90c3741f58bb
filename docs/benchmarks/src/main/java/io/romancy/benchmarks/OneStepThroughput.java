package io.romancy.benchmarks;

import java.time.Duration;
import java.util.List;

/** Workflows of one step per second, each started and awaited by one of many callers. */
record OneStepThroughput(int callers, Goal goal) implements Benchmark {
    private static final Duration TIME = Duration.ofSeconds(5);

    /** Until the JVM has compiled what is hot: before, the compiler needs as much of two cores as the workflows do. */
    private static final Duration WARM_UP = Duration.ofSeconds(25);

    @Override
    public String name() {
        return "one-step-" + callers;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        Duration time = lab.scale().time(TIME);
        try (var inserts = new RawInserts(lab.database());
                var romancy = OneStepWorkflow.open(lab.engine())) {
            Load.during(lab.scale().time(WARM_UP), callers, n -> OneStepWorkflow.call(romancy, n));
            var duel = Duel.fight(
                    lab.scale(),
                    () -> Load.during(time, callers, n -> OneStepWorkflow.call(romancy, n))
                            .perSecond(),
                    () -> inserts.perSecond(time));
            return List.of(duel.figure("one-step workflows, " + Numbers.of(callers) + " callers", "workflows/s", goal));
        }
    }
}
