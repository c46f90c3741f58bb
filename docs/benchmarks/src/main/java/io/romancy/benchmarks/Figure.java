package io.romancy.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param measured what Romancy did, with its unit
 * @param baseline what the database did by itself in the same run, or why there is nothing to compare with
 * @param ratio the first divided by the second; null where that says nothing
 * @param judged the number that the goal is about: the ratio or the measured value
 * @param goal null for a row that only informs
 */
record Figure(
        String what,
        String measured,
        String baseline,
        @Nullable Double ratio,
        double judged,
        @Nullable Goal goal) {
    /** A rate or a time beside the database's own; the goal is about their ratio. */
    static Figure compared(String what, String measured, String baseline, double ratio, @Nullable Goal goal) {
        return new Figure(what, measured, baseline, ratio, ratio, goal);
    }

    /** A number that stands for itself. */
    static Figure absolute(String what, String measured, String baseline, double value, @Nullable Goal goal) {
        return new Figure(what, measured, baseline, null, value, goal);
    }

    boolean reached() {
        return goal == null || goal.isReachedBy(judged);
    }
}
