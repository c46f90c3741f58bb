package io.romancy.engine.worker;

import io.romancy.api.observe.EngineMetrics;
import io.romancy.api.observe.PickupPath;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts, by path, how long runs that could go on waited for this worker. Thread-safe. */
final class Pickups {
    private final Map<PickupPath, Waits> byPath = new EnumMap<>(PickupPath.class);

    Pickups() {
        for (PickupPath path : PickupPath.values()) {
            byPath.put(path, new Waits());
        }
    }

    void add(PickupPath path, Duration waited) {
        Waits waits = byPath.get(path);
        if (waits != null) {
            waits.add(waited);
        }
    }

    List<EngineMetrics.Pickup> read() {
        return byPath.entrySet().stream()
                .map(entry -> entry.getValue().read(entry.getKey()))
                .filter(pickup -> pickup.runs() > 0)
                .toList();
    }
}
