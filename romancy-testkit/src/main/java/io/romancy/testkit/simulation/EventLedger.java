package io.romancy.testkit.simulation;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of every event of the outbox, in the order in which it did, held against the promises: what was committed is published, and
 * nothing else; the events of one key in the order of their commits, none before all before it are through; and who lost a lane says
 * nothing more about its events.
 */
final class EventLedger {
    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Map<String, List<Event>> keys = new LinkedHashMap<>();
    private final Map<Integer, Lane> lanes = new TreeMap<>();

    /** What is known of one event. */
    private static final class Event {
        private final String id;
        private final String key;
        private int attempts;
        private boolean arrived;
        private boolean through;

        private Event(NewEvent added) {
            id = added.id();
            key = Objects.requireNonNullElse(added.key(), added.id());
        }

        @Override
        public String toString() {
            return id.equals(key) ? "event " + id : "event " + id + " of key " + key;
        }
    }

    /** Who has a lane. */
    private record Lane(long fence, @Nullable NodeId owner) {
        private boolean isHeld(NodeId node, long at) {
            return node.equals(owner) && fence == at;
        }
    }

    /** A transaction committed these. */
    void committed(List<NewEvent> added) {
        for (NewEvent one : added) {
            Event event = new Event(one);
            require(events.put(event.id, event) == null, "%s was added twice", event);
            keys.computeIfAbsent(event.key, key -> new ArrayList<>()).add(event);
        }
    }

    void held(String who, NodeId node, OutboxHolding holding) {
        for (OutboxLane lane : holding.lanes()) {
            Lane before = lanes.getOrDefault(lane.number(), new Lane(-1, null));
            require(
                    lane.fence() > before.fence || before.isHeld(node, lane.fence()),
                    "%s got lane %d of the outbox at fence %d as %s, and before it was %s",
                    who,
                    lane.number(),
                    lane.fence(),
                    node,
                    before);
            lanes.put(lane.number(), new Lane(lane.fence(), node));
        }
    }

    void released(NodeId node, List<OutboxLane> given) {
        for (OutboxLane lane : given) {
            if (holds(node, lane.number(), lane.fence())) {
                lanes.put(lane.number(), new Lane(lane.fence(), null));
            }
        }
    }

    void handedOut(String who, NodeId node, List<OutboxHead> heads) {
        for (OutboxHead head : heads) {
            Event event = known(who, "was handed", head.event().id());
            require(
                    holds(node, head.lane(), head.fence()),
                    "%s was handed %s as %s of lane %d at fence %d, which is %s",
                    who,
                    event,
                    node,
                    head.lane(),
                    head.fence(),
                    lanes.get(head.lane()));
            require(!event.through, "%s was handed %s, which is through", who, event);
            requireFirst(who, "was handed", event);
        }
    }

    /** Somebody calls a publisher. Whoever was stopped just before that may come late, and then the event goes out once more. */
    void published(String who, String id) {
        requireFirst(who, "publishes", known(who, "publishes", id));
    }

    /** The publisher took it. */
    void arrived(String who, String id) {
        known(who, "published", id).arrived = true;
    }

    void recorded(String who, NodeId node, List<OutboxOutcome> outcomes, int taken) {
        int expected = 0;
        for (OutboxOutcome outcome : outcomes) {
            OutboxHead head = outcome.head();
            Event event = known(who, "records", head.event().id());
            boolean open = !event.through && event.attempts == head.event().attempt() - 1;
            if (open && holds(node, head.lane(), head.fence())) {
                expected++;
                event.attempts++;
                event.through = !(outcome instanceof OutboxOutcome.Later);
                require(
                        event.arrived || !(outcome instanceof OutboxOutcome.Sent),
                        "%s recorded that it sent %s, which never arrived",
                        who,
                        event);
            }
        }
        require(
                expected == taken,
                "%s recorded as %s what became of %d events, %d of which were its own to record, and %d were taken: %s",
                who,
                node,
                outcomes.size(),
                expected,
                taken,
                outcomes);
    }

    /** At the end nothing is left to publish. */
    void requireAllThrough() {
        for (Event event : events.values()) {
            require(event.through, "%s was committed, and nobody published it", event);
        }
    }

    private boolean holds(NodeId node, int lane, long fence) {
        Lane known = lanes.get(lane);
        return known != null && known.isHeld(node, fence);
    }

    private Event known(String who, String does, String id) {
        Event event = events.get(id);
        if (event == null) {
            throw new PromiseBroken(who + " " + does + " event " + id + ", and no transaction with it was committed");
        }
        return event;
    }

    private void requireFirst(String who, String does, Event event) {
        for (Event before : keys.getOrDefault(event.key, List.of())) {
            if (before.equals(event)) {
                return;
            }
            require(
                    before.through,
                    "%s %s %s, and %s, which was committed first, is not through",
                    who,
                    does,
                    event,
                    before);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is Error Prone's, on which no module depends
    private static void require(boolean holds, String what, @Nullable Object... values) {
        if (!holds) {
            throw new PromiseBroken(String.format(what, values));
        }
    }
}
