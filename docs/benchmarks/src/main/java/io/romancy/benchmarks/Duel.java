package io.romancy.benchmarks;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Romancy and the bare database, measured in turns, so that whatever else the machine does hits both. */
record Duel(Series romancy, Series raw) {
    /** Both run once unmeasured. */
    static Duel fight(Scale scale, Callable<Double> romancy, Callable<Double> raw) throws Exception {
        romancy.call();
        raw.call();
        var duel = new Duel(new Series(), new Series());
        for (int i = 0; i < scale.repeats(); i++) {
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
