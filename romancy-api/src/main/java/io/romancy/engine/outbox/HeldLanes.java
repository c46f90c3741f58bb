package io.romancy.engine.outbox;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that this process holds, and how far each was looked at. A round looks at every key that was there when it began, however many
 * there are: lanes whose last look ended in the middle are finished first, and then looked at once from the beginning. For one thread.
 */
final class HeldLanes {
    private final Map<Integer, OutboxLane> lanes = new TreeMap<>();
    private final Map<Integer, Integer> lapsLeft = new TreeMap<>();
    private @Nullable NodeId node;
    private int share;

    /** Forgets all if they were held by another node; returns whether there were any. */
    boolean belongTo(NodeId current) {
        if (Objects.equals(node, current)) {
            return true;
        }
        node = current;
        lanes.clear();
        lapsLeft.clear();
        share = 0;
        return false;
    }

    /** Takes over what the storage says, and keeps the positions of lanes that were held all along. */
    void hold(OutboxHolding holding) {
        Map<Integer, OutboxLane> before = Map.copyOf(lanes);
        lanes.clear();
        share = holding.share();
        for (OutboxLane lane : holding.lanes()) {
            OutboxLane known = before.get(lane.number());
            boolean same = known != null && known.fence() == lane.fence();
            lanes.put(lane.number(), same ? known : lane);
            if (!same) {
                lapsLeft.put(lane.number(), 1);
            }
        }
        lapsLeft.keySet().retainAll(lanes.keySet());
    }

    /** Lanes above the share on which nothing is on its way; no longer held here. */
    List<OutboxLane> giveUp(Set<Integer> busy) {
        List<OutboxLane> surplus = lanes.values().stream()
                .filter(lane -> !busy.contains(lane.number()))
                .limit(Math.max(0, lanes.size() - share))
                .toList();
        surplus.forEach(lane -> {
            lanes.remove(lane.number());
            lapsLeft.remove(lane.number());
        });
        return surplus;
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    int size() {
        return lanes.size();
    }

    boolean hasLessThanItsShare() {
        return lanes.size() < share;
    }

    /** Begins a round: something may be new anywhere. */
    void beginRound() {
        lanes.forEach((number, lane) -> lapsLeft.put(number, lane.after().isEmpty() ? 1 : 2));
    }

    /** Lanes that the round is not through with. */
    List<OutboxLane> toLookAt() {
        return lapsLeft.keySet().stream()
                .map(lanes::get)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isRoundOver() {
        return lapsLeft.isEmpty();
    }

    /** Takes note of how far a look at some lanes came; those that the answer leaves out are lost. */
    void looked(List<OutboxLane> asked, OutboxHeads heads) {
        asked.forEach(lane -> lanes.remove(lane.number()));
        for (OutboxLane lane : heads.lanes()) {
            lanes.put(lane.number(), lane);
            if (lane.after().isEmpty()) {
                lapsLeft.computeIfPresent(lane.number(), (number, laps) -> laps > 1 ? laps - 1 : null);
            }
        }
        lapsLeft.keySet().retainAll(lanes.keySet());
    }
}
