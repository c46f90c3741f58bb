package io.romancy.benchmarks;

import java.time.Duration;
import java.util.List;

/** How many statements the server gets for hints while 32 clients write and give one with each commit: what they share costs once. */
final class StatementsPerHint implements Benchmark {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Goal GOAL = Goal.atMost(0.1, 0.01, "");

    @Override
    public String name() {
        return "hint-statements";
    }

    @Override
    public Needs needs() {
        return Needs.COUNTING_POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        Duration time = lab.scale().time(TIME);
        try (var count = new StatementCount(lab);
                var inserts = new RawInserts(lab.database());
                var romancy = Hints.open(lab)) {
            inserts.during(time, caller -> Hints.give(romancy));
            long before = count.read();
            long hints = inserts.during(time, caller -> Hints.give(romancy)).calls();
            double each = Math.max(0, (double) (count.read() - before - hints) / hints);
            return List.of(Figure.absolute(
                    "SQL " + count.unit() + " per hint, 32 clients",
                    Numbers.of(each),
                    "1 for `pg_notify`",
                    each,
                    GOAL));
        }
    }
}
