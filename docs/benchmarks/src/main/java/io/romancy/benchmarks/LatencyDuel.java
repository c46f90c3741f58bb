package io.romancy.benchmarks;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Times until workflows went on, and times until a bare notification arrived, measured in turns. */
final class LatencyDuel {
    private static final int SAMPLES = 2_000;
    private static final int TURN = 100;

    /** So many that the JVM has compiled what is measured: with a tenth of it the median is half as long again. */
    private static final int WARM_UP = 4_000;

    /** Measures this many times, with a pause before each, and adds the nanoseconds. */
    @FunctionalInterface
    interface Measurement {
        void measure(int times, Runnable pause, Histogram into) throws Exception;
    }

    private LatencyDuel() {}

    static List<Figure> fight(Lab lab, String what, Measurement romancy, @Nullable Goal median, @Nullable Goal tail)
            throws Exception {
        int turn = lab.scale().count(TURN, 3);
        int turns = lab.scale().count(SAMPLES / TURN, 1);
        var ours = new Histogram(3);
        var bare = new Histogram(3);
        try (var raw = new RawRoundTrip(lab.database())) {
            int warmUp = lab.scale().count(WARM_UP, 3);
            romancy.measure(warmUp, () -> {}, new Histogram(3));
            raw.measure(warmUp, () -> {}, new Histogram(3));
            for (int i = 0; i < turns; i++) {
                raw.measure(turn, Pause::aMoment, bare);
                romancy.measure(turn, Pause::aMoment, ours);
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
