package io.romancy.sqlite;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox. Looking needs no right to write; taking lanes and recording do, and have it alone. */
final class SqliteOutbox implements OutboxStore {
    private static final OutboxHolding NOTHING = new OutboxHolding(List.of(), 0);

    private final Readers readers;
    private final Writer writer;
    private final Transactions transactions;

    SqliteOutbox(Readers readers, Writer writer, Transactions transactions) {
        this.readers = readers;
        this.writer = writer;
        this.transactions = transactions;
    }

    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        transactions.write(transaction, (tables, moment) -> {
            for (NewEvent event : events) {
                tables.events.add(event, moment);
            }
            return events;
        });
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return readers.find((tables, moment) -> unchanged(tables, moment, node))
                .orElseGet(() -> writer.write((tables, moment) -> hold(tables, moment, node)));
    }

    /** What the node holds, if there is nothing to take; null if there may be. */
    private static @Nullable OutboxHolding unchanged(Tables tables, Moment moment, NodeId node) throws SQLException {
        if (!tables.nodes.lives(node, moment)) {
            return NOTHING;
        }
        int share = share(tables, moment, node);
        List<OutboxLane> mine = tables.lanes.of(node);
        boolean isComplete =
                mine.size() >= share || tables.lanes.free(1, moment).isEmpty();
        return isComplete && tables.lanes.isRelayer(node) ? new OutboxHolding(mine, share) : null;
    }

    private static OutboxHolding hold(Tables tables, Moment moment, NodeId node) throws SQLException {
        if (!tables.nodes.lives(node, moment)) {
            return NOTHING;
        }
        tables.lanes.relays(node);
        int share = share(tables, moment, node);
        int missing = Math.max(0, share - tables.lanes.of(node).size());
        for (int lane : tables.lanes.free(missing, moment)) {
            tables.lanes.take(node, lane);
        }
        return new OutboxHolding(tables.lanes.of(node), share);
    }

    private static int share(Tables tables, Moment moment, NodeId node) throws SQLException {
        int relayers = tables.lanes.relayers(node, moment);
        return (LANES + relayers - 1) / relayers;
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        writer.write((tables, moment) -> {
            for (OutboxLane lane : lanes) {
                tables.lanes.release(node, lane);
            }
            return lanes;
        });
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        return readers.read((tables, moment) -> heads(tables, moment, node, lanes, keysOfLane));
    }

    private static OutboxHeads heads(Tables tables, Moment moment, NodeId node, List<OutboxLane> lanes, int keys)
            throws SQLException {
        List<OutboxHead> due = new ArrayList<>();
        List<OutboxLane> held = new ArrayList<>();
        boolean more = false;
        long nextDue = Long.MAX_VALUE;
        boolean lives = tables.nodes.lives(node, moment);
        for (OutboxLane lane : lanes) {
            if (!lives || !tables.lanes.isHeld(node, lane.number(), lane.fence())) {
                continue;
            }
            int seen = 0;
            String after = lane.after();
            EventTable.Head head = tables.events.nextHead(lane, after);
            while (head != null && seen++ < keys) {
                after = head.key();
                if (head.nextAt() <= moment.now()) {
                    due.add(new OutboxHead(
                            lane.number(),
                            lane.fence(),
                            head.number(),
                            Micros.duration(moment.now() - head.since()),
                            head.event()));
                } else {
                    nextDue = Math.min(nextDue, head.nextAt());
                }
                head = tables.events.nextHead(lane, after);
            }
            more |= head != null;
            held.add(lane.from(head == null ? "" : after));
        }
        Duration nextDueIn = nextDue == Long.MAX_VALUE ? null : Micros.duration(nextDue - moment.now());
        return new OutboxHeads(due, held, more, nextDueIn);
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        // A relayer that takes the lane after our lease may race with it; both need the one right to write, and the
        // fence says who was first.
        return writer.write((tables, moment) -> {
            int taken = 0;
            for (OutboxOutcome outcome : outcomes) {
                OutboxHead head = outcome.head();
                if (tables.lanes.isHeld(node, head.lane(), head.fence()) && tables.events.record(outcome, moment)) {
                    taken++;
                }
            }
            return taken;
        });
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return readers.read((tables, moment) -> {
            List<SetAsideEvent> found = new ArrayList<>(tables.events.setAside(EventTable.REJECTED, below, limit));
            found.addAll(tables.events.setAside(EventTable.EXPIRED, below, limit));
            found.sort(Comparator.comparingLong(SetAsideEvent::number).reversed());
            return List.copyOf(found.subList(0, Math.min(limit, found.size())));
        });
    }

    @Override
    public boolean putBack(long number) {
        return writer.write((tables, moment) -> tables.events.putBack(number, moment));
    }

    @Override
    public int purge(Duration retention, int limit) {
        boolean any = readers.read((tables, moment) -> tables.events.anyDoneBefore(before(moment, retention)));
        return any ? writer.write((tables, moment) -> tables.events.purge(before(moment, retention), limit)) : 0;
    }

    private static long before(Moment moment, Duration retention) {
        return moment.now() - Micros.of(retention);
    }

    @Override
    public OutboxCounts counts() {
        return readers.read((tables, moment) -> new OutboxCounts(
                tables.events.pending(OutboxCounts.MOST),
                tables.events.setAsideCount(EventTable.REJECTED, OutboxCounts.MOST),
                tables.events.setAsideCount(EventTable.EXPIRED, OutboxCounts.MOST)));
    }
}
