package io.romancy.testkit.memory;

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
import java.util.List;
import java.util.Objects;

final class MemoryOutbox implements OutboxStore {
    private final Session session;

    MemoryOutbox(Session session) {
        this.session = session;
    }

    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        MemoryTransaction.of(transaction, session).add(events);
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return session.alone(tables -> {
            if (!tables.lives(node)) {
                return new OutboxHolding(List.of(), 0);
            }
            tables.outbox.relayers.add(node);
            tables.outbox.relayers.removeIf(relayer -> !tables.lives(relayer));
            int relayers = tables.outbox.relayers.size();
            int share = (LANES + relayers - 1) / relayers;
            List<OutboxLaneRow> lanes = tables.outbox.lanes;
            long mine = lanes.stream().filter(lane -> node.equals(lane.owner)).count();
            lanes.stream()
                    .filter(lane -> !tables.lives(lane.owner))
                    .limit(Math.max(0, share - mine))
                    .forEach(lane -> {
                        lane.owner = node;
                        lane.fence++;
                    });
            return new OutboxHolding(
                    lanes.stream()
                            .filter(lane -> node.equals(lane.owner))
                            .map(lane -> new OutboxLane(lane.number, lane.fence, ""))
                            .toList(),
                    share);
        });
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        session.alone(tables -> {
            for (OutboxLane given : lanes) {
                OutboxLaneRow lane = tables.outbox.lanes.get(given.number());
                if (node.equals(lane.owner) && lane.fence == given.fence()) {
                    lane.owner = null;
                }
            }
            return lanes;
        });
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        return session.alone(tables -> new HeadSearch(tables, node).look(lanes, keysOfLane));
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        return session.alone(tables -> {
            int taken = 0;
            for (OutboxOutcome outcome : outcomes) {
                OutboxLaneRow lane = tables.outbox.lanes.get(outcome.head().lane());
                OutboxRow row = tables.outbox.events.get(outcome.head().number());
                boolean held =
                        node.equals(lane.owner) && lane.fence == outcome.head().fence();
                if (held
                        && row != null
                        && row.waitsForOutcomeOf(outcome.head().event().attempt())) {
                    record(lane, row, outcome, tables.clock.now());
                    taken++;
                }
            }
            return taken;
        });
    }

    private static void record(OutboxLaneRow lane, OutboxRow row, OutboxOutcome outcome, Instant now) {
        switch (outcome) {
            case OutboxOutcome.Sent sent -> row.finish(OutboxRow.State.SENT, "", now);
            case OutboxOutcome.Rejected rejected ->
                row.finish(OutboxRow.State.REJECTED, OutboxStore.kept(rejected.reason()), now);
            case OutboxOutcome.Expired expired ->
                row.finish(OutboxRow.State.EXPIRED, OutboxStore.kept(expired.reason()), now);
            case OutboxOutcome.Later later -> {
                row.attempts++;
                row.nextAt = now.plus(later.pause());
                return;
            }
        }
        lane.remove(row);
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return session.alone(tables -> tables.outbox.events.headMap(below, false).descendingMap().values().stream()
                .filter(OutboxRow::isSetAside)
                .limit(limit)
                .map(MemoryOutbox::setAside)
                .toList());
    }

    private static SetAsideEvent setAside(OutboxRow row) {
        return new SetAsideEvent(
                row.number,
                row.event.id(),
                row.event.type(),
                row.event.key(),
                row.at,
                Objects.requireNonNull(row.doneAt),
                row.attempts,
                row.state == OutboxRow.State.EXPIRED,
                row.reason);
    }

    @Override
    public boolean putBack(long number) {
        return session.alone(tables -> {
            OutboxRow row = tables.outbox.events.get(number);
            if (row == null || !row.isSetAside()) {
                return false;
            }
            row.putBack(tables.clock.now());
            tables.outbox.laneOf(row).add(row);
            return true;
        });
    }

    @Override
    public int purge(Duration retention, int limit) {
        return session.alone(tables -> tables.outbox.purge(tables.clock.now().minus(retention), limit));
    }

    @Override
    public OutboxCounts counts() {
        return session.alone(tables -> new OutboxCounts(
                tables.outbox.count(OutboxRow.State.PENDING, OutboxCounts.MOST),
                tables.outbox.count(OutboxRow.State.REJECTED, OutboxCounts.MOST),
                tables.outbox.count(OutboxRow.State.EXPIRED, OutboxCounts.MOST)));
    }
}
