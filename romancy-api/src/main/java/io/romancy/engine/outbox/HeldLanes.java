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
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that this process holds, and how far each was looked at. A round looks at every key that was there when it began, however many
 * there are: lanes whose last look ended in the middle are finished first, and then looked at once from the beginning. For one thread.
 *
 * <p>What is held above the share leaves, chosen by lot, so that others get busy lanes and idle ones alike. Nothing new is taken from a
 * lane that leaves, or it would never be idle while there is a backlog; once nothing of it is on its way, it is given up.
 */
final class HeldLanes {
    private final RandomGenerator random;
    private final Map<Integer, OutboxLane> lanes = new TreeMap<>();
    private final Map<Integer, Integer> lapsLeft = new TreeMap<>();
    private final Set<Integer> leaving = new TreeSet<>();
    private @Nullable NodeId node;
    private int share;

    HeldLanes(RandomGenerator random) {
        this.random = random;
    }

    /** Forgets all if they were held by another node; returns whether there were any. */
    boolean belongTo(NodeId current) {
        if (Objects.equals(node, current)) {
            return true;
        }
        node = current;
        lanes.clear();
        lapsLeft.clear();
        leaving.clear();
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
                leaving.remove(lane.number());
            }
        }
        chooseWhatLeaves();
        lapsLeft.keySet().retainAll(lanes.keySet());
        lapsLeft.keySet().removeAll(leaving);
    }

    private void chooseWhatLeaves() {
        leaving.retainAll(lanes.keySet());
        int surplus = Math.max(0, lanes.size() - share);
        while (leaving.size() < surplus) {
            leaving.add(oneThat(false).number());
        }
        while (leaving.size() > surplus) { // a relayer is gone, and the share has grown
            OutboxLane stays = oneThat(true);
            leaving.remove(stays.number());
            lapsLeft.put(stays.number(), lapsOf(stays));
        }
    }

    /** By lot, of those that leave or of those that stay. */
    private OutboxLane oneThat(boolean leaves) {
        List<OutboxLane> among = lanes.values().stream()
                .filter(lane -> leaving.contains(lane.number()) == leaves)
                .toList();
        return among.get(random.nextInt(among.size()));
    }

    /** Lanes that leave and on which nothing is on its way; no longer held here. */
    List<OutboxLane> giveUp(Set<Integer> busy) {
        List<OutboxLane> idle = lanes.values().stream()
                .filter(lane -> leaving.contains(lane.number()) && !busy.contains(lane.number()))
                .toList();
        idle.forEach(lane -> {
            lanes.remove(lane.number());
            leaving.remove(lane.number());
        });
        return idle;
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

    /** Whether some are missing or have still to go. */
    boolean areMoving() {
        return hasLessThanItsShare() || !leaving.isEmpty();
    }

    /** Begins a round: something may be new anywhere. */
    void beginRound() {
        lanes.forEach((number, lane) -> lapsLeft.put(number, lapsOf(lane)));
        lapsLeft.keySet().removeAll(leaving);
    }

    private static int lapsOf(OutboxLane lane) {
        return lane.after().isEmpty() ? 1 : 2;
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
