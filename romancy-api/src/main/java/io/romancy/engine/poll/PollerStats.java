package io.romancy.engine.poll;

import io.romancy.api.observe.EngineMetrics;
import io.romancy.spi.poll.PollReason;
import java.util.Map;

/**
 * What one poller did since the start.
 *
 * @param polls polls begun, whatever their reason and end
 * @param found rows found
 * @param foundUnhinted rows that only the interval found although notifications were trusted: the measure of lost hints
 * @param failures polls that threw
 * @param failuresInARow failures since the last poll that ended well; above zero, the poller is backing off
 * @param byReason polls that ended well, by what caused them
 */
public record PollerStats(
        String poller,
        long polls,
        long found,
        long foundUnhinted,
        long failures,
        int failuresInARow,
        Map<PollReason, EngineMetrics.Polls> byReason) {
    public PollerStats {
        byReason = Map.copyOf(byReason);
    }
}
