package io.romancy.benchmarks;

import java.time.Duration;
import java.util.List;

/** How many statements the server gets for a one-step workflow while many run: what they share is what makes them cheap. */
record StatementsPerWorkflow(int callers) implements Benchmark {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Goal GOAL = Goal.atMost(1, 0.1, "");

    @Override
    public String name() {
        return "statements-" + callers;
    }

    @Override
    public Needs needs() {
        return Needs.COUNTING_POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        Duration time = lab.scale().time(TIME);
        try (var count = new StatementCount(lab);
                var romancy = OneStepWorkflow.open(lab.engine())) {
            Load.during(time, callers, n -> OneStepWorkflow.call(romancy, n));
            long before = count.read();
            long calls = Load.during(time, callers, n -> OneStepWorkflow.call(romancy, n))
                    .calls();
            double each = (double) (count.read() - before) / calls;
            return List.of(Figure.absolute(
                    "SQL " + count.unit() + " per one-step workflow, " + Numbers.of(callers) + " callers",
                    Numbers.of(each),
                    "1 for an insert",
                    each,
                    GOAL));
        }
    }
}
