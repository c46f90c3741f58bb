package io.romancy.spi.outbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the outbox found.
 *
 * @param due in order of lane and key
 * @param lanes those that are still held, each from where to look next
 * @param more whether there are keys that were not looked at
 * @param nextDueIn how long until the next head of those that were looked at is due by itself; null if there is none
 */
public record OutboxHeads(
        List<OutboxHead> due,
        List<OutboxLane> lanes,
        boolean more,
        @Nullable Duration nextDueIn) {
    public OutboxHeads {
        due = List.copyOf(due);
        lanes = List.copyOf(lanes);
    }
}
