package io.romancy.benchmarks;

import java.time.Duration;
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

    /**
     * A turn during which compilers were at work for longer than this part of it is measured again. Where two processors are all there are,
     * they keep whoever is woken waiting for 3 ms and more, which is the scheduler's slice.
     */
    private static final int QUIET_PART = 50;

    /** So many of them; after that, turns count as they are. */
    private static final int REPEATS = 40;

    private final Compilers compilers;
    private int repeats;

    private LatencyDuel(Compilers compilers, int repeats) {
        this.compilers = compilers;
        this.repeats = repeats;
    }

    static List<Figure> fight(
            Lab lab, String what, Measurement romancy, Compilers compilers, @Nullable Goal median, @Nullable Goal tail)
            throws Exception {
        var duel = new LatencyDuel(compilers, lab.scale().count(REPEATS, 1));
        int turn = lab.scale().count(TURN, 3);
        int turns = lab.scale().count(SAMPLES / TURN, 1);
        var ours = new Histogram(3);
        var bare = new Histogram(3);
        try (var raw = new RawRoundTrip(lab.database())) {
            int warmUp = lab.scale().count(WARM_UP, 3);
            romancy.measure(warmUp, () -> {}, new Histogram(3));
            raw.measure(warmUp, () -> {}, new Histogram(3));
            for (int i = 0; i < turns; i++) {
                duel.turn(raw::measure, turn, bare);
                duel.turn(romancy, turn, ours);
            }
        }
        return List.of(figure(what, "p50", ours, bare, 50, median), figure(what, "p99", ours, bare, 99, tail));
    }

    private void turn(Measurement measurement, int times, Histogram into) throws Exception {
        while (true) {
            var turn = new Histogram(3);
            Duration before = compilers.busyFor();
            long begin = System.nanoTime();
            measurement.measure(times, Pause::aMoment, turn);
            Duration quiet = Duration.ofNanos(System.nanoTime() - begin).dividedBy(QUIET_PART);
            Duration compiling = compilers.busyFor().minus(before);
            if (compiling.compareTo(quiet) <= 0 || repeats == 0) {
                into.add(turn);
                return;
            }
            repeats--;
        }
    }

    private static Figure figure(
            String what, String name, Histogram ours, Histogram bare, double percentile, @Nullable Goal goal) {
        double measured = ours.getValueAtPercentile(percentile);
        double baseline = bare.getValueAtPercentile(percentile);
        return Figure.compared(
                what + ", " + name, Numbers.millis(measured), Numbers.millis(baseline), measured / baseline, goal);
    }
}
