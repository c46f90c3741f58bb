package io.romancy.spi;

import io.romancy.spi.model.Route;
import java.util.List;

/**
 * What a dispatch did.
 *
 * @param dispatched messages that are on their way or were dropped
 * @param dropped direct messages whose target has ended and cannot be retried
 * @param saturated whether there was more than this dispatch could take; the caller repeats it at once
 * @param contended whether messages were left to another dispatcher, which may have begun before they were there; the caller looks again
 *     soon
 * @param woken instances that became ready
 */
public record DispatchResult(int dispatched, int dropped, boolean saturated, boolean contended, List<Woken> woken) {
    public DispatchResult {
        woken = List.copyOf(woken);
    }

    /** Nothing was there. */
    public static DispatchResult nothing() {
        return new DispatchResult(0, 0, false, false, List.of());
    }

    /** Whether messages may still be waiting for their dispatch. */
    public boolean isUnfinished() {
        return saturated || contended;
    }

    /** An instance that became ready. */
    public record Woken(String id, Route route) {}
}
