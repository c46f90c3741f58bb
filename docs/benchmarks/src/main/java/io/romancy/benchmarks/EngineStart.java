package io.romancy.benchmarks;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What opening an engine adds to the start of an application, on a database that is migrated: in a JVM that opened some before. */
final class EngineStart implements Benchmark {
    private static final int TIMES = 20;
    private static final int WARM = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        var opened = new Histogram(3);
        var connected = new Histogram(3);
        for (int i = -WARM; i < lab.scale().count(TIMES, 2); i++) {
            long connecting = connect(lab);
            long opening = open(lab);
            if (i >= 0) {
                connected.recordValue(connecting);
                opened.recordValue(opening);
            }
        }
        double median = opened.getValueAtPercentile(50);
        double bare = connected.getValueAtPercentile(50);
        return List.of(Figure.compared(
                "opening an engine on a migrated database, p50",
                Numbers.millis(median),
                Numbers.millis(bare) + " for one connection and query",
                median / bare,
                null));
    }

    private static long connect(Lab lab) throws Exception {
        long begin = System.nanoTime();
        try (var connection = lab.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return System.nanoTime() - begin;
        }
    }

    private static long open(Lab lab) {
        long begin = System.nanoTime();
        try (var romancy = lab.engine().shutdownTimeout(Duration.ofSeconds(5)).open()) {
            long took = System.nanoTime() - begin;
            if (romancy.status().running() != 0) {
                throw new IllegalStateException("there is nothing to run");
            }
            return took;
        }
    }
}
