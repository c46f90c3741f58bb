package io.romancy.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;

/** Results of the same measurement, repeated. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median, then the least and the most. */
    String text(DoubleFunction<String> format) {
        return format.apply(median()) + " (" + format.apply(Collections.min(values)) + " .. "
                + format.apply(Collections.max(values)) + ")";
    }
}
