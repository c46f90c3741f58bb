package io.romancy.spi;

import io.romancy.spi.model.Route;
import java.util.List;

/**
 * What a dispatch did.
 *
 * @param dispatched messages that are on their way or were dropped
 * @param dropped direct messages whose target has ended
 * @param saturated whether there may be more
 * @param woken instances that became ready
 */
public record DispatchResult(int dispatched, int dropped, boolean saturated, List<Woken> woken) {
    public DispatchResult {
        woken = List.copyOf(woken);
    }

    /** An instance that became ready. */
    public record Woken(String id, Route route) {}
}
