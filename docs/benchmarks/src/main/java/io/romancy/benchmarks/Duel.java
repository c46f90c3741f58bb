package io.romancy.benchmarks;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Romancy and the bare database, measured in turns, so that whatever else the machine does hits both. */
record Duel(Series romancy, Series raw) {
    /** As often as the scale says. */
    static Duel fight(Scale scale, Callable<Double> romancy, Callable<Double> raw) throws Exception {
        return fight(scale.repeats(), romancy, raw);
    }

    /** This often each, after a sixth as often unmeasured. */
    static Duel fight(int turns, Callable<Double> romancy, Callable<Double> raw) throws Exception {
        for (int i = 0; 6 * i < turns; i++) {
            romancy.call();
            raw.call();
        }
        var duel = new Duel(new Series(), new Series());
        for (int i = 0; i < turns; i++) {
            duel.raw.add(raw.call());
            duel.romancy.add(romancy.call());
        }
        return duel;
    }

    Figure figure(String what, String unit, @Nullable Goal goal) {
        return Figure.compared(
                what,
                romancy.text(Numbers::of) + " " + unit,
                raw.text(Numbers::of) + " inserts/s",
                romancy.median() / raw.median(),
                goal);
    }
}
