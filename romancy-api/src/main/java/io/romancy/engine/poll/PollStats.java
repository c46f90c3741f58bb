package io.romancy.engine.poll;

import java.util.List;

/**
 * What all pollers did since the start.
 *
 * @param notificationsTrusted whether the intervals are the long ones at this moment
 * @param pollers one for each poller, in their order
 */
public record PollStats(boolean notificationsTrusted, List<PollerStats> pollers) {
    public PollStats {
        pollers = List.copyOf(pollers);
    }

    /** Rows that no hint announced although notifications were trusted. */
    public long foundUnhinted() {
        return pollers.stream().mapToLong(PollerStats::foundUnhinted).sum();
    }
}
