package io.romancy.testkit.memory;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The outbox: events by number, and the lanes on which they wait. */
final class EventTables {
    final List<OutboxLaneRow> lanes = new ArrayList<>();
    final TreeMap<Long, OutboxRow> events = new TreeMap<>();
    final Set<NodeId> relayers = new HashSet<>();
    private long lastNumber;

    EventTables() {
        for (int number = 0; number < OutboxStore.LANES; number++) {
            lanes.add(new OutboxLaneRow(number));
        }
    }

    /** Adds an event at the end of its key; it carries the time at which it was written, which is before its commit. */
    void add(NewEvent event, Instant at) {
        var row = new OutboxRow(++lastNumber, event, at);
        events.put(row.number, row);
        laneOf(row).add(row);
    }

    OutboxLaneRow laneOf(OutboxRow row) {
        return lanes.get(Math.floorMod(row.key().hashCode(), OutboxStore.LANES));
    }

    int count(OutboxRow.State state, int most) {
        return (int) events.values().stream()
                .filter(row -> row.state == state)
                .limit(most)
                .count();
    }

    /** Forgets what was done before this; returns how many. */
    int purge(Instant before, int limit) {
        List<OutboxRow> old = events.values().stream()
                .filter(row -> row.doneAt != null && row.doneAt.isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(row -> events.remove(row.number));
        return old.size();
    }
}
