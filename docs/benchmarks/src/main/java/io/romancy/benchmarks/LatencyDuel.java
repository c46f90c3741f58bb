package io.romancy.benchmarks;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Times until workflows went on, and times until a bare notification arrived, measured in turns. */
final class LatencyDuel {
    private static final int SAMPLES = 2_000;
    private static final int TURN = 100;

    /** Measures this many times and adds the nanoseconds. */
    @FunctionalInterface
    interface Measurement {
        void measure(int times, Histogram into) throws Exception;
    }

    private LatencyDuel() {}

    static List<Figure> fight(Lab lab, String what, Measurement romancy, @Nullable Goal median, @Nullable Goal tail)
            throws Exception {
        int turn = lab.scale().count(TURN, 3);
        int turns = lab.scale().count(SAMPLES / TURN, 1);
        var ours = new Histogram(3);
        var bare = new Histogram(3);
        try (var raw = new RawRoundTrip(lab.database())) {
            for (int i = 0; i < Math.max(1, turns / 4); i++) {
                romancy.measure(turn, new Histogram(3));
                raw.measure(turn, new Histogram(3));
            }
            for (int i = 0; i < turns; i++) {
                raw.measure(turn, bare);
                romancy.measure(turn, ours);
            }
        }
        return List.of(figure(what, "p50", ours, bare, 50, median), figure(what, "p99", ours, bare, 99, tail));
    }

    private static Figure figure(
            String what, String name, Histogram ours, Histogram bare, double percentile, @Nullable Goal goal) {
        double measured = ours.getValueAtPercentile(percentile);
        double baseline = bare.getValueAtPercentile(percentile);
        return Figure.compared(
                what + ", " + name, Numbers.millis(measured), Numbers.millis(baseline), measured / baseline, goal);
    }
}
