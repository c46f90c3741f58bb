package io.romancy.benchmarks;

import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.List;

/** What a worker asks of the server while there is nothing to do and notifications work. */
final class IdleStatements implements Benchmark {
    /** Notifications are trusted only after they have worked for a while. */
    private static final Duration SETTLE = Duration.ofSeconds(40);

    private static final Duration TIME = Duration.ofMinutes(2);
    private static final Goal GOAL = Goal.atMost(60, 30, "per minute");

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Needs needs() {
        return Needs.COUNTING_POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        try (var count = new StatementCount(lab);
                var romancy = OneStepWorkflow.open(lab.engine())) {
            OneStepWorkflow.call(romancy, 1);
            Pause.of(lab.scale().time(SETTLE));
            long begin = System.nanoTime();
            long before = count.read();
            Pause.of(lab.scale().time(TIME));
            long after = count.read();
            double minutes = (System.nanoTime() - begin) / 60e9;
            double each = (after - before) / minutes;
            SourceState state = romancy.status().notifications();
            return List.of(Figure.absolute(
                    "SQL " + count.unit() + " of an idle worker",
                    Numbers.of(each) + " per minute",
                    "notifications " + state,
                    each,
                    GOAL));
        }
    }
}
