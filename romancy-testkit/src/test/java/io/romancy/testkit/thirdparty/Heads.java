package io.romancy.testkit.thirdparty;

import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The oldest events of their keys that are due, lane by lane. */
final class Heads {
    private final Content content;
    private final Instant now;
    private final List<OutboxHead> due = new ArrayList<>();
    private final List<OutboxLane> lanes = new ArrayList<>();
    private @Nullable Duration nextDueIn;
    private boolean more;

    Heads(Content content) {
        this.content = content;
        this.now = content.now();
    }

    void look(OutboxLane lane, int keys) {
        var heads = new TreeMap<String, Event>();
        content.events.values().stream()
                .filter(event -> event.state() == Event.State.PENDING && event.lane() == lane.number())
                .forEach(event -> heads.putIfAbsent(event.key(), event));
        List<Event> next =
                heads.tailMap(lane.after(), false).values().stream().limit(keys).toList();
        next.forEach(event -> take(lane, event));
        boolean full = next.size() == keys;
        more |= full;
        lanes.add(lane.from(full ? next.getLast().key() : ""));
    }

    private void take(OutboxLane lane, Event event) {
        if (event.dueAt().isAfter(now)) {
            Duration left = Duration.between(now, event.dueAt());
            nextDueIn = nextDueIn == null || left.compareTo(nextDueIn) < 0 ? left : nextDueIn;
        } else {
            Duration age = Duration.between(event.since(), now);
            due.add(new OutboxHead(lane.number(), lane.fence(), event.number(), age, event.next()));
        }
    }

    OutboxHeads found() {
        return new OutboxHeads(due, lanes, more, nextDueIn);
    }
}
