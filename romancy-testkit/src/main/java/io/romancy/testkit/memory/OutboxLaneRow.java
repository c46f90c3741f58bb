package io.romancy.testkit.memory;

import io.romancy.spi.model.NodeId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A lane of the outbox: who holds it, and what waits on it, by key. */
final class OutboxLaneRow {
    final int number;
    final TreeMap<String, TreeMap<Long, OutboxRow>> pending = new TreeMap<>();

    @Nullable
    NodeId owner;

    long fence;

    OutboxLaneRow(int number) {
        this.number = number;
    }

    void add(OutboxRow row) {
        pending.computeIfAbsent(row.key(), key -> new TreeMap<>()).put(row.number, row);
    }

    void remove(OutboxRow row) {
        var queue = pending.get(row.key());
        if (queue != null) {
            queue.remove(row.number);
            if (queue.isEmpty()) {
                pending.remove(row.key());
            }
        }
    }
}
