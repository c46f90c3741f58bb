package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

final class SlateOutbox implements OutboxStore {
    private final SlateStorage storage;

    SlateOutbox(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        storage.joined(transaction).add(events);
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return storage.write(content -> {
            if (!content.lives(node)) {
                return new OutboxHolding(List.of(), 0);
            }
            content.relayers.add(node);
            content.relayers.removeIf(relayer -> !content.lives(relayer));
            int share = Math.ceilDiv(LANES, content.relayers.size());
            for (int number = 0; number < LANES; number++) {
                Lane lane = lane(content, number);
                if (!content.lives(lane.owner()) && heldBy(content, node).size() < share) {
                    content.lanes.put(number, new Lane(number, node, lane.fence() + 1));
                }
            }
            return new OutboxHolding(
                    heldBy(content, node).stream()
                            .map(lane -> new OutboxLane(lane.number(), lane.fence(), ""))
                            .toList(),
                    share);
        });
    }

    private static Lane lane(Content content, int number) {
        return content.lanes.getOrDefault(number, new Lane(number, null, 0));
    }

    private static List<Lane> heldBy(Content content, NodeId node) {
        return content.lanes.values().stream()
                .filter(lane -> node.equals(lane.owner()))
                .toList();
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        storage.write(content -> {
            for (OutboxLane given : lanes) {
                if (lane(content, given.number()).isHeld(node, given.fence())) {
                    content.lanes.put(given.number(), new Lane(given.number(), null, given.fence()));
                }
            }
            return lanes;
        });
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        Content content = storage.read();
        var heads = new Heads(content);
        if (content.lives(node)) {
            lanes.stream()
                    .filter(lane -> lane(content, lane.number()).isHeld(node, lane.fence()))
                    .forEach(lane -> heads.look(lane, keysOfLane));
        }
        return heads.found();
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        return storage.write(content -> {
            int taken = 0;
            for (OutboxOutcome outcome : outcomes) {
                var head = outcome.head();
                Event event = content.events.get(head.number());
                if (event != null
                        && event.state() == Event.State.PENDING
                        && event.attempts() == head.event().attempt() - 1
                        && lane(content, head.lane()).isHeld(node, head.fence())) {
                    content.events.put(event.number(), after(event, outcome, content.now()));
                    taken++;
                }
            }
            return taken;
        });
    }

    private static Event after(Event event, OutboxOutcome outcome, Instant now) {
        return switch (outcome) {
            case OutboxOutcome.Sent sent -> event.done(Event.State.SENT, "", now);
            case OutboxOutcome.Rejected rejected ->
                event.done(Event.State.REJECTED, OutboxStore.kept(rejected.reason()), now);
            case OutboxOutcome.Expired expired ->
                event.done(Event.State.EXPIRED, OutboxStore.kept(expired.reason()), now);
            case OutboxOutcome.Later later -> event.later(now.plus(later.pause()));
        };
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return storage.read().events.values().stream()
                .filter(event -> event.isSetAside() && event.number() < below)
                .sorted(Comparator.comparingLong(Event::number).reversed())
                .limit(limit)
                .map(event -> new SetAsideEvent(
                        event.number(),
                        event.content().id(),
                        event.content().type(),
                        event.content().key(),
                        event.at(),
                        Objects.requireNonNull(event.doneAt()),
                        event.attempts(),
                        event.state() == Event.State.EXPIRED,
                        event.reason()))
                .toList();
    }

    @Override
    public boolean putBack(long number) {
        return storage.write(content -> {
            Event event = content.events.get(number);
            if (event == null || !event.isSetAside()) {
                return false;
            }
            content.events.put(number, event.putBack(content.now()));
            return true;
        });
    }

    @Override
    public int purge(Duration retention, int limit) {
        return storage.write(content -> {
            Instant before = content.now().minus(retention);
            List<Long> old = content.events.values().stream()
                    .filter(event -> event.doneAt() != null && event.doneAt().isBefore(before))
                    .limit(limit)
                    .map(Event::number)
                    .toList();
            old.forEach(content.events::remove);
            return old.size();
        });
    }

    @Override
    public OutboxCounts counts() {
        return new OutboxCounts(count(Event.State.PENDING), count(Event.State.REJECTED), count(Event.State.EXPIRED));
    }

    private int count(Event.State state) {
        return (int) storage.read().events.values().stream()
                .filter(event -> event.state() == state)
                .limit(OutboxCounts.MOST)
                .count();
    }
}
