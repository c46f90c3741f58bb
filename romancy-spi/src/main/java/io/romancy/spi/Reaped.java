package io.romancy.spi;

import java.util.List;
import java.util.Map;

/**
 * What was taken from workers whose lease ended.
 *
 * @param runs how many
 * @param relapses those among them that pause
 */
public record Reaped(int runs, List<Relapse> relapses) {
    public Reaped {
        relapses = List.copyOf(relapses);
    }

    /** Out of all that were taken, by the id of their instance: how often in a row each was, with this time. */
    public static Reaped of(Map<String, Integer> timesInARow) {
        return new Reaped(
                timesInARow.size(),
                timesInARow.entrySet().stream()
                        .filter(run -> Relapse.is(run.getValue()))
                        .map(run -> new Relapse(run.getKey(), run.getValue(), Relapse.pauseAfter(run.getValue())))
                        .toList());
    }
}
