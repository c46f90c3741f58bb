package io.romancy.spi;

import java.util.List;

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
}
