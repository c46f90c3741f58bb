package io.romancy.testkit.memory;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look for events that are due. */
final class HeadSearch {
    private final Tables tables;
    private final NodeId node;
    private final Instant now;
    private final List<OutboxHead> due = new ArrayList<>();
    private final List<OutboxLane> held = new ArrayList<>();
    private @Nullable Duration nextDueIn;
    private boolean more;

    HeadSearch(Tables tables, NodeId node) {
        this.tables = tables;
        this.node = node;
        this.now = tables.clock.now();
    }

    OutboxHeads look(List<OutboxLane> lanes, int keysOfLane) {
        if (tables.lives(node)) {
            for (OutboxLane asked : lanes) {
                OutboxLaneRow lane = tables.outbox.lanes.get(asked.number());
                if (node.equals(lane.owner) && lane.fence == asked.fence()) {
                    held.add(asked.from(look(lane, asked.after(), keysOfLane)));
                }
            }
        }
        return new OutboxHeads(due, held, more, nextDueIn);
    }

    /** Returns where to go on: empty after the last key. */
    private String look(OutboxLaneRow lane, String after, int keys) {
        int seen = 0;
        for (var key : lane.pending.tailMap(after, false).entrySet()) {
            OutboxRow head = key.getValue().firstEntry().getValue();
            if (head.nextAt.isAfter(now)) {
                Duration wait = Duration.between(now, head.nextAt);
                nextDueIn = nextDueIn == null || wait.compareTo(nextDueIn) < 0 ? wait : nextDueIn;
            } else {
                due.add(new OutboxHead(
                        lane.number, lane.fence, head.number, Duration.between(head.since, now), of(head)));
            }
            if (++seen == keys) {
                more = true;
                return key.getKey();
            }
        }
        return "";
    }

    private static OutboxRecord of(OutboxRow row) {
        var event = row.event;
        return new OutboxRecord(
                event.id(), event.type(), event.key(), event.headers(), event.payload(), row.at, row.attempts + 1);
    }
}
